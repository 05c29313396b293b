//! Topics that pages of several categories have in common: companies and subjects.

use std::collections::{BTreeSet, HashMap};

use crate::model::address::segment;
use crate::model::limit::MAX_TOPICS;
use crate::model::page::Page;
use crate::model::page_address::PageAddress;

/// The kind of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TopicKind {
    /// A company that pages are about.
    Company,
    /// A subject of pages.
    Tag,
}

impl TopicKind {
    /// The word used in addresses and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Tag => "tag",
        }
    }
}

/// A topic with its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The kind of a topic.
    pub kind: TopicKind,
    /// Its name as written.
    pub title: String,
    /// Address of its page.
    pub address: PageAddress,
    /// Indices of its pages, in path order.
    pub pages: Vec<usize>,
}

/// Every topic of a site.
#[derive(Debug, Default)]
pub struct Topics {
    /// The topics, in the order in which pages first name them.
    pub list: Vec<Topic>,
    by_name: HashMap<(TopicKind, String), usize>,
}

impl Topics {
    /// The topics that pages name. A company that is also given as a tag is a company only.
    pub fn of(pages: &[Page]) -> Self {
        let mut topics = Self::default();
        let mut taken: BTreeSet<String> = pages
            .iter()
            .flat_map(|page| std::iter::once(&page.address).chain(&page.aliases))
            .map(PageAddress::folded)
            .collect();
        let listed = pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.is_listed());
        for (index, page) in listed {
            for (kind, title) in named(page).take(MAX_TOPICS) {
                topics.add(kind, title, index, &mut taken);
            }
        }
        topics
    }

    fn add(&mut self, kind: TopicKind, title: &str, page: usize, taken: &mut BTreeSet<String>) {
        let list = &mut self.list;
        let entry = self.by_name.entry((kind, title.to_string()));
        let index = *entry.or_insert_with(|| {
            list.push(Topic {
                kind,
                title: title.to_string(),
                address: free_address(kind, title, taken),
                pages: Vec::new(),
            });
            list.len() - 1
        });
        let pages = &mut list[index].pages;
        if pages.last() != Some(&page) {
            pages.push(page);
        }
    }

    /// The topic with this name; `None` when no page names it.
    pub fn get(&self, kind: TopicKind, title: &str) -> Option<&Topic> {
        let index = self.by_name.get(&(kind, title.to_string()))?;
        Some(&self.list[*index])
    }
}

/// The topics that a page names, companies first.
pub fn named(page: &Page) -> impl Iterator<Item = (TopicKind, &str)> {
    let frontmatter = &page.document.frontmatter;
    let companies = &frontmatter.companies;
    let tags = frontmatter.tags.iter();
    let tags = tags.filter(|tag| !companies.contains(tag));
    let companies = companies.iter().map(|name| (TopicKind::Company, name));
    companies
        .chain(tags.map(|tag| (TopicKind::Tag, tag)))
        .map(|(kind, title)| (kind, title.as_str()))
}

fn free_address(kind: TopicKind, title: &str, taken: &mut BTreeSet<String>) -> PageAddress {
    let stem = match segment(title) {
        slug if slug.is_empty() => kind.name().to_string(),
        slug => slug,
    };
    let mut address = PageAddress::in_folder(kind.name(), &stem);
    let mut number = 2;
    while !taken.insert(address.folded()) {
        address = PageAddress::in_folder(kind.name(), &format!("{stem}-{number}"));
        number += 1;
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    #[test]
    fn pages_share_topics_and_addresses_stay_apart() {
        let document = |path: &str, head: &str| Source {
            path: path.to_string(),
            text: format!("---\ntitle: {path}\n{head}\n---\n"),
        };
        let sources = SourceSet {
            documents: vec![
                document("a.md", "pgCompanies: [갑]\ntags: [갑, A b]"),
                document("b.md", "tags: [A b, a-b]"),
            ],
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &Config::defaults()).unwrap();
        let found = site.topics.list.iter();
        let found: Vec<_> = found
            .map(|topic| (topic.address.file(), topic.pages.len()))
            .collect();
        assert_eq!(
            found,
            [
                ("company/갑.html", 1),
                ("tag/a-b.html", 2),
                ("tag/a-b-2.html", 1)
            ]
        );
        assert!(site.topics.get(TopicKind::Tag, "갑").is_none());
    }
}
