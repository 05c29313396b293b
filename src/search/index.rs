//! Records → terms with the documents that hold them, weighed by BM25F.
//!
//! A term's worth in a document is `x / (k1 + x)`, where `x` sums over the fields the weighted count
//! of the term, discounted by the field's length (Robertson, Zaragoza, Taylor: Simple BM25
//! extension to multiple weighted fields, 2004).

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use crate::search::record::{FIELDS, Record, TEXT};
use crate::search::terms::{Term, terms};
use crate::search::weights::{COMMON, FIELDS as WEIGHTS, Grain, LEVELS, PAIRS, WORDS};

/// A term with its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The term.
    pub term: Term,
    /// Number of documents that hold it, those that are not listed too.
    pub count: usize,
    /// Documents worth listing, in order.
    pub postings: Vec<Posting>,
}

/// A document that holds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Index of the document.
    pub document: usize,
    /// Worth of the term in it, `1..=LEVELS`.
    pub level: u32,
}

/// Records that are counted at once: what is counted of each takes twice the memory of what is
/// kept of it.
const AT_ONCE: usize = 256;

/// Occurrences of a term in the fields of one document. A term is worth the most long before it
/// occurs 65,535 times.
type Counts = [u16; FIELDS];

/// A document that holds a term.
struct Found<K> {
    key: K,
    document: u32,
    counts: Counts,
}

/// What one record holds: Latin words, and pairs as numbers in the order of their terms, each once.
struct Counted {
    words: Vec<(String, Counts)>,
    pairs: Vec<(u64, Counts)>,
}

/// The terms of all records, in order.
pub fn index(records: &[Record]) -> Vec<Entry> {
    let (mut words, mut pairs, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    for some in records.chunks(AT_ONCE) {
        let counted: Vec<Counted> = some.par_iter().map(count).collect();
        for one in counted {
            let document = u32::try_from(lengths.len()).unwrap_or(u32::MAX);
            lengths.push(one.lengths());
            words.extend(found(one.words, document));
            pairs.extend(found(one.pairs, document));
        }
    }
    let weighing = Weighing {
        means: means(&lengths),
        lengths,
    };
    let mut entries = weighing.entries(words, |word: &String| Term::Word(word.clone()));
    entries.extend(weighing.entries(pairs, |pair| unpacked(*pair)));
    entries
}

fn found<K>(counts: Vec<(K, Counts)>, document: u32) -> impl Iterator<Item = Found<K>> {
    counts.into_iter().map(move |(key, counts)| Found {
        key,
        document,
        counts,
    })
}

fn count(record: &Record) -> Counted {
    let (mut words, mut pairs) = (Vec::new(), Vec::new());
    for (field, text) in record.fields.iter().enumerate() {
        for term in terms(text) {
            match term {
                Term::Word(word) => words.push((word, field)),
                Term::Pair(first, second) => pairs.push((packed(first, second), field)),
            }
        }
    }
    Counted {
        words: counts(words),
        pairs: counts(pairs),
    }
}

/// How often each key is met in each field.
fn counts<K: Ord>(mut met: Vec<(K, usize)>) -> Vec<(K, Counts)> {
    met.sort_unstable();
    let mut counts: Vec<(K, Counts)> = Vec::new();
    for (key, field) in met {
        match counts.last_mut() {
            Some((last, counts)) if *last == key => {
                counts[field] = counts[field].saturating_add(1);
            }
            _ => {
                let mut first = [0; FIELDS];
                first[field] = 1;
                counts.push((key, first));
            }
        }
    }
    counts
}

/// A pair as a number; a lone syllable comes before all pairs that start with it.
fn packed(first: char, second: Option<char>) -> u64 {
    let second = second.map_or(0, |second| u64::from(second) + 1);
    u64::from(first) << u32::BITS | second
}

fn unpacked(pair: u64) -> Term {
    let character = |number: u64| u32::try_from(number).ok().and_then(char::from_u32);
    let first = character(pair >> u32::BITS).unwrap_or_default();
    let second = (pair & u64::from(u32::MAX)).checked_sub(1);
    Term::Pair(first, second.and_then(character))
}

impl Counted {
    fn lengths(&self) -> [f64; FIELDS] {
        let words = self.words.iter().map(|(_, counts)| counts);
        let pairs = self.pairs.iter().map(|(_, counts)| counts);
        let mut lengths = [0.0; FIELDS];
        for counts in words.chain(pairs) {
            for (length, count) in lengths.iter_mut().zip(counts) {
                *length += f64::from(*count);
            }
        }
        lengths
    }
}

/// Mean length of every field; 1 for a field that no document has.
fn means(lengths: &[[f64; FIELDS]]) -> [f64; FIELDS] {
    let mut means = [0.0; FIELDS];
    for length in lengths {
        for (mean, length) in means.iter_mut().zip(length) {
            *mean += length / lengths.len() as f64;
        }
    }
    means.map(|mean| if mean > 0.0 { mean } else { 1.0 })
}

/// What the worth of a term in a document depends on besides its counts.
struct Weighing {
    /// Terms in each field of each document.
    lengths: Vec<[f64; FIELDS]>,
    means: [f64; FIELDS],
}

impl Weighing {
    /// The entries of what was found, in the order of the keys.
    fn entries<K: Ord + Send + Sync>(
        &self,
        mut found: Vec<Found<K>>,
        term: impl Fn(&K) -> Term + Sync,
    ) -> Vec<Entry> {
        found.par_sort_unstable_by(|a, b| (&a.key, a.document).cmp(&(&b.key, b.document)));
        found
            .par_chunk_by(|a, b| a.key == b.key)
            .map(|same| self.entry(term(&same[0].key), same))
            .collect()
    }

    fn entry<K>(&self, term: Term, same: &[Found<K>]) -> Entry {
        let is_common = same.len() as f64 > COMMON * self.lengths.len() as f64;
        let is_text_only = |found: &Found<K>| found.counts[..TEXT].iter().all(|count| *count == 0);
        let listed = same
            .iter()
            .filter(|found| !is_common || !is_text_only(found));
        let grain = match term {
            Term::Word(_) => WORDS,
            Term::Pair(..) => PAIRS,
        };
        let posting = |found: &Found<K>| Posting {
            document: found.document as usize,
            level: grain.level(self.sum(found)),
        };
        Entry {
            term,
            count: same.len(),
            postings: listed.map(posting).collect(),
        }
    }

    /// Weighted count of a term in a document.
    fn sum<K>(&self, found: &Found<K>) -> f64 {
        let lengths = &self.lengths[found.document as usize];
        let mut sum = 0.0;
        for field in 0..FIELDS {
            let weight = WEIGHTS[field];
            let length = 1.0 - weight.length + weight.length * lengths[field] / self.means[field];
            let count = found.counts[field];
            // A field without terms has length 0; with full discount that would divide by zero.
            if count > 0 {
                sum += weight.weight * f64::from(count) / length;
            }
        }
        sum
    }
}

impl Grain {
    fn level(self, sum: f64) -> u32 {
        let steps = f64::from(self.steps);
        let worth = sum / (self.saturation + sum);
        // Worth lies between 0 and 1.
        let step = (worth * steps).round().clamp(1.0, steps) as u32;
        step * (LEVELS / self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(title: &str, text: &str) -> Record {
        let mut fields = [const { String::new() }; FIELDS];
        fields[0] = title.into();
        fields[TEXT] = text.into();
        Record {
            address: String::new(),
            fields,
            sections: Vec::new(),
        }
    }

    #[test]
    fn pairs_sort_as_their_terms_do() {
        let pairs = [
            ('가', None),
            ('가', Some('가')),
            ('가', Some('힣')),
            ('각', None),
        ];
        let packed: Vec<u64> = pairs.iter().map(|pair| packed(pair.0, pair.1)).collect();
        assert!(packed.is_sorted());
        for (pair, packed) in pairs.iter().zip(packed) {
            assert_eq!(unpacked(packed), Term::Pair(pair.0, pair.1));
        }
    }

    #[test]
    fn terms_of_titles_are_worth_more() {
        let index = index(&[record("결제", "취소"), record("취소", "결제")]);
        let terms: Vec<_> = index.iter().map(|entry| entry.term.text()).collect();
        assert_eq!(terms, ["결제", "취소"]);
        // Both stand in all documents, so only those that have them in the title are listed.
        let levels: Vec<_> = index
            .iter()
            .map(|entry| (entry.count, entry.postings[0]))
            .collect();
        let posting = |document| Posting {
            document,
            level: 16,
        };
        assert_eq!(levels, [(2, posting(0)), (2, posting(1))]);
    }
}
