//! A file is a pipe, a socket or a device.
//!
//! ## Why
//!
//! Such a file contains no text: reading it would wait for another program, or never end. It is not
//! opened, nothing is written, and no comment allows it.
//!
//! ## Bad
//!
//! ````text
//! content/prices.md, made by `mkfifo`
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
    name: "special-file",
    level: Level::Error,
    source: include_str!("special_file.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
