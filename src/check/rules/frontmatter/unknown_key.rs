//! The frontmatter has a key that is not known.
//!
//! ## Why
//!
//! It is misspelt or in the wrong place, so it has no effect: no title, no search words.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! searchtags:
//!   - 환불
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! searchTags:
//!   - 환불
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-unknown-key",
    level: Level::Warning,
    source: include_str!("unknown_key.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
