//! A rare word is one letter away from a term that the site uses often.
//!
//! ## Why
//!
//! A misspelt name is not found by a search, and makes the reader doubt that the guide is about the
//! same thing.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 한빛페이 채널 설정
//! ---
//!
//! 한빛페이 결제, 한빛페이 인증, 한빛페이 정산, 한빛페이 취소, 한빛페이 조회.
//! 한빛페이 결제, 한빛페이 인증, 한빛페이 정산, 한빛페이 취소, 한빛페이 조회.
//!
//! 한빗페이 연동을 위한 방법입니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 한빛페이 채널 설정
//! ---
//!
//! 한빛페이 결제, 한빛페이 인증, 한빛페이 정산, 한빛페이 취소, 한빛페이 조회.
//! 한빛페이 결제, 한빛페이 인증, 한빛페이 정산, 한빛페이 취소, 한빛페이 조회.
//!
//! 한빛페이 연동을 위한 방법입니다.
//! ```
//!
//! Terms come from titles, tags and providers. A word counts as rare when it is written at most twice,
//! and a term as frequent when it is written ten times or more. A word that differs in its last
//! syllable counts only when its vowel differs, for other letters there make another ending.
//!
//! ## Configuration
//!
//! `check.text.words` lists words that are right although they are near a term.

use std::collections::{HashMap, HashSet};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{Word, is_code, lexicon, prose, stems, words};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::hangul::{Letter, Syllable, one_letter_apart};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "near-miss-term",
    level: Level::Warning,
    source: include_str!("near_miss_term.rs"),
    check,
    fix: Effect::Text,
};

/// Most uses of a word that may be a slip.
const RARE: usize = 2;

/// Fewest uses of a word that is taken to be right.
const FREQUENT: usize = 10;

/// Longest word that is compared, in bytes; no term is as long, and a word is as many keys of its
/// own length as it has letters.
const LONGEST_BYTES: usize = 128;

/// Placeholder in an index for the character in which words may differ.
const ANY: char = '\0';

/// A word with the line it is in.
struct Use<'c> {
    line: &'c TextLine<'c>,
    word: Word<'c>,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.text;
    let uses = uses(context);
    let words = totals(uses.iter().map(|place| (place.word.text, 1)));
    let counts = totals(words.iter().flat_map(|(word, count)| {
        let (word, count): (&str, usize) = (word, *count);
        stems(word, facts).map(move |stem| (stem, count))
    }));
    let known = lexicon(context);
    let terms = frequent(&known, &counts);
    let index = index(&terms);
    let first = first_uses(&uses);
    let is_rare =
        |counts: &HashMap<&str, usize>, word| counts.get(word).is_some_and(|count| *count <= RARE);
    // A word is used at most as often as what remains of it, so most words are passed over here.
    let rare_uses = uses.iter().filter(|place| is_rare(&words, place.word.text));
    for place in rare_uses.filter(|place| !known.contains(place.word.text)) {
        let rare = stems(place.word.text, facts).filter(|stem| is_rare(&counts, *stem));
        let new = rare.filter(|stem| !known.contains(stem));
        let near = new
            .filter_map(|stem| Some((stem, near(stem, &index)?)))
            .next();
        found.extend(near.map(|(stem, term)| finding(place, stem, term, &first)));
    }
}

/// The first place of each word.
fn first_uses<'u, 'c>(uses: &'u [Use<'c>]) -> HashMap<&'c str, &'u Use<'c>> {
    let mut first = HashMap::new();
    for place in uses {
        first.entry(place.word.text).or_insert(place);
    }
    first
}

/// Sums of counts by word.
fn totals<'w>(counted: impl Iterator<Item = (&'w str, usize)>) -> HashMap<&'w str, usize> {
    let mut totals = HashMap::new();
    for (word, count) in counted {
        *totals.entry(word).or_default() += count;
    }
    totals
}

/// Every word of prose, code aside, that is long enough.
fn uses<'c>(context: &'c Context<'_>) -> Vec<Use<'c>> {
    let words =
        prose(context).flat_map(|line| words(&line.text).map(move |word| Use { line, word }));
    let is_plain = |place: &Use<'_>| !is_code(place.line, place.word.range.start);
    words
        .filter(|place| place.word.text.len() <= LONGEST_BYTES)
        .filter(|place| syllables(place.word.text) >= 3)
        .filter(is_plain)
        .collect()
}

fn syllables(word: &str) -> usize {
    word.chars()
        .filter(|character| Syllable::of(*character).is_some())
        .count()
}

/// Terms of three syllables or more that are used often, in a fixed order.
fn frequent<'c>(known: &HashSet<&'c str>, counts: &HashMap<&str, usize>) -> Vec<&'c str> {
    let is_frequent = |term: &&str| counts.get(term).is_some_and(|count| *count >= FREQUENT);
    let terms = known.iter().copied();
    let mut terms: Vec<_> = terms
        .filter(|term| term.len() <= LONGEST_BYTES && syllables(term) >= 3)
        .filter(is_frequent)
        .collect();
    terms.sort_unstable();
    terms
}

/// Terms by their text with one character left open, for every character.
fn index<'c>(terms: &[&'c str]) -> HashMap<String, Vec<&'c str>> {
    let mut index: HashMap<String, Vec<&str>> = HashMap::new();
    for term in terms {
        for key in with_one_open(term) {
            index.entry(key).or_default().push(term);
        }
    }
    index
}

fn with_one_open(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().map(move |(at, character)| {
        let rest = &word[at + character.len_utf8()..];
        format!("{}{ANY}{rest}", &word[..at])
    })
}

fn near<'c>(word: &str, index: &HashMap<String, Vec<&'c str>>) -> Option<&'c str> {
    if syllables(word) < 3 {
        return None;
    }
    let candidates = with_one_open(word)
        .filter_map(|key| index.get(&key))
        .flatten();
    candidates.copied().find(|term| is_slip(word, term))
}

/// Whether a word is likely a term with a slip in it. Short words that differ in a consonant, and
/// endings, are mostly words of their own.
fn is_slip(word: &str, term: &str) -> bool {
    let length = word.chars().count();
    one_letter_apart(word, term).is_some_and(|difference| {
        let is_last = difference.index + 1 == length;
        difference.letter == Letter::Medial || (!is_last && syllables(word) >= 4)
    })
}

fn finding(place: &Use<'_>, stem: &str, term: &str, first: &HashMap<&str, &Use<'_>>) -> Diagnostic {
    let start = place.word.range.start;
    let span = place.line.span(start..start + stem.len());
    let finding = RULE
        .at(place.line.file, span)
        .with("word", stem)
        .with("term", term);
    match first.get(term) {
        Some(other) => {
            let span = other.line.span(other.word.range.clone());
            let message = Message::new("near-miss-term.related");
            finding.related(other.line.file, span, message)
        }
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn page(title: &str, text: &str) -> String {
        let uses = format!("{title} 결제. ").repeat(FREQUENT);
        format!("---\ntitle: {title}\n---\n{uses}\n\n{text}\n")
    }

    #[test]
    fn slips_in_terms_are_found() {
        assert_found(
            &RULE,
            &page("KG이니시스", "KG이니니스를"),
            &["6: KG이니니스"],
        );
        assert_found(&RULE, &page("상점아이디", "상점아아디"), &["6: 상점아아디"]);
        assert_found(&RULE, &page("본인인증", "본인이증을"), &["6: 본인이증"]);
        assert_found(&RULE, &page("파트너", "파트녀와"), &["6: 파트녀"]);
    }

    #[test]
    fn words_of_their_own_are_not() {
        assert_found(&RULE, &page("관리자", "관리가 관리사"), &[]);
        assert_found(&RULE, &page("케이스", "베이스"), &[]);
        assert_found(&RULE, &page("이지페이", "이니페이"), &[]);
        assert_found(
            &RULE,
            &page("KG이니시스", "KG이니니스 KG이니니스 KG이니니스"),
            &[],
        );
        assert_found(&RULE, &page("KG이니시스", "`KG이니니스`"), &[]);
    }
}
