//! A document is in no branch of the navigation, because the list of the navigation does not name it.
//!
//! ## Why
//!
//! Readers find it only by searching and by links. A page that is meant to be so is `unlisted`.
//!
//! ## Configuration example
//!
//! ```yaml
//! preset: markdown
//! navigation: [{title: 안내, pages: [cancel.md]}]
//! ```
//!
//! ## Bad
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === refund.md
//! ---
//! title: 환불
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === refund.md
//! ---
//! title: 환불
//! unlisted: true
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "navigation-left-out",
    level: Level::Info,
    source: include_str!("navigation_left_out.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
