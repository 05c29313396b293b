//! A component's tag does not end.
//!
//! ## Why
//!
//! A quote or a `/>` is missing, so the tag and everything in it are shown as they are written,
//! and the content of the component is lost among the markup.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout title="유의사항
//!
//! 본문
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" />
//!
//! 본문
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "broken-component",
    level: Level::Error,
    source: include_str!("broken_component.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
