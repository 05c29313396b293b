//! How near two words are, and which known word a misspelt one was meant to be.

use strsim::{levenshtein, osa_distance};

use crate::normal::folded;

/// Most characters of a suggested name that may be wrong.
const NEAR: usize = 2;

/// Of so many characters of a request one may be wrong, so that no short word suggests another.
const CHARACTERS_FOR_ONE: usize = 3;

/// Longest difference that is counted, in characters: the cost of a distance grows with the
/// product of both lengths.
const LONGEST: usize = 64;

/// The candidate at edit distance 1 or 2 from `name`, the nearest first.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .filter_map(|candidate| Some((distance_within(name, candidate, NEAR)?, candidate)))
        .filter(|(distance, _)| *distance > 0)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The name that a request was meant to be. Only letters and digits count, whatever their case, and
/// two neighbours that swapped places are one fault. `None` where every name is too far.
pub fn suggestion<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = letters(asked);
    let length = wanted.chars().count();
    let most = (length / CHARACTERS_FOR_ONE).clamp(1, NEAR);
    let is_comparable = |name: &str| length.max(name.chars().count()) <= LONGEST;
    names
        .filter(|name| *name != asked && is_comparable(name))
        .map(|name| (osa_distance(&wanted, &letters(name)), name))
        .filter(|(distance, _)| *distance <= most && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

fn letters(text: &str) -> String {
    let text = folded(text);
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether one character is to insert, delete or replace to make `b` of `a`.
pub fn is_one_edit_apart(a: &str, b: &str) -> bool {
    distance_within(a, b, 1) == Some(1)
}

/// Number of characters to insert, delete or replace to make `b` of `a`; `None` where it is more
/// than `most`, or where the parts that differ are too long to compare.
fn distance_within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = without_shared_ends(a, b);
    let (length, other) = (a.chars().count(), b.chars().count());
    if length.abs_diff(other) > most || length.max(other) > LONGEST {
        return None;
    }
    Some(levenshtein(a, b)).filter(|distance| *distance <= most)
}

/// Both words without what both start and end with.
fn without_shared_ends<'w>(a: &'w str, b: &'w str) -> (&'w str, &'w str) {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let start: usize = shared.map(|(a, _)| a.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let shared = a.chars().rev().zip(b.chars().rev());
    let shared = shared.take_while(|(a, b)| a == b);
    let end: usize = shared.map(|(a, _)| a.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name_is_at_most_two_edits_away() {
        let names = ["Callout", "Tag"];
        let near = |name| nearest(name, names.into_iter());
        assert_eq!(near("Calout"), Some("Callout"));
        assert_eq!(near("Table"), None);
        assert_eq!(near("Callout"), None);
    }

    #[test]
    fn one_edit_is_counted_in_characters() {
        assert!(is_one_edit_apart("통합인증", "통합인정"));
        assert!(is_one_edit_apart("통합인증", "통합증"));
        assert!(!is_one_edit_apart("통합인증", "통합인증"));
        assert!(!is_one_edit_apart("통합인증", "인증"));
        assert!(!is_one_edit_apart("ab", "ba"));
    }

    #[test]
    fn long_words_are_compared_where_they_differ() {
        let long = "가".repeat(100_000);
        assert!(is_one_edit_apart(&long, &format!("{long}나")));
        assert!(is_one_edit_apart(
            &format!("{long}나{long}"),
            &format!("{long}다{long}")
        ));
        let (a, b) = (format!("나{long}나"), format!("다{long}다"));
        assert_eq!(nearest(&a, [b.as_str()].into_iter()), None);
    }

    #[test]
    fn suggestion_is_near_for_the_length_of_the_request() {
        let names = ["test", "live", "통합 인증", "kg", "Card on file"];
        for (asked, expected) in [
            ("liev", Some("live")),
            ("TESTS", Some("test")),
            ("통합인중", Some("통합 인증")),
            ("card-on-fiel", Some("Card on file")),
            ("통합-인증", Some("통합 인증")),
            ("zz", None),
            ("staging", None),
            ("", None),
            ("live", None),
        ] {
            assert_eq!(suggestion(asked, names.into_iter()), expected, "{asked}");
        }
    }
}
