//! A block between lines of colons is never closed.
//!
//! ## Why
//!
//! A block that a line such as `:::note` opens ends at a line of as many colons. Without it, everything
//! that follows in the same list item, quote or document is in the block.
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
//! :::note
//! Keep the key secret.
//!
//! Open the console.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! :::note
//! Keep the key secret.
//! :::
//!
//! Open the console.
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "directive-unclosed",
    level: Level::Warning,
    source: include_str!("directive_unclosed.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
