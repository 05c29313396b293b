//! Texts as the other keyboard would have them.

use crate::hangul::{is_letter, is_syllable};
use crate::search::known::Library;
use crate::search::query::Allowance;
use crate::search::rank::Reading;

/// Letters of a name before a word of the other keyboard: queries on it give 79.6, with up to 3 letters
/// 78.5, as without.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Fewest syllables of the word after it. One is found by chance, `npah` is `npay` mistyped and not `np 모`: with 1
/// mistyped Latin words of headings give 0.2 less, with 3 all queries the same.
const BEHIND_NAME: usize = 2;

/// Fewest Latin letters that may be Korean ones: with 2 and with 4 queries on the other keyboard give 78.8 as well.
const LATIN_LETTERS: usize = 3;

/// Value of the reading as typed from which Latin letters are no Korean ones: with 0.8 and 1 the same 78.8.
const SURE: f64 = 0.9;

/// Most syllables that may be Latin letters, and fewest letters that these are: Latin words of headings on the other
/// keyboard give 88.0, with 4 or 9 syllables and with 2 letters the same, with 4 letters 81.8.
const SYLLABLES: usize = 6;
const KEYS: usize = 3;

/// Value of the reading as typed from which two syllables or more are no Latin letters: with 0.3 and 0.7 the same
/// 88.0.
const DOUBTFUL: f64 = 0.5;

/// The text as the other keyboard would have it: `rufwp` is `결제`, `ㅔㅎ` is `pg`.
pub fn other_keyboard(
    text: &str,
    typed: &Reading,
    library: &Library,
    shared: &Allowance,
) -> Vec<String> {
    let language = &library.language;
    let mut others: Vec<String> = Vec::new();
    let mut add = |other: String| {
        if other != text && !others.contains(&other) {
            others.push(other);
        }
    };
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    if latin >= LATIN_LETTERS && typed.value < SURE {
        let is_known = |word: &str| shared.knows(&word.to_ascii_lowercase(), library);
        let unknown_only = replace_latin(text, char::is_ascii_alphabetic, &|word| {
            if is_known(word) {
                word.to_string()
            } else {
                language.hangul(word)
            }
        });
        let all = [
            Some(language.hangul(text)),
            Some(unknown_only),
            Some(replace_latin(text, char::is_ascii_alphabetic, &|word| {
                behind_name(word, library)
            })),
        ];
        let korean = all
            .into_iter()
            .flatten()
            .filter(|other| other.chars().any(is_syllable));
        korean.for_each(&mut add);
    }
    let keys = language.latin(text);
    let syllables = text.chars().count();
    // A name of three letters is often one syllable that is a word as well: `눈` is `sns`.
    let is_doubtful = syllables == 1 || (syllables <= SYLLABLES && typed.value < DOUBTFUL);
    let is_word = |keys: &str| keys.len() >= KEYS && keys.chars().all(|c| c.is_ascii_alphabetic());
    if text.chars().any(is_letter) && keys.chars().any(|c| c.is_ascii_alphabetic()) {
        add(keys);
    } else if text.chars().all(is_syllable) && is_word(&keys) && is_doubtful {
        add(keys.to_ascii_lowercase());
    }
    others
}

/// `pgrufwp` is a name and a word of the other keyboard: `pg 결제`.
fn behind_name(word: &str, library: &Library) -> String {
    let language = &library.language;
    let is_word = !language.hangul(word).chars().any(is_letter);
    let ends = NAME.filter(|end| !is_word && *end < word.len());
    let mut parted = ends.map(|end| (&word[..end], language.hangul(&word[end..])));
    let is_word = |rest: &str| rest.chars().count() >= BEHIND_NAME && rest.chars().all(is_syllable);
    match parted.find(|(_, rest)| is_word(rest)) {
        Some((name, rest)) => format!("{name} {rest}"),
        None => word.to_string(),
    }
}

/// The text with its Latin words replaced, which are of characters that belong to one.
pub fn replace_latin(
    text: &str,
    belongs: fn(&char) -> bool,
    replace: &dyn Fn(&str) -> String,
) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| belongs(&c)) {
        let (before, behind) = rest.split_at(start);
        let end = behind.find(|c: char| !belongs(&c)).unwrap_or(behind.len());
        replaced.push_str(before);
        replaced.push_str(&replace(&behind[..end]));
        rest = &behind[end..];
    }
    replaced + rest
}
