//! Text → terms. `pg 결제 취소` gives `pg`, `결제`, `제취`, `취소`.

use unicode_normalization::UnicodeNormalization;

use crate::hangul::{is_letter, is_plainly_composed, is_syllable};

/// A term of the index. Words come before pairs, as their letters do in Unicode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A Latin word or a number, in lower case.
    Word(String),
    /// A syllable that stands alone, or two neighbouring ones.
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
    /// The script of a character; `None` for what stands between words.
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
    if is_plainly_composed(text) {
        return text.to_ascii_lowercase();
    }
    text.nfc().flat_map(char::to_lowercase).collect()
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
        .map(|(_, word)| word.to_string())
        .collect()
}

/// Words of a normal text with their scripts.
pub fn runs(mut text: &str) -> impl Iterator<Item = (Script, &str)> {
    std::iter::from_fn(move || {
        let start = text.find(|character| Script::of(character).is_some())?;
        let behind = &text[start..];
        let script = behind.chars().next().and_then(Script::of)?;
        let end = behind.find(|character| Script::of(character) != Some(script));
        let (word, rest) = behind.split_at(end.unwrap_or(behind.len()));
        text = rest;
        Some((script, word))
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

/// The terms of a text in order, repeated ones too.
pub fn terms(text: &str) -> Vec<Term> {
    let text = normal(text);
    let mut terms = Vec::with_capacity(text.len() / 3);
    for line in text.split(is_stop) {
        let mut before = None;
        for (script, word) in runs(line) {
            let mut letters = word.chars();
            let Some(first) = letters.next().filter(|_| script == Script::Syllables) else {
                if script == Script::Latin {
                    terms.push(Term::Word(word.to_string()));
                }
                before = None;
                continue;
            };
            terms.extend(before.map(|last| Term::Pair(last, Some(first))));
            let mut last = first;
            for next in letters {
                terms.push(Term::Pair(last, Some(next)));
                last = next;
            }
            if word.len() == first.len_utf8() {
                terms.push(Term::Pair(first, None));
            }
            before = Some(last);
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = terms(text).iter().map(Term::text).collect();
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
    fn keys_hold_only_words() {
        assert_eq!(key("결제창 (V2)"), "결제창v2");
    }
}
