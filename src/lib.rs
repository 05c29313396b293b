//! tickbook reads MDX-like setup guides and makes a help site and printable checklists of them.
//!
//! ```text
//! content ─load→ SourceSet ─expand→ SourceSet ─parse→ Document ─build→ Site ─view→ View ─emit→ Artifact ─write→ dist
//!                                                     └────────── findings ─────────→ Diagnostic ─report→ text
//! ```
//!
//! [`build`] is the whole line from sources to artifacts and touches no disk.

#![warn(clippy::unwrap_used)]

pub mod build;
pub mod check;
pub mod cli;
pub mod compare;
pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod error;
pub mod font;
pub mod hangul;
pub mod include;
pub mod inspect;
pub mod literal;
pub mod markdown;
pub mod model;
pub mod nearness;
pub mod normal;
pub mod output;
pub mod render;
pub mod report;
pub mod search;
#[cfg(feature = "serve")]
pub mod server;
pub mod source;
pub mod strings;
pub mod tool;
