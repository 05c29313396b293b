//! A time of the form 23:50 is followed by the word for minutes.
//!
//! ## Why
//!
//! The colon already says it; read aloud, the minutes are said twice.
//!
//! ## Bad
//!
//! ```markdown
//! 매일 23:00 ~ 23:50분 사이에 자동으로 취소됩니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 매일 23:00 ~ 23:50 사이에 자동으로 취소됩니다.
//! ```
//!
//! ## Configuration
//!
//! `check.text.minute` is the word; an empty one turns the rule off.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{any_of, end_of_word, matches, pattern, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "redundant-time-unit",
    level: Level::Info,
    source: include_str!("redundant_time_unit.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.text;
    if facts.minute.is_empty() {
        return;
    }
    let unit = any_of(std::iter::once(&facts.minute));
    let times = pattern(&format!(r"\b[0-2]?\d:[0-5]\d(?P<at>{unit})"));
    matches(context, &times, |line, range| {
        let rest = &line.text[range.end..end_of_word(&line.text, range.end)];
        let is_unit = rest.is_empty() || facts.endings.iter().any(|ending| ending == rest);
        if is_unit {
            let finding = RULE
                .at(line.file, line.span(range.clone()))
                .with("unit", &line.text[range.clone()]);
            found.push(with_edit(finding, line, range, ""));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn minutes_behind_a_colon_are_found_and_go() {
        assert_found(&RULE, "23:00~23:50분 사이, 9:30분까지", &["1: 분", "1: 분"]);
        assert_fixed(&RULE, "9:30분까지", "9:30까지");
        assert_found(&RULE, "50분 사이, 23:50 사이, 1:30분량", &[]);
    }
}
