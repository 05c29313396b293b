//! What of a query states what is searched: without particles, endings and stop words.

use crate::hangul::is_syllable;
use crate::search::known::Library;
use crate::search::language::LanguageData;
use crate::search::query::Allowance;
use crate::search::terms::{is_spaced, is_unspaced, words};

/// Characters of a word without syllables from which its pairs are marked too: nobody can see where the words in it
/// end, and texts may have some of them only.
const LONG: usize = 3;

/// Words of a reading that state what is searched.
pub fn subject(text: &str, language: &LanguageData) -> Vec<String> {
    let stem = |word: String| match is_spaced(&word) {
        true if language.is_stop(&word) => Vec::new(),
        true => vec![word],
        false => {
            let length = language.stem_length(&word);
            parts(&word.chars().take(length).collect::<Vec<_>>())
        }
    };
    words(text).into_iter().flat_map(stem).collect()
}

/// Words that pages are marked with: those of the subject, what they are in their other number where a page has it,
/// pairs of those without spaces, and what documents say for words that they do not use.
pub fn marks(text: &str, library: &Library, shared: &Allowance) -> Vec<String> {
    let mut marks = Vec::new();
    for word in subject(text, &library.language) {
        let others = library.language.other_numbers(&word);
        let letters: Vec<char> = word.chars().collect();
        marks.push(word);
        let known = others.into_iter().filter(|own| shared.knows(own, library));
        marks.extend(known);
        if letters.len() >= LONG && letters.iter().all(|letter| is_unspaced(*letter)) {
            marks.extend(letters.windows(2).map(String::from_iter));
        }
    }
    let words = words(text);
    let meant = words.iter().flat_map(|word| library.language.meant(word));
    let known = meant.filter(|term| shared.knows(term, library));
    marks.extend(known.cloned());
    marks
}

/// What a word is made of whose letters are searched by pairs: `決済方法の変更` is `決済方法` and `変更`, for hiragana
/// between others join them. A word of one kind of letters is itself.
fn parts(word: &[char]) -> Vec<String> {
    let runs = word.chunk_by(|one, other| Kind::of(*one) == Kind::of(*other));
    let runs: Vec<&[char]> = runs.collect();
    let is_alone = runs.len() == 1;
    let telling = runs
        .into_iter()
        .filter(|run| is_alone || Kind::of(run[0]) != Kind::Hiragana);
    telling.map(String::from_iter).collect()
}

/// Kinds of letters whose words meet without a space.
#[derive(PartialEq, Eq)]
enum Kind {
    Hiragana,
    Katakana,
    Syllable,
    Other,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '\u{3041}'..='\u{309f}' => Self::Hiragana,
            '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Self::Katakana,
            _ if is_syllable(letter) => Self::Syllable,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(text: &str, expected: &[&str]) {
        let language = LanguageData::new(&Config::defaults().search);
        assert_eq!(subject(text, &language), expected, "{text}");
    }

    #[test]
    fn words_without_spaces_come_apart_at_their_letters() {
        check("決済方法の変更", &["決済方法", "変更"]);
        check("クレジット決済について", &["クレジット", "決済"]);
        check("ください", &["ください"]);
        check("如何设置", &["如何设置"]);
    }

    #[test]
    fn korean_and_latin_words_are_whole() {
        check("결제를 취소하려면", &["결제", "취소"]);
        check("決濟를", &["決濟"]);
        check("the policy", &["policy"]);
    }
}
