//! A page has no date.
//!
//! ## Why
//!
//! A reader cannot know whether the page is still correct, and neither can a check for old pages.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! datetime: 2026-03-02
//! ---
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-missing-date",
    level: Level::Warning,
    source: include_str!("missing_date.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let home = context.site.home();
    let dated = |(file, page): &(FileId, &Page)| !page.date.is_empty() || home == Some(file.0);
    for (file, page) in context.pages().filter(|page| !dated(page)) {
        let place = places::key(context, file, page, &["datetime", "title"]);
        found.extend(place.map(|place| RULE.at(file, place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, findings};

    #[test]
    fn only_a_document_with_frontmatter_is_asked_for_it() {
        assert_found(&RULE, "---\ntitle: a\ndatetime:\n---\n", &["3: datetime"]);
        assert_found(&RULE, "---\ntitle: a\ndatetime: 2026-01-02\n---\n", &[]);
        assert_found(&RULE, "글", &[]);
    }

    #[test]
    fn home_page_needs_no_date() {
        let home = [("index.md", "---\ntitle: a\n---\n")];
        assert_eq!(findings(&RULE, "", &home), []);
    }
}
