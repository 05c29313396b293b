//! From the site to what templates show: HTML of nodes, and the data of pages and sheets.

pub mod html;
mod join;
pub mod markdown;
pub mod marks;
pub mod nav;
pub mod page;
pub mod sheet;
pub mod theme;
pub mod url;
