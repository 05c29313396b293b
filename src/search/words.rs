//! The words of all documents, which queries are mended with and initials are read with.

use std::cmp::Reverse;
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

/// Korean words that stand in the head of the index, for every query may have to be mended with them: mistyped tags
/// give 74.0, with 1,500 73.9, with 800 74.2, of the test queries 70.0, 69.4 and 67.7. They are 5.6 KB packed.
const COMMON_WORDS: usize = 1_850;

/// The words of all documents with their weights in steps, each list in order.
#[derive(Debug)]
pub struct Lexicon {
    /// Korean words, the heaviest ones.
    pub common: Vec<(String, u32)>,
    /// The other Korean words, which only initials are read with.
    pub rare: Vec<(String, u32)>,
    /// Latin words.
    pub latin: Vec<(String, u32)>,
}

impl Lexicon {
    /// Reads what documents hold.
    pub fn of(counted: &Counted<'_>, stem: &(dyn Fn(&str) -> String + Sync)) -> Self {
        let words = words(counted, stem).into_iter();
        let (latin, mut korean): (Vec<_>, Vec<_>) = words.partition(|(word, _)| word.is_ascii());
        // The sort is stable, so words that weigh the same stay in order.
        korean.sort_by_key(|(_, weight)| Reverse(*weight));
        let mut rare = korean.split_off(COMMON_WORDS.min(korean.len()));
        korean.sort_unstable();
        rare.sort_unstable();
        Self {
            common: korean,
            rare,
            latin,
        }
    }
}

fn words(counted: &Counted<'_>, stem: &(dyn Fn(&str) -> String + Sync)) -> BTreeMap<String, u32> {
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
    use crate::search::record::tests::record;

    #[test]
    fn heavy_words_are_common_and_latin_ones_apart() {
        let many: Vec<String> = (0..COMMON_WORDS as u32)
            .map(|at| {
                ['가', char::from_u32('가' as u32 + at).unwrap()]
                    .iter()
                    .collect()
            })
            .collect();
        let text = many.join(" ") + " 희귀 pay";
        let records = [
            record("결제", &text),
            record("환불", &text),
            record("환불", ""),
        ];
        let lexicon = Lexicon::of(&Counted::of(&records), &str::to_string);
        assert_eq!(lexicon.common.len(), COMMON_WORDS);
        let word = |(word, _): &(String, u32)| word.clone();
        assert!(lexicon.common.iter().any(|own| word(own) == "결제"));
        assert!(lexicon.rare.iter().map(word).any(|own| own == "희귀"));
        assert_eq!(lexicon.latin.iter().map(word).collect::<Vec<_>>(), ["pay"]);
    }
}
