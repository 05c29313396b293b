//! Rules about the content of a procedure: values, modes, versions, paths.

mod confusable_identifier;
mod console_path_drift;
mod doubtful_role;
mod duplicate_label;
mod duplicate_subsection;
mod enum_value;
mod field_missing_vs_siblings;
mod field_value_conflict;
mod long_item;
mod missing_mode_section;
mod missing_required_field;
mod mode_mismatch;
mod module_mismatch;
mod near_miss_heading;
mod path_not_nested;
mod path_without_steps;
mod procedure_comment_unused;
mod provider_mismatch;
mod same_value_different_label;
mod scenario_without_jump_link;
mod secret_like_literal;
mod sections_without_mode;
mod setting;
pub mod steps;
mod test_id_in_live;
mod test_value_in_live;
mod unknown_mode;
mod version_guide_mismatch;
mod warning_after_step;

use crate::check::rule::{Misprint, Rule, Suspect};

/// The rules of this group.
pub const RULES: &[Rule] = &[
    mode_mismatch::RULE,
    module_mismatch::RULE,
    provider_mismatch::RULE,
    version_guide_mismatch::RULE,
    field_value_conflict::RULE,
    enum_value::RULE,
    missing_required_field::RULE,
    field_missing_vs_siblings::RULE,
    missing_mode_section::RULE,
    duplicate_label::RULE,
    duplicate_subsection::RULE,
    path_not_nested::RULE,
    path_without_steps::RULE,
    console_path_drift::RULE,
    same_value_different_label::RULE,
    confusable_identifier::RULE,
    test_id_in_live::RULE,
    test_value_in_live::RULE,
    warning_after_step::RULE,
    scenario_without_jump_link::RULE,
    long_item::RULE,
    doubtful_role::RULE,
    secret_like_literal::RULE,
    sections_without_mode::RULE,
    near_miss_heading::RULE,
    unknown_mode::RULE,
    procedure_comment_unused::RULE,
];

/// Those of them whose findings make a value on a checklist wrong.
pub const MISPRINTS: &[Misprint] = &[
    Misprint::new(mode_mismatch::RULE, Suspect::Found),
    Misprint::new(module_mismatch::RULE, Suspect::Found),
    Misprint::new(provider_mismatch::RULE, Suspect::Found),
    Misprint::new(field_value_conflict::RULE, Suspect::Related),
    Misprint::new(enum_value::RULE, Suspect::Found),
    Misprint::new(duplicate_label::RULE, Suspect::Found),
    Misprint::new(same_value_different_label::RULE, Suspect::Found),
    Misprint::new(confusable_identifier::RULE, Suspect::Found),
    Misprint::new(test_id_in_live::RULE, Suspect::Found),
    Misprint::new(test_value_in_live::RULE, Suspect::Found),
];
