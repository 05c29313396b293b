//! Every threat has an id, and a test that carries it.
//!
//! | id | file | test |
//! |---|---|---|
//! | O1 | tests/threats/output.rs | o1_folders_that_hold_what_is_not_the_sites_are_refused |
//! | O3 | tests/threats/output.rs | o3_output_and_content_hold_neither_the_other |
//! | A5 | tests/threats/output.rs | a5_failed_build_leaves_the_old_site_as_it_is |
#![cfg(unix)]

mod html;
mod output;
mod paths;
mod place;

mod report;
#[path = "../support/safe.rs"]
mod safe;
mod size;
mod values;
mod yaml;
