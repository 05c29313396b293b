//! The index as queries read it: terms by name, pairs by their first syllable.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::search::SearchConfig;
use crate::model::page_address::PageAddress;
use crate::search::count::Counted;
use crate::search::index::{Entry, Posting, index};
use crate::search::language::LanguageData;
use crate::search::pack::Shards;
use crate::search::record::Record;
use crate::search::spelling::Word;
use crate::search::terms::{Term, key, words};
use crate::search::weights::LEVELS;
use crate::search::words::Lexicon;

/// A term that some document has.
#[derive(Debug)]
pub struct Known {
    /// How informative the term is: the logarithm of how few documents have it.
    pub rarity: f64,
    /// Its worth in its best document, `0..=1`.
    pub best: f64,
    /// Its documents.
    pub postings: Vec<Posting>,
}

impl Known {
    fn of(entry: &Entry, documents: usize) -> Self {
        let count = entry.count as f64;
        let level = entry.postings.iter().map(|posting| posting.level).max();
        Self {
            rarity: (1.0 + (documents as f64 - count + 0.5) / (count + 0.5)).ln(),
            best: worth(level.unwrap_or(0)),
            postings: entry.postings.clone(),
        }
    }
}

/// A level as a share of the whole.
pub fn worth(level: u32) -> f64 {
    f64::from(level) / f64::from(LEVELS)
}

/// All that queries are answered from.
#[derive(Debug)]
pub struct Library {
    /// Terms by their text.
    pub terms: HashMap<String, Known>,
    /// Pairs by their first syllable, in order.
    pub pairs: BTreeMap<char, Vec<String>>,
    /// Latin words, in order.
    pub latin: Vec<String>,
    /// Where terms are in the packed index, for a query may ask for few of its files.
    pub shards: Shards,
    /// Korean words that queries are corrected with, in order.
    pub common: Vec<Word>,
    /// The other Korean words.
    pub rare: Vec<Word>,
    /// Latin words that queries are corrected with.
    pub latin_words: Vec<Word>,
    /// Address of every document.
    pub addresses: Vec<PageAddress>,
    /// Title and search tags of every document, without spaces.
    pub titles: Vec<Vec<String>>,
    /// Words of the title of every document, and its search tags, each as one word.
    pub names: Vec<Vec<Vec<String>>>,
    /// Rarity of a term that no document has.
    pub rarest: f64,
    /// What the language does to words.
    pub language: LanguageData,
}

impl Library {
    /// Reads records, which are in document order.
    pub fn new(records: &[Record], language: &SearchConfig) -> Self {
        let language = LanguageData::new(language);
        let counted = Counted::of(records);
        let lexicon = Lexicon::of(&counted, &|word| language.stem(word));
        let entries = index(counted);
        let mut pairs: BTreeMap<char, Vec<String>> = BTreeMap::new();
        let mut latin = Vec::new();
        for entry in &entries {
            match &entry.term {
                Term::Pair(first, Some(_)) => {
                    pairs.entry(*first).or_default().push(entry.term.text());
                }
                Term::Pair(_, None) => {}
                Term::Word(word) => latin.push(word.clone()),
            }
        }
        Self {
            pairs,
            latin,
            shards: Shards::of(&entries),
            common: Word::all(lexicon.common),
            rare: Word::all(lexicon.rare),
            latin_words: Word::all(lexicon.latin),
            addresses: records
                .iter()
                .map(|record| record.address.clone())
                .collect(),
            titles: records.iter().map(titles).collect(),
            names: records.iter().map(names).collect(),
            rarest: (1.0 + records.len() as f64 + 0.5).ln(),
            terms: entries
                .iter()
                .map(|entry| (entry.term.text(), Known::of(entry, records.len())))
                .collect(),
            language,
        }
    }
}

fn names(record: &Record) -> Vec<Vec<String>> {
    let [title, tags, ..] = &record.fields;
    let tags = tags.lines().map(key).filter(|tag| !tag.is_empty());
    let tags: BTreeSet<String> = tags.collect();
    let tags = tags.into_iter().map(|tag| vec![tag]);
    std::iter::once(words(title)).chain(tags).collect()
}

fn titles(record: &Record) -> Vec<String> {
    let [title, tags, ..] = &record.fields;
    let tags = tags.lines().filter(|tag| !tag.is_empty());
    std::iter::once(title.as_str())
        .chain(tags)
        .map(key)
        .collect()
}
