//! A tag names no component.
//!
//! ## Why
//!
//! Nothing knows what it is for, so only its text is shown, without the look or the meaning that the
//! author had in mind. Most often it is a typing error. In the dialects `mdx` and `markdown`, where most
//! names are those of another tool, each is reported once a document, as information.
//!
//! ## Bad
//!
//! ````markdown
//! <Calout title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
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
//! `components` declares a project's own components beside the built-in ones, or says what they are
//! shown as: `Aside: { as: Callout, kind: type }`, `Plan: hidden`. `unknown: transparent` shows the
//! content of all others, `unknown: box` frames it.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unknown-component",
    level: Level::Error,
    source: include_str!("unknown_component.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
