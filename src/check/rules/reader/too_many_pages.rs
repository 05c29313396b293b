//! A document makes more pages than a site takes.
//!
//! ## Why
//!
//! Each level of a category, each tag, company, alias and mode is a page of its own. A few
//! thousand of them in one small file fill a disk and make a site unreadable. What is
//! past the limit is left out: 8 levels of categories, 32 companies and tags together, 32 aliases,
//! of which 4 lead from a guide's former checklists too, and 16 modes of a scenario with a
//! checklist.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! category: 가 > 나 > 다 > 라 > 마 > 바 > 사 > 아 > 자
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! category: 가 > 나 > 다
//! ---
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places::key;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::limit::{MAX_ALIASES, MAX_CATEGORY_DEPTH, MAX_MODES, MAX_MOVES, MAX_TOPICS};
use crate::model::topic::named;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "too-many-pages",
    level: Level::Error,
    source: include_str!("too_many_pages.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let frontmatter = &page.document.frontmatter;
        let max_aliases = match page.guide {
            Some(_) => MAX_MOVES,
            None => MAX_ALIASES,
        };
        let counts = [
            (
                "category",
                frontmatter.category_path().count(),
                MAX_CATEGORY_DEPTH,
            ),
            ("tags", named(page).count(), MAX_TOPICS),
            ("aliases", frontmatter.aliases.len(), max_aliases),
        ];
        for (name, count, limit) in counts.into_iter().filter(|one| one.1 > one.2) {
            let span = key(context, file, page, &[name]).unwrap_or_default();
            found.push(finding(RULE.at(file, span), name, count, limit));
        }
    }
    for (file, _, guide) in context.guides() {
        for scenario in &guide.scenarios {
            let modes = scenario.modes.iter();
            let mut modes = modes.filter(|mode| mode.has_procedure());
            if let Some(first_left_out) = modes.nth(MAX_MODES) {
                let count = MAX_MODES + 1 + modes.count();
                let span = context.heading(file, &first_left_out.id);
                found.push(finding(RULE.at(file, span), "modes", count, MAX_MODES));
            }
        }
    }
}

fn finding(found: Diagnostic, name: &str, count: usize, limit: usize) -> Diagnostic {
    found
        .with("name", name)
        .with("count", count.to_string())
        .with("limit", limit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::findings;

    #[test]
    fn each_kind_of_page_has_its_limit() {
        let list = |count: usize| {
            let items: Vec<String> = (0..count).map(|at| format!("t{at}")).collect();
            items.join(", ")
        };
        let check = |text: String, expected: usize| {
            let found = findings(&RULE, "", &[("a.md", &text)]);
            assert_eq!(found.len(), expected, "{text}");
        };
        for (key, limit) in [("tags", MAX_TOPICS), ("aliases", MAX_ALIASES)] {
            let document = |count| format!("---\ntitle: a\n{key}: [{}]\n---\n", list(count));
            check(document(limit), 0);
            check(document(limit + 1), 1);
        }
        let modes = |count: usize| {
            let mode = |at| format!("### mode {at}\n#### 설정방법\n- a : b\n");
            let known = "## a\n### 실 연동\n#### 설정방법\n- a : b\n".to_string();
            known + &(1..count).map(mode).collect::<String>()
        };
        check(modes(MAX_MODES), 0);
        check(modes(MAX_MODES + 2), 1);
    }
}
