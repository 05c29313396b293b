//! Rules about links: their targets and their texts.

mod broken_anchor;
mod broken_image;
mod broken_internal_link;
mod files;
mod id_changed;
mod import_missing;
mod include_missing;
mod insecure_url;
mod internal_link_absolute;
mod link_arrow_spacing;
mod link_promise_without_target;
mod link_text_url_mismatch;
mod link_text_vague;
mod link_text_whitespace;
mod link_title_redundant;
mod malformed_link;
mod same_text_different_target;
mod self_link_absolute;
mod unsafe_link;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    broken_anchor::RULE,
    broken_internal_link::RULE,
    broken_image::RULE,
    include_missing::RULE,
    import_missing::RULE,
    malformed_link::RULE,
    link_promise_without_target::RULE,
    same_text_different_target::RULE,
    internal_link_absolute::RULE,
    self_link_absolute::RULE,
    link_text_url_mismatch::RULE,
    insecure_url::RULE,
    unsafe_link::RULE,
    link_text_vague::RULE,
    link_text_whitespace::RULE,
    link_arrow_spacing::RULE,
    link_title_redundant::RULE,
    id_changed::RULE,
];
