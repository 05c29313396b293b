//! The files that may be included, by path.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::include::part::FileText;
use crate::source::{Asset, MAX_DOCUMENT_BYTES, Source, SourceSet, path_below};

/// Beginnings of paths that are meant from the root of the site.
const ROOTS: [&str; 4] = ["@site/", "~/", "@/", "/"];

/// Endings that a path may lack.
const ENDINGS: [&str; 2] = [".mdx", ".md"];

/// Every file of the content. Texts are read when they are first asked for.
pub struct Files<'s> {
    by_path: HashMap<&'s str, Entry<'s>>,
    /// The folders in the root of the content.
    folders: HashSet<&'s str>,
}

struct Entry<'s> {
    origin: Origin<'s>,
    text: OnceCell<Option<Rc<FileText>>>,
}

enum Origin<'s> {
    Document(&'s Source),
    Asset(&'s Asset),
}

/// Where a path leads.
#[derive(Debug)]
pub enum Found {
    /// To this file.
    File(String),
    /// Nowhere; the paths that were looked for.
    Missing(Vec<String>),
    /// Out of the content folder.
    Outside,
}

impl<'s> Files<'s> {
    /// The files of a content folder.
    pub fn of(sources: &'s SourceSet) -> Self {
        let mut by_path = HashMap::new();
        let entry = |origin| Entry {
            origin,
            text: OnceCell::new(),
        };
        for asset in &sources.assets {
            by_path.insert(&*asset.path, entry(Origin::Asset(asset)));
        }
        for document in sources.documents.iter().chain(&sources.fragments) {
            by_path.insert(&*document.path, entry(Origin::Document(document)));
        }
        let folders = by_path.keys().filter_map(|path| path.split_once('/'));
        let folders = folders.map(|(folder, _)| folder).collect();
        Self { by_path, folders }
    }

    /// Where a path leads that the file `from` names.
    pub fn find(&self, from: &str, path: &str) -> Found {
        let candidates = candidates(from, path, |folder| self.folders.contains(folder));
        if candidates.is_empty() {
            return Found::Outside;
        }
        let has = |path: &String| self.by_path.contains_key(&**path);
        let found = candidates.iter().flat_map(|path| with_endings(path));
        match found.into_iter().find(has) {
            Some(path) => Found::File(path),
            None => Found::Missing(candidates),
        }
    }

    /// The text of a file; `None` where it is too large or no text.
    pub(super) fn text(&self, path: &str) -> Option<Rc<FileText>> {
        let entry = self.by_path.get(path)?;
        let text = entry.text.get_or_init(|| match entry.origin {
            Origin::Document(source) => Some(FileText::of(path, Arc::from(&*source.text), true)),
            Origin::Asset(asset) => {
                let bytes = asset.read_within(MAX_DOCUMENT_BYTES).ok()?;
                let text = String::from_utf8(bytes).ok()?;
                let is_text = !text.contains('\0');
                is_text.then(|| FileText::of(path, Arc::from(text), false))
            }
        });
        text.clone()
    }
}

/// Whether a path is meant from the root of the site.
pub fn is_rooted(path: &str) -> bool {
    ROOTS.iter().any(|root| path.starts_with(root))
}

/// The paths that are meant by `path` in the file `from`, the likeliest first. A path from the root
/// may begin with the name of the content folder, which is none of the folders in it.
fn candidates(from: &str, path: &str, has_folder: impl Fn(&str) -> bool) -> Vec<String> {
    let rooted = ROOTS.iter().find_map(|root| path.strip_prefix(root));
    let is_beside = path.starts_with("./") || path.starts_with("../");
    let mut found = Vec::new();
    if rooted.is_none() {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        found.extend(path_below(folder, path));
    }
    if !is_beside && let Some(path) = path_below("", rooted.unwrap_or(path)) {
        let below = path.split_once('/');
        let below = below.filter(|(folder, _)| !has_folder(folder));
        let below = below.map(|(_, rest)| rest.to_string());
        found.push(path);
        found.extend(below);
    }
    found.dedup();
    found
}

fn with_endings(path: &str) -> Vec<String> {
    let mut paths = vec![path.to_string()];
    if !ENDINGS.iter().any(|ending| path.ends_with(ending)) {
        paths.extend(ENDINGS.iter().map(|ending| format!("{path}{ending}")));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, path: &str, expected: &[&str]) {
        assert_eq!(
            candidates(from, path, |folder| folder == "parts"),
            expected,
            "{from} {path}"
        );
    }

    #[test]
    fn path_is_looked_for_beside_the_file_and_then_from_the_root() {
        check("a/b.md", "c.md", &["a/c.md", "c.md"]);
        check("a/b.md", "./c.md", &["a/c.md"]);
        check("a/b.md", "../c.md", &["c.md"]);
        check("a/b.md", "@site/docs/c.md", &["docs/c.md", "c.md"]);
        check("a/b.md", "parts/c.md", &["a/parts/c.md", "parts/c.md"]);
        check("b.md", "docs/c.md", &["docs/c.md", "c.md"]);
        check("a/b.md", "/snippets/c.md", &["snippets/c.md", "c.md"]);
        check("a/b.md", "~/c.md", &["c.md"]);
    }

    #[test]
    fn path_out_of_the_content_leads_nowhere() {
        check("a/b.md", "../../etc/passwd", &[]);
        check("a/b.md", "@site/../x", &[]);
        check("a/b.md", "..\\..\\x", &[]);
    }
}
