//! The text contains an HTML tag.
//!
//! ## Why
//!
//! HTML is not carried out: its tags are shown as the text they are. An author who did not look at
//! the page believes there is a line break or a table.
//!
//! ## Bad
//!
//! ````markdown
//! 첫 줄<br>둘째 줄
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 첫 줄\
//! 둘째 줄
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "raw-html",
    level: Level::Warning,
    source: include_str!("raw_html.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
