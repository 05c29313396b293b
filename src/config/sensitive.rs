//! Values that show what they are: card numbers, keys, tokens and passwords behind their name.
//!
//! A value is compared as it is read: in one width of letters and without what cannot be seen. Nothing
//! here keeps or repeats a value.

use regex::Regex;

use crate::config::FieldConvention;
use crate::config::secrets::SecretLabel;
use crate::normal::visible;

/// Private keys and access tokens of a known form, wherever they are.
pub const KEY_FORMS: &str = concat!(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"|(?-u:\b)AKIA[0-9A-Z]{16}(?-u:\b)",
    r"|(?-u:\b)gh[pousr]_[A-Za-z0-9]{36}",
    r"|(?-u:\b)sk_live_[A-Za-z0-9]{16}",
    r"|(?-u:\b)xox[abprs]-[A-Za-z0-9-]{10}",
    r"|(?-u:\b)AIza[0-9A-Za-z_-]{35}",
);

/// What is a key too where a name or an id is expected: any block of a key file, keys for tests, and
/// signed tokens.
const VALUE_FORMS: &str = concat!(
    r"-----BEGIN",
    r"|(?-u:\b)(?:[rs]k_(?:live|test)|(?:live|test)_g?sk|whsec|github_pat)_[A-Za-z0-9_]{8}",
    r"|(?-u:\b)(?:glpat|sk)-[A-Za-z0-9_-]{20}",
    r"|(?-u:\b)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.",
    r"|^(?i:bearer|basic) [A-Za-z0-9+/=._-]{12}",
);

/// Lengths of card numbers, in digits.
const SHORTEST_CARD: usize = 13;
const LONGEST_CARD: usize = 19;

/// Digits of each group of a card number but its last one.
const CARD_GROUP: usize = 4;

/// Marks between the groups of a number.
const BETWEEN: &str = "-‐‑‒–—−._·";

/// Lengths from which a word without blanks is a token and no id: of both cases, and of one. The
/// longest public id of a real guide has 20 characters.
const SHORTEST_TOKEN: usize = 24;
const SHORTEST_PLAIN_TOKEN: usize = 32;

/// Capitals, and small letters, that a token of both cases has at least.
const OF_EACH_CASE: usize = 3;

/// Of a hundred neighbours in a token so many are of different sorts: in random ones about 62, in
/// names of words that are written together about 30.
const CHANGES: usize = 40;

/// Runs of digits in a token of one case; a name has one or two.
const DIGIT_RUNS: usize = 4;

/// Words before a colon that can name a secret, and the shortest value after it.
const LABEL_WORDS: usize = 3;
const SHORTEST_PASSWORD: usize = 4;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensitive {
    /// The number of a card.
    Card,
    /// A key or a token of a known form, or a password behind its name.
    Secret,
    /// A long word without sense, as keys are.
    Token,
}

/// What a value looks like; `None` for one that may be written down.
pub fn sensitive(value: &str, words: &FieldConvention) -> Option<Sensitive> {
    let value = visible(value);
    if holds_card(&value) {
        return Some(Sensitive::Card);
    }
    if has_key_form(&value) || names_secret(&value, words) {
        return Some(Sensitive::Secret);
    }
    holds_token(&value).then_some(Sensitive::Token)
}

fn has_key_form(value: &str) -> bool {
    [KEY_FORMS, VALUE_FORMS].iter().any(|form| {
        let form = Regex::new(form).expect("the expression is constant");
        form.is_match(value)
    })
}

/// Whether a secret's name is before a colon or an equals sign, and one word after it.
fn names_secret(value: &str, words: &FieldConvention) -> bool {
    value.match_indices([':', '=']).any(|(at, _)| {
        let behind = value[at + 1..].trim_start();
        let given = behind.chars().take_while(char::is_ascii_graphic).count();
        let label: Vec<&str> = value[..at]
            .split_whitespace()
            .rev()
            .take(LABEL_WORDS)
            .collect();
        let label: Vec<&str> = label.into_iter().rev().collect();
        let label = SecretLabel::of(&label.join(" "));
        given >= SHORTEST_PASSWORD && !behind.contains("://") && words.secret_word(&label).is_some()
    })
}

fn holds_card(value: &str) -> bool {
    numbers(value).iter().any(|groups| {
        let is_whole = is_card(&groups.concat());
        is_whole || (0..groups.len()).any(|start| starts_card(&groups[start..]))
    })
}

/// Groups of digits with nothing but blanks and marks between them.
fn numbers(value: &str) -> Vec<Vec<String>> {
    let is_between = |c: char| c.is_whitespace() || BETWEEN.contains(c);
    let is_other = |c: char| !c.is_ascii_digit() && !is_between(c);
    let numbers = value.split(is_other).map(|number| {
        let groups = number.split(is_between);
        let groups = groups.filter(|group| !group.is_empty());
        groups.map(str::to_string).collect()
    });
    numbers.collect()
}

/// Whether the first groups are a card number, written in groups as cards are.
fn starts_card(groups: &[String]) -> bool {
    let mut digits = String::new();
    for group in groups {
        digits.push_str(group);
        if is_card(&digits) {
            return true;
        }
        if group.len() < CARD_GROUP || digits.len() > LONGEST_CARD {
            return false;
        }
    }
    false
}

/// Whether digits are a card number: one of an issuer, with the right check digit (ISO/IEC 7812).
fn is_card(digits: &str) -> bool {
    (SHORTEST_CARD..=LONGEST_CARD).contains(&digits.len())
        && has_issuer(digits)
        && luhn(digits).is_multiple_of(10)
}

/// Whether a number begins as those of cards do: 3 to 6, 2221 to 2720, and 9 for those of one
/// country. So a date, which begins with 19 or 20, is none.
fn has_issuer(digits: &str) -> bool {
    let range = digits[..CARD_GROUP].parse::<u32>().unwrap_or_default();
    matches!(range, 2221..=2720 | 3000..=6999) || range >= 9000 && digits.len() == 16
}

/// The sum of Luhn's formula.
fn luhn(digits: &str) -> u32 {
    let digits = digits.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let weighted = digits.enumerate().map(|(place, digit)| match place % 2 {
        0 => digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    });
    weighted.sum()
}

fn holds_token(value: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let is_joint = |c: char| c == '-' || c == '_';
    let mut plain = value.split(|c| !is_part(c));
    let mut joined = value.split(|c| !is_part(c) && !is_joint(c));
    plain.any(is_plain_token) || joined.any(|word| is_mixed_token(&word.replace(is_joint, "")))
}

/// Whether a word has letters of one case and digits, in no order.
fn is_plain_token(word: &str) -> bool {
    let digits = word.split(|c: char| !c.is_ascii_digit());
    let runs = digits.filter(|run| !run.is_empty()).count();
    word.len() >= SHORTEST_PLAIN_TOKEN && runs >= DIGIT_RUNS && has_letter(word)
}

fn has_letter(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether a word has capitals, small letters and digits, in no order.
fn is_mixed_token(word: &str) -> bool {
    let count = |is_sort: fn(&u8) -> bool| word.bytes().filter(is_sort).count();
    let sorts: Vec<u8> = word.bytes().map(sort).collect();
    let changes = sorts.windows(2).filter(|pair| pair[0] != pair[1]).count();
    word.len() >= SHORTEST_TOKEN
        && count(u8::is_ascii_uppercase) >= OF_EACH_CASE
        && count(u8::is_ascii_lowercase) >= OF_EACH_CASE
        && count(u8::is_ascii_digit) > 0
        && changes * 100 >= (word.len() - 1) * CHANGES
}

fn sort(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => b'0',
        b'A'..=b'Z' => b'A',
        b'a'..=b'z' => b'a',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(value: &str, expected: Option<Sensitive>) {
        let config = Config::defaults();
        let found = sensitive(value, &config.conventions.fields);
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn card_numbers_are_found_however_they_are_written() {
        for value in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111–1111–1111–1111",
            "４１１１ １１１１ １１１１ １１１１",
            "카드 4111-1111-1111-1111 사용",
            "카드번호5555555555554444",
            "3782 822463 10005",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "4111 1111 1111 1111 12/28",
            "4111 1111 1111 1111 123",
            "010-1234-5678 4111-1111-1111-1111",
            "4222222222222",
            "6011000990139424",
            "9410 1234 5678 9010",
        ] {
            check(value, Some(Sensitive::Card));
        }
    }

    #[test]
    fn keys_tokens_and_named_passwords_are_secrets() {
        for value in [
            "-----BEGIN RSA PRIVATE KEY----- MIIEow",
            "sk_live_51H8abcdEFGH1234",
            "test_sk_zXLkKEypNArWmo50",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN",
            "Bearer abcdefghijkl1234",
            "password: hunter2",
            "관리자 비밀번호: abc123!",
            "상점 PW=1234",
            "API Key： a1b2c3",
        ] {
            check(value, Some(Sensitive::Secret));
        }
        for value in [
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "ItEQKi3rY7uvDS8lItEQKi3rY7uvDS8l",
            "9c1185a5c5e9fc54612808977ee8f548b2258d31",
            "SU5JTElURV9UUklQTEVERVNfS0VZU1RS1x9Q2v==",
        ] {
            check(value, Some(Sensitive::Token));
        }
    }

    #[test]
    fn names_ids_dates_and_telephone_numbers_are_none() {
        for value in [
            "INIpayTest",
            "iamport00m",
            "7WBB3CKT63FRG",
            "T5102001",
            "A010002002",
            "HN3GGCMDdTgGUfl0kFCo",
            "MOI1234567890",
            "store-e4038486-8d83-41a5-acf1-844a009e0d94",
            "channel-key-893597d6-e62d-410f-83f9-119f530b4b11",
            "MyShopChannelRecurringPayment2024",
            "sk_telecom_shop",
            "상점 A (주식회사 가나다)",
            "Sokolov & Sons, 2nd branch",
            "2026-03-01",
            "2026-03-01 2026-04-01",
            "2026-03-01T12:00:00+09:00",
            "010-1234-5678",
            "+82 10 1234 5678 / 02-123-4567",
            "123-45-67890",
            "https://shop.example.com/notify?id=1",
            "비밀번호: 나중에 입력",
            "담당: 홍길동",
            "meeting: tomorrow",
            "Key account shop",
            "4111 1111 1111 1112",
            "1234567890123456",
            "가나다라 ".repeat(39).as_str(),
            "canary7f3a",
        ] {
            check(value, None);
        }
    }
}
