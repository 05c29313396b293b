//! Text → terms. `pg 결제 취소` gives `pg`, `결제`, `제취`, `취소`.

use crate::hangul::{is_letter, is_syllable};
use crate::normal::composed;

/// A term of the index. Words come before pairs, as their letters do in Unicode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term<W = String> {
    /// A Latin word or a number, in lower case.
    Word(W),
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
    let text = composed(text);
    let mut normal = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() || is_syllable(character) {
            normal.push(character.to_ascii_lowercase());
        } else {
            normal.extend(character.to_lowercase());
        }
    }
    normal
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
    /// Whether a mark that terms do not reach across stands between it and the word before.
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

/// The terms of a normal text in order, repeated ones too.
pub fn terms(text: &str) -> Vec<Term<&str>> {
    let mut terms = Vec::with_capacity(text.len() / 3);
    let mut before = None;
    for run in runs(text) {
        let Run { script, word, .. } = run;
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|_| script == Script::Syllables) else {
            if script == Script::Latin {
                terms.push(Term::Word(word));
            }
            before = None;
            continue;
        };
        let reached = before.filter(|_| !run.is_apart);
        terms.extend(reached.map(|last| Term::Pair(last, Some(first))));
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
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let text = normal(text);
        let texts = terms(&text).into_iter().map(|term| match term {
            Term::Word(word) => word.to_string(),
            Term::Pair(first, second) => std::iter::once(first).chain(second).collect(),
        });
        assert_eq!(texts.collect::<Vec<String>>().join(" "), expected);
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
