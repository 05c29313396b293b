//! A path has a separator without spaces around it.
//!
//! ## Why
//!
//! The steps run into each other, and a search for the path finds only half of the guides.
//!
//! ## Bad
//!
//! ```markdown
//! - 로그인 > 상점정보 >부가정보
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 로그인 > 상점정보 > 부가정보
//! ```

use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{is_code, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "breadcrumb-spacing",
    level: Level::Info,
    source: include_str!("breadcrumb_spacing.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in prose(context) {
        let tight = paths(&line.text).flat_map(|path| tight_separators(&line.text, path));
        for at in tight.filter(|at| !is_code(line, *at)) {
            found.push(finding(context, line, at));
        }
    }
}

/// Lines with two separators or more, one of them between spaces.
fn paths(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    });
    lines.filter(|line| {
        let line = &text[line.clone()];
        line.contains(" > ") && line.matches('>').count() > 1
    })
}

/// Offsets of separators that touch a letter, digit or bracket; arrows, tags and
/// comparisons are none.
fn tight_separators(text: &str, path: Range<usize>) -> impl Iterator<Item = usize> {
    let found = text[path.clone()].match_indices('>');
    found
        .map(move |(at, _)| path.start + at)
        .filter(|at| is_tight(text, *at))
}

fn is_tight(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let behind = text[at + 1..].chars().next();
    let is_arrow =
        matches!(before, Some('-' | '=' | '<' | '>' | '/')) || matches!(behind, Some('=' | '>'));
    let is_word = |side: Option<char>| side.is_some_and(|side| !side.is_whitespace());
    let is_amount = behind.is_some_and(|behind| behind.is_ascii_digit());
    !is_arrow && !is_amount && (is_word(before) || is_word(behind))
}

fn finding(context: &Context<'_>, line: &TextLine<'_>, at: usize) -> Diagnostic {
    let range = at..at + 1;
    let span = line.span(range.clone());
    let finding = RULE.at(line.file, span);
    let is_escaped = context.text(line.file)[..span.start].ends_with('\\');
    if is_escaped || !line.is_literal(range) {
        return finding;
    }
    let is_blank = |side: Option<char>| side.is_none_or(char::is_whitespace);
    let before = if is_blank(line.text[..at].chars().next_back()) {
        ""
    } else {
        " "
    };
    let behind = if is_blank(line.text[at + 1..].chars().next()) {
        ""
    } else {
        " "
    };
    finding.edit(span, format!("{before}>{behind}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn separators_get_their_blanks() {
        assert_found(&RULE, "로그인 > 정보 >설정> 조회", &["1: >", "1: >"]);
        assert_fixed(
            &RULE,
            "로그인 > 정보 >설정>조회",
            "로그인 > 정보 > 설정 > 조회",
        );
    }

    #[test]
    fn what_is_no_path_is_left_alone() {
        assert_found(&RULE, "금액>0, a -> b > c, `가 >나 > 다`", &[]);
    }
}
