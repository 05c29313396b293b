//! A path to a screen of the console is not the path of today.
//!
//! ## Why
//!
//! Menus move, and guides are fixed one at a time. A reader who does not find a menu gives up
//! or asks.
//!
//! ## Bad
//!
//! ```markdown
//! - [콘솔](https://console.example.com/) > 결제 연동 > 채널 관리 > + 채널 추가
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - [콘솔](https://console.example.com/) > 결제 연동 > 연동 정보 > 채널관리 > 채널 추가
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.console_paths` lists the paths, without the console itself. A path in a
//! guide that ends in the last step of one of them must be that one; spaces, marks and what
//! follows in brackets make no difference. `conventions.path.separators` defines what is
//! between steps.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::{PieceKind, TextLine};
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::before_bracket;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "console-path-drift",
    level: Level::Error,
    source: include_str!("console_path_drift.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let separators = &context.conventions.words.path.separators;
    let configured = &context.config.check.procedure.console_paths;
    let paths: Vec<Path> = configured
        .iter()
        .map(|text| Path::read(text, 0, separators))
        .filter(|path| path.steps.len() >= 2)
        .collect();
    for line in context.lines() {
        let mut start = 0;
        for text in line.text.split('\n') {
            let read = Path::read(text, start, separators);
            let drifts = paths.iter().filter_map(|today| drift(line, &read, today));
            found.extend(drifts.map(|drift| finding(line, drift)));
            start += text.len() + 1;
        }
    }
}

/// Text cut at the separator.
struct Path<'a> {
    text: &'a str,
    separator: &'a str,
    /// The text of each step, and its bytes.
    steps: Vec<(String, Range<usize>)>,
}

impl<'a> Path<'a> {
    fn read(text: &'a str, offset: usize, separators: &'a [String]) -> Self {
        let separator = separators
            .iter()
            .find(|separator| text.contains(*separator));
        let Some(separator) = separator else {
            return Self {
                text,
                separator: "",
                steps: Vec::new(),
            };
        };
        let mut at = offset;
        let mut steps = Vec::new();
        for step in text.split(separator.as_str()) {
            let shown = before_bracket(step);
            let start = at + step.find(shown).unwrap_or(0);
            steps.push((folded(shown), start..start + shown.len()));
            at += step.len() + separator.len();
        }
        Self {
            text,
            separator,
            steps,
        }
    }
}

/// Letters and digits only.
fn folded(step: &str) -> String {
    step.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A path that is another one today.
struct Drift {
    /// Its bytes in the line.
    range: Range<usize>,
    /// What an edit replaces: the path, with the separator before it where that differs too.
    replaced: Range<usize>,
    /// What an edit puts there.
    text: String,
    /// The path of today.
    today: String,
}

/// The path to the last step of `today`, when it is another path.
fn drift(line: &TextLine<'_>, read: &Path<'_>, today: &Path<'_>) -> Option<Drift> {
    let (last, _) = today.steps.last()?;
    let end = read.steps.iter().position(|(step, _)| step == last)?;
    let start = start(line, read, today, end);
    let steps = read.steps.get(start..=end)?;
    let is_same = steps.len() == today.steps.len()
        && steps.iter().zip(&today.steps).all(|(a, b)| a.0 == b.0)
        && read.separator == today.separator;
    if is_same || steps.len() < 2 {
        return None;
    }
    let range = steps[0].1.start..steps[steps.len() - 1].1.end;
    let before = start.checked_sub(1).map(|before| read.steps[before].1.end);
    let (from, lead) = match before {
        Some(before) if read.separator != today.separator => {
            (before, format!(" {} ", today.separator.trim()))
        }
        _ => (range.start, String::new()),
    };
    Some(Drift {
        replaced: from..range.end,
        range,
        text: format!("{lead}{}", today.text),
        today: today.text.to_string(),
    })
}

/// Index of the step that the path starts with: today's first one, or the one after the console,
/// which is a link.
fn start(line: &TextLine<'_>, read: &Path<'_>, today: &Path<'_>, end: usize) -> usize {
    let first = today.steps.first().map(|(step, _)| step);
    let named = read.steps[..end]
        .iter()
        .position(|(step, _)| Some(step) == first);
    let is_console =
        |(_, range): &(String, Range<usize>)| line.piece_kind(range.start) == PieceKind::Link;
    named.unwrap_or_else(|| usize::from(read.steps.first().is_some_and(is_console)))
}

fn finding(line: &TextLine<'_>, drift: Drift) -> Diagnostic {
    let finding = RULE.at(line.file, line.span(drift.range));
    let finding = finding.with("path", drift.today);
    if line.is_literal(drift.replaced.clone()) {
        finding.edit(line.span(drift.replaced), drift.text)
    } else {
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn other_menus_and_other_separators_are_found_and_fixed() {
        let text = "- [콘솔↗](https://a.b/) > 결제 연동 >  채널관리 > + 채널추가 (필수)\n";
        assert_found(&RULE, text, &["1: 결제 연동 >  채널관리 > + 채널추가"]);
        let fixed =
            "- [콘솔↗](https://a.b/) > 결제 연동 > 연동 정보 > 채널 관리 > + 채널 추가 (필수)\n";
        assert_fixed(&RULE, text, fixed);
        assert_found(&RULE, fixed, &[]);
        let text = "[콘솔](https://a.b/) - 결제 연동 - 연동 정보 - 채널관리 - 채널추가\n";
        assert_fixed(
            &RULE,
            text,
            "[콘솔](https://a.b/) > 결제 연동 > 연동 정보 > 채널 관리 > + 채널 추가\n",
        );
        assert_found(
            &RULE,
            text,
            &["1: 결제 연동 - 연동 정보 - 채널관리 - 채널추가"],
        );
        let text = "[콘솔](https://a.b/) > 채널관리 > 채널추가\n";
        assert_found(&RULE, text, &["1: 채널관리 > 채널추가"]);
    }

    #[test]
    fn path_of_today_and_paths_elsewhere_are_not() {
        for text in [
            "- [콘솔](https://a.b/) > 결제연동 > 연동정보 > 채널관리 > 채널추가\n",
            "- [콘솔](https://a.b/) > 결제 연동 > 웹훅\n",
            "채널관리 > 채널추가를 누릅니다\n",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }

    #[test]
    fn marked_path_is_found_and_not_fixed() {
        let text = "- [콘솔](https://a.b/) > 결제 연동 > **채널관리** > 채널추가\n";
        assert_found(&RULE, text, &["1: 결제 연동 > **채널관리** > 채널추가"]);
        assert_fixed(&RULE, text, text);
    }
}
