//! Two identifiers among the values of a guide differ in a single letter.
//!
//! ## Why
//!
//! Identifiers are copied. One of the two is most likely a slip, and nothing in the console
//! shows it until a payment fails.
//!
//! Only values that a guide's items set or choose are compared: code in running text may name
//! anything. Names that differ in a word of one letter, such as `shopA` and `shopB`, differ on
//! purpose.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - 상점아이디 클릭
//!   - 일반결제 : INIBillTst 선택
//!   - 정기결제 : INIBillTst 선택
//!   - 수기결제 : INIBillTest 선택
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - 상점아이디 클릭
//!   - 일반결제 : INIBillTst 선택
//!   - 정기결제 : INIBillTst 선택
//!   - 해외결제 : merchant00m 선택
//! ```

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{settings, value};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::nearness::is_one_edit_apart;
use crate::source::{FileId, Span};

/// Shortest identifier that is compared, in characters; shorter ones are alike by nature.
const MIN_LENGTH: usize = 6;

/// Longest identifier that is compared, in characters. Each is looked up by what is left of it
/// without each of its letters, which is the square of its length.
const MAX_LENGTH: usize = 80;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "confusable-identifier",
    level: Level::Error,
    source: include_str!("confusable_identifier.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let modes: Vec<ModeOf<'_>> = context.modes().collect();
    for modes in modes.chunk_by(|a, b| a.file == b.file) {
        let file = modes[0].file;
        let uses = uses(modes, context);
        found.extend(
            pairs(&uses)
                .into_iter()
                .map(|(rare, usual)| finding(file, rare, usual)),
        );
    }
}

/// An identifier of a guide.
struct Use {
    name: String,
    count: usize,
    /// Where it is first.
    span: Span,
}

/// The identifiers that a guide's items set or choose, by name.
fn uses(modes: &[ModeOf<'_>], context: &Context<'_>) -> Vec<Use> {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    for (text, item) in modes.iter().flat_map(values) {
        for name in identifiers(&text) {
            let first = || Use {
                name: name.to_string(),
                count: 0,
                span: context.locate(modes[0].file, item, name),
            };
            uses.entry(name.to_string()).or_insert_with(first).count += 1;
        }
    }
    uses.into_values().collect()
}

/// The values of a mode's fields and of what is chosen in them, with the bytes of their items.
fn values(place: &ModeOf<'_>) -> Vec<(String, Span)> {
    let mut values = Vec::new();
    for setting in settings(place.mode) {
        let before = values.len();
        let cases = setting.answer.cases();
        values.extend(cases.map(|(case, value)| (value.to_string(), case.span)));
        if values.len() == before {
            values.push((value(setting), setting.span));
        }
    }
    values
}

/// Identifiers of a text: words of ASCII with capitals inside, or with `_`. Addresses hold none,
/// and names in capitals only are entries of lists, alike on purpose.
fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let runs = text
        .split(|c: char| !c.is_ascii_graphic())
        .filter(|run| !run.contains("://") && !run.contains('@'));
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let words = runs.flat_map(move |run| run.split(is_end));
    words.filter(|word| is_identifier(word))
}

fn is_identifier(word: &str) -> bool {
    if !(MIN_LENGTH..=MAX_LENGTH).contains(&word.len()) {
        return false;
    }
    let has_lower = word.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_capital = word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    let has_mark = word.trim_matches('_').contains('_');
    has_lower && (has_capital || has_mark)
}

/// Pairs that are one edit apart, the rarer one first. Words that are one edit apart are equal
/// once a letter is taken off one or both, so each is looked up by what is left of it.
fn pairs(uses: &[Use]) -> Vec<(&Use, &Use)> {
    let mut by_rest: HashMap<String, Vec<usize>> = HashMap::new();
    let mut pairs = BTreeMap::new();
    // Names that differ in digits are alike on purpose, so one of them speaks for all.
    let letters: Vec<String> = uses.iter().map(|one| letters(&one.name)).collect();
    for (index, one) in uses.iter().enumerate() {
        for rest in rests(&one.name) {
            let same = by_rest.entry(rest).or_default();
            if same.iter().any(|other| letters[*other] == letters[index]) {
                continue;
            }
            for other in same.iter() {
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

/// Whether two names are one edit apart, and not on purpose: numbers, case, a plural and a word of
/// one letter differ on purpose.
fn is_confusable(a: &str, b: &str) -> bool {
    let is_plural = |one: &str, many: &str| many.strip_suffix('s') == Some(one);
    is_one_edit_apart(a, b)
        && letters(a) != letters(b)
        && !a.eq_ignore_ascii_case(b)
        && !is_plural(a, b)
        && !is_plural(b, a)
        && !differ_in_short_word(a, b)
}

/// A name without its digits.
fn letters(name: &str) -> String {
    name.replace(|c: char| c.is_ascii_digit(), "")
}

/// Whether a word of one letter, digits aside, makes the difference: `startX` and `startY`.
fn differ_in_short_word(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |words: &[&str]| words.get(same + 1..).unwrap_or_default().concat();
    let is_short = |words: &[&str]| {
        let word = words.get(same).copied().unwrap_or_default();
        word.trim_end_matches(|c: char| c.is_ascii_digit()).len() <= 1
    };
    match a.len().cmp(&b.len()) {
        Ordering::Equal => rest(&a) == rest(&b) && is_short(&a) && is_short(&b),
        Ordering::Less => a[same..].concat() == rest(&b) && is_short(&b),
        Ordering::Greater => rest(&a) == b[same..].concat() && is_short(&a),
    }
}

/// The words that an identifier is made of: `INIBillTst` as `INI`, `Bill` and `Tst`.
fn words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let starts = |at: &usize| {
        let is_mark = bytes[*at] == b'_' || bytes[*at - 1] == b'_';
        let is_hump = bytes[*at].is_ascii_uppercase()
            && (!bytes[*at - 1].is_ascii_uppercase() || is_lower(*at + 1));
        is_mark || is_hump
    };
    let ends = (1..name.len()).filter(starts).chain([name.len()]);
    let mut start = 0;
    ends.map(|end| &name[std::mem::replace(&mut start, end)..end])
        .collect()
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

    /// A guide whose items set these values.
    fn guide(values: &str) -> String {
        let items = values.split(' ').map(|value| format!("- 값 : {value}\n"));
        let items: String = items.collect();
        format!("## A\n### 실 연동\n#### 설정방법\n{items}")
    }

    #[test]
    fn rarer_of_two_is_found() {
        let found = |values: &str, expected: &[&str]| assert_found(&RULE, &guide(values), expected);
        found("INIBillTest INIBillTst INIBillTst", &["4: INIBillTest"]);
        found("shop_key shop_kay", &["5: shop_kay"]);
        found(
            "`partnerKey` `partnreKey` `partnerKeyy`",
            &["6: partnerKeyy"],
        );
    }

    #[test]
    fn values_to_choose_in_different_modes_are_compared() {
        let mode = |name: &str, value: &str| {
            format!("### {name}\n#### 설정방법\n- 아이디 클릭\n  - 일반결제 : {value} 선택\n")
        };
        let text = format!(
            "## A\n{}{}## B\n{}",
            mode("테스트 연동", "INIBillTst"),
            mode("실 연동", "INIBillTst"),
            mode("테스트 연동", "**INIBillTest**")
        );
        assert_found(&RULE, &text, &["14: INIBillTest"]);
    }

    #[test]
    fn names_that_differ_on_purpose_are_not() {
        for values in [
            "testShop01 testShop02 testShop",
            "apiSecret ApiSecret",
            "cardQuota cardQuotas",
            "https://a.b/testShopA https://a.b/testShopB",
            "testing resting",
            "DB_BANK KB_BANK",
            "xParent yParent",
            "startX startY",
            "pointX1 pointY1",
            "shop_a_key shop_b_key",
            "testShop testShopA",
            "minPrice maxPrice",
        ] {
            assert_found(&RULE, &guide(values), &[]);
        }
    }

    #[test]
    fn code_in_running_text_is_not_compared() {
        let text = "`ResolveWorkerOptions`를 `ResolvedWorkerOptions`로 바꿨습니다.";
        assert_found(&RULE, text, &[]);
        let text = format!("{text}\n\n{}", guide("INIBillTst"));
        assert_found(&RULE, &text, &[]);
    }
}
