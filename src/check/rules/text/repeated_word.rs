//! A word occurs twice in a row.
//!
//! ## Why
//!
//! It is what remains of a rewritten sentence.
//!
//! ## Bad
//!
//! ```markdown
//! 해당 해당 파일을 등록합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 해당 파일을 등록합니다.
//! ```
//!
//! ## Configuration
//!
//! `check.text.doubles` lists words that may be repeated.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{Word, is_code, prose, words};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::hangul::Syllable;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "repeated-word",
    level: Level::Info,
    source: include_str!("repeated_word.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let doubles = &context.config.check.text.doubles;
    for line in prose(context) {
        let mut before: Option<Word<'_>> = None;
        for word in words(&line.text) {
            if before.is_some_and(|before| is_repeated(line, &before, &word))
                && !doubles.iter().any(|double| double == word.text)
            {
                found.push(finding(line, &word));
            }
            before = Some(word);
        }
    }
}

/// Whether two words of two Hangul syllables or more are the same, with only spaces between.
fn is_repeated(line: &TextLine<'_>, first: &Word<'_>, second: &Word<'_>) -> bool {
    let is_hangul = |word: &str| {
        word.chars()
            .all(|character| Syllable::of(character).is_some())
    };
    let between = &line.text[first.range.end..second.range.start];
    first.text == second.text
        && second.text.chars().nth(1).is_some()
        && is_hangul(second.text)
        && between.chars().all(|character| character == ' ')
        && !is_code(line, second.range.start)
}

fn finding(line: &TextLine<'_>, word: &Word<'_>) -> Diagnostic {
    let range = word.range.clone();
    RULE.at(line.file, line.span(range)).with("word", word.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn word_twice_in_a_row_is_found() {
        assert_found(&RULE, "해당 해당 파일", &["1: 해당"]);
    }

    #[test]
    fn other_pairs_are_not() {
        assert_found(
            &RULE,
            "각각 각각 결제, 결제 결제수단 수 수 `가나 가나`",
            &[],
        );
        assert_found(&RULE, "하나 하나, 결제 > 결제\n결제", &[]);
    }
}
