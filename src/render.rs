//! From the site to what templates show: HTML of nodes, and the data of pages and sheets.

pub mod brand;
pub mod brand_data;
pub mod case;
pub mod checklist;
pub mod feedback_data;
pub mod figure;
#[cfg(feature = "pdf")]
pub mod form;
pub mod highlight;
pub mod html;
mod join;
pub mod mark;
pub mod markdown;
pub mod mode_part;
pub mod nav;
pub mod page;
pub mod page_data;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod policy;
#[cfg(feature = "pdf")]
pub mod print;
#[cfg(feature = "pdf")]
pub mod print_settings;
#[cfg(feature = "pdf")]
pub mod qr;
pub mod sheet;
pub mod summary;
pub mod text;
pub mod theme;
pub mod tick_marks;
#[cfg(feature = "pdf")]
pub mod unbroken;
pub mod url;
