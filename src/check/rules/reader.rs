//! Faults that are found while a document is read, before any rule runs.

mod broken_component;
mod component_in_code;
mod control_character;
mod missing_title;
mod nesting;
mod output_collision;
mod raw_html;
mod slug_invalid;
mod unclosed_bold;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    broken_component::RULE,
    component_in_code::RULE,
    control_character::RULE,
    missing_title::RULE,
    nesting::RULE,
    output_collision::RULE,
    raw_html::RULE,
    slug_invalid::RULE,
    unclosed_bold::RULE,
];
