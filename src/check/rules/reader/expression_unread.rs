//! An expression in braces is not a value that can be read.
//!
//! ## Why
//!
//! Nothing in a document is run. A text, a number or a list in braces is read as what it is, and so is a
//! name that the document exports (`export const price = '10 USD'`), that it imports an image by, or that
//! has one value in `variables` of `tickbook.yaml`. A call, a condition or any other name has no value:
//! the page shows its source, and a link whose address it is is shown as text.
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
