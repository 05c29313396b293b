//! Rules about the text itself: spelling, particles, characters and typography.

mod boilerplate_drift;
mod ko_misspelling;
mod ko_particle;
mod near_miss_term;
mod prose;
mod redundant_time_unit;
mod repeated_word;
mod term_drift;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    near_miss_term::RULE,
    ko_misspelling::RULE,
    ko_particle::RULE,
    term_drift::RULE,
    boilerplate_drift::RULE,
    redundant_time_unit::RULE,
    repeated_word::RULE,
];
