//! A letter that looks like a pipe separates two words.
//!
//! ## Why
//!
//! A screen reader reads the letter aloud, a search for the words does not find them, and a value that is
//! compared with the console differs though it looks the same.
//!
//! ## Bad
//!
//! ```markdown
//! - 결제모듈 : 결제창 일반결제 ㅣ API 정기결제
//! - 결제모듈 : 결제창 일반결제 l API 정기결제
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 결제모듈 : 결제창 일반결제 | API 정기결제
//! - 결제모듈 : 결제창 일반결제, API 정기결제
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::{TextKind, TextLine};
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{is_code, prose, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::hangul::Syllable;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "homoglyph-separator",
    level: Level::Warning,
    source: include_str!("homoglyph_separator.rs"),
    check,
    fix: Effect::Text,
};

/// The Hangul vowel that looks like a bar, alone and as part of a syllable.
const VOWELS: [char; 2] = ['\u{3163}', '\u{1175}'];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in prose(context) {
        let separators = line.text.char_indices();
        let separators = separators.filter(|(at, letter)| is_separator(&line.text, *at, *letter));
        for (at, letter) in separators.filter(|(at, _)| !is_code(line, *at)) {
            found.push(finding(line, at, letter));
        }
    }
}

/// Whether the letter at `at` is where a pipe would be: the vowel between any words, or `l`
/// between spaces and Korean words.
pub(super) fn is_separator(text: &str, at: usize, letter: char) -> bool {
    // Most letters are neither, and runs of spaces around them are not read.
    if letter != 'l' && !VOWELS.contains(&letter) {
        return false;
    }
    let before = &text[..at];
    let behind = &text[at + letter.len_utf8()..];
    let last = before.trim_end_matches(' ').chars().next_back();
    let next = behind.trim_start_matches(' ').chars().next();
    let is_between =
        |is_word: fn(char) -> bool| last.is_some_and(is_word) && next.is_some_and(is_word);
    if VOWELS.contains(&letter) {
        // After an initial consonant of its own the vowel is part of a syllable.
        return is_between(ends_word) && !matches!(last, Some('\u{1100}'..='\u{1112}'));
    }
    let is_korean = |side: Option<char>| side.is_some_and(|side| Syllable::of(side).is_some());
    letter == 'l'
        && before.ends_with(' ')
        && behind.starts_with(' ')
        && is_korean(last)
        && next.is_some_and(|next| is_korean(Some(next)) || next.is_ascii_uppercase())
}

fn ends_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '(' | ')' | '[' | ']')
}

fn finding(line: &TextLine<'_>, at: usize, letter: char) -> Diagnostic {
    let range = at..at + letter.len_utf8();
    let finding = RULE
        .at(line.file, line.span(range.clone()))
        .with("letter", letter.to_string());
    // In a cell a bar would open another.
    if line.kind == TextKind::Cell {
        finding
    } else {
        with_edit(finding, line, range, "|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn letters_between_words_become_bars() {
        assert_found(
            &RULE,
            "결제 ㅣ API, 결제ㅣ카드, 일반 l API",
            &["1: ㅣ", "1: ㅣ", "1: l"],
        );
        assert_fixed(&RULE, "가 ㅣ 나 l 다", "가 | 나 | 다");
        assert_fixed(&RULE, "|가 ㅣ 나|\n|-|\n", "|가 ㅣ 나|\n|-|\n");
    }

    #[test]
    fn other_letters_are_left_alone() {
        assert_found(&RULE, "모음 'ㅣ', ㄴ 가지, a l b, 가 | 나, `가 ㅣ 나`", &[]);
    }
}
