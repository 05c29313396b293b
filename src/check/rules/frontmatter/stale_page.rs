//! The date of a page is old.
//!
//! ## Why
//!
//! Its content may be out of date. The rule is of use only where dates are kept when pages change,
//! so it is off until the project sets after how many months a page is old.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! datetime: 2020-03-02
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
//!
//! ## Configuration
//!
//! `check.frontmatter.stale_page_months` is the age. The day of the check is today's, or that of
//! `SOURCE_DATE_EPOCH`.
//!
//! ## Configuration example
//!
//! ```yaml
//! check: {frontmatter: {stale_page_months: 24}}
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::{age, places};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "stale-page",
    level: Level::Info,
    source: include_str!("stale_page.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(limit) = age::limit(context, context.config.check.frontmatter.stale_page_months)
    else {
        return;
    };
    for (file, page) in context
        .pages()
        .filter(|(_, page)| age::is_before(page, limit))
    {
        if let Some(place) = places::key(context, file, page, &["datetime"]) {
            found.push(RULE.at(file, place).with("date", &page.date));
        }
    }
}
