//! The index's files as numbers: terms with their documents, and words with their weights.
//!
//! ```text
//! shard    = count *(word list)  count *line  count *wide
//! line     = first lone [list] count *(second list)      pairs of syllables by their first one
//! wide     = first lone [list] count *(second list)      other pairs by their first character
//! list     = count all [unlisted] *(gap level)           documents in order
//! lexicon  = count *(word weight)
//! word     = shared count *character                     behind the start it shares with the one before
//! ```
//!
//! Terms and words are in order, so that a syllable is mostly encoded by its distance from the one before.

use crate::hangul::{BASE, Syllable, is_syllable};
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

/// Characters of words that have no place among [`latin_place`], and those of wide pairs.
const SYMBOL: Model = Model(GAP + GAPS);
const WIDE_FIRST: Model = Model(GAP + GAPS + 1);
const WIDE_SECOND: Model = Model(GAP + GAPS + 2);
const WIDE_SECONDS: Model = Model(GAP + GAPS + 3);
const MODELS: usize = GAP + GAPS + 4;

/// Place of every character that is in no place of its own: what it is follows as a number.
const SYMBOL_PLACE: u32 = 63;

/// Bits of a letter of a syllable, of a level, and of a Latin character.
const LETTER_BITS: u32 = 5;
const LEVEL_BITS: u32 = 5;
const CHARACTER_BITS: u32 = 6;

/// Terms in order with their documents.
pub fn shard(entries: &[&Entry]) -> String {
    let mut coder = Encoder::new(MODELS);
    let (words, pairs): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .partition(|entry| entry.term.first().is_none());
    coder.number(COUNT, words.len());
    let mut before = "";
    for entry in words {
        if let Term::Word(word) = &entry.term {
            push_word(&mut coder, before, word);
            push_list(&mut coder, entry, LEVEL_WORD);
            before = word;
        }
    }
    let (wide, narrow): (Vec<&Entry>, Vec<&Entry>) =
        pairs.into_iter().partition(|entry| entry.term.is_wide());
    push_lines(&mut coder, &narrow, (FIRST, BASE), push_line);
    push_lines(&mut coder, &wide, (WIDE_FIRST, 0), push_wide);
    coder.finish()
}

/// Pairs by their first character, each encoded by its distance from the one before.
fn push_lines(
    coder: &mut Encoder,
    pairs: &[&Entry],
    (model, mut before): (Model, u32),
    push: fn(&mut Encoder, &[&Entry]),
) {
    let same_first = |a: &&Entry, b: &&Entry| a.term.first() == b.term.first();
    let lines: Vec<&[&Entry]> = pairs.chunk_by(same_first).collect();
    coder.number(COUNT, lines.len());
    for line in lines {
        let first = line[0].term.first().map_or(before, u32::from);
        coder.number(model, (first - before) as usize);
        push(coder, line);
        before = first;
    }
}

fn push_wide(coder: &mut Encoder, line: &[&Entry]) {
    let pairs = push_lone(coder, line);
    coder.number(WIDE_SECONDS, pairs.len());
    let mut before = 0;
    for entry in pairs {
        if let Term::Pair(_, Some(second)) = entry.term {
            let second = u32::from(second);
            coder.number(WIDE_SECOND, (second - before) as usize);
            push_list(coder, entry, LEVEL);
            before = second;
        }
    }
}

/// The list of a line's first character alone, where it has one; returns the pairs.
fn push_lone<'l, 'e>(coder: &mut Encoder, line: &'l [&'e Entry]) -> &'l [&'e Entry] {
    let is_lone = matches!(line[0].term, Term::Pair(_, None));
    coder.bit(LONE, is_lone);
    if is_lone {
        push_list(coder, line[0], LEVEL);
    }
    &line[usize::from(is_lone)..]
}

fn push_line(coder: &mut Encoder, line: &[&Entry]) {
    let pairs = push_lone(coder, line);
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
            None if is_syllable(character) => push_syllable(coder, before.take(), character),
            None => {
                coder.below(CHARACTER, CHARACTER_BITS, SYMBOL_PLACE);
                coder.number(SYMBOL, u32::from(character) as usize);
            }
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
            word.push(match place {
                0..26 => char::from(b'a' + place),
                26..36 => char::from(b'0' + place - 26),
                _ => char::from_u32(coder.number(SYMBOL) as u32).unwrap(),
            });
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
            entry(Term::Word("оплата".into()), 1, &[(2, 5)]),
        ];
        let text = shard(&entries.each_ref());
        let mut coder = Decoder::new(MODELS, &text);
        assert_eq!(coder.number(COUNT), 3);
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
        assert_eq!([(); 2].map(|()| coder.number(COUNT)), [0, 0]);
    }

    #[test]
    fn pairs_of_ideographs_follow_those_of_syllables() {
        let entries = [
            entry(Term::Pair('決', None), 1, &[(1, 1)]),
            entry(Term::Pair('決', Some('済')), 1, &[(2, 2)]),
            entry(Term::Pair('결', Some('제')), 1, &[(3, 3)]),
            entry(Term::Pair('결', Some('済')), 1, &[(4, 4)]),
        ];
        let mut order = entries.iter().collect::<Vec<_>>();
        order.sort_by(|one, other| one.term.order(&other.term));
        let text = shard(&order);
        let mut coder = Decoder::new(MODELS, &text);
        assert_eq!(
            [(); 2].map(|()| coder.number(COUNT)),
            [0, 1],
            "words and lines"
        );
        assert_eq!(coder.number(FIRST), '결' as usize - BASE as usize);
        assert!(!coder.bit(LONE));
        assert_eq!(coder.number(SECONDS), 1);
        let letters = [INITIAL, MEDIAL, LAST].map(|model| coder.below(model, LETTER_BITS));
        assert_eq!(letters, [12, 5, 0], "제");
        assert_eq!(read_list(&mut coder, LEVEL), (1, vec![(3, 3)]));
        assert_eq!(coder.number(COUNT), 2);
        let mut wide = Vec::new();
        let mut first = 0;
        for _ in 0..2 {
            first += coder.number(WIDE_FIRST);
            if coder.bit(LONE) {
                wide.push((first, 0, read_list(&mut coder, LEVEL).1[0].0));
            }
            assert_eq!(coder.number(WIDE_SECONDS), 1);
            let second = coder.number(WIDE_SECOND);
            wide.push((first, second, read_list(&mut coder, LEVEL).1[0].0));
        }
        let [han, syllable, second] = ['決', '결', '済'].map(|character| character as usize);
        assert_eq!(wide, [(han, 0, 1), (han, second, 2), (syllable, second, 4)]);
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
