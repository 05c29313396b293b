//! A navigation that is written as a list: which page each entry means, in each language.

use std::collections::HashMap;

use crate::config::Config;
use crate::config::navigation::NavigationEntry;
use crate::model::addressing::is_group;
use crate::model::category::Branch;
use crate::model::navigation::Folders;
use crate::model::page::{Page, numbered};
use crate::model::page_address::without_ending;
use crate::strings::Strings;

/// Folders before a path that another file of the site may leave out, or name besides.
const MOST_LEFT_OUT: usize = 4;

/// Finds the pages of one language by what lists call them.
pub(super) struct List<'a> {
    pages: &'a [Page],
    config: &'a Config,
    own: &'a [usize],
    by_name: HashMap<String, usize>,
}

impl<'a> List<'a> {
    /// For the pages `own`, whose paths name the language `locale`.
    pub(super) fn new(
        pages: &'a [Page],
        config: &'a Config,
        locale: Option<&str>,
        own: &'a [usize],
    ) -> Self {
        let mut by_name = HashMap::new();
        if !config.navigation.is_empty() {
            let common = common_folder(pages, own);
            for index in own {
                let page = &pages[*index];
                for name in names(page, common, locale, config) {
                    by_name.entry(name).or_insert(*index);
                }
            }
        }
        Self {
            pages,
            config,
            own,
            by_name,
        }
    }

    /// The branches of a list, and titles that it gives to pages.
    pub(super) fn branches(
        &self,
        entries: &[NavigationEntry],
    ) -> (Vec<Branch>, Vec<(usize, String)>) {
        let mut titles = Vec::new();
        let mut root = Branch::default();
        self.add(entries, &mut root, &mut titles);
        let mut branches = root.children;
        if !root.pages.is_empty() {
            let first = root.pages.first().map(|page| self.pages[*page].language);
            let words = Strings::load(first.unwrap_or(self.config.lang));
            let own = Branch {
                title: words.page("documents").to_string(),
                pages: root.pages,
                ..Branch::default()
            };
            let first = entries.first().and_then(|entry| self.page(&entry.page));
            match first.is_some_and(|first| own.pages.contains(&first)) {
                true => branches.insert(0, own),
                false => branches.push(own),
            }
        }
        (branches, titles)
    }

    fn add(
        &self,
        entries: &[NavigationEntry],
        branch: &mut Branch,
        titles: &mut Vec<(usize, String)>,
    ) {
        for entry in entries {
            let page = self.page(&entry.page);
            let below = self.below(entry, titles);
            let is_group = !below.pages.is_empty() || !below.children.is_empty();
            if let Some(page) = page.filter(|_| !entry.title.is_empty()) {
                titles.push((page, entry.title.clone()));
            }
            match page {
                _ if is_group => branch.children.push(Branch {
                    title: match (entry.title.as_str(), page) {
                        ("", Some(page)) => self.pages[page].nav_title.clone(),
                        ("", None) => entry.folder.clone(),
                        (title, _) => title.to_string(),
                    },
                    head: page,
                    ..below
                }),
                Some(page) => branch.pages.push(page),
                None => {}
            }
        }
    }

    /// What is in an entry: its entries, and those of its folder.
    fn below(&self, entry: &NavigationEntry, titles: &mut Vec<(usize, String)>) -> Branch {
        let mut below = Branch::default();
        self.add(&entry.pages, &mut below, titles);
        if !entry.folder.is_empty() {
            let folder = entry.folder.trim_matches(['/', '.']);
            let is_in = |page: &&usize| is_below(&self.pages[**page].shared_path, folder);
            let pages: Vec<usize> = self.own.iter().filter(is_in).copied().collect();
            let branches = Folders::new(self.pages, self.config, &pages).branches(&pages, titles);
            // The first is what is directly in the folder, unless there is nothing.
            let direct = |branch: &Branch| branch.children.is_empty();
            let mut branches = branches.into_iter().peekable();
            if let Some(own) = branches.next_if(direct) {
                below.pages.extend(own.head);
                below.pages.extend(own.pages);
            }
            below.children.extend(branches);
        }
        below
    }

    /// The page that a list calls by this name.
    fn page(&self, name: &str) -> Option<usize> {
        let name = name.split(['#', '?']).next().unwrap_or(name);
        let mut name = plain_name(name);
        if name.is_empty() {
            return None;
        }
        for _ in 0..MOST_LEFT_OUT {
            if let Some(page) = self.by_name.get(name) {
                return Some(*page);
            }
            (_, name) = name.split_once('/')?;
        }
        None
    }
}

/// Whether a path is below a folder, which may be named from anywhere above it.
fn is_below(path: &str, folder: &str) -> bool {
    let mut places = path.match_indices(folder);
    places.any(|(at, _)| {
        let is_start = at == 0 || path[..at].ends_with('/');
        is_start && path[at + folder.len()..].starts_with('/')
    })
}

/// A name of a list without what says nothing.
fn plain_name(name: &str) -> &str {
    let name = name.trim().trim_start_matches("./").trim_matches('/');
    let document = name
        .strip_suffix(".mdx")
        .or_else(|| name.strip_suffix(".md"));
    let name = without_ending(document.unwrap_or(name));
    name.strip_suffix("/index").unwrap_or(name)
}

/// Everything that a list may call a page.
fn names(page: &Page, common: &str, locale: Option<&str>, config: &Config) -> Vec<String> {
    let shared = page.shared_path.as_str();
    let without_numbers = parts(shared, |part| numbered(part).1);
    let own = page
        .path
        .rsplit_once('.')
        .map_or(&*page.path, |(stem, _)| stem);
    let mut names = vec![
        shared.to_string(),
        own.to_string(),
        parts(shared, |part| part),
        without_numbers.clone(),
        page.address.stem().to_string(),
    ];
    let frontmatter = &page.document.frontmatter;
    if let Some(id) = &frontmatter.id {
        let folder = without_numbers
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        names.push(format!("{folder}/{id}").trim_matches('/').to_string());
    }
    names.extend(
        frontmatter
            .slug
            .as_deref()
            .map(|slug| plain_name(slug).to_string()),
    );
    if let Some(locale) = locale {
        names.push(format!("{}/{shared}", locale.to_ascii_lowercase()));
    }
    let mut all = Vec::new();
    for name in names {
        let below = name
            .strip_prefix(common)
            .map(|rest| rest.trim_start_matches('/'));
        let below = below.unwrap_or(&name);
        let file = below.rsplit('/').next().unwrap_or(below);
        if config.files.index_rank(file).is_some() {
            let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
            all.push(folder.to_string());
        }
        all.push(below.to_string());
        all.push(name);
    }
    all.retain(|name| !name.is_empty());
    all
}

/// A path with each part changed, without groups.
fn parts<'p>(path: &'p str, change: impl Fn(&'p str) -> &'p str) -> String {
    let parts = path.split('/').filter(|part| !is_group(part));
    parts.map(change).collect::<Vec<_>>().join("/")
}

/// The folder that contains all pages of a language.
fn common_folder<'p>(pages: &'p [Page], own: &[usize]) -> &'p str {
    let mut folders = own.iter().map(|index| {
        let path = &pages[*index].shared_path;
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    });
    let Some(first) = folders.next() else {
        return "";
    };
    let mut length = first.len();
    for folder in folders {
        let same = first.split('/').zip(folder.split('/'));
        let same = same.take_while(|(a, b)| a == b);
        let bytes: usize = same.map(|(part, _)| part.len() + 1).sum();
        length = length.min(bytes.saturating_sub(1));
    }
    &first[..length]
}
