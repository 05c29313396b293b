//! The words of all documents that queries are mended with.

use std::collections::{BTreeMap, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::hangul::is_syllable;
use crate::search::count::Counted;
use crate::search::record::TEXT;

/// Longest Korean word, in characters; longer ones are phrases without blanks.
const LONGEST: usize = 10;

/// Latin words, in characters. They are kept however rare, for they are names; with at most 20, mistyped
/// Latin words of headings give 74.4 and not 78.1.
const LATIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Documents that must hold a word which stands in running text only.
const LEAST: usize = 2;

/// The fields beside the text, as bits.
const BESIDE_TEXT: u8 = (1 << TEXT) - 1;

/// How much a field beside the text counts.
const OUTSIDE: usize = 3;

/// Step of a weight, which is a logarithm of how often a word is met.
pub const WEIGHT_STEP: f64 = 0.4;

/// Steps of the heaviest words, which are met some 20,000 times.
const MOST_STEPS: u32 = 25;

/// Longest start that a word shares with the one before.
const SHARED: usize = 9;

/// Words with their weights in steps.
pub fn lexicon(
    counted: &Counted<'_>,
    stem: &(dyn Fn(&str) -> String + Sync),
) -> BTreeMap<String, u32> {
    let Stems { names, of } = Stems::of(&counted.words, stem);
    let mut counts = vec![(0, 0); names.len()];
    for record in &counted.held {
        let stems = record.iter().filter_map(|(word, fields)| {
            let stem = of[*word as usize]?;
            Some((stem, (fields & BESIDE_TEXT).count_ones() as usize))
        });
        let mut stems: Vec<(usize, usize)> = stems.collect();
        stems.sort_unstable();
        for same in stems.chunk_by(|a, b| a.0 == b.0) {
            let (all, outside) = &mut counts[same[0].0];
            *all += 1;
            *outside += same.iter().map(|(_, fields)| fields).sum::<usize>();
        }
    }
    let is_kept = |(word, (all, outside)): &(String, (usize, usize))| {
        word.is_ascii() || *outside > 0 || *all >= LEAST
    };
    let weight = |(all, outside): (usize, usize)| {
        let met = 1 + all + OUTSIDE * outside;
        let steps = (met as f64).ln() / WEIGHT_STEP;
        (steps.round() as u32).min(MOST_STEPS)
    };
    let counted = names.into_iter().zip(counts).filter(is_kept);
    counted.map(|(word, count)| (word, weight(count))).collect()
}

/// Words as text: of each how many characters of the word before it starts with, the others, and a capital
/// letter for its weight.
pub fn packed<'w>(words: impl Iterator<Item = (&'w String, &'w u32)>) -> String {
    let mut text = String::new();
    let mut before = "";
    for (word, weight) in words {
        let both = word.chars().zip(before.chars());
        let shared = both
            .take_while(|(one, other)| one == other)
            .take(SHARED)
            .count();
        text.push_str(&shared.to_string());
        text.extend(word.chars().skip(shared));
        text.extend(char::from_u32(u32::from('A') + weight));
        before = word;
    }
    text
}

/// Stems of all words that are any; each is found once, however many records hold the word.
struct Stems {
    /// Each stem once.
    names: Vec<String>,
    /// Place of each word's stem in `names`.
    of: Vec<Option<usize>>,
}

impl Stems {
    fn of(words: &[&str], stem: &(dyn Fn(&str) -> String + Sync)) -> Self {
        let found: Vec<Option<String>> = words.par_iter().map(|word| stem_of(word, stem)).collect();
        let mut places: HashMap<String, usize> = HashMap::with_capacity(words.len());
        let place = |stem: Option<String>| {
            let next = places.len();
            stem.map(|stem| *places.entry(stem).or_insert(next))
        };
        let of = found.into_iter().map(place).collect();
        let mut names = vec![String::new(); places.len()];
        for (name, place) in places {
            names[place] = name;
        }
        Self { names, of }
    }
}

/// The stem of a Korean word, a Latin word itself; `None` for what is no word to suggest.
fn stem_of(word: &str, stem: &dyn Fn(&str) -> String) -> Option<String> {
    let is_korean = word.chars().all(is_syllable);
    let word = if is_korean {
        stem(word)
    } else {
        word.to_string()
    };
    let length = word.chars().count();
    let is_word = if is_korean {
        (2..=LONGEST).contains(&length)
    } else {
        LATIN.contains(&length) && word.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    is_word.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_words_share_their_starts() {
        let words = [("결제", 3), ("결제창", 0), ("환불", 25)];
        let words: BTreeMap<String, u32> = words
            .into_iter()
            .map(|(word, weight)| (word.to_string(), weight))
            .collect();
        assert_eq!(packed(words.iter()), "0결제D2창A0환불Z");
    }
}
