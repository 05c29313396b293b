//! Files of the content folder that a wrong address almost names.

use std::collections::{BTreeSet, HashMap};

use crate::model::site::Site;
use crate::source::FileId;

/// Endings of addresses that are pages.
const PAGE_ENDINGS: [&str; 3] = ["html", "md", "mdx"];

/// The files of a site, ready to be asked.
#[derive(Debug)]
pub(super) struct Files<'a> {
    site: &'a Site,
    /// Paths by themselves in lower case.
    by_path: HashMap<String, &'a str>,
    /// Paths by their names in lower case; `None` where several files have the name.
    by_name: HashMap<String, Option<&'a str>>,
    /// Folders directly below the content folder that contain a file.
    folders: BTreeSet<&'a str>,
}

/// What an address that names no file almost names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    /// The right address, written as the wrong one is where that can be done.
    pub url: String,
    /// Whether it differs from the wrong one in nothing but the case of its letters.
    pub is_same_but_case: bool,
}

impl<'a> Files<'a> {
    /// Lists the files of a site.
    pub fn of(site: &'a Site) -> Self {
        let mut files = Self {
            site,
            by_path: HashMap::new(),
            by_name: HashMap::new(),
            folders: BTreeSet::new(),
        };
        for path in site.assets.keys() {
            files.by_path.insert(path.to_lowercase(), path);
            let named = files.by_name.entry(name(path).to_lowercase());
            named
                .and_modify(|other| *other = None)
                .or_insert(Some(path.as_str()));
            files
                .folders
                .extend(path.split_once('/').map(|(first, _)| first));
        }
        files
    }

    /// Whether an address that leads to no file of the site may lead to one that is served beside
    /// it: one from the root of a host, in a folder of which the site contains nothing.
    pub fn may_be_beside(&self, from: FileId, url: &str) -> bool {
        let is_rooted = url.starts_with('/') || url.contains("://");
        is_rooted
            && is_file(url)
            && !self.holds_folder(from, url)
            && self.same_but_case(from, url).is_none()
    }

    /// The file that an address almost names: one whose path differs in the case of its letters,
    /// or else the only one of the same name.
    pub fn near(&self, from: FileId, url: &str) -> Option<Near> {
        if let Some(path) = self.same_but_case(from, url) {
            let respelt = respelt(url, path);
            return Some(Near {
                is_same_but_case: respelt.is_some(),
                url: respelt.unwrap_or_else(|| format!("/{path}")),
            });
        }
        let named = self.site.named_path(from.0, url)?;
        let path = self.by_name.get(&name(&named).to_lowercase())?.as_ref()?;
        Some(Near {
            url: format!("/{path}"),
            is_same_but_case: false,
        })
    }

    fn same_but_case(&self, from: FileId, url: &str) -> Option<&'a str> {
        let path = self.site.named_path(from.0, url)?;
        self.by_path.get(&path.to_lowercase()).copied()
    }

    fn holds_folder(&self, from: FileId, url: &str) -> bool {
        let path = self.site.named_path(from.0, url);
        let folder = path.as_deref().and_then(|path| path.split_once('/'));
        folder.is_some_and(|(first, _)| self.folders.contains(first))
    }
}

/// Whether an address ends as that of a file which is no page.
pub(super) fn is_file(url: &str) -> bool {
    let place = url.split(['?', '#']).next().unwrap_or(url);
    let ending = name(place).rsplit_once('.');
    ending.is_some_and(|(_, ending)| !ending.is_empty() && !PAGE_ENDINGS.contains(&ending))
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// An address with its letters in the case of a file's path; `None` where that changes nothing,
/// or where the address writes the path in another way.
///
/// ```text
/// ../Images/A.png?v=1   for   docs/images/a.png
///    ^^^^^^^^^^^^
/// ```
fn respelt(url: &str, path: &str) -> Option<String> {
    let (place, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut parts: Vec<&str> = place.split('/').collect();
    let below = parts.iter().rposition(|part| matches!(*part, "." | ".."));
    let first = below.map_or(0, |at| at + 1);
    for (part, right) in parts[first..].iter_mut().rev().zip(path.rsplit('/')) {
        if part.to_lowercase() != right.to_lowercase() {
            break;
        }
        *part = right;
    }
    let respelt = parts.join("/");
    (respelt != place).then(|| respelt + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_take_the_case_of_the_file() {
        for (url, path, expected) in [
            ("A.png", "a.png", Some("a.png")),
            (
                "../Images/A.png?v=1",
                "images/a.png",
                Some("../images/a.png?v=1"),
            ),
            ("/Images/a.png#x", "images/a.png", Some("/images/a.png#x")),
            ("a.png", "Docs/a.png", None),
            ("A%42.png", "ab.png", None),
        ] {
            assert_eq!(respelt(url, path).as_deref(), expected, "{url}");
        }
    }
}
