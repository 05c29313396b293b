//! A document has no title.
//!
//! ## Why
//!
//! Its first heading, which is one of its parts, or the name of its file is taken instead. Search
//! results, the menu and the top of the sheet show it, although it was not written for them. A first heading
//! of level 1 is a title.
//!
//! ## Bad
//!
//! ````markdown
//! ---
//! tags: [결제]
//! ---
//!
//! 본문
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ---
//! title: 결제창 설정
//! tags: [결제]
//! ---
//!
//! 본문
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "missing-title",
    level: Level::Warning,
    source: include_str!("missing_title.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
