//! Records → what is met in them: words and pairs of syllables, with how often each field has them.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::search::Lookup;
use crate::search::record::{FIELDS, Record};
use crate::search::terms::{Piece, Term, is_spaced, pieces};

/// Records that are split at once: what is met in each takes many times the memory of what is
/// kept of it.
const AT_ONCE: usize = 256;

/// Bits of a number that is a character or one more: Unicode ends at U+10FFFF.
const CHARACTER_BITS: u32 = 21;

/// Bits of a number that is a field.
const FIELD_BITS: u32 = FIELDS.ilog2() + 1;

/// Occurrences of something in the fields of one document. A term is worth the most long before it
/// occurs 65,535 times.
pub type Counts = [u16; FIELDS];

/// A document that contains a term.
#[derive(Debug)]
pub struct Found {
    /// Index of the document.
    pub document: u32,
    /// How often each of its fields has the term.
    pub counts: Counts,
}

/// What all records hold.
#[derive(Debug, Default)]
pub struct Counted<'r> {
    /// Each word once, of whatever script.
    pub words: Vec<&'r str>,
    /// Places in `words` of the words of every record, with a bit for each field that has them.
    pub held: Vec<Vec<(u32, u8)>>,
    /// Documents of each of `words` that is one between spaces, in order; none for others.
    pub latin: Vec<Vec<Found>>,
    /// Pairs, in no order, with their documents, in order.
    pub pairs: Vec<(Pair, Vec<Found>)>,
    /// Terms in each field of every record.
    pub lengths: Vec<[f64; FIELDS]>,
}

/// A pair of syllables as a number of 42 bits; a lone syllable comes before all pairs that start
/// with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair(u64);

impl Pair {
    fn of(first: char, second: Option<char>) -> Self {
        let second = second.map_or(0, |second| u64::from(second) + 1);
        Self(u64::from(first) << CHARACTER_BITS | second)
    }

    /// The pair as a term.
    pub fn term(self) -> Term {
        let character = |number: u64| u32::try_from(number).ok().and_then(char::from_u32);
        let first = character(self.0 >> CHARACTER_BITS).unwrap_or_default();
        let second = (self.0 & ((1 << CHARACTER_BITS) - 1)).checked_sub(1);
        Term::Pair(first, second.and_then(character))
    }
}

impl<'r> Counted<'r> {
    /// Counts what records hold, which are in document order.
    pub fn of(records: &'r [Record]) -> Self {
        let mut counted = Self::default();
        let (mut words, mut pairs) = (Lookup::default(), Lookup::default());
        for some in records.chunks(AT_ONCE) {
            let split: Vec<Split<'_>> = some.par_iter().map(Split::of).collect();
            for one in split {
                counted.add(one, &mut words, &mut pairs);
            }
        }
        counted
    }

    /// Adds a record; `words` and `pairs` contain the position of each one.
    fn add(
        &mut self,
        record: Split<'r>,
        words: &mut Lookup<&'r str, u64>,
        pairs: &mut Lookup<Pair, usize>,
    ) {
        let document = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
        let place = |(word, field)| {
            let place = *words.entry(word).or_insert_with(|| {
                self.words.push(word);
                self.words.len() as u64 - 1
            });
            in_field(place, field)
        };
        let met: Vec<u64> = record.words.into_iter().map(place).collect();
        self.latin.resize_with(self.words.len(), Vec::new);
        let (mut held, mut lengths) = (Vec::new(), [0.0; FIELDS]);
        for (word, counts) in counts(met) {
            held.push((u32::try_from(word).unwrap_or(u32::MAX), fields_of(counts)));
            let place = word as usize;
            if is_spaced(self.words[place]) {
                add(&mut lengths, counts);
                self.latin[place].push(Found { document, counts });
            }
        }
        for (pair, counts) in record.pairs {
            add(&mut lengths, counts);
            let place = *pairs.entry(pair).or_insert_with(|| {
                self.pairs.push((pair, Vec::new()));
                self.pairs.len() - 1
            });
            self.pairs[place].1.push(Found { document, counts });
        }
        self.held.push(held);
        self.lengths.push(lengths);
    }
}

/// What one record contains.
struct Split<'r> {
    /// Its words with their fields, as they are met.
    words: Vec<(&'r str, usize)>,
    /// Its pairs, each once.
    pairs: Vec<(Pair, Counts)>,
}

impl<'r> Split<'r> {
    fn of(record: &'r Record) -> Self {
        let (mut words, mut pairs) = (Vec::new(), Vec::new());
        for (field, text) in record.fields.iter().enumerate() {
            pieces(text, |piece| match piece {
                Piece::Word(word) => words.push((word, field)),
                Piece::Pair(first, second) => {
                    pairs.push(in_field(Pair::of(first, second).0, field));
                }
            });
        }
        let pairs = counts(pairs).into_iter();
        let pairs = pairs.map(|(pair, counts)| (Pair(pair), counts)).collect();
        Self { words, pairs }
    }
}

/// What is met and in which field, as one number: these are sorted fast.
fn in_field(key: u64, field: usize) -> u64 {
    key << FIELD_BITS | field as u64
}

/// How often each key is met in each field.
fn counts(mut met: Vec<u64>) -> Vec<(u64, Counts)> {
    met.sort_unstable();
    let mut counts: Vec<(u64, Counts)> = Vec::new();
    for met in met {
        let (key, field) = (met >> FIELD_BITS, met & ((1 << FIELD_BITS) - 1));
        if counts.last().is_none_or(|(last, _)| *last != key) {
            counts.push((key, [0; FIELDS]));
        }
        if let Some((_, counts)) = counts.last_mut() {
            let count = &mut counts[field as usize];
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// A bit for each field that is counted.
fn fields_of(counts: Counts) -> u8 {
    let fields = counts.iter().enumerate();
    fields.fold(0, |bits, (field, count)| {
        bits | u8::from(*count > 0) << field
    })
}

fn add(lengths: &mut [f64; FIELDS], counts: Counts) {
    for (length, count) in lengths.iter_mut().zip(counts) {
        *length += f64::from(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::page_address::PageAddress;

    #[test]
    fn pairs_sort_as_their_terms_do() {
        let pairs = [
            ('가', None),
            ('가', Some('가')),
            ('가', Some('힣')),
            ('각', None),
        ];
        let numbers = pairs.map(|(first, second)| Pair::of(first, second));
        assert!(numbers.is_sorted());
        for ((first, second), number) in pairs.into_iter().zip(numbers) {
            assert_eq!(number.term(), Term::Pair(first, second));
        }
    }

    #[test]
    fn words_tell_their_fields() {
        let fields = ["pg 결제", "", "", "", "결제 pg 결제"];
        let records = [Record {
            address: PageAddress::of_stem("a"),
            fields: fields.map(String::from),
            sections: Vec::new(),
        }];
        let counted = Counted::of(&records);
        assert_eq!(counted.words, ["pg", "결제"]);
        assert_eq!(counted.held, [[(0, 0b1_0001), (1, 0b1_0001)]]);
        assert_eq!(counted.latin[0][0].counts, [1, 0, 0, 0, 1]);
        assert!(counted.latin[1].is_empty());
        assert_eq!(counted.lengths, [[2.0, 0.0, 0.0, 0.0, 3.0]]);
    }
}
