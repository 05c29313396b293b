//! Rules about what a procedure says: values, modes, versions, paths.

mod mode_mismatch;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[mode_mismatch::RULE];
