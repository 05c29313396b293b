//! The words of all documents that queries are mended with.

use std::collections::{BTreeMap, BTreeSet};

use crate::hangul::is_syllable;
use crate::search::record::{Record, TEXT};
use crate::search::terms::words;

/// Longest Korean word, in characters; longer ones are phrases without blanks.
const LONGEST: usize = 10;

/// Latin words, in characters. They are kept however rare, for they are names.
const LATIN: std::ops::RangeInclusive<usize> = 3..=20;

/// Documents that must hold a word which stands in running text only.
const LEAST: usize = 2;

/// How much a field beside the text counts.
const OUTSIDE: usize = 3;

/// Words with their weights: logarithms of how often they are met, in tenths.
pub fn lexicon(records: &[Record], stem: &dyn Fn(&str) -> String) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for record in records {
        for (word, outside) in words_of(record, stem) {
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
        .map(|(word, count)| (word, weight(count)))
        .collect()
}

/// Each word of a record once, with the number of fields beside the text that hold it.
fn words_of(record: &Record, stem: &dyn Fn(&str) -> String) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (field, text) in record.fields.iter().enumerate() {
        let words: BTreeSet<String> = words(text).into_iter().collect();
        for word in words {
            let is_korean = word.chars().all(is_syllable);
            let word = if is_korean { stem(&word) } else { word };
            let length = word.chars().count();
            let is_word = if is_korean {
                (2..=LONGEST).contains(&length)
            } else {
                LATIN.contains(&length) && word.starts_with(|c: char| c.is_ascii_alphabetic())
            };
            if is_word {
                *found.entry(word).or_default() += usize::from(field < TEXT);
            }
        }
    }
    found
}
