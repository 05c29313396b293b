//! A round bracket is opened and not closed, or closed and not opened.
//!
//! ## Why
//!
//! The reader looks for the other half, and part of the sentence may have been lost.
//!
//! ## Bad
//!
//! ```markdown
//! 상점아이디 (MII로 시작하는 코드를 입력합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 상점아이디 (MII로 시작하는 코드)를 입력합니다.
//! ```
//!
//! Enumerators such as `1)` and `가)` need no opening bracket.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{is_code, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unbalanced-bracket",
    level: Level::Info,
    source: include_str!("unbalanced_bracket.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in prose(context) {
        for at in unpaired(&line.text, |at| is_code(line, at)) {
            let range = at..at + line.text[at..].chars().next().map_or(0, char::len_utf8);
            let mark = &line.text[range.clone()];
            found.push(
                RULE.at(line.file, line.span(range.clone()))
                    .with("mark", mark),
            );
        }
    }
}

/// Offsets of round brackets without their other half, except in code.
fn unpaired(text: &str, is_code: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut open = Vec::new();
    let mut unpaired = Vec::new();
    let marks = text
        .char_indices()
        .filter(|(at, mark)| is_bracket(*mark) && !is_code(*at));
    for (at, mark) in marks {
        match mark {
            '(' | '\u{ff08}' => open.push(at),
            _ if open.pop().is_some() || is_enumerator(&text[..at]) => {}
            _ => unpaired.push(at),
        }
    }
    unpaired.extend(open);
    unpaired.sort_unstable();
    unpaired
}

fn is_bracket(mark: char) -> bool {
    matches!(mark, '(' | ')' | '\u{ff08}' | '\u{ff09}')
}

/// Whether a text ends in what is before the bracket of `1)`, `ex)`, in the first word of a
/// line, or in a face's eyes.
fn is_enumerator(before: &str) -> bool {
    // Read backwards, so that a line with many brackets is read once.
    let head = before.trim_end_matches(char::is_alphanumeric);
    let word = &before[head.len()..];
    let is_blank = |mark: char| mark.is_whitespace() && mark != '\n';
    let above = head.trim_end_matches(is_blank);
    let is_first = above.is_empty() || above.ends_with('\n');
    let is_short = word.chars().nth(2).is_none();
    let is_alone = !head.ends_with(['/', '-']);
    is_first || (is_short && is_alone) || before.ends_with([':', ';', '^'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn bracket_without_its_other_half_is_found() {
        assert_found(&RULE, "코드 (MII로 시작", &["1: ("]);
        assert_found(&RULE, "코드 MII로 시작합니다)", &["1: )"]);
        assert_found(&RULE, "(가 (나) 다", &["1: ("]);
    }

    #[test]
    fn pairs_enumerators_and_code_are_not() {
        assert_found(&RULE, "Tip) 하나 (둘) ex) 셋 1) 넷 `f(` :)", &[]);
    }
}
