//! Addresses of the HTML pages of a site: pages of documents, categories, topics and checklists,
//! and former addresses, which redirect.
//!
//! An address is a path below the site's root. This module is the only one that knows how the paths
//! of a page and of the files beside it are derived from each other:
//!
//! ```text
//! channels/kg.html                     the page: what is written, linked to, and listed in the lock
//! channels/kg                          its stem
//! kg                                   its name
//! channels                             its folder
//! channels/kg.md                       its twin
//! checklists/channels/kg/a-live.html   the page of its checklist `a-live`
//! checklists/channels/kg/a-live.pdf    that checklist in print
//! ```
//!
//! Whether a name may be part of an address is decided where it is read, in `model::page` and
//! `model::address`.

use std::borrow::Borrow;
use std::fmt;

use serde::Serialize;

/// Path of the home page.
pub const HOME: &str = "index.html";

/// Path of the list of all checklists.
pub const OVERVIEW: &str = "checklists/index.html";

/// Path of the page for addresses that lead nowhere.
pub const NOT_FOUND: &str = "404.html";

/// Folder of all checklists.
const CHECKLISTS: &str = "checklists/";

/// What the path of every page ends in.
const ENDING: &str = ".html";

/// The address of a page. It compares, sorts, hashes and is serialized as its path, so a map of
/// addresses can be searched with a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PageAddress {
    /// Always ends in [`ENDING`]. Kept with the ending because lists are sorted by the whole path:
    /// `a-b.html` comes before `a.html`, but `a` before `a-b`.
    file: String,
}

impl PageAddress {
    /// The address with this stem, which may be any path without an ending.
    pub fn of_stem(stem: &str) -> Self {
        let file = format!("{stem}{ENDING}");
        Self { file }
    }

    /// The address of the page `name`, without an ending, in a folder; an empty folder is the root.
    pub fn in_folder(folder: &str, name: &str) -> Self {
        match folder.strip_suffix('/').unwrap_or(folder) {
            "" => Self::of_stem(name),
            folder => Self::of_stem(&format!("{folder}/{name}")),
        }
    }

    /// The address of the page that is shown for a folder.
    pub fn index_of(folder: &str) -> Self {
        Self::in_folder(folder, "index")
    }

    /// The address that a path means, where the ending may be left out.
    pub fn parse(path: &str) -> Self {
        Self::of_stem(without_ending(path))
    }

    /// Path of the page.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Path of the page without its ending.
    pub fn stem(&self) -> &str {
        without_ending(&self.file)
    }

    /// Last part of the stem.
    pub fn name(&self) -> &str {
        last_part(&self.file)
    }

    /// Folder of the page, without `/` at its end; empty for the root.
    pub fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Path of the Markdown version of the page.
    pub fn twin(&self) -> String {
        format!("{}.md", self.stem())
    }

    /// Path of the printed version of the page, where it is a checklist.
    pub fn print(&self) -> String {
        format!("{}.pdf", self.stem())
    }

    /// The path as file systems compare it that ignore case.
    pub fn folded(&self) -> String {
        self.file.to_lowercase()
    }

    /// Address of a checklist of the guide at this address; its name is without an ending.
    pub fn checklist(&self, name: &str) -> Self {
        Self::of_stem(&format!("{CHECKLISTS}{}/{name}", self.stem()))
    }

    /// Address of the guide whose checklist is at this address; `None` for other pages.
    pub fn guide(&self) -> Option<Self> {
        let (guide, _) = self.file.strip_prefix(CHECKLISTS)?.rsplit_once('/')?;
        Some(Self::of_stem(guide))
    }

    /// The stem of a checklist without the folder of all checklists.
    pub fn stem_in_checklists(&self) -> &str {
        let stem = self.stem();
        stem.strip_prefix(CHECKLISTS).unwrap_or(stem)
    }
}

impl fmt::Display for PageAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)
    }
}

impl Borrow<str> for PageAddress {
    fn borrow(&self) -> &str {
        &self.file
    }
}

/// Whether a file of the output is a page.
pub fn is_page(path: &str) -> bool {
    path.ends_with(ENDING)
}

/// Last part of a path, without the ending of a page.
pub fn last_part(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    without_ending(last)
}

/// A path without the ending of a page.
pub(super) fn without_ending(path: &str) -> &str {
    path.strip_suffix(ENDING).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_page_are_derived_from_its_address() {
        for (written, file, stem, name, folder, twin) in [
            ("kg", "kg.html", "kg", "kg", "", "kg.md"),
            ("a/kg.html", "a/kg.html", "a/kg", "kg", "a", "a/kg.md"),
            ("a/v1.2", "a/v1.2.html", "a/v1.2", "v1.2", "a", "a/v1.2.md"),
            ("가/나.html", "가/나.html", "가/나", "나", "가", "가/나.md"),
        ] {
            let address = PageAddress::parse(written);
            assert_eq!(address.file(), file);
            assert_eq!(address.stem(), stem);
            assert_eq!(address.name(), name);
            assert_eq!(address.folder(), folder);
            assert_eq!(address.twin(), twin);
        }
    }

    #[test]
    fn a_name_that_itself_ends_like_a_page_is_kept() {
        let address = PageAddress::of_stem("a.html");
        assert_eq!(address.file(), "a.html.html");
        assert_eq!(address.stem(), "a.html");
        assert_eq!(address.twin(), "a.html.md");
        let checklist = address.checklist("b-live");
        assert_eq!(checklist.file(), "checklists/a.html/b-live.html");
        assert_eq!(checklist.guide(), Some(address));
    }

    #[test]
    fn address_of_a_checklist_names_its_guide() {
        let guide = PageAddress::of_stem("channels/kg");
        let checklist = guide.checklist("a-live");
        assert_eq!(checklist.file(), "checklists/channels/kg/a-live.html");
        assert_eq!(checklist.print(), "checklists/channels/kg/a-live.pdf");
        assert_eq!(checklist.stem_in_checklists(), "channels/kg/a-live");
        assert_eq!(checklist.guide().as_ref(), Some(&guide));
        assert_eq!(PageAddress::parse(OVERVIEW).guide(), None);
        assert_eq!(guide.guide(), None);
    }

    #[test]
    fn folder_of_all_checklists_is_left_out_once() {
        for (guide, stem) in [("a", "a/x"), ("checklists/a", "checklists/a/x")] {
            let checklist = PageAddress::of_stem(guide).checklist("x");
            assert_eq!(checklist.stem_in_checklists(), stem);
        }
    }

    #[test]
    fn folders_are_named_with_or_without_a_slash() {
        for (folder, expected) in [
            ("", HOME),
            ("checklists", OVERVIEW),
            ("checklists/", OVERVIEW),
        ] {
            assert_eq!(PageAddress::index_of(folder).file(), expected);
        }
    }

    #[test]
    fn addresses_sort_and_serialize_as_paths() {
        let mut sorted = ["a", "a-b"].map(PageAddress::of_stem);
        sorted.sort();
        let json = serde_json::to_string(&sorted).unwrap();
        assert_eq!(json, r#"["a-b.html","a.html"]"#);
    }
}
