//! A list in the frontmatter contains an item twice.
//!
//! ## Why
//!
//! It shows twice on the page.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! tags:
//!   - 환불
//!   - 취소
//!   - 환불
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! tags:
//!   - 환불
//!   - 취소
//! ---
//! ```

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::frontmatter::items::items;
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "frontmatter-duplicate-item",
    level: Level::Warning,
    source: include_str!("duplicate_item.rs"),
    check,
    fix: Effect::FrontmatterItems,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let frontmatter = &page.document.frontmatter;
        let company_key = frontmatter.company_key.as_deref().unwrap_or_default();
        let lists = [
            ("tags", &frontmatter.tags),
            (company_key, &frontmatter.companies),
            ("searchTags", &frontmatter.search_tags),
            ("keywords", &frontmatter.seo.keywords),
            ("aliases", &frontmatter.aliases),
        ];
        for (key, list) in lists {
            let mut seen = HashSet::new();
            if !list.iter().all(|item| seen.insert(item)) {
                report(context, file, page, (key, list), found);
            }
        }
    }
}

/// Reports each repeated item at its line; the list as a whole where they have none.
fn report(
    context: &Context<'_>,
    file: FileId,
    page: &Page,
    (key, list): (&str, &[String]),
    found: &mut Vec<Diagnostic>,
) {
    let block = page.document.frontmatter.span;
    let at = |range: std::ops::Range<usize>| {
        Span::new(block.start + range.start, block.start + range.end)
    };
    let items = items(context.slice(file, block), key);
    let mut seen = HashSet::new();
    let before = found.len();
    for item in items.into_iter().filter(|item| !item.text.is_empty()) {
        if !seen.insert(item.text) {
            let finding = RULE.at(file, at(item.place)).with("item", item.text);
            found.push(finding.edit(at(item.line), ""));
        }
    }
    if found.len() == before {
        let mut seen = HashSet::new();
        let repeated = list.iter().find(|item| !seen.insert(*item));
        let place = places::key(context, file, page, &[key]);
        if let (Some(item), Some(place)) = (repeated, place) {
            found.push(RULE.at(file, place).with("item", item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn repeated_line_goes() {
        let text = "---\ntags:\n  - a\n  - 'a'\n  - b\n---\n";
        assert_found(&RULE, text, &["4: 'a'"]);
        assert_fixed(&RULE, text, "---\ntags:\n  - a\n  - b\n---\n");
    }

    #[test]
    fn list_on_one_line_is_reported_as_a_whole() {
        assert_found(&RULE, "---\ntags: [a, b, a]\n---\n", &["2: tags"]);
        assert_found(&RULE, "---\ntags: [a, b]\n---\n", &[]);
    }
}
