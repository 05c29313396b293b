//! A document is not UTF-8.
//!
//! ## Why
//!
//! Older editors save Korean text in an encoding of their own; its bytes would be shown as other
//! letters. It is not read, nothing is written, and no comment allows it.
//!
//! ## Bad
//!
//! ````text
//! content/prices.md   saved as EUC-KR (CP949)
//! ````
//!
//! ## Good
//!
//! ````text
//! content/prices.md   saved as UTF-8
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "not-utf8",
    level: Level::Error,
    source: include_str!("not_utf8.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
