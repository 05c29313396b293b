//! A particle does not fit the sound before it.
//!
//! ## Why
//!
//! It is what remains when a word was exchanged for another, and it makes the reader stumble.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 가람정보통신 결제 설정
//! ---
//!
//! **정보**을 입력합니다. 가람정보통신는 API을 제공합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 가람정보통신 결제 설정
//! ---
//!
//! **정보**를 입력합니다. 가람정보통신은 API를 제공합니다.
//! ```
//!
//! Forms such as `는`, `가` and `로` are checked after words of the site's own vocabulary only
//! (titles, tags, providers, configured terms), for other words may end in these syllables.
//!
//! ## Configuration
//!
//! `check.text.particles` contains the pairs, `check.text.certain_particles` the forms that are checked
//! after any word, `check.text.not_particles` what only looks like one. Words of
//! `check.text.acronyms` are read letter by letter, by the names in `check.text.letters`.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{Word, is_code, lexicon, prose, with_edit, words};
use crate::config::check::Level;
use crate::config::check::{ParticlePair, TextFacts};
use crate::diagnostic::Diagnostic;
use crate::hangul::{RIEUL, last_sound};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "ko-particle",
    level: Level::Warning,
    source: include_str!("ko_particle.rs"),
    check,
    fix: Effect::Text,
};

/// A particle in its wrong form.
struct Wrong<'f> {
    written: &'f str,
    right: &'f str,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.text;
    let known = lexicon(context);
    for line in prose(context) {
        for word in words(&line.text) {
            let wrong = wrong_particle(word.text, facts, &known)
                .filter(|_| !is_code(line, word.range.start) && !gives_both_forms(line, &word));
            found.extend(wrong.map(|wrong| finding(line, &word, &wrong)));
        }
    }
}

/// Whether a word is followed by the other form, as in `을(를)` and `을/를`.
fn gives_both_forms(line: &TextLine<'_>, word: &Word<'_>) -> bool {
    let rest = &line.text[word.range.end..];
    let other = rest.strip_prefix(['(', '/']);
    other.is_some_and(|other| {
        let end = other.find(|character: char| !character.is_alphanumeric());
        end.unwrap_or(other.len()) <= "\u{ac00}".len() * 2
    })
}

fn wrong_particle<'f>(
    word: &str,
    facts: &'f TextFacts,
    known: &HashSet<&str>,
) -> Option<Wrong<'f>> {
    let wrong = |pair: &'f ParticlePair| {
        let (written, right) = exchanged(word, pair)?;
        let stem = word.strip_suffix(written)?;
        let is_acronym = facts.acronyms.iter().any(|acronym| acronym == stem);
        let is_certain = facts.certain_particles.iter().any(|form| form == written);
        let is_known = is_certain || known.contains(stem) && !known.contains(word);
        let form = right_form(sound(stem, is_acronym, facts)?, pair);
        let is_wrong = form != written && (is_acronym || is_known);
        is_wrong.then_some(Wrong { written, right })
    };
    let found = facts.particles.iter().find_map(wrong)?;
    let is_word = facts.not_particles.iter().any(|end| word.ends_with(end));
    (!is_word).then_some(found)
}

/// The form that a word ends in, and the other one. The longer form is tried first, for the
/// shorter one may be its end.
fn exchanged<'f>(word: &str, pair: &'f ParticlePair) -> Option<(&'f str, &'f str)> {
    let (closed, open) = (pair.closed.as_str(), pair.open.as_str());
    if word.ends_with(closed) {
        Some((closed, open))
    } else if word.ends_with(open) {
        Some((open, closed))
    } else {
        None
    }
}

fn right_form(sound: u32, pair: &ParticlePair) -> &str {
    let is_open = sound == 0 || (pair.rieul_is_open && sound == RIEUL);
    if is_open { &pair.open } else { &pair.closed }
}

/// The final sound of a word that ends in Hangul or is spelt out; `None` where it is not certain.
fn sound(word: &str, is_acronym: bool, facts: &TextFacts) -> Option<u32> {
    let last = word.chars().next_back()?;
    if is_acronym {
        let name = facts.letters.get(last.to_string().as_str());
        return name.map_or(Some(0), |name| last_sound(name));
    }
    // A digit may be read in Korean or English.
    if last.is_ascii_digit() {
        None
    } else {
        last_sound(word)
    }
}

fn finding(line: &TextLine<'_>, word: &Word<'_>, wrong: &Wrong<'_>) -> Diagnostic {
    let stem = word.text.len() - wrong.written.len();
    let particle = word.range.start + stem..word.range.end;
    let right = format!("{}{}", &word.text[..stem], wrong.right);
    let finding = RULE
        .at(line.file, line.span(word.range.clone()))
        .with("word", word.text)
        .with("right", right);
    with_edit(finding, line, particle, wrong.right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn certain_particles_are_found_behind_any_word() {
        assert_found(
            &RULE,
            "정보을, 포트원를 결제내역와 같이",
            &["1: 정보을", "1: 포트원를", "1: 결제내역와"],
        );
        assert_found(
            &RULE,
            "가을을 지을 때, 정보를 포트원을 결제와 효과 결과",
            &[],
        );
    }

    #[test]
    fn other_particles_are_found_behind_known_words() {
        let page = |text: &str| format!("---\ntitle: 나이스정보통신 결제 할인\n---\n{text}");
        let found = ["4: 나이스정보통신는", "4: 결제은", "4: 결제으로"];
        assert_found(&RULE, &page("나이스정보통신는 결제은 결제으로"), &found);
        assert_found(
            &RULE,
            &page("나이스정보통신은 결제는 결제로 할인가 카페은 정보과"),
            &[],
        );
    }

    #[test]
    fn acronyms_are_read_letter_by_letter() {
        assert_found(
            &RULE,
            "API을 URL를 URL으로 MID과",
            &["1: API을", "1: URL를", "1: URL으로", "1: MID과"],
        );
        assert_found(&RULE, "API를 URL을 URL로 MID와 KSNET을 WEB을", &[]);
    }

    #[test]
    fn both_forms_and_code_are_left_alone() {
        assert_found(&RULE, "정보을(를) 정보을/를 `정보을` V2을", &[]);
    }

    #[test]
    fn particle_behind_marks_is_fixed() {
        assert_fixed(
            &RULE,
            "**정보**을 [포트원](/a)를",
            "**정보**를 [포트원](/a)을",
        );
    }
}
