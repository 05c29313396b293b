//! Lists or quotes are nested too deeply.
//!
//! ## Why
//!
//! Deeper levels than the limit are drawn together into one, so the order of the text is no longer
//! its own. Nothing is written until it is fixed, and no comment allows it.
//!
//! ## Bad
//!
//! ````markdown
//! > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > 값
//! ````
//!
//! ## Good
//!
//! ````markdown
//! > > 값
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "nesting",
    level: Level::Error,
    source: include_str!("nesting.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
