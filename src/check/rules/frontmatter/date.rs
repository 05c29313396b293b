//! The date in the frontmatter is not one.
//!
//! ## Why
//!
//! The page shows no date, and lists that are sorted by date leave it at their end.
//!
//! ## Configuration example
//!
//! ```yaml
//! preset: markdown
//! ```
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! date: 지난주
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! date: 2026-03-02
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-date",
    level: Level::Warning,
    source: include_str!("date.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
