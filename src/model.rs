//! Builds the site from documents: pages, guides, links and navigation.
//!
//! Guides are recognized by the project's conventions alone; nothing here is specific to a language
//! or a company.

pub mod accordion;
pub(crate) mod address;
mod addressing;
pub mod anchor;
pub mod category;
mod condition;
pub mod conventions;
pub mod export;
pub mod field;
pub mod glyph;
pub mod guide;
pub mod item;
mod items;
mod label;
pub mod language;
mod letters;
pub mod limit;
pub mod lock;
mod matrix;
pub mod mode;
mod navigation;
pub mod notice;
mod outline;
pub mod page;
pub mod page_address;
pub mod path;
pub mod procedure;
pub mod related;
mod role;
pub mod sheet;
pub mod site;
pub mod spans;
mod statement;
pub mod tick;
pub mod topic;
pub mod translation;
pub mod variant;
pub mod version;
