//! A comment allows a rule that does not exist.
//!
//! ## Why
//!
//! The name is misspelt, so the comment does nothing.
//!
//! ## Bad
//!
//! ```markdown
//! <!-- tickbook allow mode-mismach: the console shows it so -->
//!
//! 글입니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 글입니다.
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub const RULE: Rule = Rule {
    name: "unknown-rule",
    level: Level::Warning,
    source: include_str!("unknown_rule.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
