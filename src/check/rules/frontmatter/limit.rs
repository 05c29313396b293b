//! The frontmatter is larger than 64 KiB or nested deeper than 16 levels.
//!
//! ## Why
//!
//! No document needs that much; a file from elsewhere could be made to take up all memory. Nothing
//! is built until it is fixed.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! tags: [[[[[[[[[[[[[[[[[환불]]]]]]]]]]]]]]]]]
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! tags: [환불]
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-limit",
    level: Level::Error,
    source: include_str!("limit.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
