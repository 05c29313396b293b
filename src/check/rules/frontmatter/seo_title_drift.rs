//! The title for search engines is nearly the page's title.
//!
//! ## Why
//!
//! One of the two was changed and the other was forgotten. A title for search engines that is
//! meant to differ has another text; one that is meant to be the same may be left out.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 상점아이디 추가 절차
//! seo:
//!   title: 상점아이디추가
//! ---
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 상점아이디 추가 절차
//! seo:
//!   title: 상점아이디 추가 절차
//! ---
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::normal::without_blanks;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "seo-title-drift",
    level: Level::Info,
    source: include_str!("seo_title_drift.rs"),
    check,
    fix: Effect::NoFix,
};

/// How much of the longer title the shorter one must be, in per cent.
const NEARLY: usize = 60;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let frontmatter = &page.document.frontmatter;
        let (Some(title), Some(seo)) = (&frontmatter.title, &frontmatter.seo.title) else {
            continue;
        };
        if title == seo || !is_nearly(&without_blanks(title), &without_blanks(seo)) {
            continue;
        }
        if let Some(place) = places::key(context, file, page, &["  title", "seo"]) {
            let finding = RULE.at(file, place).with("title", title);
            found.push(finding.with("seo", seo));
        }
    }
}

/// Whether one contains the words of the other and little more.
fn is_nearly(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.contains(short) && short.chars().count() * 100 >= long.chars().count() * NEARLY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn check(title: &str, seo: &str, expected: &[&str]) {
        let text = format!("---\ntitle: {title}\nseo:\n  title: {seo}\n---\n");
        assert_found(&RULE, &text, expected);
    }

    #[test]
    fn words_that_were_forgotten_are_found() {
        check(
            "NHN KCP 부가세 설정방법",
            "KCP 부가세 설정방법",
            &["4: title"],
        );
        check("2024년 02월 안내", "2024년02월 안내", &["4: title"]);
    }

    #[test]
    fn another_title_is_meant() {
        check("최소 금액은 얼마인가요?", "결제 가능 금액", &[]);
        check(
            "상점아이디 추가",
            "서비스 추가시 상점아이디 추가 계약 안내",
            &[],
        );
        check("a", "a", &[]);
    }
}
