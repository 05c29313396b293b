//! A page has no description.
//!
//! ## Why
//!
//! Search results and previews of links then show the first words of the page, which are often a
//! notice that is on every page.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! datetime: 2026-03-02
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! seo:
//!   description: 결제를 전부 또는 일부 취소하는 방법입니다.
//! datetime: 2026-03-02
//! ---
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-missing-description",
    level: Level::Warning,
    source: include_str!("missing_description.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context
        .pages()
        .filter(|(_, page)| page.description.is_empty())
    {
        let place = places::key(context, file, page, &["seo", "title"]);
        found.extend(place.map(|place| RULE.at(file, place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn only_a_document_with_frontmatter_is_asked_for_it() {
        assert_found(
            &RULE,
            "---\ntags: [a]\nseo:\n  description: ''\n---\n",
            &["3: seo"],
        );
        assert_found(&RULE, "---\ntags: [a]\n---\n", &["2: tags: [a]"]);
        assert_found(&RULE, "글", &[]);
    }
}
