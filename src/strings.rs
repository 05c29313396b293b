//! String tables: every word the program says to people, in every language.
//!
//! A table is a flat YAML map under `strings/<language>/`. Placeholders are written `{name}`. Where
//! a Korean particle depends on the sound that a value ends in, `{name|a|b}` is the value with `a`
//! after a final consonant and `b` after a vowel; after what has no certain reading, `a(b)`.
//! `{name:one|other}` is a number with the form of a noun that fits it: `1 file`, `2 files`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::config::Language;
use crate::diagnostic::Message;
use crate::hangul::{RIEUL, last_sound};

const KO: [&str; 6] = [
    include_str!("strings/ko/site.yaml"),
    include_str!("strings/ko/checklist.yaml"),
    include_str!("strings/ko/pages.yaml"),
    include_str!("strings/ko/sheet.yaml"),
    include_str!("strings/ko/messages.yaml"),
    include_str!("strings/ko/cli.yaml"),
];

const EN: [&str; 6] = [
    include_str!("strings/en/site.yaml"),
    include_str!("strings/en/checklist.yaml"),
    include_str!("strings/en/pages.yaml"),
    include_str!("strings/en/sheet.yaml"),
    include_str!("strings/en/messages.yaml"),
    include_str!("strings/en/cli.yaml"),
];

const KO_RULES: [&str; 8] = [
    include_str!("strings/ko/rules/allows.yaml"),
    include_str!("strings/ko/rules/components.yaml"),
    include_str!("strings/ko/rules/frontmatter.yaml"),
    include_str!("strings/ko/rules/links.yaml"),
    include_str!("strings/ko/rules/procedure.yaml"),
    include_str!("strings/ko/rules/reader.yaml"),
    include_str!("strings/ko/rules/structure.yaml"),
    include_str!("strings/ko/rules/text.yaml"),
];

const EN_RULES: [&str; 8] = [
    include_str!("strings/en/rules/allows.yaml"),
    include_str!("strings/en/rules/components.yaml"),
    include_str!("strings/en/rules/frontmatter.yaml"),
    include_str!("strings/en/rules/links.yaml"),
    include_str!("strings/en/rules/procedure.yaml"),
    include_str!("strings/en/rules/reader.yaml"),
    include_str!("strings/en/rules/structure.yaml"),
    include_str!("strings/en/rules/text.yaml"),
];

/// The tables of one language.
#[derive(Debug, Clone)]
pub struct Strings {
    site: BTreeMap<String, String>,
    checklist: BTreeMap<String, String>,
    pages: BTreeMap<String, String>,
    sheet: BTreeMap<String, String>,
    /// Read when the first finding is reported: most builds have none, and the tables are long.
    messages: OnceLock<BTreeMap<String, String>>,
    language: Language,
    cli: BTreeMap<String, String>,
    /// The tables of the other language, read when a page is in it.
    other: OnceLock<Box<Strings>>,
}

impl Strings {
    /// The tables of `language`.
    pub fn load(language: Language) -> Self {
        let [site, checklist, pages, sheet, _, cli] = match language {
            Language::Ko => KO,
            Language::En => EN,
        };
        Self {
            site: read(site),
            checklist: read(checklist),
            pages: read(pages),
            sheet: read(sheet),
            messages: OnceLock::new(),
            language,
            cli: read(cli),
            other: OnceLock::new(),
        }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The tables of a language, which may be these.
    pub fn in_language(&self, language: Language) -> &Self {
        match language == self.language {
            true => self,
            false => self.other.get_or_init(|| Box::new(Self::load(language))),
        }
    }

    fn messages(&self) -> &BTreeMap<String, String> {
        self.messages.get_or_init(|| {
            let ([.., messages, _], rules) = match self.language {
                Language::Ko => (KO, KO_RULES),
                Language::En => (EN, EN_RULES),
            };
            rules.into_iter().chain([messages]).flat_map(read).collect()
        })
    }

    /// Words that templates use by name.
    pub fn templates(&self) -> BTreeMap<&str, &str> {
        let words = self.site.iter().chain(&self.checklist);
        words
            .map(|(key, word)| (key.as_str(), word.as_str()))
            .collect()
    }

    /// A diagnostic's sentence; the key itself when the table lacks it.
    pub fn message(&self, message: &Message) -> String {
        let template = self.messages().get(&message.key).unwrap_or(&message.key);
        fill(
            template,
            message
                .values
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        )
    }

    /// A sentence, or `None` when the table lacks it: not every rule has a help.
    pub fn help(&self, message: &Message) -> Option<String> {
        self.messages()
            .contains_key(&message.key)
            .then(|| self.message(message))
    }

    /// A sentence of the command line with its values. Names among them may contain line feeds, and
    /// the sentence is one line.
    pub fn cli(&self, key: &str, values: &[(&str, &str)]) -> String {
        let template = self.cli.get(key).map_or(key, String::as_str);
        let value = |value: &str| value.replace(['\n', '\r'], " ");
        let values: Vec<_> = values
            .iter()
            .map(|(name, own)| (*name, value(own)))
            .collect();
        fill(template, values.iter().map(|(name, own)| (*name, &**own)))
    }

    /// A word of a sheet's data; empty when the table lacks it.
    pub fn sheet(&self, key: &str) -> &str {
        self.sheet.get(key).map_or("", String::as_str)
    }

    /// A word that is printed on sheets; empty when the table lacks it.
    pub fn checklist(&self, key: &str) -> &str {
        self.checklist.get(key).map_or("", String::as_str)
    }

    /// A text of a sheet's data with its values; empty when the table lacks it.
    pub fn sheet_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.sheet(key), values.iter().copied())
    }

    /// A word of the site's pages; empty when the table lacks it.
    pub fn page(&self, key: &str) -> &str {
        self.pages
            .get(key)
            .or_else(|| self.site.get(key))
            .map_or("", String::as_str)
    }
}

/// An embedded table; one that contains only comments is empty.
fn read(table: &str) -> BTreeMap<String, String> {
    let table: Option<_> =
        serde_yaml::from_str(table).expect("the embedded tables are valid, a test reads them");
    table.unwrap_or_default()
}

fn fill<'v>(template: &str, values: impl Iterator<Item = (&'v str, &'v str)>) -> String {
    let mut text = template.to_string();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
        text = fill_forms(&text, &format!("{{{name}|"), |consonant, vowel| {
            with_particle(value, consonant, vowel)
        });
        text = fill_forms(&text, &format!("{{{name}:"), |one, other| {
            format!("{value} {}", if value == "1" { one } else { other })
        });
    }
    text
}

/// The template with `choose(a, b)` for each `a|b}` that follows `open`.
fn fill_forms(template: &str, open: &str, choose: impl Fn(&str, &str) -> String) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once(open) {
        let Some((forms, after)) = behind.split_once('}') else {
            break;
        };
        let (first, second) = forms.split_once('|').unwrap_or((forms, forms));
        text.push_str(before);
        text.push_str(&choose(first, second));
        rest = after;
    }
    text + rest
}

/// A value with the particle that its last sound asks for; a mark the value is in is part of
/// the particle.
fn with_particle(value: &str, consonant: &str, vowel: &str) -> String {
    let mark = |particle: &str| particle.starts_with('`');
    let sound = last_sound(value.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let is_short = consonant.trim_start_matches('`').chars().count()
        > vowel.trim_start_matches('`').chars().count();
    match sound {
        Some(0) => format!("{value}{vowel}"),
        // The particle that only adds a vowel leaves it out after rieul.
        Some(RIEUL) if is_short => format!("{value}{vowel}"),
        Some(_) => format!("{value}{consonant}"),
        None => {
            let tick = if mark(consonant) { "`" } else { "" };
            let (a, b) = (
                consonant.trim_start_matches('`'),
                vowel.trim_start_matches('`'),
            );
            match a.strip_suffix(b) {
                Some(first) if !first.is_empty() => format!("{value}{tick}({first}){b}"),
                _ => format!("{value}{tick}{a}({b})"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_entries() {
        let (ko, en) = (Strings::load(Language::Ko), Strings::load(Language::En));
        let keys = |strings: &Strings| {
            let tables = [
                &strings.site,
                &strings.checklist,
                strings.messages(),
                &strings.cli,
            ];
            tables.map(|table| table.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(keys(&ko), keys(&en));
    }

    #[test]
    fn placeholders_hold_their_particles() {
        for strings in [Strings::load(Language::Ko), Strings::load(Language::En)] {
            let tables = [
                &strings.site,
                &strings.checklist,
                &strings.pages,
                strings.messages(),
                &strings.cli,
            ];
            for (key, text) in tables.into_iter().flatten() {
                assert!(!text.contains("}|"), "{key}: {text}");
            }
        }
    }

    fn all(strings: &Strings) -> impl Iterator<Item = (&String, &String)> {
        let tables = [
            &strings.site,
            &strings.checklist,
            &strings.pages,
            &strings.sheet,
            strings.messages(),
            &strings.cli,
        ];
        tables.into_iter().flatten()
    }

    #[test]
    fn code_in_a_sentence_is_closed() {
        for strings in [Strings::load(Language::Ko), Strings::load(Language::En)] {
            for (key, text) in all(&strings) {
                let forms = text.matches("|`").count() / 2;
                let marks = text.matches('`').count() - forms;
                assert_eq!(marks % 2, 0, "{key}: {text}");
            }
        }
    }

    #[test]
    fn no_word_is_of_one_trade() {
        for strings in [Strings::load(Language::Ko), Strings::load(Language::En)] {
            for (key, text) in all(&strings) {
                let text = text.to_lowercase();
                let found = ["merchant", "payment", "고객사", "상점", "결제"]
                    .into_iter()
                    .find(|word| text.contains(word));
                assert_eq!(found, None, "{key}: {text}");
            }
        }
    }

    #[test]
    fn placeholders_are_filled() {
        let strings = Strings::load(Language::En);
        let message = Message::new("unknown-component").with("name", "Calout");
        assert!(strings.message(&message).contains("`Calout`"));
    }

    #[test]
    fn nouns_follow_their_number() {
        let check = |value, expected| {
            let text = fill("fixed {n:file|files}", [("n", value)].into_iter());
            assert_eq!(text, expected);
        };
        check("0", "fixed 0 files");
        check("1", "fixed 1 file");
        check("11", "fixed 11 files");
    }

    #[test]
    fn particles_follow_the_sound_of_the_value() {
        let check = |value, expected| {
            let text = fill("`{v|`을|`를} {v|으로|로}", [("v", value)].into_iter());
            assert_eq!(text, expected);
        };
        check("값", "`값`을 값으로");
        check("모드", "`모드`를 모드로");
        check("채널", "`채널`을 채널로");
        check("V1", "`V1`을 V1로");
        check("API", "`API`을(를) API(으)로");
    }
}
