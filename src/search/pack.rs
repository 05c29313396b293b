//! The index as files: terms in shards, documents in blocks, all of them text that packs well.
//!
//! ```text
//! shard   = line *("\n" line)
//! line    = first *(second list)      pairs; a list right behind `first` is the lone syllable's
//!         | word " " list             a Latin word
//! list    = ["!" number] *number      "!": how many documents have it, where not all are listed
//! number  = *(digit 45..=90) digit 0..=44      lowest digit first, base 46
//! ```
//!
//! A number of a list is `gap * LEVELS + level - 1`, where the gap counts the documents in between.
//! Digits are the printable ASCII characters behind `"` without the backslash, so that a shard
//! stands in a JavaScript string as it is.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use crate::search::index::Entry;
use crate::search::terms::Term;
use crate::search::weights::LEVELS;

/// Bytes of a shard. Four of them are 17 KB packed, and with the client and the head of the index a first
/// query on 175 documents is 6 files of 44.7 KB at most. All development queries give 78.5, with 7,000 78.7,
/// but 50 KB.
pub const SHARD_BYTES: usize = 5_400;

/// Digits that end a number.
const ENDS: usize = 45;

/// Digits that do not.
const OTHERS: usize = 46;

/// Bytes from which a syllable's pairs are a matter of clusters; what is rarer lies in order.
const CLUSTERED_BYTES: usize = 100;

/// The shards of an index. Those in order come first, clusters behind them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Shards {
    /// Texts.
    pub texts: Vec<String>,
    /// First term of every shard whose terms lie in order.
    pub starts: Vec<String>,
    /// First syllables of every cluster.
    pub clusters: Vec<String>,
    places: HashMap<char, usize>,
}

impl Shards {
    /// Cuts terms, which are in order, into shards.
    ///
    /// Syllables that follow each other often share a shard, so that a word asks for few.
    pub fn of(entries: &[Entry]) -> Self {
        let clusters = clusters(entries);
        let place = |(at, syllables): (usize, &Vec<char>)| {
            let own: Vec<(char, usize)> = syllables.iter().map(|first| (*first, at)).collect();
            own
        };
        let of: HashMap<char, usize> = clusters.iter().enumerate().flat_map(place).collect();
        let mut shards = Self::default();
        let mut texts = vec![String::new(); clusters.len()];
        let (mut before, mut before_clustered) = (None, None);
        for entry in entries {
            match entry.term.first().and_then(|first| of.get(&first)) {
                Some(at) => {
                    push_entry(&mut texts[*at], entry, before_clustered);
                    before_clustered = Some(&entry.term);
                }
                None => {
                    shards.push_in_order(entry, before);
                    before = Some(&entry.term);
                }
            }
        }
        let behind = shards.texts.len();
        shards.places = of
            .into_iter()
            .map(|(first, at)| (first, behind + at))
            .collect();
        shards.clusters = clusters
            .iter()
            .map(|syllables| syllables.iter().collect())
            .collect();
        shards.texts.extend(texts);
        shards
    }

    fn push_in_order(&mut self, entry: &Entry, before: Option<&Term>) {
        let is_full = self
            .texts
            .last()
            .is_none_or(|text| text.len() >= SHARD_BYTES);
        if is_full {
            self.starts.push(entry.term.text());
            self.texts.push(String::new());
        }
        if let Some(text) = self.texts.last_mut() {
            push_entry(text, entry, before.filter(|_| !is_full));
        }
    }

    /// Place of the shard that holds a term.
    pub fn place(&self, term: &str) -> usize {
        let clustered = term
            .chars()
            .next()
            .and_then(|first| self.places.get(&first));
        let in_order = || self.starts.partition_point(|start| start.as_str() <= term);
        clustered
            .copied()
            .unwrap_or_else(|| in_order().saturating_sub(1))
    }
}

/// First syllables in clusters that fill a shard at most: the pairs that are worth most, one by one,
/// bring their two syllables together.
fn clusters(entries: &[Entry]) -> Vec<Vec<char>> {
    let mut sizes: BTreeMap<char, usize> = BTreeMap::new();
    let mut text = String::new();
    for entry in entries {
        text.clear();
        push_list(&mut text, entry);
        if let Some(first) = entry.term.first() {
            *sizes.entry(first).or_default() += text.len() + first.len_utf8();
        }
    }
    sizes.retain(|_, size| (CLUSTERED_BYTES..SHARD_BYTES).contains(size));
    let mut members: Vec<(usize, Vec<char>)> = Vec::new();
    let mut cluster_of: HashMap<char, usize> = HashMap::new();
    for (first, size) in sizes {
        cluster_of.insert(first, members.len());
        members.push((size, vec![first]));
    }
    for (one, other) in pairs_by_worth(entries) {
        let (Some(&to), Some(&from)) = (cluster_of.get(&one), cluster_of.get(&other)) else {
            continue;
        };
        if to == from || members[to].0 + members[from].0 > SHARD_BYTES {
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
        match filled.iter_mut().find(|(all, _)| all + size <= SHARD_BYTES) {
            Some((all, fitting)) => {
                *all += size;
                fitting.extend(syllables);
            }
            None => filled.push((size, syllables)),
        }
    }
    filled.into_iter().map(|(_, syllables)| syllables).collect()
}

fn push_entry(text: &mut String, entry: &Entry, before: Option<&Term>) {
    let new_line = |text: &mut String| {
        if !text.is_empty() {
            text.push('\n');
        }
    };
    match (&entry.term, before) {
        (Term::Word(word), _) => {
            new_line(text);
            let _ = write!(text, "{word} ");
        }
        (Term::Pair(first, Some(second)), Some(Term::Pair(same, _))) if first == same => {
            text.push(*second);
        }
        (Term::Pair(first, second), _) => {
            new_line(text);
            text.push(*first);
            text.extend(second);
        }
    }
    push_list(text, entry);
}

fn push_list(text: &mut String, entry: &Entry) {
    if entry.count != entry.postings.len() {
        text.push('!');
        push_number(text, entry.count);
    }
    let mut next = 0;
    for posting in &entry.postings {
        let gap = posting.document - next;
        push_number(text, gap * LEVELS as usize + posting.level as usize - 1);
        next = posting.document + 1;
    }
}

fn push_number(text: &mut String, mut number: usize) {
    while number >= ENDS {
        text.push(digit(ENDS + number % OTHERS));
        number /= OTHERS;
    }
    text.push(digit(number));
}

fn digit(value: usize) -> char {
    /// Place of the backslash among the characters behind `"`.
    const BACKSLASH: usize = 57;
    let place = value + usize::from(value >= BACKSLASH);
    // Values stay below 91, so the place is printable ASCII.
    char::from(u8::try_from(place).unwrap_or(0) + b'#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::Posting;

    fn entry(term: Term, count: usize, postings: &[(usize, u32)]) -> Entry {
        let posting = |(document, level): &(usize, u32)| Posting {
            document: *document,
            level: *level,
        };
        Entry {
            term,
            count,
            postings: postings.iter().map(posting).collect(),
        }
    }

    #[test]
    fn terms_share_their_first_syllable() {
        let entries = [
            entry(Term::Word("pg".into()), 1, &[(0, 1)]),
            entry(Term::Pair('결', None), 1, &[(0, 2)]),
            entry(Term::Pair('결', Some('제')), 3, &[(1, 1)]),
        ];
        let shards = Shards::of(&entries);
        assert_eq!(shards.starts, ["pg"]);
        assert_eq!(shards.texts, ["pg #\n결$제!&;"]);
    }

    #[test]
    fn syllables_that_follow_each_other_share_a_shard() {
        let all: Vec<(usize, u32)> = (0..CLUSTERED_BYTES).map(|document| (document, 1)).collect();
        let entries = [
            entry(Term::Word("pg".into()), 1, &[(0, 1)]),
            entry(Term::Pair('가', Some('맹')), 1, &[(0, 1)]),
            entry(Term::Pair('결', Some('제')), all.len(), &all),
            entry(Term::Pair('제', Some('취')), all.len(), &all),
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
    fn digits_leave_out_quote_and_backslash() {
        let digits: String = (0..ENDS + OTHERS).map(digit).collect();
        assert!(digits.starts_with('#') && digits.ends_with('~'));
        assert!(!digits.contains(['"', '\\']));
    }
}
