//! All rules, in groups. A group's file lists its rules; a rule's file starts with its manual
//! page.

pub mod allows;
pub mod procedure;
pub mod text;

use crate::check::rule::Rule;

/// Every group's rules.
const GROUPS: [&[Rule]; 3] = [procedure::RULES, text::RULES, allows::RULES];

/// Every rule, group by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.into_iter().flatten()
}

/// The rule of this name.
pub fn get(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
