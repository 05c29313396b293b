//! What records hold → terms with the documents that contain them, weighed by BM25F.
//!
//! A term's worth in a document is `x / (k1 + x)`, where `x` sums over the fields the weighted count
//! of the term, discounted by the field's length (Robertson, Zaragoza, Taylor: Simple BM25
//! extension to multiple weighted fields, 2004).

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::search::count::{Counted, Found, Pair};
use crate::search::record::{FIELDS, TEXT};
use crate::search::terms::Term;
use crate::search::weights::{COMMON, FEW, FIELDS as WEIGHTS, Grain, LEVELS, PAIRS, WORDS};

/// A term with its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The term.
    pub term: Term,
    /// Number of documents that contain it, those that are not listed too.
    pub count: usize,
    /// Documents worth listing, in order.
    pub postings: Vec<Posting>,
}

/// A document that contains a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Index of the document.
    pub document: usize,
    /// Worth of the term in it, `1..=LEVELS`.
    pub level: u32,
}

/// The terms of all records, in order.
pub fn index(counted: Counted<'_>) -> Vec<Entry> {
    let Counted {
        words,
        latin,
        mut pairs,
        lengths,
        ..
    } = counted;
    let weighing = Weighing {
        means: means(&lengths),
        lengths,
    };
    let latin = words.into_iter().zip(latin);
    let mut latin: Vec<(&str, Vec<Found>)> = latin.filter(|(_, found)| !found.is_empty()).collect();
    latin.sort_unstable_by_key(|(word, _)| *word);
    pairs.sort_unstable_by_key(|(pair, _)| *pair);
    let mut entries = weighing.entries(latin, |word| Term::Word(word.to_string()));
    entries.extend(weighing.entries(pairs, Pair::term));
    // Words of some alphabets come after pairs of others.
    entries.sort_by(|one, other| one.term.order(&other.term));
    entries
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
    fn entries<K: Send>(
        &self,
        terms: Vec<(K, Vec<Found>)>,
        term: impl Fn(K) -> Term + Sync,
    ) -> Vec<Entry> {
        terms
            .into_par_iter()
            .map(|(key, found)| self.entry(term(key), &found))
            .collect()
    }

    fn entry(&self, term: Term, all: &[Found]) -> Entry {
        let documents = self.lengths.len();
        let is_common = documents > FEW && all.len() as f64 > COMMON * documents as f64;
        let is_text_only = |found: &Found| found.counts[..TEXT].iter().all(|count| *count == 0);
        let listed = all
            .iter()
            .filter(|found| !is_common || !is_text_only(found));
        let grain = match term {
            Term::Word(_) => WORDS,
            Term::Pair(..) => PAIRS,
        };
        let posting = |found: &Found| Posting {
            document: found.document as usize,
            level: grain.level(self.sum(found)),
        };
        let mut postings = Vec::with_capacity(if is_common { 0 } else { all.len() });
        postings.extend(listed.map(posting));
        Entry {
            term,
            count: all.len(),
            postings,
        }
    }

    /// Weighted count of a term in a document.
    fn sum(&self, found: &Found) -> f64 {
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
        // Worth is between 0 and 1.
        let step = (worth * steps).round().clamp(1.0, steps) as u32;
        step * (LEVELS / self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::record::Record;
    use crate::search::record::tests::record;

    #[test]
    fn terms_of_titles_are_worth_more() {
        let both = [record("결제", "취소"), record("취소", "결제")];
        let records: Vec<Record> = both.iter().cycle().take(2 * FEW).cloned().collect();
        let index = index(Counted::of(&records));
        let terms: Vec<_> = index.iter().map(|entry| entry.term.text()).collect();
        assert_eq!(terms, ["결제", "취소"]);
        // Both are in all documents, so only those that have them in the title are listed.
        let levels: Vec<_> = index
            .iter()
            .map(|entry| (entry.count, entry.postings.len(), entry.postings[0]))
            .collect();
        let posting = |document| Posting {
            document,
            level: 16,
        };
        let (all, half) = (records.len(), records.len() / 2);
        assert_eq!(levels, [(all, half, posting(0)), (all, half, posting(1))]);
    }

    #[test]
    fn of_few_documents_every_term_is_listed() {
        let records = [record("결제", "취소")];
        let index = index(Counted::of(&records));
        let listed: Vec<_> = index.iter().map(|entry| entry.postings.len()).collect();
        assert_eq!(listed, [1, 1]);
    }
}
