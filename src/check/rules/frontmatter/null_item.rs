//! A list in the frontmatter has an empty item.
//!
//! ## Why
//!
//! It shows as an empty tag in some programs and breaks others.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! tags:
//!   - null
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! tags: []
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-null-item",
    level: Level::Warning,
    source: include_str!("null_item.rs"),
    check: found_by_the_reader,
    fix: Effect::FrontmatterItems,
};
