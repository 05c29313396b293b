//! A comment allows a rule that finds nothing there.
//!
//! ## Why
//!
//! The fault was fixed; the comment would hide the next one.
//!
//! ## Bad
//!
//! ```markdown
//! <!-- tickbook allow mode-mismatch: the console shows it so -->
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
    name: "unused-allow",
    level: Level::Warning,
    source: include_str!("unused_allow.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
