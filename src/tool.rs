//! Reads the files of documentation tools as data: text → values → entries of the navigation.
//! Which files there are is a preset's data; nothing in them is run.

mod folder;
mod summary;
mod tree;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::config::navigation::{FolderList, NavigationEntry};
use crate::config::tool::{NavigationFile, NavigationForm};
use crate::literal::{Value, read, script, toml, yaml};

pub use crate::tool::folder::folder_list;

/// Most bytes of a tool's file that are read.
pub const MAX_TOOL_FILE_BYTES: u64 = 8 << 20;

/// A file of a tool. It is parsed once, however many questions it answers.
pub struct ToolText {
    name: String,
    text: String,
    whole: OnceCell<Option<Value>>,
}

impl ToolText {
    /// A file with its name, whose ending says how it is written.
    pub fn new(name: &str, text: String) -> Self {
        Self {
            name: name.to_string(),
            text,
            whole: OnceCell::new(),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entries of a navigation file; `None` where it is no data, but code.
    pub fn entries(&self, file: &NavigationFile) -> Option<Vec<NavigationEntry>> {
        let entries = match file.form {
            NavigationForm::Summary => summary::entries(&self.text),
            NavigationForm::Tree => tree::entries(&*self.at(&file.at)?),
            NavigationForm::Folder => return None,
        };
        Some(entries).filter(|entries| !entries.is_empty())
    }

    /// What it says about its folder; `None` where it is no data, but code.
    pub fn folder_list(&self) -> Option<FolderList> {
        folder_list(self.whole()?)
    }

    /// A setting, by the path of its key.
    pub fn setting(&self, at: &str) -> Option<String> {
        let mut setting = self.whole()?;
        for key in at.split('.') {
            setting = setting.get(key)?;
        }
        setting.as_str().map(str::to_string)
    }

    /// The value at a key, or the whole where it is empty; in a script, wherever the key is.
    fn at(&self, key: &str) -> Option<Cow<'_, Value>> {
        if key.is_empty() {
            return self.whole().map(Cow::Borrowed);
        }
        let found = self.whole().and_then(|whole| whole.get(key));
        if !self.is_script() {
            return found.map(Cow::Borrowed);
        }
        let found = found.filter(|value| is_collection(value));
        let elsewhere = || script::under_key(&self.text, key).map(Cow::Owned);
        found.map(Cow::Borrowed).or_else(elsewhere)
    }

    /// The value of the whole file; `None` where it is no data.
    fn whole(&self) -> Option<&Value> {
        let whole = self.whole.get_or_init(|| self.parsed());
        whole.as_ref()
    }

    fn parsed(&self) -> Option<Value> {
        let whole = match self.ending() {
            "yml" | "yaml" => yaml::read(&self.text).ok()?,
            "toml" => toml::read(&self.text).ok()?,
            "json" | "jsonc" | "json5" => read(&self.text),
            _ => script::exported(&self.text).filter(is_collection)?,
        };
        Some(whole).filter(|whole| !matches!(whole, Value::Unread(_)))
    }

    fn is_script(&self) -> bool {
        !matches!(
            self.ending(),
            "yml" | "yaml" | "toml" | "json" | "jsonc" | "json5"
        )
    }

    fn ending(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or_default()
    }
}

fn is_collection(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_answers_every_question() {
        let check = |name: &str, text: &str, at: &str, expected: Option<&str>| {
            let file = ToolText::new(name, text.to_string());
            assert_eq!(file.setting(at).as_deref(), expected, "{text}");
            let first = file.whole().map(std::ptr::from_ref);
            assert_eq!(file.setting(at).as_deref(), expected, "{text}");
            assert_eq!(file.whole().map(std::ptr::from_ref), first);
        };
        check("a.yml", "a: {b: c}", "a.b", Some("c"));
        check("a.toml", "[a]\nb = 'c'", "a.b", Some("c"));
        check("a.json", "{\"a\": 1}", "a", None);
        check("a.ts", "export default {a: 'b'}", "a", Some("b"));
        check("a.ts", "export default f", "a", None);
    }

    #[test]
    fn list_in_a_script_is_found_wherever_it_is() {
        let file = NavigationFile {
            file: "a.js".to_string(),
            form: NavigationForm::Tree,
            at: "sidebar".to_string(),
        };
        let check = |text: &str, expected: usize| {
            let found = ToolText::new("a.js", text.to_string()).entries(&file);
            assert_eq!(found.unwrap_or_default().len(), expected, "{text}");
        };
        check("export default {sidebar: ['a', 'b']}", 2);
        check("export default f({x: {sidebar: ['a', 'b', 'c']}})", 3);
        check("export default {sidebar: 'a'}", 0);
    }
}
