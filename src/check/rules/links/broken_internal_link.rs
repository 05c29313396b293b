//! A link should lead to a page or a file of this site, and there is none.
//!
//! ## Why
//!
//! The reader gets "not found". It happens when a page is renamed or removed.
//!
//! A former address that a page lists under `aliases` is no fault, and neither is a file from the
//! root such as `/uploads/form.pdf`, which may be served beside the site; it is one where the
//! content folder contains other files of that folder. The fix writes an address in the letters of a
//! file where nothing but their case is wrong.
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
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::check::rules::links::files::{Files, is_file};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "broken-internal-link",
    level: Level::Error,
    source: include_str!("broken_internal_link.rs"),
    check,
    fix: Effect::FileNames,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let files = Files::of(context.site);
    for link in context.links() {
        let target = context.site.target(link.file.0, link.url);
        let is_missing = matches!(target, Target::Missing | Target::Outside);
        if is_missing && !files.may_be_beside(link.file, link.url) {
            found.push(finding(link, &files));
        }
    }
}

fn finding(link: &Link<'_>, files: &Files<'_>) -> Diagnostic {
    let mut found = RULE.at(link.file, link.place());
    if is_file(link.url) {
        found.message = Message::new("broken-internal-link.file");
        found.help = Some(Message::new("broken-internal-link.file.help"));
    }
    let found = found.with("url", link.url);
    let Some(near) = files.near(link.file, link.url) else {
        return found;
    };
    let help = Message::new("did-you-mean").with("suggestion", &near.url);
    let found = found.help(help);
    match link.url_span.filter(|_| near.is_same_but_case) {
        Some(span) => found.edit(span, near.url),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with, found_beside};

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

    #[test]
    fn files_are_missed_and_put_right_like_pages() {
        let text = "[a](nope.pdf) [b](A.pdf) [c](/files/b.pdf) [d](/other/c.pdf)\n";
        let (shown, after) = found_beside(&RULE, &["a.pdf", "files/a.zip"], text);
        assert_eq!(shown, ["nope.pdf", "A.pdf", "/files/b.pdf"]);
        assert_eq!(after, text.replace("A.pdf", "a.pdf"));
    }
}
