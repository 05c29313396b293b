//! A document is larger than 1 MiB, or another file larger than 256 MiB.
//!
//! ## Why
//!
//! Nobody reads a page of that size; most often it is an image or a table of data saved under the
//! name of a document. A larger file beside the documents, such as a film or an archive, belongs
//! where such files are hosted. It is not read, nothing is written, and no comment allows it.
//!
//! ## Bad
//!
//! ````text
//! content/prices.md   3,407,872 bytes
//! ````
//!
//! ## Good
//!
//! ````text
//! content/prices.md     24,117 bytes
//! content/prices.csv  3,383,755 bytes
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "file-too-large",
    level: Level::Error,
    source: include_str!("file_too_large.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
