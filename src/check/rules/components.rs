//! Rules about components, images and what else MDX knows.

mod attribute_padding;
mod callout_severity_mismatch;
mod callout_title_as_body;
mod callout_untyped;
mod character_reference_leak;
mod empty_attribute;
mod empty_component;
mod every;
mod image_missing_alt;
mod image_path_unsafe;
mod jsx_fragment_in_attribute;
mod mdx_autolink;
mod mdx_bare_lt;
mod remote_image;
mod unbalanced_component;
mod unknown_attribute;
mod unknown_component;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    attribute_padding::RULE,
    callout_severity_mismatch::RULE,
    callout_title_as_body::RULE,
    callout_untyped::RULE,
    character_reference_leak::RULE,
    empty_attribute::RULE,
    empty_component::RULE,
    image_missing_alt::RULE,
    image_path_unsafe::RULE,
    jsx_fragment_in_attribute::RULE,
    mdx_autolink::RULE,
    mdx_bare_lt::RULE,
    remote_image::RULE,
    unbalanced_component::RULE,
    unknown_attribute::RULE,
    unknown_component::RULE,
];
