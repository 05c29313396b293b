//! Text → terms. `pg 결제 취소` gives `pg`, `결제`, `제취`, `취소`.

use crate::hangul::{is_letter, is_syllable};
use crate::normal::composed;

/// A term of the index. Words come before pairs, as their letters do in Unicode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A Latin word or a number, in lower case.
    Word(String),
    /// A syllable that is alone, or two neighbouring ones.
    Pair(char, Option<char>),
}

impl Term {
    /// Its first syllable; a Latin word has none.
    pub fn first(&self) -> Option<char> {
        match self {
            Self::Word(_) => None,
            Self::Pair(first, _) => Some(*first),
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
    /// Precomposed syllables.
    Syllables,
    /// Letters outside syllables.
    Letters,
    /// ASCII letters and digits.
    Latin,
}

impl Script {
    /// The script of a character; `None` for what is between words.
    pub fn of(character: char) -> Option<Self> {
        if character.is_ascii_alphanumeric() {
            Some(Self::Latin)
        } else if is_syllable(character) {
            Some(Self::Syllables)
        } else {
            is_letter(character).then_some(Self::Letters)
        }
    }
}

/// The text in normalization form C and lower case.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    // Nothing composes with the end of a line.
    for line in text.split_inclusive('\n') {
        if line.chars().all(is_plain) {
            normal.push_str(line);
        } else {
            push_normal(&mut normal, line);
        }
    }
    normal.make_ascii_lowercase();
    normal
}

/// Whether no normal form changes a character, and only that of an ASCII letter is in another case.
fn is_plain(character: char) -> bool {
    character.is_ascii() || is_syllable(character)
}

/// Adds a text but for the case of its ASCII letters.
fn push_normal(normal: &mut String, text: &str) {
    for character in composed(text).chars() {
        if is_plain(character) {
            normal.push(character);
        } else {
            normal.extend(character.to_lowercase());
        }
    }
}

/// The text without anything between its words.
pub fn key(text: &str) -> String {
    let kept = normal(text);
    kept.chars()
        .filter(|character| Script::of(*character).is_some())
        .collect()
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
    /// A word of any script; a Latin one is a term.
    Word(&'t str),
    /// A syllable that is alone, or two neighbouring ones: a term.
    Pair(char, Option<char>),
}

/// Hands on the pieces of a normal text in order, repeated ones too.
pub fn pieces<'t>(text: &'t str, mut each: impl FnMut(Piece<'t>)) {
    let mut before = None;
    for run in runs(text) {
        each(Piece::Word(run.word));
        if run.script != Script::Syllables {
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
            Piece::Word(word) if word.is_ascii() => found.push(word.to_string()),
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
    fn capitals_of_every_script_are_lowered() {
        assert_eq!(normal("API É → Ⅳ 결제"), "api é → ⅳ 결제");
    }

    #[test]
    fn keys_hold_only_words() {
        assert_eq!(key("결제창 (V2)"), "결제창v2");
    }
}
