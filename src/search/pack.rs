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
//! A number of a list is `gap * 8 + level - 1`, where the gap counts the documents in between.
//! Digits are the printable ASCII characters behind `"` without the backslash, so that a shard
//! stands in a JavaScript string as it is.

use std::fmt::Write;

use crate::search::index::Entry;
use crate::search::terms::Term;
use crate::search::weights::LEVELS;

/// Bytes of a shard. At 14,000 a typical first query on 173 documents asks for 6 files of 63 KB
/// packed; smaller shards trade requests for bytes.
pub const SHARD_BYTES: usize = 7_000;

/// Digits that end a number.
const ENDS: usize = 45;

/// Digits that do not.
const OTHERS: usize = 46;

/// A run of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// Its first term.
    pub first: String,
    /// Its text.
    pub text: String,
}

/// Cuts terms, which are in order, into shards.
pub fn shards(entries: &[Entry]) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut before: Option<&Term> = None;
    for entry in entries {
        let is_full = shards
            .last()
            .is_none_or(|shard| shard.text.len() >= SHARD_BYTES);
        if is_full {
            let first = entry.term.text();
            shards.push(Shard {
                first,
                text: String::new(),
            });
            before = None;
        }
        if let Some(shard) = shards.last_mut() {
            push_entry(&mut shard.text, entry, before);
        }
        before = Some(&entry.term);
    }
    shards
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
        let shards = shards(&entries);
        assert_eq!(shards[0].first, "pg");
        assert_eq!(shards[0].text, "pg #\n결$제!&;");
    }

    #[test]
    fn digits_leave_out_quote_and_backslash() {
        let digits: String = (0..ENDS + OTHERS).map(digit).collect();
        assert!(digits.starts_with('#') && digits.ends_with('~'));
        assert!(!digits.contains(['"', '\\']));
    }
}
