//! A file is a symbolic link.
//!
//! ## Why
//!
//! A link can lead out of the content folder, so that a page shows a file that was not meant to be published.
//! It is not followed, nothing is written, and no comment allows it.
//!
//! ## Bad
//!
//! ````text
//! content/prices.md -> ../../private/prices.md
//! ````
//!
//! ## Good
//!
//! ````text
//! content/prices.md
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "symlink",
    level: Level::Error,
    source: include_str!("symlink.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
