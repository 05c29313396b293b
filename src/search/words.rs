//! The words of all documents that queries are mended with.

use std::collections::{BTreeMap, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::hangul::is_syllable;
use crate::search::record::{Record, TEXT};
use crate::search::terms::runs;

/// Longest Korean word, in characters; longer ones are phrases without blanks.
const LONGEST: usize = 10;

/// Latin words, in characters. They are kept however rare, for they are names; with at most 20, mistyped
/// Latin words of headings give 74.4 and not 78.1.
const LATIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Documents that must hold a word which stands in running text only.
const LEAST: usize = 2;

/// Records that are split into words at once: their occurrences take many times the memory of
/// what is kept of them.
const AT_ONCE: usize = 256;

/// How much a field beside the text counts.
const OUTSIDE: usize = 3;

/// Words with their weights: logarithms of how often they are met, in tenths.
pub fn lexicon(
    records: &[Record],
    stem: &(dyn Fn(&str) -> String + Sync),
) -> BTreeMap<String, u32> {
    let Written { words, met } = Written::of(records);
    let Stems { names, of } = Stems::of(&words, stem);
    let mut counts = vec![(0, 0); names.len()];
    for record in met {
        let stems = record.iter().filter_map(|(word, field)| {
            let stem = of[*word as usize]?;
            Some((stem, *field))
        });
        let mut stems: Vec<(usize, usize)> = stems.collect();
        stems.sort_unstable();
        for same in stems.chunk_by(|a, b| a.0 == b.0) {
            let (all, outside) = &mut counts[same[0].0];
            *all += 1;
            *outside += same.iter().filter(|(_, field)| *field < TEXT).count();
        }
    }
    let is_kept = |(word, (all, outside)): &(String, (usize, usize))| {
        word.is_ascii() || *outside > 0 || *all >= LEAST
    };
    let weight = |(all, outside): (usize, usize)| {
        let met = 1 + all + OUTSIDE * outside;
        (10.0 * (met as f64).ln()).round() as u32
    };
    let counted = names.into_iter().zip(counts).filter(is_kept);
    counted.map(|(word, count)| (word, weight(count))).collect()
}

/// The words that records are written with.
struct Written<'r> {
    /// Each word once.
    words: Vec<&'r str>,
    /// Places in `words` with the fields that hold them, each once, of every record.
    met: Vec<Vec<(u32, usize)>>,
}

impl<'r> Written<'r> {
    fn of(records: &'r [Record]) -> Self {
        let mut places: HashMap<&str, u32> = HashMap::new();
        let (mut words, mut met) = (Vec::new(), Vec::with_capacity(records.len()));
        for some in records.chunks(AT_ONCE) {
            let split: Vec<Vec<(&str, usize)>> = some.par_iter().map(split).collect();
            for record in split {
                let place = |(word, field)| {
                    let place = *places.entry(word).or_insert_with(|| {
                        words.push(word);
                        u32::try_from(words.len() - 1).unwrap_or(u32::MAX)
                    });
                    (place, field)
                };
                let mut record: Vec<(u32, usize)> = record.into_iter().map(place).collect();
                record.sort_unstable();
                record.dedup();
                met.push(record);
            }
        }
        Self { words, met }
    }
}

/// The words of a record with their fields, in order.
fn split(record: &Record) -> Vec<(&str, usize)> {
    let fields = record.fields.iter().enumerate();
    fields
        .flat_map(|(field, text)| runs(text).map(move |run| (run.word, field)))
        .collect()
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
