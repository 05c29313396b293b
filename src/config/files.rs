//! Which files of the content are pages.

use serde::Deserialize;

use crate::config::Config;
use crate::markdown::frontmatter::{has_title, is_draft};
use crate::markdown::schema::{Dialect, Schema};
use crate::source::{Source, SourceSet};

/// What the names of files mean; empty lists mean that every document is a page at its own path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileConvention {
    /// Names, without ending, of documents that are the page of their folder; the first counts
    /// where several are there. Case is ignored.
    pub index: Vec<String>,
    /// Names of files and folders that are parts of other pages and have no page of their own. A
    /// name that ends in `*` means all that begin so.
    pub fragments: Vec<String>,
    /// Whether documents that end in `.md` are MDX where the dialect is.
    pub mdx_in_md: bool,
    /// The ways in which documents include others.
    pub includes: Vec<IncludeSyntax>,
    /// Names of folders whose pages are sorted by their dates, the newest first.
    pub dated: Vec<String>,
}

/// A way of including a file in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IncludeSyntax {
    /// `<Include src="f" />`, `<include>f</include>`, and a document or a text that is imported.
    Component,
    /// `{{#include f:1:2}}`
    Braces,
    /// `--8<-- "f:1:2"`, and a list of files between lines with nothing but `--8<--`.
    Scissors,
    /// `{* f ln[1:2] hl[1] *}`
    Star,
    /// `<<< f#region{1,2}`
    Arrows,
    /// `<!--@include: f{1,2}-->`
    Comment,
}

impl FileConvention {
    /// The position of a document's name, without ending, among those that name a folder.
    pub fn index_rank(&self, name: &str) -> Option<usize> {
        let mut names = self.index.iter();
        names.position(|index| index.eq_ignore_ascii_case(name))
    }

    /// Whether a document is a part of other pages.
    pub fn is_fragment(&self, path: &str) -> bool {
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
        let mut folders = folders.split('/').filter(|folder| !folder.is_empty());
        let is_page = self.index_rank(name).is_some() || !self.is_part(name);
        folders.any(|folder| self.is_part(folder)) || !is_page
    }

    /// Whether folders that are marked by the beginning of their names are all that makes a
    /// document a part of others.
    fn is_in_marked_folder(&self, path: &str) -> bool {
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
        let is_marked = |name: &str| {
            let mut marks = self
                .fragments
                .iter()
                .filter_map(|one| one.strip_suffix('*'));
            marks.any(|mark| name.starts_with(mark))
        };
        let mut parts = folders.split('/').filter(|folder| self.is_part(folder));
        parts.all(is_marked) && (!self.is_part(name) || self.index_rank(name).is_some())
    }

    fn is_part(&self, name: &str) -> bool {
        self.fragments
            .iter()
            .any(|pattern| match pattern.strip_suffix('*') {
                Some(start) => name.starts_with(start),
                None => name == pattern,
            })
    }
}

impl Config {
    /// How the document at a path is read: in MDX, those that end in `.md` may be Markdown.
    pub fn schema_of(&self, path: &str) -> &Schema {
        let is_markdown = self.dialect == Dialect::Mdx && path.ends_with(".md");
        match is_markdown && !self.files.mdx_in_md {
            true => &self.markdown_components,
            false => &self.components,
        }
    }

    /// Whether a document has a page: it is neither a fragment nor a draft.
    pub fn has_page(&self, path: &str, text: &str) -> bool {
        !self.is_fragment(path, text) && !is_draft(text, &self.frontmatter)
    }

    /// Whether a document is a part of other pages. One with a title of its own is not for the
    /// mark before a folder's name, which other tools give to collections of pages.
    fn is_fragment(&self, path: &str, text: &str) -> bool {
        let is_collected =
            || self.files.is_in_marked_folder(path) && has_title(text, &self.frontmatter);
        self.files.is_fragment(path) && !is_collected()
    }

    /// Leaves the documents that have a page; the others become drafts and fragments. Where all are
    /// fragments, all have a page.
    pub fn keep_pages(&self, sources: &mut SourceSet) {
        let documents = std::mem::take(&mut sources.documents);
        let is_fragment = |document: &Source| self.is_fragment(&document.path, &document.text);
        let (fragments, pages): (Vec<_>, Vec<_>) = documents.into_iter().partition(is_fragment);
        // Names that are those of all documents mean something else here.
        (sources.documents, sources.fragments) = match pages.is_empty() {
            true => (fragments, pages),
            false => (pages, fragments),
        };
        sources.leave_out_drafts(|text| is_draft(text, &self.frontmatter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_known_by_their_names() {
        let files = FileConvention {
            index: vec!["index".into(), "_index".into()],
            fragments: vec!["_*".into(), "snippets".into()],
            ..FileConvention::default()
        };
        for (path, expected) in [
            ("a.md", false),
            ("a/_index.md", false),
            ("a/_b.mdx", true),
            ("_parts/index.md", true),
            ("a/snippets/b.md", true),
            ("snippets.md", true),
            ("my-snippets/b.md", false),
        ] {
            assert_eq!(files.is_fragment(path), expected, "{path}");
            assert!(!FileConvention::default().is_fragment(path));
        }
    }

    #[test]
    fn pages_with_a_title_in_a_marked_folder_are_pages() {
        let config = Config::read("preset: markdown", "a").unwrap();
        let titled = "---\ntitle: A\n---\n";
        for (path, text, expected) in [
            ("_how-tos/a.md", titled, true),
            ("_how-tos/a.md", "A", false),
            ("_how-tos/_a.md", titled, false),
            ("_how-tos/snippets/a.md", titled, false),
            ("_a.md", titled, false),
        ] {
            assert_eq!(config.has_page(path, text), expected, "{path}: {text}");
        }
    }
}
