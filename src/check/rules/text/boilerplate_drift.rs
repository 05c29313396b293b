//! A sentence differs by one letter, or by spaces, from one that the site repeats.
//!
//! ## Why
//!
//! A sentence that is copied into many guides and differs in one of them was fixed in one place
//! only, or got a fault in one.
//!
//! ## Bad
//!
//! ```markdown
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결재 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! - 채널 이름은 결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.
//! ```
//!
//! Only sentences of 28 characters or more count, when the other one is written five times or more,
//! and three times as often. Spaces beside punctuation, digits and Latin letters may differ.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::prose;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::hangul::Syllable;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "boilerplate-drift",
    level: Level::Info,
    source: include_str!("boilerplate_drift.rs"),
    check,
    fix: Effect::NoFix,
};

/// Fewest characters of a sentence.
const LONG: usize = 28;

/// Fewest uses of the sentence that is taken to be right.
const FREQUENT: usize = 5;

/// How often it is used for each use of the other.
const RATIO: usize = 3;

/// Letters at a sentence's ends by which candidates are found. One changed letter cannot be in
/// both ends.
const END: usize = 10;

/// Most frequent sentences with one end that a sentence is compared with, the first in the site.
/// More are alike only where somebody wrote them to be.
const CANDIDATES: usize = 64;

/// A sentence with the places it is in.
struct Sentence<'c> {
    text: &'c str,
    line: &'c TextLine<'c>,
    start: usize,
    uses: usize,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sentences = sentences(context);
    let frequent = sentences
        .iter()
        .filter(|sentence| sentence.uses >= FREQUENT);
    let mut index: HashMap<u64, Vec<&Sentence<'_>>> = HashMap::new();
    for sentence in frequent {
        for key in ends(sentence.text) {
            let alike = index.entry(key).or_default();
            if alike.len() < CANDIDATES {
                alike.push(sentence);
            }
        }
    }
    for sentence in &sentences {
        let candidates = ends(sentence.text)
            .into_iter()
            .filter_map(|key| index.get(&key));
        let often = candidates
            .flatten()
            .filter(|often| often.uses >= RATIO * sentence.uses);
        let drift = often
            .filter_map(|often| Some((often, drift(sentence, often)?)))
            .next();
        found.extend(drift.map(|(often, range)| finding(sentence, often, range)));
    }
}

/// Every different sentence that is long enough, in the order of its first use.
fn sentences<'c>(context: &'c Context<'_>) -> Vec<Sentence<'c>> {
    let mut sentences: Vec<Sentence<'_>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for line in prose(context) {
        for (start, text) in split(&line.text) {
            match known.get(text) {
                Some(index) => sentences[*index].uses += 1,
                None if text.chars().count() >= LONG => {
                    known.insert(text, sentences.len());
                    let uses = 1;
                    sentences.push(Sentence {
                        text,
                        line,
                        start,
                        uses,
                    });
                }
                None => {}
            }
        }
    }
    sentences
}

/// Sentences of a text with their offsets; lines end them too.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_end = |(at, mark): (usize, char)| {
        let has_blank = text[at + mark.len_utf8()..].starts_with([' ', '\n']);
        mark == '\n' || (matches!(mark, '.' | '!' | '?') && has_blank)
    };
    let mut start = 0;
    let ends = text.char_indices().filter(move |mark| is_end(*mark));
    let ends = ends
        .map(|(at, mark)| at + mark.len_utf8())
        .chain([text.len()]);
    ends.map(move |end| {
        let sentence = text[start..end].trim_end();
        let trimmed = sentence.trim_start();
        let at = start + sentence.len() - trimmed.len();
        start = end;
        (at, trimmed)
    })
}

/// Letters of a sentence and their offsets, without spaces.
fn letters(text: &str) -> Vec<(usize, char)> {
    text.char_indices()
        .filter(|(_, letter)| *letter != ' ')
        .collect()
}

/// Hashes of the first and of the last letters of a sentence. Sentences that only share a hash
/// are distinguished by [`drift`].
fn ends(text: &str) -> [u64; 2] {
    let letters = || text.chars().filter(|letter| *letter != ' ');
    let hash = |end: &mut dyn Iterator<Item = char>| {
        let mut hasher = DefaultHasher::new();
        end.take(END).for_each(|letter| letter.hash(&mut hasher));
        hasher.finish()
    };
    [hash(&mut letters()), hash(&mut letters().rev())]
}

/// The bytes of a sentence that differ from another, when they are a letter or spaces.
fn drift(sentence: &Sentence<'_>, often: &Sentence<'_>) -> Option<Range<usize>> {
    let (own, other) = (letters(sentence.text), letters(often.text));
    if own.len() != other.len() {
        return None;
    }
    let mut changed = own.iter().zip(&other).filter(|((_, a), (_, b))| a != b);
    let Some(((at, a), (_, b))) = changed.next() else {
        return blank_drift((sentence.text, &own), (often.text, &other));
    };
    let is_word = is_korean(*a) && is_korean(*b) && changed.next().is_none();
    is_word.then_some(*at..*at + a.len_utf8())
}

/// A sentence and its letters.
type Spelt<'s> = (&'s str, &'s [(usize, char)]);

/// The letters around a space that one of two sentences with the same letters lacks.
fn blank_drift(own: Spelt<'_>, often: Spelt<'_>) -> Option<Range<usize>> {
    let is_behind_blank = |text: &str, at: usize| text[..at].ends_with(' ');
    let pairs = own.1.windows(2).zip(often.1.windows(2));
    let mut changed = pairs.filter_map(|pair| match pair {
        ([(start, a), (at, b)], [_, (other, _)]) => {
            let differs = is_behind_blank(own.0, *at) != is_behind_blank(often.0, *other);
            (differs && is_korean(*a) && is_korean(*b)).then_some(*start..*at + b.len_utf8())
        }
        _ => None,
    });
    changed.next()
}

fn is_korean(letter: char) -> bool {
    Syllable::of(letter).is_some()
}

fn finding(sentence: &Sentence<'_>, often: &Sentence<'_>, changed: Range<usize>) -> Diagnostic {
    let line = sentence.line;
    let range = sentence.start + changed.start..sentence.start + changed.end;
    let whole = often.start..often.start + often.text.len();
    let related = often.line.span(whole);
    RULE.at(line.file, line.span(range))
        .with("count", often.uses.to_string())
        .related(
            often.line.file,
            related,
            Message::new("boilerplate-drift.related"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    const SAME: &str = "결제 채널을 구분하기 위한 필수 설정값으로 임의값으로 설정합니다.";

    fn check_drift(changed: &str, expected: &[&str]) {
        let text = format!("{SAME} ").repeat(FREQUENT);
        assert_found(&RULE, &format!("{text}\n\n{changed}\n"), expected);
    }

    #[test]
    fn changed_letter_is_found() {
        check_drift(&SAME.replace("결제", "결재"), &["3: 재"]);
    }

    #[test]
    fn changed_blank_is_found() {
        check_drift(&SAME.replace("임의값", "임의 값"), &["3: 의 값"]);
        check_drift(&SAME.replace("필수 설정", "필수설정"), &["3: 수설"]);
    }

    #[test]
    fn other_sentences_are_not() {
        check_drift(SAME, &[]);
        check_drift(&SAME.replace("결제", "인증"), &[]);
        check_drift(&SAME.replace("임의값", "V1값"), &[]);
        check_drift(&format!("{SAME}\n{SAME}").replace("결제", "결재"), &[]);
    }
}
