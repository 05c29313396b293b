//! The words of all documents, which queries are corrected with and initials are read with.

use std::cmp::Reverse;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::hangul::is_syllable;
use crate::search::Lookup;
use crate::search::count::Counted;
use crate::search::record::TEXT;

/// Longest Korean word, in characters; longer ones are phrases without spaces. With 8 and 14 all queries give the same
/// and the index is within 100 bytes.
const LONGEST: usize = 10;

/// Latin words, in characters. They are kept however rare, for they are names; with at most 20, mistyped
/// Latin words of headings give 74.4 and not 78.1.
const LATIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Documents that must contain a word which is in running text only. With 1, initials of tags give 0.9 more and the
/// words are 7.6 KB larger, with 3 0.1 less and 1.7 KB smaller; all else is the same.
const LEAST: usize = 2;

/// The fields beside the text, as bits.
const BESIDE_TEXT: u8 = (1 << TEXT) - 1;

/// How much a field beside the text counts. Initials of tags and titles give 63.8 and 88.1, with 3 63.0 and 88.1, with
/// 14 63.0 and 87.6.
const OUTSIDE: usize = 6;

/// Step of a weight, which is a logarithm of how often a word is met. With 0.3 and 0.6, initials and mistyped tags give
/// the same within 0.2.
pub const WEIGHT_STEP: f64 = 0.4;

/// Steps of the heaviest words, which are met some 20,000 times.
const MOST_STEPS: u32 = 25;

/// Korean words that are in the head of the index, for every query may have to be corrected with them: mistyped tags
/// give 74.0 with 1,850, with 1,500 73.9, with 800 74.2, of the test queries 70.0, 69.4 and 67.7. They are 5.3 KB packed;
/// with 100 more, 4 of 3,900 queries made of titles and tags find other pages after the same first one.
const COMMON_WORDS: usize = 1_750;

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

/// A word's stem.
pub type Stem<'s> = &'s (dyn for<'w> Fn(&'w str) -> &'w str + Sync);

impl Lexicon {
    /// Reads what documents hold.
    pub fn of(counted: &Counted<'_>, stem: Stem<'_>) -> Self {
        let words = words(counted, stem).into_iter();
        let (latin, korean): (Vec<_>, Vec<_>) = words.partition(|(word, _)| word.is_ascii());
        let mut is_common = are_heaviest(&korean, COMMON_WORDS).into_iter();
        let korean = korean.into_iter();
        let (common, rare) = korean.partition(|_| is_common.next().unwrap_or_default());
        Self {
            common,
            rare,
            latin,
        }
    }
}

/// For each word whether it is one of the heaviest; of those that weigh the same the first ones are.
fn are_heaviest(words: &[(String, u32)], most: usize) -> Vec<bool> {
    let mut places: Vec<usize> = (0..words.len()).collect();
    places.sort_by_key(|at| Reverse(words[*at].1));
    let mut are_heaviest = vec![false; words.len()];
    for at in places.into_iter().take(most) {
        are_heaviest[at] = true;
    }
    are_heaviest
}

/// Words worth keeping with their weights, in order.
fn words(counted: &Counted<'_>, stem: Stem<'_>) -> Vec<(String, u32)> {
    let Stems { names, of } = Stems::of(&counted.words, stem);
    let mut met = vec![Met::default(); names.len()];
    for (document, record) in counted.held.iter().enumerate() {
        for (word, fields) in record {
            if let Some(stem) = of[*word as usize] {
                met[stem].add(document, *fields);
            }
        }
    }
    let words = names.into_iter().zip(met);
    let kept = words.filter(|(word, met)| met.is_kept(word));
    let mut kept: Vec<(String, u32)> = kept
        .map(|(word, met)| (word.to_string(), met.weight()))
        .collect();
    kept.sort_unstable();
    kept
}

/// Where a word is met.
#[derive(Debug, Default, Clone)]
struct Met {
    /// Number of documents.
    documents: usize,
    /// The last one.
    last: Option<usize>,
    /// Fields beside the text, of all documents.
    outside: usize,
}

impl Met {
    /// Adds fields of a document, as bits; those of one document come together.
    fn add(&mut self, document: usize, fields: u8) {
        self.documents += usize::from(self.last.replace(document) != Some(document));
        self.outside += (fields & BESIDE_TEXT).count_ones() as usize;
    }

    fn is_kept(&self, word: &str) -> bool {
        word.is_ascii() || self.outside > 0 || self.documents >= LEAST
    }

    /// Weight in steps.
    fn weight(&self) -> u32 {
        let met = 1 + self.documents + OUTSIDE * self.outside;
        let steps = (met as f64).ln() / WEIGHT_STEP;
        (steps.round() as u32).min(MOST_STEPS)
    }
}

/// Stems of all words that are any; each is found once, however many records hold the word.
struct Stems<'w> {
    /// Each stem once.
    names: Vec<&'w str>,
    /// Place of each word's stem in `names`.
    of: Vec<Option<usize>>,
}

impl<'w> Stems<'w> {
    fn of(words: &[&'w str], stem: Stem<'_>) -> Self {
        let found: Vec<Option<&str>> = words.par_iter().map(|word| stem_of(word, stem)).collect();
        let mut places: Lookup<&str, usize> = Lookup::default();
        let mut names = Vec::new();
        let place = |stem: Option<&'w str>| {
            stem.map(|stem| {
                *places.entry(stem).or_insert_with(|| {
                    names.push(stem);
                    names.len() - 1
                })
            })
        };
        let of = found.into_iter().map(place).collect();
        Self { names, of }
    }
}

/// The stem of a Korean word, a Latin word itself; `None` for what is not a word to suggest.
fn stem_of<'w>(word: &'w str, stem: Stem<'_>) -> Option<&'w str> {
    let is_korean = word.chars().all(is_syllable);
    let word = if is_korean { stem(word) } else { word };
    let length = word.chars().count();
    let is_word = if is_korean {
        (2..=LONGEST).contains(&length)
    } else {
        LATIN.contains(&length)
            && word.is_ascii()
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
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
        let lexicon = Lexicon::of(&Counted::of(&records), &|word| word);
        assert_eq!(lexicon.common.len(), COMMON_WORDS);
        let word = |(word, _): &(String, u32)| word.clone();
        assert!(lexicon.common.iter().any(|own| word(own) == "결제"));
        assert!(lexicon.rare.iter().map(word).any(|own| own == "희귀"));
        assert_eq!(lexicon.latin.iter().map(word).collect::<Vec<_>>(), ["pay"]);
    }
}
