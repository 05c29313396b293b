//! The frontmatter has a key twice.
//!
//! ## Why
//!
//! One of the two is not read, and which one differs from program to program.
//! Nothing is built until it is fixed.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! title: 환불
//! ---
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
    name: "frontmatter-repeated-key",
    level: Level::Error,
    source: include_str!("repeated_key.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
