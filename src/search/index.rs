//! Records → terms with the documents that hold them, weighed by BM25F.
//!
//! A term's worth in a document is `x / (k1 + x)`, where `x` sums over the fields the weighted count
//! of the term, discounted by the field's length (Robertson, Zaragoza, Taylor: Simple BM25
//! extension to multiple weighted fields, 2004).

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use crate::search::record::{FIELDS, Record, TEXT};
use crate::search::terms::{Term, terms};
use crate::search::weights::{COMMON, FIELDS as WEIGHTS, LEVELS, SATURATION};

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

/// Occurrences of a term in the fields of one document.
type Counts = [u32; FIELDS];

struct Found {
    term: Term,
    document: usize,
    worth: f64,
    is_text_only: bool,
}

/// The terms of all records, in order.
pub fn index(records: &[Record]) -> Vec<Entry> {
    let counted: Vec<Vec<(Term, Counts)>> = records.par_iter().map(count).collect();
    let lengths: Vec<[f64; FIELDS]> = counted.iter().map(|counts| lengths(counts)).collect();
    let means = means(&lengths);
    let mut found = Vec::new();
    for (document, counts) in counted.into_iter().enumerate() {
        let length = &lengths[document];
        found.extend(counts.into_iter().map(|(term, counts)| Found {
            term,
            document,
            worth: worth(&counts, length, &means),
            is_text_only: counts[..TEXT].iter().all(|count| *count == 0),
        }));
    }
    // Each document's terms are in order, which a sort by merging makes use of.
    found.par_sort_by(|a, b| a.term.cmp(&b.term));
    found
        .chunk_by(|a, b| a.term == b.term)
        .map(|same| entry(same, records.len()))
        .collect()
}

/// The terms of a record in order, each once.
fn count(record: &Record) -> Vec<(Term, Counts)> {
    let of_field = |(field, text): (usize, &String)| {
        let terms = terms(text).into_iter();
        terms.map(move |term| (term, field))
    };
    let mut all: Vec<(Term, usize)> = record
        .fields
        .iter()
        .enumerate()
        .flat_map(of_field)
        .collect();
    all.sort_unstable();
    let mut counts: Vec<(Term, Counts)> = Vec::new();
    for (term, field) in all {
        match counts.last_mut() {
            Some((last, counts)) if *last == term => counts[field] += 1,
            _ => {
                let mut first = [0; FIELDS];
                first[field] = 1;
                counts.push((term, first));
            }
        }
    }
    counts
}

fn lengths(counts: &[(Term, Counts)]) -> [f64; FIELDS] {
    let mut lengths = [0.0; FIELDS];
    for (_, count) in counts {
        for (length, count) in lengths.iter_mut().zip(count) {
            *length += f64::from(*count);
        }
    }
    lengths
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

fn worth(counts: &Counts, lengths: &[f64; FIELDS], means: &[f64; FIELDS]) -> f64 {
    let mut sum = 0.0;
    for field in 0..FIELDS {
        let weight = WEIGHTS[field];
        let length = 1.0 - weight.length + weight.length * lengths[field] / means[field];
        // A field without terms has length 0; with full discount that would divide by zero.
        if counts[field] > 0 {
            sum += weight.weight * f64::from(counts[field]) / length;
        }
    }
    sum / (SATURATION + sum)
}

fn entry(same: &[Found], documents: usize) -> Entry {
    let is_common = same.len() as f64 > COMMON * documents as f64;
    let listed = same
        .iter()
        .filter(|found| !is_common || !found.is_text_only);
    let posting = |found: &Found| Posting {
        document: found.document,
        level: level(found.worth),
    };
    Entry {
        term: same[0].term.clone(),
        count: same.len(),
        postings: listed.map(posting).collect(),
    }
}

fn level(worth: f64) -> u32 {
    let steps = f64::from(LEVELS);
    // Worth lies between 0 and 1.
    (worth * steps).round().clamp(1.0, steps) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(title: &str, text: &str) -> Record {
        let mut fields = [const { String::new() }; FIELDS];
        fields[0] = title.into();
        fields[TEXT] = text.into();
        Record {
            fields,
            sections: Vec::new(),
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
