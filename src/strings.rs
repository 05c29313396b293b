//! String tables: every word the program says to people, in every language.
//!
//! A table is a flat YAML map under `strings/<language>/`. Placeholders are written `{name}`.

use std::collections::BTreeMap;

use crate::config::Language;
use crate::diagnostic::Message;

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

/// The tables of one language.
#[derive(Debug, Clone)]
pub struct Strings {
    site: BTreeMap<String, String>,
    checklist: BTreeMap<String, String>,
    pages: BTreeMap<String, String>,
    sheet: BTreeMap<String, String>,
    messages: BTreeMap<String, String>,
    cli: BTreeMap<String, String>,
}

impl Strings {
    /// The tables of `language`.
    pub fn load(language: Language) -> Self {
        let [site, checklist, pages, sheet, messages, cli] = match language {
            Language::Ko => KO,
            Language::En => EN,
        };
        let read = |table| {
            serde_yaml::from_str(table).expect("the embedded tables are valid, a test reads them")
        };
        Self {
            site: read(site),
            checklist: read(checklist),
            pages: read(pages),
            sheet: read(sheet),
            messages: read(messages),
            cli: read(cli),
        }
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
        let template = self.messages.get(&message.key).unwrap_or(&message.key);
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
        self.messages
            .contains_key(&message.key)
            .then(|| self.message(message))
    }

    /// A sentence of the command line with its values.
    pub fn cli(&self, key: &str, values: &[(&str, &str)]) -> String {
        let template = self.cli.get(key).map_or(key, String::as_str);
        fill(template, values.iter().copied())
    }

    /// A word of a sheet's data; empty when the table lacks it.
    pub fn sheet(&self, key: &str) -> &str {
        self.sheet.get(key).map_or("", String::as_str)
    }

    /// A word of the site's pages; empty when the table lacks it.
    pub fn page(&self, key: &str) -> &str {
        self.pages
            .get(key)
            .or_else(|| self.site.get(key))
            .map_or("", String::as_str)
    }
}

fn fill<'v>(template: &str, values: impl Iterator<Item = (&'v str, &'v str)>) -> String {
    let mut text = template.to_string();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
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
                &strings.messages,
                &strings.cli,
            ];
            tables.map(|table| table.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(keys(&ko), keys(&en));
    }

    #[test]
    fn placeholders_are_filled() {
        let strings = Strings::load(Language::En);
        let message = Message::new("unknown-component").with("name", "Calout");
        assert!(strings.message(&message).contains("`Calout`"));
    }
}
