//! A document spells one term in two ways.
//!
//! ## Why
//!
//! A search finds half of the places, and the reader wonders whether two things are meant.
//!
//! ## Bad
//!
//! ```markdown
//! 상점관리자 페이지에서 조회합니다. 상점관리자 페이지에 로그인합니다. 상점관리자페이지를 엽니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 상점관리자 페이지에서 조회합니다. 상점관리자 페이지에 로그인합니다. 상점관리자 페이지를 엽니다.
//! ```
//!
//! A term is found with and without its spaces, and with a space where Latin and Hangul letters meet.
//! The spelling that the document uses least is reported once.
//!
//! ## Configuration
//!
//! `check.text.terms` lists the terms; names of providers in the frontmatter are added.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use regex::Regex;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{end_of_word, is_code, pattern, prose};
use crate::config::check::Level;
use crate::config::check::TextFacts;
use crate::diagnostic::{Diagnostic, Message};
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "term-drift",
    level: Level::Info,
    source: include_str!("term_drift.rs"),
    check,
    fix: Effect::NoFix,
};

/// Most bytes of all terms together, the configured ones first: what a site of thousands of
/// providers takes. Each text is searched for all of them at once.
const MOST_TERM_BYTES: usize = 64 << 10;

/// Where a spelling is.
struct Use<'c> {
    line: &'c TextLine<'c>,
    range: Range<usize>,
}

/// Uses of one term in one document, by spelling.
type Spellings<'c> = HashMap<&'c str, Vec<Use<'c>>>;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.text;
    let terms = terms(context);
    if terms.is_empty() {
        return;
    }
    let spellings = spellings_pattern(&terms);
    let mut documents: HashMap<(FileId, String), Spellings<'_>> = HashMap::new();
    for line in prose(context) {
        for place in spellings.find_iter(&line.text) {
            if is_whole(line, place.range(), facts) {
                let term = place.as_str().replace(' ', "");
                let uses = documents.entry((line.file, term)).or_default();
                let range = place.range();
                uses.entry(place.as_str())
                    .or_default()
                    .push(Use { line, range });
            }
        }
    }
    found.extend(documents.values().filter_map(finding));
}

/// Every term that may be spelt in two ways.
fn terms<'c>(context: &'c Context<'_>) -> BTreeSet<&'c str> {
    let companies = context
        .pages()
        .flat_map(|(_, page)| &page.document.frontmatter.companies);
    let configured = context.config.check.text.terms.iter();
    let mut terms = BTreeSet::new();
    let mut bytes = 0;
    for term in configured.chain(companies).map(|term| term.trim()) {
        let is_new = optional_blanks(term).contains('?') && !terms.contains(term);
        if is_new && bytes + term.len() <= MOST_TERM_BYTES {
            bytes += term.len();
            terms.insert(term);
        }
    }
    terms
}

fn spellings_pattern(terms: &BTreeSet<&str>) -> Regex {
    let mut terms: Vec<_> = terms.iter().map(|term| optional_blanks(term)).collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
    pattern(&terms.join("|"))
}

/// A pattern for a term whose spaces may be missing, and that may have one between scripts.
fn optional_blanks(term: &str) -> String {
    let mut pattern = String::new();
    let mut last = None;
    for character in term.chars() {
        let is_seam = last.is_some_and(|last: char| {
            last.is_alphabetic()
                && last.is_ascii()
                && !character.is_ascii()
                && character.is_alphabetic()
        });
        if character == ' ' || is_seam {
            pattern.push_str(" ?");
        }
        if character != ' ' {
            pattern.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
        }
        last = Some(character);
    }
    pattern
}

/// Whether a spelling is a word, or several, of its own but for an ending.
fn is_whole(line: &TextLine<'_>, range: Range<usize>, facts: &TextFacts) -> bool {
    let before = line.text[..range.start].chars().next_back();
    // Asked first: the rest of a word that contains many spellings is not read for each.
    if before.is_some_and(char::is_alphanumeric) || is_code(line, range.start) {
        return false;
    }
    let rest = &line.text[range.end..end_of_word(&line.text, range.end)];
    rest.is_empty() || facts.endings.iter().any(|ending| ending == rest)
}

/// A finding at the first use of the spelling that is used least; of two, the later one.
fn finding(spellings: &Spellings<'_>) -> Option<Diagnostic> {
    let order = |uses: &Vec<Use<'_>>| {
        let first = uses
            .first()
            .map(|place| place.line.span(place.range.clone()).start);
        (uses.len(), std::cmp::Reverse(first))
    };
    let (rare, rare_uses) = spellings.iter().min_by_key(|(_, uses)| order(uses))?;
    let (often, often_uses) = spellings.iter().max_by_key(|(_, uses)| order(uses))?;
    let (place, other) = (rare_uses.first()?, often_uses.first()?);
    let finding = RULE
        .at(place.line.file, place.line.span(place.range.clone()))
        .with("rare", *rare)
        .with("often", *often);
    let span = other.line.span(other.range.clone());
    let related = finding.related(other.line.file, span, Message::new("term-drift.related"));
    (rare != often).then_some(related)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with, findings};

    #[test]
    fn rarer_spelling_is_found_once() {
        let text = "키 파일을 받아 키 파일을 등록, 키파일은 키파일로 키 파일";
        assert_found(&RULE, text, &["1: 키파일"]);
        let text = "---\npgCompanies: [KG이니시스]\n---\nKG이니시스, KG 이니시스의";
        assert_found(&RULE, text, &["4: KG 이니시스"]);
    }

    #[test]
    fn one_spelling_and_parts_of_other_words_are_not() {
        assert_found(&RULE, "PG사의 PG 사용, PG 사이트, PG사를", &[]);
        assert_found(&RULE, "키 파일, `키파일`, 키파일명", &[]);
    }

    #[test]
    fn more_providers_than_a_search_takes_are_left_out() {
        let names = |document: usize| -> Vec<String> {
            let number = |name| format!("KG가{document}나{name} 다라");
            (0..300).map(number).collect()
        };
        let documents: Vec<(String, String)> = (0..40)
            .map(|document| {
                let names = names(document).join(", ");
                let text = format!("---\npgCompanies: [{names}]\n---\n키파일 키파일 키 파일");
                (format!("{document:02}.md"), text)
            })
            .collect();
        let documents: Vec<(&str, &str)> = documents
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        assert_eq!(findings(&RULE, "", &documents).len(), documents.len());
    }

    #[test]
    fn terms_are_configured() {
        let config = "check: {text: {terms: [임의 값]}}";
        assert_found_with(
            &RULE,
            config,
            "임의값 임의값 임의 값, 키 파일 키파일",
            &["1: 임의 값"],
        );
    }
}
