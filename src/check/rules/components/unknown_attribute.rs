//! A component has no such attribute.
//!
//! ## Why
//!
//! Its value is not shown. A word with one letter missing hides a whole notice.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout titel="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Configuration
//!
//! `components` declares a project's own components and their attributes.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unknown-attribute",
    level: Level::Error,
    source: include_str!("unknown_attribute.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
