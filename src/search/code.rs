//! The index's files as numbers: terms with their documents, and words with their weights.
//!
//! ```text
//! shard    = count *(word list)  count *line
//! line     = first lone [list] count *(second list)      pairs by their first syllable
//! list     = count all [unlisted] *(gap level)           documents in order
//! lexicon  = count *(word weight)
//! word     = shared count *character                     behind the start it shares with the one before
//! ```
//!
//! Terms and words are in order, so that a syllable is mostly encoded by its distance from the one before.

use crate::hangul::{BASE, Syllable};
use crate::search::coder::{Encoder, Model};
use crate::search::index::{Entry, Posting};
use crate::search::terms::Term;

const COUNT: Model = Model(0);
const SECONDS: Model = Model(1);
const FIRST: Model = Model(2);
const LONE: Model = Model(3);
const INITIAL: Model = Model(4);
const INITIAL_STEP: Model = Model(5);
const MEDIAL: Model = Model(6);
const MEDIAL_STEP: Model = Model(7);
const LAST: Model = Model(8);
const LAST_SAME: Model = Model(9);
const LISTED: Model = Model(10);
const ALL: Model = Model(11);
const UNLISTED: Model = Model(12);
const LEVEL: Model = Model(13);
const LEVEL_WORD: Model = Model(14);
const SHARED: Model = Model(15);
const LENGTH: Model = Model(16);
const LENGTH_BEHIND: Model = Model(17);
const CHARACTER: Model = Model(18);
const WEIGHT: Model = Model(19);

/// First of the models of gaps, one for each length of a list in bits; the last one is for all longer ones. With 4
/// models the index of 175 documents is 409 bytes larger, with 6 and 10 the same within 20.
const GAP: usize = 20;
const GAPS: usize = 8;
const MODELS: usize = GAP + GAPS;

/// Bits of a letter of a syllable, of a level, and of a Latin character.
const LETTER_BITS: u32 = 5;
const LEVEL_BITS: u32 = 5;
const CHARACTER_BITS: u32 = 6;

/// Terms in order with their documents.
pub fn shard(entries: &[&Entry]) -> String {
    let mut coder = Encoder::new(MODELS);
    let words = entries.partition_point(|entry| matches!(entry.term, Term::Word(_)));
    coder.number(COUNT, words);
    let mut before = "";
    for entry in &entries[..words] {
        if let Term::Word(word) = &entry.term {
            push_word(&mut coder, before, word);
            push_list(&mut coder, entry, LEVEL_WORD);
            before = word;
        }
    }
    let same_first = |a: &&Entry, b: &&Entry| a.term.first() == b.term.first();
    let lines: Vec<&[&Entry]> = entries[words..].chunk_by(same_first).collect();
    coder.number(COUNT, lines.len());
    let mut before = BASE;
    for line in lines {
        let first = line[0].term.first().map_or(BASE, u32::from);
        coder.number(FIRST, (first - before) as usize);
        push_line(&mut coder, line);
        before = first;
    }
    coder.finish()
}

fn push_line(coder: &mut Encoder, line: &[&Entry]) {
    let is_lone = matches!(line[0].term, Term::Pair(_, None));
    coder.bit(LONE, is_lone);
    if is_lone {
        push_list(coder, line[0], LEVEL);
    }
    let pairs = &line[usize::from(is_lone)..];
    coder.number(SECONDS, pairs.len());
    let mut before = None;
    for entry in pairs {
        if let Term::Pair(_, Some(second)) = entry.term {
            push_syllable(coder, before, second);
            push_list(coder, entry, LEVEL);
            before = Some(second);
        }
    }
}

/// A syllable, encoded by its letters from where they differ from one before it.
fn push_syllable(coder: &mut Encoder, before: Option<char>, syllable: char) {
    let Some(own) = Syllable::of(syllable) else {
        return;
    };
    let before = before.and_then(Syllable::of);
    match before {
        Some(before) => coder.number(INITIAL_STEP, (own.initial - before.initial) as usize),
        None => coder.below(INITIAL, LETTER_BITS, own.initial),
    }
    let same_initial = before.filter(|before| before.initial == own.initial);
    match same_initial {
        Some(before) => coder.number(MEDIAL_STEP, (own.medial - before.medial) as usize),
        None => coder.below(MEDIAL, LETTER_BITS, own.medial),
    }
    let is_same = same_initial.is_some_and(|before| before.medial == own.medial);
    let last = if is_same { LAST_SAME } else { LAST };
    coder.below(last, LETTER_BITS, own.last);
}

fn push_list(coder: &mut Encoder, entry: &Entry, level: Model) {
    let listed = entry.postings.len();
    coder.number(LISTED, listed);
    coder.bit(ALL, listed == entry.count);
    if listed != entry.count {
        coder.number(UNLISTED, entry.count - listed);
    }
    let length = listed.checked_ilog2().unwrap_or(0) as usize;
    let gap = Model(GAP + length.min(GAPS - 1));
    let mut next = 0;
    for Posting {
        document,
        level: worth,
    } in &entry.postings
    {
        coder.number(gap, document - next);
        coder.below(level, LEVEL_BITS, worth - 1);
        next = document + 1;
    }
}

/// Words in order, all Korean or all Latin, with their weights.
pub fn lexicon(words: &[(String, u32)]) -> String {
    let mut coder = Encoder::new(MODELS);
    coder.number(COUNT, words.len());
    let mut before = "";
    for (word, weight) in words {
        push_word(&mut coder, before, word);
        coder.number(WEIGHT, *weight as usize);
        before = word;
    }
    coder.finish()
}

fn push_word(coder: &mut Encoder, before: &str, word: &str) {
    let both = word.chars().zip(before.chars());
    let shared = both.take_while(|(one, other)| one == other).count();
    coder.number(SHARED, shared);
    let length = if shared > 0 { LENGTH_BEHIND } else { LENGTH };
    coder.number(length, word.chars().count() - shared);
    // The first character that differs comes after the one in its place.
    let mut before = before.chars().nth(shared);
    for character in word.chars().skip(shared) {
        match latin_place(character) {
            Some(place) => coder.below(CHARACTER, CHARACTER_BITS, place),
            None => push_syllable(coder, before.take(), character),
        }
    }
}

/// Place of a lower-case letter or a digit.
fn latin_place(character: char) -> Option<u32> {
    match character {
        'a'..='z' => Some(u32::from(character) - u32::from('a')),
        '0'..='9' => Some(26 + u32::from(character) - u32::from('0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::coder::tests::Decoder;

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

    fn read_word(coder: &mut Decoder, before: &str) -> String {
        let mut word: String = before.chars().take(coder.number(SHARED)).collect();
        let length = if word.is_empty() {
            LENGTH
        } else {
            LENGTH_BEHIND
        };
        for _ in 0..coder.number(length) {
            let place = coder.below(CHARACTER, CHARACTER_BITS) as u8;
            word.push(char::from(if place < 26 {
                b'a' + place
            } else {
                b'0' + place - 26
            }));
        }
        word
    }

    fn read_list(coder: &mut Decoder, level: Model) -> (usize, Vec<(usize, u32)>) {
        let listed = coder.number(LISTED);
        let is_all = coder.bit(ALL);
        let count = listed + if is_all { 0 } else { coder.number(UNLISTED) };
        let gap = Model(GAP + (listed.checked_ilog2().unwrap_or(0) as usize).min(GAPS - 1));
        let mut next = 0;
        let mut postings = Vec::new();
        for _ in 0..listed {
            let document = next + coder.number(gap);
            postings.push((document, coder.below(level, LEVEL_BITS) + 1));
            next = document + 1;
        }
        (count, postings)
    }

    #[test]
    fn words_share_their_starts_and_lists_their_gaps() {
        let entries = [
            entry(Term::Word("pay".into()), 1, &[(7, 3)]),
            entry(Term::Word("paypal2".into()), 9, &[(0, 1), (175, 24)]),
        ];
        let text = shard(&entries.each_ref());
        let mut coder = Decoder::new(MODELS, &text);
        assert_eq!(coder.number(COUNT), 2);
        let mut before = String::new();
        for expected in &entries {
            before = read_word(&mut coder, &before);
            assert_eq!(before, expected.term.text());
            let (count, postings) = read_list(&mut coder, LEVEL_WORD);
            assert_eq!(count, expected.count);
            let listed = expected.postings.iter();
            let listed: Vec<(usize, u32)> = listed.map(|own| (own.document, own.level)).collect();
            assert_eq!(postings, listed);
        }
        assert_eq!(coder.number(COUNT), 0);
    }

    #[test]
    fn syllables_in_order_take_less_room() {
        let syllables = ['가', '갂', '갈', '개', '객', '거', '걱', '건', '걸', '게'];
        let words: Vec<String> = syllables
            .iter()
            .map(|second| format!("결{second}"))
            .collect();
        let ordered: Vec<(String, u32)> = words.into_iter().map(|word| (word, 5)).collect();
        let apart: usize = ordered
            .iter()
            .map(|word| lexicon(std::slice::from_ref(word)).len())
            .sum();
        assert!(2 * lexicon(&ordered).len() < apart);
    }
}
