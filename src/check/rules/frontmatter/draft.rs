//! The frontmatter does not make clear whether the document is a draft.
//!
//! ## Why
//!
//! A draft is published when the key that marks it is misspelt, is in another case or is below
//! another key, or when its value is neither yes nor no. Nothing is built before it is clear.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! Draft: true
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! draft: true
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;
use crate::markdown::frontmatter::UNCLEAR_DRAFT;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: UNCLEAR_DRAFT,
    level: Level::Error,
    source: include_str!("draft.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
