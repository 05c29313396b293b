//! The frontmatter does not end.
//!
//! ## Why
//!
//! The line `---` after it is missing, so where the text starts is not known. Nothing is built
//! until it is fixed.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-unclosed",
    level: Level::Error,
    source: include_str!("unclosed.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
