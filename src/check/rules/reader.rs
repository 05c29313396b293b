//! Faults that are found while a document is read, before any rule runs.

mod address_taken;
mod broken_component;
mod component_in_code;
mod control_character;
mod directive_unclosed;
mod expression_unread;
mod file_name_invalid;
mod file_too_large;
mod hosting_file;
mod image_outside;
mod missing_title;
mod navigation_left_out;
mod navigation_not_data;
mod nesting;
mod not_utf8;
mod output_collision;
mod raw_html;
mod slug_invalid;
mod special_file;
mod stray_emphasis_marks;
mod symlink;
mod table_extra_cells;
mod too_many_pages;

use crate::check::rule::Rule;

/// The rules of this group.
pub const RULES: &[Rule] = &[
    address_taken::RULE,
    broken_component::RULE,
    component_in_code::RULE,
    control_character::RULE,
    directive_unclosed::RULE,
    expression_unread::RULE,
    file_name_invalid::RULE,
    file_too_large::RULE,
    hosting_file::RULE,
    image_outside::RULE,
    missing_title::RULE,
    navigation_left_out::RULE,
    navigation_not_data::RULE,
    nesting::RULE,
    not_utf8::RULE,
    output_collision::RULE,
    raw_html::RULE,
    slug_invalid::RULE,
    stray_emphasis_marks::RULE,
    special_file::RULE,
    symlink::RULE,
    table_extra_cells::RULE,
    too_many_pages::RULE,
];
