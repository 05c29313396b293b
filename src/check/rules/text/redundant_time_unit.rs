//! A time of the form 23:50 is followed by the word for minutes.
//!
//! ## Why
//!
//! The colon already expresses it; read aloud, the unit is heard twice.
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
    let times = pattern(&format!(r"[0-2]?\d:[0-5]\d(?P<at>{unit})"));
    matches(context, &times, |line, range| {
        if !stands_alone(&line.text[..range.start]) {
            return;
        }
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

/// Whether no letter or digit is before the time that a text ends in. The pattern does not ask
/// for it: a word boundary among Hangul has all text after each time read again.
fn stands_alone(before: &str) -> bool {
    let hour = before.trim_end_matches(|mark: char| mark != ':');
    let hour = hour.trim_end_matches(':');
    let head = hour.trim_end_matches(char::is_numeric);
    let digits = &hour[head.len()..];
    let is_hour = digits.len() == 1 || (digits.len() == 2 && digits.starts_with(['0', '1', '2']));
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    is_hour && !head.ends_with(is_word)
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

    #[test]
    fn numbers_that_end_as_a_time_does_are_left_alone() {
        assert_found(&RULE, "39:20분 110:20분 가10:20분 a1:20분 _1:20분", &[]);
    }
}
