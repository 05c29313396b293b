//! A page that is old promises something for later.
//!
//! ## Why
//!
//! "상반기 내 지원 예정" under a date of two years ago is either done or given up, and the reader waits
//! for it.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 지원 범위
//! datetime: 2020-03-02
//! ---
//!
//! - V2 : 상반기 내 지원 예정
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 지원 범위
//! datetime: 2020-03-02
//! ---
//!
//! - V2 : 지원하지 않습니다.
//! ```
//!
//! ## Configuration
//!
//! `check.frontmatter.promises` lists regular expressions of such texts;
//! `check.frontmatter.stale_promise_months` is the age of a page's date. The day of the check is
//! today's, or that of `SOURCE_DATE_EPOCH`.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::age;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "stale-promise",
    level: Level::Warning,
    source: include_str!("stale_promise.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.frontmatter;
    let Some(limit) = age::limit(context, facts.stale_promise_months) else {
        return;
    };
    for line in context.lines() {
        let page = &context.site.pages[line.file.0];
        if !age::is_before(page, limit) {
            continue;
        }
        let promise = facts
            .promises
            .iter()
            .find_map(|promise| promise.find(&line.text));
        if let Some(range) = promise {
            let finding = RULE.at(line.file, line.span(range.clone()));
            found.push(
                finding
                    .with("text", &line.text[range])
                    .with("date", &page.date),
            );
        }
    }
}
