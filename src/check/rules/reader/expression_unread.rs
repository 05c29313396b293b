//! An expression in braces is not a value that can be read.
//!
//! ## Why
//!
//! Nothing in a document is run. A text, a number or a list in braces is read as what it is; a call, a
//! condition or a name that no document defines has no value, and the page shows its source.
//!
//! ## Bad
//!
//! ```markdown
//! The price is {format(price)}.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! The price is {'10 USD'}.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! preset: mdx
//! ```
//!
//! Only the first such expression of a document is reported.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "expression-unread",
    level: Level::Info,
    source: include_str!("expression_unread.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
