//! Which terms share a file: syllables that follow each other mostly do, so that a word asks for few.

use std::ops::RangeInclusive;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::search::Lookup;
use crate::search::code::shard;
use crate::search::index::Entry;
use crate::search::terms::Term;

/// Digits of a shard. Search tags, mistyped ones and phrases of texts give 80.2, 73.7 and 93.8, with 3,000 79.9, 73.2 and
/// 91.8, with 4,300 80.2, 74.6 and 93.7, but a first query 1.7 KB more.
pub const SHARD_DIGITS: usize = 3_750;

/// Digits from which a syllable's pairs are a matter of clusters. What is rarer is in order, or the head of the index
/// would name every syllable. Ten sets of queries give 81.3 on average and those of texts 95.0, with 20 the same, with
/// 100 80.8 and 93.8, with 200 80.2 and 91.5.
const CLUSTERED_DIGITS: usize = 50;

/// What a pair takes without its documents, a first syllable, a character of a Latin word, and a document without
/// its gap from the one before: bits, as the mean over 175 documents. With these a shard is at most 6 % larger than
/// [`SHARD_DIGITS`].
const PAIR_BITS: f64 = 9.0;
const FIRST_BITS: f64 = 12.0;
const CHARACTER_BITS: f64 = 4.0;
const DOCUMENT_BITS: f64 = 5.0;

/// What a pair with an ideograph takes more: its characters are numbers of up to 16 bits, most of them near the ones before.
const WIDE_BITS: f64 = 8.0;

/// Bits of a digit.
const DIGIT_BITS: f64 = 6.0;

/// The shards of an index. Those in order come first, clusters after them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Shards {
    /// First term of every shard whose terms are in order.
    pub starts: Vec<String>,
    /// First syllables of every cluster.
    pub clusters: Vec<String>,
    /// Places of their terms among all.
    members: Vec<Vec<usize>>,
    places: Lookup<char, usize>,
}

impl Shards {
    /// Cuts terms, which are in order, into shards.
    pub fn of(entries: &[Entry]) -> Self {
        let digits = digits(entries);
        let clusters = clusters(entries, &digits);
        let place = |(at, syllables): (usize, &Vec<char>)| {
            let own: Vec<(char, usize)> = syllables.iter().map(|first| (*first, at)).collect();
            own
        };
        let of: Lookup<char, usize> = clusters.iter().enumerate().flat_map(place).collect();
        let mut shards = Self::default();
        let mut clustered = vec![Vec::new(); clusters.len()];
        let mut held = SHARD_DIGITS;
        for (at, entry) in entries.iter().enumerate() {
            match entry.term.first().and_then(|first| of.get(&first)) {
                Some(cluster) => clustered[*cluster].push(at),
                None => {
                    if held >= SHARD_DIGITS {
                        shards.starts.push(entry.term.text());
                        shards.members.push(Vec::new());
                        held = 0;
                    }
                    held += digits[at];
                    shards
                        .members
                        .last_mut()
                        .into_iter()
                        .for_each(|own| own.push(at));
                }
            }
        }
        let behind = shards.members.len();
        shards.members.extend(clustered);
        let places = of.into_iter().map(|(first, at)| (first, behind + at));
        shards.places = places.collect();
        let names = clusters.iter().map(|syllables| syllables.iter().collect());
        shards.clusters = names.collect();
        shards
    }

    /// Place of the shard that contains a term.
    pub fn place(&self, term: &str) -> usize {
        let first = term.chars().next();
        let clustered = first.and_then(|first| self.places.get(&first));
        let in_order = || self.starts.partition_point(|start| start.as_str() <= term);
        clustered
            .copied()
            .unwrap_or_else(|| in_order().saturating_sub(1))
    }

    /// Places of the shards that contain terms from `first` to `last`, which start alike.
    pub fn places(&self, first: &str, last: &str) -> RangeInclusive<usize> {
        self.place(first)..=self.place(last)
    }

    /// The shards as text.
    pub fn texts(&self, entries: &[Entry]) -> Vec<String> {
        let text = |members: &Vec<usize>| {
            let own: Vec<&Entry> = members.iter().map(|at| &entries[*at]).collect();
            shard(&own)
        };
        self.members.par_iter().map(text).collect()
    }
}

/// About how many digits each term takes: a gap takes as many bits as it is long on average.
fn digits(entries: &[Entry]) -> Vec<usize> {
    let postings = entries.iter().flat_map(|entry| &entry.postings);
    let documents = postings
        .map(|posting| posting.document + 1)
        .max()
        .unwrap_or(1) as f64;
    let mut before = None;
    let digits = |entry: &Entry| {
        let is_new = entry.term.first() != before;
        before = entry.term.first();
        let term = match &entry.term {
            Term::Word(word) => PAIR_BITS + CHARACTER_BITS * word.len() as f64,
            Term::Pair(..) if entry.term.is_wide() => PAIR_BITS + WIDE_BITS,
            Term::Pair(..) if is_new => PAIR_BITS + FIRST_BITS,
            Term::Pair(..) => PAIR_BITS,
        };
        let listed = entry.postings.len() as f64;
        let gap = (documents / listed.max(1.0)).log2();
        let bits = term + listed * (DOCUMENT_BITS + gap);
        (bits / DIGIT_BITS).ceil() as usize
    };
    entries.iter().map(digits).collect()
}

/// First syllables in clusters that fill a shard at most: the pairs that are worth most, one by one,
/// bring their two syllables together.
fn clusters(entries: &[Entry], digits: &[usize]) -> Vec<Vec<char>> {
    let mut members: Vec<(usize, Vec<char>)> = Vec::new();
    let mut cluster_of: Lookup<char, usize> = Lookup::default();
    let mut rest = digits;
    for same in entries.chunk_by(|a, b| a.term.first() == b.term.first()) {
        let (own, behind) = rest.split_at(same.len());
        rest = behind;
        let size = own.iter().sum();
        let first = same[0].term.first();
        if let Some(first) = first.filter(|_| (CLUSTERED_DIGITS..SHARD_DIGITS).contains(&size)) {
            cluster_of.insert(first, members.len());
            members.push((size, vec![first]));
        }
    }
    for (one, other) in pairs_by_worth(entries) {
        let (Some(&to), Some(&from)) = (cluster_of.get(&one), cluster_of.get(&other)) else {
            continue;
        };
        if to == from || members[to].0 + members[from].0 > SHARD_DIGITS {
            continue;
        }
        let (size, moved) = std::mem::take(&mut members[from]);
        cluster_of.extend(moved.iter().map(|first| (*first, to)));
        members[to].0 += size;
        members[to].1.extend(moved);
    }
    fill_up(members)
}

/// Pairs of different syllables, those that documents are worth most for first.
fn pairs_by_worth(entries: &[Entry]) -> Vec<(char, char)> {
    let worth = |entry: &Entry| {
        entry
            .postings
            .iter()
            .map(|posting| posting.level)
            .sum::<u32>()
    };
    let pairs = entries.iter().filter_map(|entry| match entry.term {
        Term::Pair(one, Some(other)) if one != other => Some((worth(entry), one, other)),
        _ => None,
    });
    let mut pairs: Vec<(u32, char, char)> = pairs.collect();
    pairs.sort_unstable_by(|a, b| (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2)));
    pairs
        .into_iter()
        .map(|(_, one, other)| (one, other))
        .collect()
}

/// Small clusters put together, the largest first, each where it first fits.
fn fill_up(mut members: Vec<(usize, Vec<char>)>) -> Vec<Vec<char>> {
    members.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut filled: Vec<(usize, Vec<char>)> = Vec::new();
    for (size, syllables) in members.into_iter().filter(|(size, _)| *size > 0) {
        match filled
            .iter_mut()
            .find(|(all, _)| all + size <= SHARD_DIGITS)
        {
            Some((all, fitting)) => {
                *all += size;
                fitting.extend(syllables);
            }
            None => filled.push((size, syllables)),
        }
    }
    filled.into_iter().map(|(_, syllables)| syllables).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::Posting;

    fn entry(term: Term, documents: usize) -> Entry {
        let posting = |document| Posting { document, level: 1 };
        Entry {
            term,
            count: documents,
            postings: (0..documents).map(posting).collect(),
        }
    }

    #[test]
    fn syllables_that_follow_each_other_share_a_shard() {
        let entries = [
            entry(Term::Word("pg".into()), 1),
            entry(Term::Pair('가', Some('맹')), 1),
            entry(Term::Pair('결', Some('제')), 2 * CLUSTERED_DIGITS),
            entry(Term::Pair('제', Some('취')), 2 * CLUSTERED_DIGITS),
        ];
        let shards = Shards::of(&entries);
        assert_eq!(shards.starts, ["pg"]);
        assert_eq!(shards.clusters, ["결제"]);
        assert_eq!(
            ["가맹", "결제", "제취"].map(|term| shards.place(term)),
            [0, 1, 1]
        );
    }

    #[test]
    fn a_full_shard_ends() {
        let entries = ["a", "b", "c"].map(|word| entry(Term::Word(word.into()), 2 * SHARD_DIGITS));
        assert_eq!(Shards::of(&entries).starts, ["a", "b", "c"]);
    }
}
