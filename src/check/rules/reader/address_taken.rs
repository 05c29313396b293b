//! An address, or a former one, is already that of another page.
//!
//! ## Why
//!
//! One address leads to one page. The first document keeps it, and the other gets one from its path.
//! Where keys of the frontmatter are the program's own, it is an `output-collision` instead, and
//! nothing is built.
//!
//! ## Configuration example
//!
//! ```yaml
//! preset: markdown
//! ```
//!
//! ## Bad
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! aliases: [/old]
//! ---
//! === refund.md
//! ---
//! title: 환불
//! aliases: [/old]
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! aliases: [/old]
//! ---
//! === refund.md
//! ---
//! title: 환불
//! ---
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "address-taken",
    level: Level::Warning,
    source: include_str!("address_taken.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
