//! Text → terms. `pg 결제 취소` gives `pg`, `결제`, `제취`, `취소`.

use std::cmp::Ordering;

use crate::hangul::{is_letter, is_syllable};
use crate::search::fold::folded;

/// A term of the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// A word between spaces, or a number, as it is folded.
    Word(String),
    /// A character of [`Script::Paired`] that is alone, or two neighbouring ones.
    Pair(char, Option<char>),
}

impl Term {
    /// Its first character; a word has none.
    pub fn first(&self) -> Option<char> {
        match self {
            Self::Word(_) => None,
            Self::Pair(first, _) => Some(*first),
        }
    }

    /// Whether it is a pair, or a character alone, that is not all syllables.
    pub fn is_wide(&self) -> bool {
        match self {
            Self::Word(_) => false,
            Self::Pair(first, second) => is_unspaced(*first) || second.is_some_and(is_unspaced),
        }
    }

    /// The order of terms, which is that of their texts.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Word(own), Self::Word(other)) => own.cmp(other),
            (Self::Pair(first, second), Self::Pair(one, two)) => (first, second).cmp(&(one, two)),
            // A character of a word is in no pair.
            (Self::Word(word), Self::Pair(first, _)) => word.chars().next().cmp(&Some(*first)),
            (Self::Pair(first, _), Self::Word(word)) => Some(*first).cmp(&word.chars().next()),
        }
    }

    /// The term as text.
    pub fn text(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Pair(first, second) => std::iter::once(*first).chain(*second).collect(),
        }
    }
}

/// Kinds of characters that words are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// What is searched by pairs: syllables, ideographs, kana, and scripts that write no spaces between words.
    Paired,
    /// Letters outside syllables.
    Letters,
    /// Letters and digits of scripts that write spaces between words, such as Latin.
    Spaced,
}

impl Script {
    /// The script of a character of a folded text; `None` for what is between words. Characters beyond the Basic
    /// Multilingual Plane are in none, so that the client, which counts in UTF-16, orders terms in the same way.
    pub fn of(character: char) -> Option<Self> {
        if character.is_ascii() {
            return character.is_ascii_alphanumeric().then_some(Self::Spaced);
        }
        if is_syllable(character) || is_unspaced(character) {
            Some(Self::Paired)
        } else if is_letter(character) {
            Some(Self::Letters)
        } else {
            (!is_no_word(character) && is_letter_or_digit(character)).then_some(Self::Spaced)
        }
    }
}

/// Whether a character is of a script that writes no spaces between words, but for syllables: ideographs, kana,
/// Bopomofo, Yi, and the alphabets of Thai, Lao, Burmese and Khmer.
pub fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{e01}'..='\u{e3a}'
            | '\u{e40}'..='\u{e4e}'
            | '\u{e81}'..='\u{ece}'
            | '\u{1000}'..='\u{103f}'
            | '\u{1780}'..='\u{17d3}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{309f}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fc}'..='\u{30ff}'
            | '\u{3105}'..='\u{312f}'
            | '\u{31a0}'..='\u{31bf}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a000}'..='\u{a48c}'
    )
}

/// Letters of syllables that make none, and what is not in the Basic Multilingual Plane or at its end, where UTF-16 is
/// in another order than Unicode.
fn is_no_word(character: char) -> bool {
    matches!(
        character,
        '\u{1100}'..='\u{11ff}'
            | '\u{3131}'..='\u{318e}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{d7b0}'..='\u{d7ff}'
            | '\u{e000}'..
    )
}

fn is_letter_or_digit(character: char) -> bool {
    use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
    let group = character.general_category_group();
    matches!(
        group,
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark
    ) || character.general_category() == GeneralCategory::DecimalNumber
}

/// The text in the form in which it is searched.
pub fn normal(text: &str) -> String {
    folded(text)
}

/// The text without anything between its words.
pub fn key(text: &str) -> String {
    let kept = normal(text);
    kept.chars()
        .filter(|character| Script::of(*character).is_some())
        .collect()
}

/// Whether a word is one between spaces.
pub fn is_spaced(word: &str) -> bool {
    word.chars().next().and_then(Script::of) == Some(Script::Spaced)
}

/// Words of one script each, in order: `API결제` is `api` and `결제`.
pub fn words(text: &str) -> Vec<String> {
    runs(&normal(text))
        .map(|run| run.word.to_string())
        .collect()
}

/// A word of one script in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'t> {
    /// Its script.
    pub script: Script,
    /// The word.
    pub word: &'t str,
    /// Whether a mark that terms do not reach across is between it and the word before.
    pub is_apart: bool,
}

/// The words of a normal text.
pub fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut characters = text.char_indices();
    let mut behind: Option<(usize, char)> = None;
    std::iter::from_fn(move || {
        let mut is_apart = false;
        let mut first = |(at, character)| {
            let script = Script::of(character);
            is_apart |= script.is_none() && is_stop(character);
            Some((at, script?))
        };
        let at_once = behind.take().and_then(&mut first);
        let (start, script) = at_once.or_else(|| characters.find_map(first))?;
        behind = characters.find(|(_, character)| Script::of(*character) != Some(script));
        let end = behind.map_or(text.len(), |(at, _)| at);
        let word = &text[start..end];
        Some(Run {
            script,
            word,
            is_apart,
        })
    })
}

/// Whether terms do not reach across this character.
fn is_stop(character: char) -> bool {
    matches!(
        character,
        '\n' | '.'
            | ','
            | '!'
            | '?'
            | ':'
            | ';'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\''
            | '|'
            | '/'
            | '<'
            | '>'
            | '\u{2018}'..='\u{201d}'
    )
}

/// Something that a text contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// A word of any script; one between spaces is a term.
    Word(&'t str),
    /// A character of [`Script::Paired`] that is alone, or two neighbouring ones: a term.
    Pair(char, Option<char>),
}

/// Hands on the pieces of a normal text in order, repeated ones too.
pub fn pieces<'t>(text: &'t str, mut each: impl FnMut(Piece<'t>)) {
    let mut before = None;
    for run in runs(text) {
        each(Piece::Word(run.word));
        if run.script != Script::Paired {
            before = None;
            continue;
        }
        let mut last = before.filter(|_| !run.is_apart);
        for next in run.word.chars() {
            if let Some(last) = last {
                each(Piece::Pair(last, Some(next)));
            }
            last = Some(next);
        }
        let mut letters = run.word.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            each(Piece::Pair(only, None));
        }
        before = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let text = normal(text);
        let mut found: Vec<String> = Vec::new();
        pieces(&text, |piece| match piece {
            Piece::Word(word) if is_spaced(word) => found.push(word.to_string()),
            Piece::Word(_) => {}
            Piece::Pair(first, second) => {
                found.push(std::iter::once(first).chain(second).collect());
            }
        });
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn pairs_reach_across_blanks_and_not_across_marks() {
        check("PG 결제 취소", "pg 결제 제취 취소");
        check("결제, 취소", "결제 취소");
        check("API결제", "api 결제");
        check("이 값", "이 이값 값");
    }

    #[test]
    fn decomposed_text_has_the_same_terms() {
        check("\u{1100}\u{1167}\u{11af}제", "결제");
    }

    #[test]
    fn texts_without_spaces_are_searched_by_pairs() {
        check("決済を設定", "決済 済を を設 設定");
        check("決濟 취소", "決濟 濟취 취소");
        check("ชำระ", "ชำ ำร ระ");
    }

    #[test]
    fn words_of_every_alphabet_are_terms() {
        let words = words("Größe ОПЛАТА हिन्दी ١٢ Ⅳ 😀 𠮷野");
        assert_eq!(words, ["grosse", "оплата", "हिन्दी", "١٢", "野"]);
    }

    #[test]
    fn keys_hold_only_words() {
        assert_eq!(key("결제창 (V2)"), "결제창v2");
    }
}
