//! Two files have one address.
//!
//! ## Why
//!
//! One would be written over the other. A file of the content counts, and so does one that a build
//! makes by itself, such as `404.html`, the page of a category, a checklist in print or a style sheet,
//! whichever outputs are asked for. File systems that know no case count: `Card` and `card` are one.
//! Nothing is written until it is fixed, and no comment allows it.
//!
//! ## Bad
//!
//! ````markdown
//! === card.md
//! ---
//! title: 카드
//! ---
//! === pay.md
//! ---
//! title: 결제
//! slug: card
//! ---
//! ````
//!
//! ## Good
//!
//! ````markdown
//! === card.md
//! ---
//! title: 카드
//! ---
//! === pay.md
//! ---
//! title: 결제
//! slug: pay
//! ---
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "output-collision",
    level: Level::Error,
    source: include_str!("output_collision.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
