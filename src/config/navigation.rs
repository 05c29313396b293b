//! A navigation as a list: what `navigation:` in `tickbook.yaml` says, and what the files of tools
//! are read into.

use serde::Deserialize;

/// An entry: a page, a group of entries, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct NavigationEntry {
    /// Its title; empty for the page's own.
    pub title: String,
    /// Path, address or id of its page; empty for a group without one.
    pub page: String,
    /// Folder of the content whose pages follow in the folder's order; empty for none.
    pub folder: String,
    /// Its entries.
    pub pages: Vec<NavigationEntry>,
}

/// An entry as it is written: a path alone, or a map.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Page(String),
    Entry(Entry),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    title: String,
    page: String,
    folder: String,
    pages: Vec<NavigationEntry>,
}

impl From<Written> for NavigationEntry {
    fn from(written: Written) -> Self {
        match written {
            Written::Page(page) => Self {
                page,
                ..Self::default()
            },
            Written::Entry(Entry {
                title,
                page,
                folder,
                pages,
            }) => Self {
                title,
                page,
                folder,
                pages,
            },
        }
    }
}

/// What a file says about the folder that contains it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FolderList {
    /// Title of the folder; empty where the file has none.
    pub title: String,
    /// Position of the folder among others.
    pub order: Option<f64>,
    /// Names of files and folders in order, with their titles; an empty title is the page's own.
    pub entries: Vec<(String, String)>,
    /// Names that are in no navigation.
    pub hidden: Vec<String>,
}

impl FolderList {
    /// The position of a name in the list.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|(entry, _)| entry == name)
    }

    /// The title that the list gives to a name.
    pub fn title_of(&self, name: &str) -> Option<&str> {
        let mut entries = self.entries.iter();
        let entry = entries.find(|(entry, _)| entry == name);
        entry.map(|(_, title)| title.as_str())
    }
}

/// Most nested levels of a navigation that are read.
pub const MAX_LEVELS: usize = 16;
