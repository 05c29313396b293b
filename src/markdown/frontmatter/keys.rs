//! Which keys of the frontmatter mean what: data of a preset, because every tool has its own names.

use serde::Deserialize;

use crate::markdown::frontmatter::front::FrontKeys;

/// Paths of keys such as `sidebar.order`, by meaning; the first that has a value counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontmatterKeys {
    /// Title of the page.
    pub title: Vec<String>,
    /// One or two sentences.
    pub description: Vec<String>,
    /// A shorter title for the navigation.
    pub short_title: Vec<String>,
    /// Position among the pages of a folder, a number.
    pub order: Vec<String>,
    /// Keeps the document from being published when true.
    pub draft: Vec<String>,
    /// Keeps the document from being published when false.
    pub published: Vec<String>,
    /// Keeps the page out of the navigation when true.
    pub hidden: Vec<String>,
    /// Keeps the page out of navigation, search and sitemap when true.
    pub unlisted: Vec<String>,
    /// The page's address, or its last part.
    pub slug: Vec<String>,
    /// Name of the document in navigation and links.
    pub id: Vec<String>,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// Subjects.
    pub tags: Vec<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// Further words by which the page is found.
    pub search_tags: Vec<String>,
    /// Day of the text.
    pub date: Vec<String>,
    /// Language of the text.
    pub lang: Vec<String>,
    /// A word shown beside the title, such as `Beta`.
    pub badge: Vec<String>,
    /// Text of a front page.
    pub front: FrontKeys,
}

impl FrontmatterKeys {
    /// Whether no key has a meaning. The frontmatter is then the program's own: each key is known,
    /// and an unknown one is reported.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The keys that decide whether a document is published.
    pub(super) fn of_drafts(&self) -> impl Iterator<Item = &str> {
        let paths = self.draft.iter().chain(&self.published);
        paths.map(|path| path.rsplit('.').next().unwrap_or(path))
    }
}
