//! Words that name secrets: a project's own, and those that name one in every project.
//!
//! A label is compared as it is read and not as it is spelt: in one width of letters, without case and
//! without what cannot be seen, and letters that look the same are the same. `ＡＰＩ Ｋｅｙ`, `api-key`,
//! `ApiKey` and one with a Cyrillic `А` are the same.

use std::borrow::Cow;

use memchr::memchr;
use serde::Deserialize;

use crate::normal::{look, visible};

/// Words under every preset.
const ALWAYS: &str = include_str!("../presets/secrets.yaml");

/// Words in the order in which they are looked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct SecretWords {
    written: Vec<String>,
    /// The letters and digits of each, as they are compared; a word without any is found nowhere.
    looks: Vec<Look>,
}

impl From<Vec<String>> for SecretWords {
    fn from(written: Vec<String>) -> Self {
        let looks = written.iter().map(|word| Look::of(&letters(word)));
        let looks = looks.collect();
        Self { written, looks }
    }
}

impl SecretWords {
    /// The words as they are configured.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether one of them ends in these small letters.
    pub fn has_ending(&self, ending: &str) -> bool {
        let mut written = self.written.iter();
        written.any(|word| letters(word).to_lowercase().ends_with(ending))
    }

    /// The first word that a label contains, between other letters too.
    pub fn find_in(&self, label: &SecretLabel) -> Option<&str> {
        self.find(|word| label.letters.holds(word))
    }

    /// The first word that is one of a label's, or their plural.
    pub fn find_among(&self, label: &SecretLabel) -> Option<&str> {
        self.find(|word| label.words.iter().any(|own| own.is_one_or_more(word)))
    }

    fn find(&self, is_it: impl Fn(&Look) -> bool) -> Option<&str> {
        let mut looks = self.looks.iter();
        let at = looks.position(|word| !word.small.is_empty() && is_it(word))?;
        Some(&self.written[at])
    }
}

/// What letters look like. Some are alike as capitals only and others as small letters only, so both
/// are compared.
#[derive(Debug, Clone, Default, PartialEq)]
struct Look {
    small: String,
    capital: String,
}

impl Look {
    fn of(letters: &str) -> Self {
        let (small, capital) = (letters.to_lowercase(), letters.to_uppercase());
        let look_small = look(&small);
        Self {
            capital: match small == capital {
                true => look_small.clone(),
                false => look(&capital),
            },
            small: look_small,
        }
    }

    fn holds(&self, word: &Self) -> bool {
        is_in(&word.small, &self.small) || is_in(&word.capital, &self.capital)
    }

    /// Whether it is a word, or that with an `s` after it.
    fn is_one_or_more(&self, word: &Self) -> bool {
        let is_end = |rest: &str| matches!(rest, "" | "s" | "S");
        let small = self.small.strip_prefix(&word.small);
        let capital = self.capital.strip_prefix(&word.capital);
        small.is_some_and(is_end) || capital.is_some_and(is_end)
    }

    fn without(&self, word: &Self) -> Self {
        Self {
            small: self.small.replace(&word.small, GAP),
            capital: self.capital.replace(&word.capital, GAP),
        }
    }
}

/// Whether a word is in a text; most are not, as their last byte tells.
fn is_in(word: &str, text: &str) -> bool {
    let last = word.as_bytes().last();
    let has_last = last.is_none_or(|last| memchr(*last, text.as_bytes()).is_some());
    has_last && text.contains(word)
}

/// Placeholder for a removed word: what is before it and after it do not form a word.
const GAP: &str = " ";

/// Words that name a secret in every project.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlwaysSecret {
    parts: SecretWords,
    words: SecretWords,
    literals: Vec<String>,
    public: SecretWords,
    /// What may have a name that is written down.
    named: Vec<NamedSecret>,
}

/// Secrets whose name, or whose id, is none.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedSecret {
    /// Last words of a label, in lower case.
    endings: Vec<String>,
    /// The words directly before that.
    of: Vec<String>,
}

impl AlwaysSecret {
    /// The embedded list.
    pub fn load() -> Self {
        serde_yaml::from_str(ALWAYS).expect("the embedded words are valid, a test reads them")
    }

    /// The word that makes a label secret.
    pub fn find(&self, label: &SecretLabel) -> Option<&str> {
        let part = self.parts.find_in(label);
        part.or_else(|| self.words.find_among(label))
    }

    /// For a label that ends in the name or the id of a secret, `API token name`, its words before
    /// that, `API`, and the ending. It is no secret if nothing else in it names one.
    pub fn named(&self, label: &SecretLabel) -> Option<(SecretLabel, &str)> {
        let (last, before) = label.runs.split_last()?;
        let (secret, before) = before.split_last()?;
        let mut named = self.named.iter();
        let ending = named.find_map(|one| {
            let ending = one.endings.iter().find(|ending| *ending == last)?;
            one.of.contains(secret).then_some(ending.as_str())
        })?;
        Some((SecretLabel::of(&before.join(" ")), ending))
    }

    /// A label without the words that contain one of these and name no secret.
    pub fn without_public<'l>(&self, label: &'l SecretLabel) -> Cow<'l, SecretLabel> {
        let held = self.public.looks.iter();
        let held: Vec<&Look> = held.filter(|word| label.letters.holds(word)).collect();
        if held.is_empty() {
            return Cow::Borrowed(label);
        }
        let without = |letters: Look, word: &&Look| letters.without(word);
        Cow::Owned(SecretLabel {
            letters: held.iter().fold(label.letters.clone(), without),
            words: label.words.clone(),
            runs: label.runs.clone(),
        })
    }

    /// Words before a colon that make the text after it a secret.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }
}

/// A label as it is compared.
#[derive(Debug, Clone)]
pub struct SecretLabel {
    /// All its letters and digits, without what is between them.
    letters: Look,
    /// Its words in lower case and in order, as they are between blanks and marks.
    runs: Vec<String>,
    /// Its words, more than one for a word that is several: `APIKey2` gives `apikey2`, `apikey`, `2`, `api` and `key`.
    words: Vec<Look>,
}

impl SecretLabel {
    /// Reads a label.
    pub fn of(label: &str) -> Self {
        let text = visible(label);
        let runs = text.split(|c: char| !c.is_alphanumeric());
        let runs: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
        let mut words: Vec<String> = runs.iter().map(|run| run.to_string()).collect();
        for run in &runs {
            let by_script = pieces(run, is_other_script);
            let by_word = pieces(run, is_other_word);
            // A run that is one piece is among the words, and so are pieces that are the same.
            if by_word.len() > by_script.len() {
                words.extend(by_word);
            }
            if by_script.len() > 1 {
                words.extend(by_script);
            }
        }
        words.extend(spelt(&runs));
        let words: Vec<Look> = words.iter().map(|word| Look::of(word)).collect();
        Self {
            letters: match runs.as_slice() {
                [_] => words[0].clone(),
                _ => Look::of(&runs.concat()),
            },
            words,
            runs: runs.iter().map(|run| run.to_lowercase()).collect(),
        }
    }
}

fn letters(text: &str) -> String {
    let text = visible(text);
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Kinds of characters in a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Capital,
    Small,
    Digit,
    /// A letter of a script without capitals.
    Other,
}

impl Sort {
    fn of(character: char) -> Self {
        match character {
            _ if character.is_numeric() => Self::Digit,
            _ if character.is_uppercase() => Self::Capital,
            _ if character.is_lowercase() => Self::Small,
            _ => Self::Other,
        }
    }
}

/// Whether another script or a number begins: `PIN번호`.
///                                             ^
fn is_other_script(before: Sort, own: Sort, _next: Option<Sort>) -> bool {
    let script = |sort| match sort {
        Sort::Capital | Sort::Small => Sort::Small,
        other => other,
    };
    script(before) != script(own)
}

/// Whether another word begins as well: `privateKey`, `APIKey`.
///                                              ^      ^
fn is_other_word(before: Sort, own: Sort, next: Option<Sort>) -> bool {
    let is_last_capital = (before, own, next) == (Sort::Capital, Sort::Capital, Some(Sort::Small));
    is_other_script(before, own, next)
        || is_last_capital
        || (before, own) == (Sort::Small, Sort::Capital)
}

/// The pieces of a word.
fn pieces(word: &str, begins: fn(Sort, Sort, Option<Sort>) -> bool) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let sort = |at: usize| letters.get(at).copied().map(Sort::of);
    let mut pieces = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(sort);
        if let (Some(before), Some(own)) = (before, sort(at))
            && begins(before, own, sort(at + 1))
        {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(*letter);
        }
    }
    pieces
}

/// Words that are spelt letter by letter: `P.I.N.`
fn spelt(runs: &[&str]) -> Vec<String> {
    let is_letter = |run: &&str| run.chars().count() == 1;
    let groups = runs.chunk_by(|one, other| is_letter(one) && is_letter(other));
    let groups = groups.filter(|group| group.len() > 1);
    groups.map(|group| group.concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, expected: Option<&str>) {
        let found = AlwaysSecret::load();
        assert_eq!(found.find(&SecretLabel::of(label)), expected, "{label}");
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        for (label, word) in [
            ("private-key", "private key"),
            ("PrivateKey", "private key"),
            ("PRIVATE_KEY", "private key"),
            ("ＡＰＩ Ｋｅｙ", "api key"),
            ("Pass\u{200b}word", "password"),
            ("pass\u{ad}phrase", "passphrase"),
            ("비밀\u{2060}번호", "비밀번호"),
            ("비 밀 번 호가", "비밀번호"),
            ("인증서 비밀번호", "비밀번호"),
            ("시크릿키", "시크릿"),
            ("PIN", "pin"),
            ("PIN번호", "pin"),
            ("P.I.N.", "pin"),
            ("merchantPin", "pin"),
            ("OTPs", "otp"),
            ("otp_2", "otp"),
            ("APIIV", ""),
            ("API IV", "iv"),
            ("SaltValue", "salt"),
            ("암호화 키", "암호"),
            ("API 키", "키"),
            ("p\u{430}ssword", "password"),
            ("\u{420}IN", "pin"),
            ("\u{3a1}\u{399}\u{39d}", "pin"),
            ("\u{41e}\u{422}\u{420}", "otp"),
            ("\u{455}\u{435}cret", "secret"),
            ("P1N", "pin"),
            ("PASSW0RD", "password"),
            ("CONTRASEÑA", "contraseña"),
            ("Mot-de-passe", "mot de passe"),
        ] {
            check(label, Some(word).filter(|word| !word.is_empty()));
        }
    }

    #[test]
    fn short_words_are_no_part_of_others() {
        for label in [
            "Shipping",
            "Option",
            "Options",
            "Pinterest",
            "Basalt",
            "Keyword",
            "Monkey",
            "Native",
            "키오스크",
            "Passport",
            "상점 아이디",
            "",
        ] {
            check(label, None);
        }
    }

    #[test]
    fn a_word_without_letters_is_found_nowhere() {
        let words = SecretWords::from(vec!["-".to_string(), String::new()]);
        assert_eq!(words.find_in(&SecretLabel::of("a-b")), None);
    }
}
