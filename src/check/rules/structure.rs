//! Rules about headings, lists and blank lines.

mod blank_run;
mod bold_as_heading;
mod duplicate_heading_id;
mod empty_heading;
mod first_heading_level;
mod heading_level_skip;
mod heading_partial_bold;
mod heading_redundant_bold;
mod heading_style_drift;
mod heading_without_space;
mod headings;
mod label_colon_spacing;
mod leads;
mod list_marker_drift;
mod list_under_indented;
mod ordered_marker_typo;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    blank_run::RULE,
    bold_as_heading::RULE,
    duplicate_heading_id::RULE,
    empty_heading::RULE,
    first_heading_level::RULE,
    heading_level_skip::RULE,
    heading_partial_bold::RULE,
    heading_redundant_bold::RULE,
    heading_style_drift::RULE,
    heading_without_space::RULE,
    label_colon_spacing::RULE,
    list_marker_drift::RULE,
    list_under_indented::RULE,
    ordered_marker_typo::RULE,
];
