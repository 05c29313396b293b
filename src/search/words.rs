//! The words of all documents that queries are mended with.

use std::collections::{BTreeMap, BTreeSet};

use crate::hangul::is_syllable;
use crate::search::record::{Record, TEXT};
use crate::search::terms::words;

/// Longest word, in characters; longer ones are phrases without blanks.
const LONGEST: usize = 10;

/// Documents that must hold a word which stands in running text only.
const LEAST: usize = 2;

/// How much a document counts that has the word outside its text.
const OUTSIDE: usize = 3;

/// Words with their weights: logarithms of how often they are met, in tenths.
pub fn lexicon(records: &[Record], stem: &dyn Fn(&str) -> String) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for record in records {
        for (word, is_outside) in words_of(record, stem) {
            let count = counts.entry(word).or_default();
            count.0 += 1;
            count.1 += usize::from(is_outside);
        }
    }
    counts.retain(|_, (all, outside)| *outside > 0 || *all >= LEAST);
    let weight = |(all, outside): (usize, usize)| {
        let met = 1 + all + OUTSIDE * outside;
        (10.0 * (met as f64).ln()).round() as u32
    };
    counts
        .into_iter()
        .map(|(word, count)| (word, weight(count)))
        .collect()
}

/// Each word of a record once, and whether it stands outside the text.
fn words_of(record: &Record, stem: &dyn Fn(&str) -> String) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    for (field, text) in record.fields.iter().enumerate() {
        let words: BTreeSet<String> = words(text).into_iter().collect();
        for word in words {
            let is_korean = word.chars().all(is_syllable);
            let word = if is_korean { stem(&word) } else { word };
            let length = word.chars().count();
            let is_word = is_korean || word.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_word && (2..=LONGEST).contains(&length) {
                *found.entry(word).or_default() |= field < TEXT;
            }
        }
    }
    found
}
