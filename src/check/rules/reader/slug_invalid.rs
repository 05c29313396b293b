//! A name cannot be an address.
//!
//! ## Why
//!
//! Names of devices, hidden files and characters that some file systems refuse would make a page that
//! cannot be written, copied or opened everywhere. Nothing is written until it is fixed, and no
//! comment allows it.
//!
//! ## Bad
//!
//! ````markdown
//! ---
//! title: 카드
//! slug: ../card
//! ---
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ---
//! title: 카드
//! slug: card
//! ---
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "slug-invalid",
    level: Level::Error,
    source: include_str!("slug_invalid.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
