//! The frontmatter is not YAML.
//!
//! ## Why
//!
//! Nothing of it can be read. A colon followed by a space in a title is the usual mistake; quotes
//! around the title help. Nothing is built until it is fixed.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소: 부분 취소
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: "취소: 부분 취소"
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-invalid",
    level: Level::Error,
    source: include_str!("invalid.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
