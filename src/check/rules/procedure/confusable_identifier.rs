//! Two identifiers of one document differ in a single letter.
//!
//! ## Why
//!
//! Identifiers are copied. One of the two is most likely a slip, and nothing in the console
//! says so until a payment fails.
//!
//! ## Bad
//!
//! ```markdown
//! - 일반결제 : INIBillTst 선택
//! - 정기결제 : INIBillTst 선택
//! - 수기결제 : INIBillTest 선택
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 일반결제 : INIBillTst 선택
//! - 정기결제 : INIBillTst 선택
//! - 해외결제 : merchant00m 또는 merchant01m 선택
//! ```

use std::collections::{BTreeMap, HashMap};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::Line;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::schema::edit_distance;
use crate::source::{FileId, Span};

/// Shortest identifier that is compared, in characters; shorter ones are alike by nature.
const MIN_LENGTH: usize = 6;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "confusable-identifier",
    level: Level::Error,
    source: include_str!("confusable_identifier.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lines in context.lines().chunk_by(|a, b| a.file == b.file) {
        let uses = uses(lines);
        for (rare, usual) in pairs(&uses) {
            found.push(finding(lines[0].file, rare, usual));
        }
    }
}

/// An identifier of a document.
struct Use {
    name: String,
    count: usize,
    /// Where it stands first.
    span: Span,
}

/// The identifiers of a document's lines, by name.
fn uses(lines: &[Line<'_>]) -> Vec<Use> {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    for line in lines {
        for (at, name) in identifiers(&line.text) {
            let first = || Use {
                name: name.to_string(),
                count: 0,
                span: line.span(at..at + name.len()),
            };
            uses.entry(name.to_string()).or_insert_with(first).count += 1;
        }
    }
    uses.into_values().collect()
}

/// Identifiers with their offsets: words of ASCII with capitals inside, or with `_`. Addresses
/// hold none, and names in capitals only are entries of lists, alike on purpose.
fn identifiers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let runs = text
        .split(|c: char| !c.is_ascii_graphic())
        .filter(|run| !run.contains("://") && !run.contains('@'));
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let words = runs.flat_map(move |run| run.split(is_end));
    words
        .filter(|word| is_identifier(word))
        .map(move |word| (offset(word), word))
}

fn is_identifier(word: &str) -> bool {
    let has_lower = word.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_capital = word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    let has_mark = word.trim_matches('_').contains('_');
    word.len() >= MIN_LENGTH && has_lower && (has_capital || has_mark)
}

/// Pairs that are one edit apart, the rarer one first. Words that are one edit apart are equal
/// once a letter is taken off one or both, so each is looked up by what is left of it.
fn pairs(uses: &[Use]) -> Vec<(&Use, &Use)> {
    let mut by_rest: HashMap<String, Vec<usize>> = HashMap::new();
    let mut pairs = BTreeMap::new();
    for (index, one) in uses.iter().enumerate() {
        for rest in rests(&one.name) {
            let same = by_rest.entry(rest).or_default();
            for other in same.iter().filter(|other| **other != index) {
                if is_confusable(&one.name, &uses[*other].name) {
                    pairs.insert((*other, index), ());
                }
            }
            same.push(index);
        }
    }
    let ordered = pairs.into_keys().map(|(a, b)| (&uses[a], &uses[b]));
    ordered
        .map(|(a, b)| {
            let is_rarer = (a.count, b.span.start) < (b.count, a.span.start);
            if is_rarer { (a, b) } else { (b, a) }
        })
        .collect()
}

/// The word, and the word without each of its letters.
fn rests(word: &str) -> impl Iterator<Item = String> {
    let shorter = (0..word.len()).map(|at| format!("{}{}", &word[..at], &word[at + 1..]));
    std::iter::once(word.to_string()).chain(shorter)
}

/// Whether two names are one edit apart, and not on purpose: numbers, case and a plural differ
/// on purpose.
fn is_confusable(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    let is_plural = |one: &str, many: &str| many.strip_suffix('s') == Some(one);
    edit_distance(a, b) == 1
        && letters(a) != letters(b)
        && !a.eq_ignore_ascii_case(b)
        && !is_plural(a, b)
        && !is_plural(b, a)
}

fn finding(file: FileId, rare: &Use, usual: &Use) -> Diagnostic {
    let related = Message::new("confusable-identifier.related");
    RULE.at(file, rare.span)
        .with("name", &rare.name)
        .with("other", &usual.name)
        .related(file, usual.span, related)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn rarer_of_two_is_found() {
        assert_found(
            &RULE,
            "INIBillTest INIBillTst INIBillTst",
            &["1: INIBillTest"],
        );
        assert_found(&RULE, "shop_key shop_kay", &["1: shop_kay"]);
        assert_found(
            &RULE,
            "`partnerKey`\n\n`partnreKey` `partnerKeyy`",
            &["3: partnerKeyy"],
        );
    }

    #[test]
    fn numbers_case_plurals_and_addresses_are_not() {
        for text in [
            "testShop01 testShop02 testShop",
            "apiSecret ApiSecret",
            "cardQuota cardQuotas",
            "https://a.b/testShopA https://a.b/testShopB",
            "testing resting",
            "DB_BANK KB_BANK",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }
}
