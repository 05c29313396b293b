//! Rules about the text itself: spelling, particles, characters and typography.

mod boilerplate_drift;
mod breadcrumb_spacing;
mod comma_spacing;
mod double_space;
mod doubled_punctuation;
mod homoglyph_separator;
mod invisible_character;
mod ko_misspelling;
mod ko_particle;
mod missing_glyph;
mod near_miss_term;
mod non_nfc;
mod period_spacing;
mod prose;
mod redundant_time_unit;
mod repeated_word;
mod stray_jamo;
mod term_drift;
mod trailing_space;
mod unbalanced_bracket;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    near_miss_term::RULE,
    ko_misspelling::RULE,
    ko_particle::RULE,
    homoglyph_separator::RULE,
    stray_jamo::RULE,
    non_nfc::RULE,
    invisible_character::RULE,
    missing_glyph::RULE,
    term_drift::RULE,
    boilerplate_drift::RULE,
    redundant_time_unit::RULE,
    repeated_word::RULE,
    unbalanced_bracket::RULE,
    breadcrumb_spacing::RULE,
    comma_spacing::RULE,
    period_spacing::RULE,
    doubled_punctuation::RULE,
    double_space::RULE,
    trailing_space::RULE,
];
