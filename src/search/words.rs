//! The words of all documents that queries are mended with.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::hangul::is_syllable;
use crate::search::record::{Record, TEXT};
use crate::search::terms::{normal, runs};

/// Longest Korean word, in characters; longer ones are phrases without blanks.
const LONGEST: usize = 10;

/// Latin words, in characters. They are kept however rare, for they are names; with at most 20, mistyped
/// Latin words of headings give 74.4 and not 78.1.
const LATIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Documents that must hold a word which stands in running text only.
const LEAST: usize = 2;

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
    records: &[Record],
    stem: &(dyn Fn(&str) -> String + Sync),
) -> BTreeMap<String, u32> {
    let written: Vec<Vec<Written>> = records.par_iter().map(written).collect();
    let stems = stems(&written, stem);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for words in &written {
        for (word, outside) in words_of(words, &stems) {
            let count = counts.entry(word).or_default();
            count.0 += 1;
            count.1 += outside;
        }
    }
    counts.retain(|word, (all, outside)| word.is_ascii() || *outside > 0 || *all >= LEAST);
    let weight = |(all, outside): (usize, usize)| {
        let met = 1 + all + OUTSIDE * outside;
        let steps = (met as f64).ln() / WEIGHT_STEP;
        (steps.round() as u32).min(MOST_STEPS)
    };
    counts
        .into_iter()
        .map(|(word, count)| (word.to_string(), weight(count)))
        .collect()
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

/// A word as a field of a record has it, and whether that field is beside the text.
type Written = (String, bool);

/// The words of each field of a record, once a field.
fn written(record: &Record) -> Vec<Written> {
    let of_field = |(field, text): (usize, &String)| {
        let text = normal(text);
        let words: HashSet<&str> = runs(&text).map(|(_, word)| word).collect();
        let written = words
            .into_iter()
            .map(|word| (word.to_string(), field < TEXT));
        written.collect::<Vec<Written>>()
    };
    record
        .fields
        .iter()
        .enumerate()
        .flat_map(of_field)
        .collect()
}

/// Stems of all words that are any; each is found once, however many records hold the word.
fn stems<'w>(
    written: &'w [Vec<Written>],
    stem: &(dyn Fn(&str) -> String + Sync),
) -> HashMap<&'w str, String> {
    let words: HashSet<&str> = written.iter().flatten().map(|(word, _)| &**word).collect();
    words
        .into_par_iter()
        .filter_map(|word| Some((word, stem_of(word, stem)?)))
        .collect()
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

/// Each stem of a record once, with the number of fields beside the text that hold it.
fn words_of<'s>(written: &[Written], stems: &'s HashMap<&str, String>) -> HashMap<&'s str, usize> {
    let mut found = HashMap::new();
    for (word, is_outside) in written {
        if let Some(stem) = stems.get(word.as_str()) {
            *found.entry(stem.as_str()).or_default() += usize::from(*is_outside);
        }
    }
    found
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
