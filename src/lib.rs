//! tickbook reads MDX-like setup guides and makes a help site and printable checklists of them.

pub mod config;
pub mod diagnostic;
pub mod error;
pub mod inspect;
pub mod markdown;
pub mod model;
pub mod source;
pub mod strings;
