//! Rules about the block at the head of a document, and about what has grown old.

mod age;
mod date;
mod date_behind_text;
mod draft;
mod duplicate_item;
mod invalid;
mod legacy_brand;
mod limit;
mod missing_date;
mod missing_description;
mod null_item;
pub(crate) mod places;
mod repeated_key;
mod seo_title_drift;
mod stale_page;
mod stale_promise;
mod unclosed;
mod unknown_key;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    unknown_key::RULE,
    repeated_key::RULE,
    draft::RULE,
    null_item::RULE,
    duplicate_item::RULE,
    missing_description::RULE,
    missing_date::RULE,
    date::RULE,
    date_behind_text::RULE,
    seo_title_drift::RULE,
    stale_page::RULE,
    stale_promise::RULE,
    legacy_brand::RULE,
    invalid::RULE,
    unclosed::RULE,
    limit::RULE,
];
