//! All rules, in groups. A group's file lists its rules; a rule's file starts with its manual
//! page.

pub mod allows;
pub mod components;
pub mod frontmatter;
pub mod links;
pub mod procedure;
pub mod reader;
pub mod structure;
pub mod text;

use crate::check::rule::{Misprint, Rule};

/// Every group's rules.
const GROUPS: [&[Rule]; 9] = [
    procedure::RULES,
    procedure::steps::RULES,
    links::RULES,
    structure::RULES,
    components::RULES,
    frontmatter::RULES,
    text::RULES,
    reader::RULES,
    allows::RULES,
];

/// Every rule, group by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.into_iter().flatten()
}

/// The row of the rule of this name among those whose findings make a value on a checklist wrong.
pub fn misprint(name: &str) -> Option<&'static Misprint> {
    let mut rows = procedure::MISPRINTS.iter();
    rows.find(|row| row.rule.name == name)
}

/// The rule of this name.
pub fn get(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
