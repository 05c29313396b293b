//! The text of a page was changed after the date that the page gives.
//!
//! ## Why
//!
//! Readers take the date for that of the last change, and search engines do, too. Either the date
//! was forgotten, or it has to be left out: then the page shows the date of the last commit.
//!
//! The rule compares the date with the last commit that changed the document, so it finds nothing
//! outside of a repository, in a shallow clone, and in documents that no commit changed since they
//! were added.
//!
//! ## Bad
//!
//! A document that a commit of 11 May 2026 changed:
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
//! datetime: 2026-05-08
//! ---
//! ```
//!
//! ## Configuration
//!
//! `check.frontmatter.date_lag_days` is the number of days that a commit may be later than the
//! date: 7 without it.
//!
//! ## Configuration example
//!
//! ```yaml
//! check: {frontmatter: {date_lag_days: 7}}
//! ```

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::frontmatter::places;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// Days that a commit may be later, where the project does not say: a review takes some.
const LAG_DAYS: u32 = 7;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "date-behind-text",
    level: Level::Warning,
    source: include_str!("date_behind_text.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let lag = context.config.check.frontmatter.date_lag_days;
    let lag = i64::from(lag.unwrap_or(LAG_DAYS)).days();
    for (file, page) in context.pages() {
        let change = context.sources.changed.get(&page.path);
        let Some(change) = change.filter(|change| !change.is_added) else {
            continue;
        };
        let Ok(date) = page.date.parse::<Date>() else {
            continue;
        };
        let offset = context.config.utc_offset.offset();
        let time = Timestamp::from_second(change.seconds);
        let Ok(changed) = time.map(|time| offset.to_datetime(time).date()) else {
            continue;
        };
        let is_behind = date.checked_add(lag).is_ok_and(|latest| latest < changed);
        if is_behind && let Some(place) = places::key(context, file, page, &["datetime"]) {
            let report = RULE.at(file, place).with("date", &page.date);
            found.push(report.with("changed", changed.to_string()));
        }
    }
}
