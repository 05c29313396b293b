//! Rules about the comments that allow findings.

mod allow_without_reason;
mod unknown_rule;
mod unused_allow;

use crate::check::rule::Rule;

pub use crate::check::rules::allows::allow_without_reason::RULE as ALLOW_WITHOUT_REASON;
pub use crate::check::rules::allows::unknown_rule::RULE as UNKNOWN_RULE;
pub use crate::check::rules::allows::unused_allow::RULE as UNUSED_ALLOW;

/// The rules of this group.
pub const RULES: &[Rule] = &[ALLOW_WITHOUT_REASON, UNKNOWN_RULE, UNUSED_ALLOW];
