//! A comment allows a rule and gives no reason.
//!
//! ## Why
//!
//! Whoever reads it later cannot know whether it still applies.
//!
//! ## Bad
//!
//! ```markdown
//! <!-- tickbook allow mode-mismatch -->
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
    name: "allow-without-reason",
    level: Level::Warning,
    source: include_str!("allow_without_reason.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
