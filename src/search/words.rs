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

/// Words with their weights: logarithms of how often they are met, in tenths.
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
        (10.0 * (met as f64).ln()).round() as u32
    };
    counts
        .into_iter()
        .map(|(word, count)| (word.to_string(), weight(count)))
        .collect()
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
