//! An indent makes a component code.
//!
//! ## Why
//!
//! In Markdown, four spaces at the start of a line turn it into code. The reader sees the tag instead of
//! the notice.
//!
//! ## Bad
//!
//! ````markdown
//!     <Callout title="유의사항" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" />
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "component-in-code",
    level: Level::Warning,
    source: include_str!("component_in_code.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
