//! What the language does to the words of a query: particles, endings, stop words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::config::search::SearchConfig;
use crate::hangul::{Syllable, assemble, strokes};
use crate::search::Lookup;
use crate::search::terms::key;

/// Fewest syllables that stay when a tail is cut off.
const LEAST_STEM: usize = 2;

/// Fewest Latin letters of a word that has a plural: shorter ones are names, and `aus` is not many `au`.
const LEAST_NOUN: usize = 3;

/// Most words that are said together: `되고 있지 않아요`.
const SAID_WORDS: usize = 3;

/// Fewest syllables of what is said at the end of a word: one is the end of too many words.
const SAID_END: usize = 2;

/// Sound that a particle follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Any,
    Closed,
    Open,
}

/// The words of [`SearchConfig`], ready to be looked up.
#[derive(Debug)]
pub struct LanguageData {
    particles: Tails<Sound>,
    endings: Tails<()>,
    predicates: Vec<String>,
    stop: BTreeSet<String>,
    plurals: Vec<(String, String)>,
    meanings: BTreeMap<String, Vec<String>>,
    letters: BTreeMap<char, char>,
    keys: BTreeMap<char, char>,
}

impl LanguageData {
    /// Prepares the words of a configuration.
    pub fn new(config: &SearchConfig) -> Self {
        let all = [
            (&config.particles.any, Sound::Any),
            (&config.particles.closed, Sound::Closed),
            (&config.particles.open, Sound::Open),
        ];
        let named = all
            .into_iter()
            .flat_map(|(words, sound)| words.iter().map(move |word| (word, sound)));
        let keyboard = config.keyboard.iter();
        let meanings = config.meanings.iter();
        let said = meanings.flat_map(|own| own.said.iter().map(|said| (said, &own.meant)));
        Self {
            particles: Tails::of(named),
            endings: Tails::of(config.endings.iter().map(|word| (word, ()))),
            predicates: config.predicates.clone(),
            stop: config.stop.iter().cloned().collect(),
            plurals: config.plurals.clone(),
            meanings: said
                .map(|(said, meant)| (key(said), meant.clone()))
                .collect(),
            letters: config.keyboard.clone(),
            keys: keyboard.map(|(key, letter)| (*letter, *key)).collect(),
        }
    }

    /// Whether the word is a stop word: `어떻게`, `안돼요`.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word) || self.meanings.contains_key(word)
    }

    /// Terms by which documents say what a word of the query says: `오류` for `안돼요`.
    pub fn meant(&self, word: &str) -> &[String] {
        self.meanings.get(word).map_or(&[], Vec::as_slice)
    }

    /// The query with what people say as a word of its own, however it is spaced: `결제 안돼요` for `결제안돼요` and
    /// `결제 안 돼요`.
    pub fn restated(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut restated: Vec<String> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let next = &words[at..words.len().min(at + SAID_WORDS)];
            let (taken, said) = self.first_said(next);
            restated.extend(said);
            at += taken;
        }
        match restated == words {
            true => text.to_string(),
            false => restated.join(" "),
        }
    }

    /// How many of some words are said together, and the words that they are; at least the first one.
    fn first_said(&self, words: &[&str]) -> (usize, Vec<String>) {
        for taken in (1..=words.len()).rev() {
            let said = key(&words[..taken].concat());
            if self.meanings.contains_key(&said) {
                return (taken, vec![said]);
            }
        }
        let word = key(words[0]);
        let letters = word.chars().count();
        // The longest ending starts first.
        let starts = word.char_indices().enumerate();
        let starts = starts.skip(LEAST_STEM);
        let starts = starts.take_while(|(place, _)| place + SAID_END <= letters);
        let mut starts = starts.map(|(_, (at, _))| at);
        match starts.find(|at| self.meanings.contains_key(&word[*at..])) {
            Some(at) => (1, vec![word[..at].to_string(), word[at..].to_string()]),
            None => (1, vec![words[0].to_string()]),
        }
    }

    /// Whether the word is a verb of the sentence around: `궁금합니다`.
    pub fn is_predicate(&self, word: &str) -> bool {
        self.predicates
            .iter()
            .any(|end| word.ends_with(end.as_str()))
    }

    /// Number of characters before the particle or ending: 2 for `결제를`, 2 for `취소하려면`, 0 for
    /// a stop word.
    pub fn stem_length(&self, word: &str) -> usize {
        if self.is_stop(word) {
            return 0;
        }
        let letters: Vec<char> = word.chars().collect();
        let ending = self.endings.stems(&letters).next();
        let particle = || {
            let mut stems = self.particles.stems(&letters);
            stems.find(|(length, sound)| follows(letters[length - 1], *sound))
        };
        let ending = ending.map(|(length, ())| length);
        let length = ending.or_else(|| particle().map(|(length, _)| length));
        length.unwrap_or(letters.len())
    }

    /// What a Latin word may be in the other number, real words or not: `policies` for `policy`, and `policy` for
    /// `policies`.
    pub fn other_numbers(&self, word: &str) -> Vec<String> {
        let mut forms: Vec<String> = Vec::new();
        let is_noun =
            |word: &str| word.is_ascii() && word.len() >= LEAST_NOUN && word.ends_with(is_letter);
        if self.is_stop(word) || !is_noun(word) {
            return forms;
        }
        for (one, many) in &self.plurals {
            for (end, other) in [(many, one), (one, many)] {
                let stem = word.strip_suffix(end.as_str());
                let form = stem.map(|stem| format!("{stem}{other}"));
                forms.extend(form.filter(|form| is_noun(form)));
            }
        }
        forms
    }

    /// The word without its particle or ending; itself when it is a stop word.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let length = self.stem_length(word);
        let end = word.char_indices().nth(length).filter(|_| length > 0);
        end.map_or(word, |(end, _)| &word[..end])
    }

    /// What the keys would have typed on the Korean keyboard: `ghksqnf` is `환불`.
    pub fn hangul(&self, keys: &str) -> String {
        let letter = |key: char| {
            let lower = key.to_ascii_lowercase();
            let found = self.letters.get(&key).or_else(|| self.letters.get(&lower));
            found.copied().unwrap_or(key)
        };
        assemble(&keys.chars().map(letter).collect::<String>())
    }

    /// The keys that type the text: `ㅔㅎ` is `pg`.
    pub fn latin(&self, text: &str) -> String {
        let key = |letter: char| self.keys.get(&letter).copied().unwrap_or(letter);
        strokes(text).chars().map(key).collect()
    }
}

/// Tails of words by their last character, the longest first.
#[derive(Debug)]
struct Tails<T>(Lookup<char, Vec<(Vec<char>, T)>>);

impl<T: Copy> Tails<T> {
    fn of<'w>(tails: impl Iterator<Item = (&'w String, T)>) -> Self {
        let mut by_last: Lookup<char, Vec<(Vec<char>, T)>> = Lookup::default();
        for (tail, kind) in tails {
            if let Some(last) = tail.chars().next_back() {
                let tail = tail.chars().collect();
                by_last.entry(last).or_default().push((tail, kind));
            }
        }
        for tails in by_last.values_mut() {
            tails.sort_by_key(|(tail, _)| Reverse(tail.len()));
        }
        Self(by_last)
    }

    /// Lengths of what is left of a word without each tail it ends in.
    fn stems<'t>(&'t self, word: &'t [char]) -> impl Iterator<Item = (usize, T)> + 't {
        let tails = word.last().and_then(|last| self.0.get(last));
        tails.into_iter().flatten().filter_map(|(tail, kind)| {
            let length = word.len().checked_sub(tail.len())?;
            (length >= LEAST_STEM && word.ends_with(tail)).then_some((length, *kind))
        })
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_lowercase()
}

fn follows(before: char, sound: Sound) -> bool {
    let is_closed = Syllable::of(before).map(|syllable| syllable.last != 0);
    match (sound, is_closed) {
        (Sound::Any, _) => true,
        (Sound::Closed, Some(is_closed)) => is_closed,
        (Sound::Open, Some(is_closed)) => !is_closed,
        // How an ideograph is read is not known.
        (_, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(word: &str, expected: &str) {
        let language = LanguageData::new(&Config::defaults().search);
        assert_eq!(language.stem(word), expected);
    }

    #[test]
    fn particles_go_where_the_sound_fits() {
        check("결제를", "결제");
        check("환불을", "환불");
        check("환불를", "환불를");
        check("결제창에서는", "결제창");
        check("취소하려면", "취소");
    }

    #[test]
    fn short_words_stay_whole() {
        check("회의", "회의");
        check("어떻게", "어떻게");
    }

    #[test]
    fn plurals_and_singulars_lead_to_each_other() {
        let language = LanguageData::new(&Config::defaults().search);
        for (one, many) in [
            ("policy", "policies"),
            ("currency", "currencies"),
            ("query", "queries"),
            ("refund", "refunds"),
            ("key", "keys"),
            ("address", "addresses"),
            ("analysis", "analyses"),
        ] {
            let leads =
                |from: &str, to: &str| language.other_numbers(from).iter().any(|own| own == to);
            assert!(leads(one, many) && leads(many, one), "{one} {many}");
        }
        for word in ["the", "v12", "결제", "s", "id"] {
            assert!(language.other_numbers(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn keys_of_the_other_keyboard_are_read() {
        let language = LanguageData::new(&Config::defaults().search);
        assert_eq!(language.hangul("dlsltltm"), "이니시스");
        assert_eq!(language.hangul("RHkdhk"), "꽈와");
        assert_eq!(language.latin("ㅑㅜㅑ챤"), "inicis");
    }

    #[test]
    fn what_people_say_is_one_word_however_it_is_spaced() {
        let language = LanguageData::new(&Config::defaults().search);
        let check = |query: &str, expected: &str| {
            assert_eq!(language.restated(query), expected, "{query}");
        };
        check("결제가 안 돼요", "결제가 안돼요");
        check("결제가 안 되요? ㅠㅠ", "결제가 안되요 ㅠㅠ");
        check("결제안돼요", "결제 안돼요");
        check("결제안됨", "결제 안됨");
        check("결제가 되지 않아요", "결제가 되지않아요");
        // What is only at the end of a short word, or nowhere, stays as it is typed.
        check("불안돼요", "불안돼요");
        check("결제  취소", "결제  취소");
        assert_eq!(language.stem_length("안돼요"), 0);
        assert!(language.meant("안돼요").contains(&"오류".to_string()));
        assert!(language.meant("결제").is_empty());
    }
}
