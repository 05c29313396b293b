//! A link should lead to a page of this site, and there is none.
//!
//! ## Why
//!
//! The reader gets "not found". It happens when a page is renamed or removed.
//!
//! A former address that a page lists under `aliases` is no fault, and neither is a file from the
//! root such as `/uploads/form.pdf`, which may be served beside the site.
//!
//! ## Bad
//!
//! ```markdown
//! [취소 안내](./cancel.md)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === guide.md
//! [취소 안내](./cancel.md)
//! ```
//!
//! ## Configuration
//!
//! `site.url` and `site.own_urls` are addresses of this site, too: a link that starts with one of
//! them must lead to a page.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "broken-internal-link",
    level: Level::Error,
    source: include_str!("broken_internal_link.rs"),
    check,
    fix: Effect::NoFix,
};

/// Endings of addresses that are pages.
const PAGE_ENDINGS: [&str; 3] = ["html", "md", "mdx"];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context.links() {
        let target = context.site.target(link.file.0, link.url);
        let is_missing = matches!(target, Target::Missing | Target::Outside);
        if is_missing && !is_served_beside(link.url) {
            found.push(RULE.at(link.file, link.place()).with("url", link.url));
        }
    }
}

/// Whether an address names a file from the root of a host.
fn is_served_beside(url: &str) -> bool {
    let is_rooted = url.starts_with('/') || url.contains("://");
    let place = url.split(['?', '#']).next().unwrap_or(url);
    let last = place.rsplit('/').next().unwrap_or(place);
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    is_rooted && !ending.is_empty() && !PAGE_ENDINGS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    #[test]
    fn pages_are_missed_in_every_form_of_address() {
        assert_found(&RULE, "[a](b.md)", &["1: b.md"]);
        assert_found(
            &RULE,
            "<Highlight text=\"a\" url=\"/content/b\" />",
            &["1: /content/b"],
        );
        let own = "site: {own_urls: ['https://help.example.com/content']}";
        let text =
            "[a](https://help.example.com/content/b#c) [d](https://help.example.com/category/e)";
        let url = "1: https://help.example.com/content/b#c";
        assert_found_with(&RULE, own, text, &[url]);
    }

    #[test]
    fn other_hosts_and_files_beside_the_site_are_not_ours_to_know() {
        assert_found(
            &RULE,
            "[a](https://example.com/b) [c](/files/d.pdf) [e](mailto:f@example.com)",
            &[],
        );
        assert_found(&RULE, "[a](/content/a) [b](#c)", &[]);
    }
}
