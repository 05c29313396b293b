//! Titles and search tags → what they add to a document's score.

use crate::hangul::strokes;
use crate::search::query::MANY_WORDS;
use crate::search::spelling::distance;
use crate::search::terms::{is_unspaced, key};
use crate::search::weights::QUERY;

/// What the query's subject counts beside the query as it is: with 0.9 and 1 the same 80.8.
const SUBJECT: f64 = 0.95;

/// Fewest keys of a text that titles are compared with: 2 give 80.8 as well, 5 80.7.
const KEYS: usize = 3;

/// Fewest keys of a search tag that the query may contain: with tags in the index, third questions give 95.6 with 4 and
/// 95.4 with 7, tags alone 99.5 with any.
const TAG_KEYS: usize = 5;

/// Fewest keys of a query that may be a whole title or tag with one wrong key: with tags in the index, mistyped tags and
/// titles give 99.4 and 97.5, with 12 99.1 and 97.5, without 98.0 and 96.4. With two wrong ones, half-typed tags would
/// give 0.2 less and all else the same.
const NEAR_KEYS: usize = 9;

/// A title that has the initials: all of it, at its start, anywhere. How much of it they are is added. Were the
/// places worth the same, initials of tags and titles would give 0.1 and 0.7 less; with 2, 1.5 and 1 the same.
const INITIALS: [f64; 3] = [3.0, 2.0, 1.0];

/// What titles are compared with: the query, its subject, and runs of its subject's words; as keys.
pub struct TitleKey {
    key: String,
    share: f64,
    is_whole: bool,
    is_word: bool,
}

/// The keys of a reading and of the words of its subject.
pub fn title_keys(text: &str, subject: &[String]) -> Vec<TitleKey> {
    let wholes = [(key(text), 1.0), (subject.concat(), SUBJECT)].into_iter();
    // A lone syllable is in many titles by chance.
    let wholes = wholes.filter(|(text, _)| text.chars().count() > 1);
    let wholes = wholes.map(|(text, share)| TitleKey {
        key: strokes(&text),
        share,
        is_whole: true,
        is_word: false,
    });
    let mut keys: Vec<TitleKey> = wholes.collect();
    let all = subject.concat().chars().count();
    for from in 0..subject.len() {
        for to in (from + 1..=subject.len().min(from + MANY_WORDS)).rev() {
            let run = subject[from..to].concat();
            let length = run.chars().count();
            if length > 1 && length < all {
                let share = length as f64 / all as f64;
                keys.push(TitleKey {
                    key: strokes(&run),
                    share,
                    is_whole: false,
                    is_word: to == from + 1,
                });
            }
        }
    }
    // An ideograph is one key and says as much as a syllable.
    keys.retain(|key| key.key.chars().count() >= KEYS || key.key.contains(is_unspaced));
    keys
}

/// What the best of a document's titles adds for the keys; the first title is the page's own, the others are search
/// tags.
pub fn title_bonus(titles: &[String], keys: &[TitleKey]) -> f64 {
    let mut best: f64 = 0.0;
    for (at, title) in titles.iter().enumerate() {
        let title = strokes(title);
        let bonuses = keys.iter().map(|key| key.bonus(&title, at > 0) * key.share);
        // Words that are apart in the title count together.
        let words = keys.iter().filter(|key| key.is_word);
        let held = words.filter(|key| title.contains(&key.key));
        let held: f64 = held.map(|key| key.share).sum();
        best = bonuses.fold(best.max(QUERY.part * held), f64::max);
    }
    best
}

impl TitleKey {
    fn bonus(&self, title: &str, is_tag: bool) -> f64 {
        let length = |text: &str| text.chars().count() as f64;
        let key = self.key.as_str();
        if !self.is_whole {
            return if title.contains(key) { QUERY.part } else { 0.0 };
        }
        if title == key {
            QUERY.exact
        } else if title.starts_with(key) {
            QUERY.prefix
        } else if title.contains(key) {
            QUERY.within
        } else if is_tag && title.chars().count() >= TAG_KEYS && key.contains(title) {
            QUERY.tag * (length(title) / length(key)).sqrt()
        } else if is_mistyped(key, title) {
            QUERY.exact * QUERY.corrected
        } else {
            0.0
        }
    }
}

/// Whether a query is a whole title with one wrong key.
fn is_mistyped(key: &str, title: &str) -> bool {
    let [key, title]: [Vec<char>; 2] = [key, title].map(|text| text.chars().collect());
    key.len() >= NEAR_KEYS && distance(&key, &title, 1) == Some(1)
}

/// A title whose initials hold the query's.
pub fn initials_bonus(title: &str, key: &str) -> f64 {
    let Some(at) = title.find(key) else {
        return 0.0;
    };
    let length = |text: &str| text.chars().count() as f64;
    let place = match at {
        _ if title == key => INITIALS[0],
        0 => INITIALS[1],
        _ => INITIALS[2],
    };
    place + length(key) / length(title)
}

/// Characters of words that are counted without the spaces between them: 2 and 2 of `결제 취소` are `취소`.
pub fn piece_of(words: &[String], start: usize, length: usize) -> String {
    let (mut from, mut left) = (start, length);
    let piece = |word: &String| {
        let piece: String = word.chars().skip(from).take(left).collect();
        from = from.saturating_sub(word.chars().count());
        left -= piece.chars().count();
        piece
    };
    let pieces: Vec<String> = words
        .iter()
        .map(piece)
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_title_is_that_title() {
        let check = |query: &str, expected: f64| {
            let keys = title_keys(query, &[]);
            let bonus = title_bonus(&["상점아이디추가절차".into()], &keys);
            assert!((bonus - expected).abs() < 1e-9, "{query}: {bonus}");
        };
        check("상점아이디 추가 절차", QUERY.exact);
        check("상점아이디 처가 절차", QUERY.exact * QUERY.corrected);
        check("상점아이디 계약 절차", 0.0);
        check("상점아이디", QUERY.prefix);
    }

    #[test]
    fn pieces_keep_the_blanks_of_their_words() {
        let words = ["결제", "취소", "기한"].map(String::from);
        let check = |start, length, expected| assert_eq!(piece_of(&words, start, length), expected);
        check(0, 4, "결제 취소");
        check(1, 2, "제 취");
        check(2, 2, "취소");
        check(2, 9, "취소 기한");
    }
}
