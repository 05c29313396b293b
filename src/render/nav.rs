//! Navigation: the branch a page is in, never the whole site.
//!
//! Pages of one category and folder share the same navigation, so it is rendered once for them
//! and the current page is marked in the finished HTML. A large category shows the part around
//! the page and a link to the rest: a page's size does not grow with the site's.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::config::Language;
use crate::error::Error;
use crate::model::page_address::{HOME, PageAddress};
use crate::model::site::Site;
use crate::render::html::escape;
use crate::render::theme::{EditionKey, Theme};
use crate::render::url::relative;

/// Most pages of one category in the navigation.
const PAGES_SHOWN: usize = 30;

/// Most categories of one level in the navigation.
const CATEGORIES_SHOWN: usize = 30;

/// Where the home page lists every top-level category.
const HOME_CATEGORIES: &str = HOME;

/// Longest title in a list that many pages hold, in characters.
const TITLE_SHOWN: usize = 120;

#[derive(Serialize)]
struct Nav {
    groups: Vec<Group>,
    more: Option<More>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    url: String,
    current: bool,
    children: Vec<Child>,
    more_children: Option<More>,
    pages: Vec<Entry>,
    /// Whether its own pages are listed: where documents name categories, the list of those that
    /// have further ones is on their page.
    shows_pages: bool,
    more: Option<More>,
}

#[derive(Serialize)]
struct Child {
    title: String,
    url: String,
    open: bool,
    /// The categories of the branch below it.
    trail: Vec<Entry>,
    pages: Vec<Entry>,
    /// The categories directly in the last one of the branch.
    below: Vec<Entry>,
    more: Option<More>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    url: String,
}

#[derive(Serialize)]
struct More {
    count: usize,
    url: String,
}

/// What decides how a page's navigation looks: category, part of it, folder, and edition.
type Key = (Option<usize>, usize, String, EditionKey);

/// Renders navigations and keeps those that serve several pages.
pub struct Navigation<'a> {
    site: &'a Site,
    theme: &'a Theme,
    language: Language,
    /// The roots that pages show, by the language that their path names.
    roots: Mutex<HashMap<Option<String>, Arc<Vec<usize>>>>,
    rendered: Mutex<HashMap<Key, String>>,
}

impl<'a> Navigation<'a> {
    /// Navigation of a site, nothing rendered yet; `language` is that of pages that list others.
    pub fn new(site: &'a Site, theme: &'a Theme, language: Language) -> Self {
        Self {
            site,
            theme,
            language,
            roots: Mutex::default(),
            rendered: Mutex::default(),
        }
    }

    /// Navigation of a page, with its own link marked.
    ///
    /// # Errors
    /// [`Error::Template`] when the template fails.
    pub fn page(&self, index: usize) -> Result<String, Error> {
        let page = &self.site.pages[index];
        let part = page.position / PAGES_SHOWN;
        let html = self.part(page.category, part, &page.address, page.edition())?;
        Ok(mark_current(&html, &own_link(&page.address)))
    }

    /// Navigation of a category's own page, with its own link marked.
    ///
    /// # Errors
    /// [`Error::Template`] when the template fails.
    pub fn category(&self, index: usize) -> Result<String, Error> {
        let node = &self.site.categories[index];
        let address = &node.address;
        let edition = self.site.edition_of(index, self.language);
        let html = self.part(Some(index), 0, address, edition)?;
        Ok(mark_current(&html, &own_link(address)))
    }

    fn part(
        &self,
        category: Option<usize>,
        part: usize,
        address: &PageAddress,
        edition: EditionKey,
    ) -> Result<String, Error> {
        let folder = address.folder().to_string();
        let key = (category, part, folder, edition);
        // Nothing panics while it holds the lock, so a poisoned one still contains complete
        // navigations.
        let rendered = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = rendered().get(&key) {
            return Ok(html.clone());
        }
        let roots = self.roots(key.3.1.as_ref());
        let nav = self.nav(category, part, address.file(), &roots);
        let theme = self.theme.edition(&key.3);
        let html = theme.render("partials/nav.html", &[("nav", &nav)])?;
        rendered().insert(key, html.clone());
        Ok(html)
    }

    /// The roots that pages show whose path names this language.
    fn roots(&self, locale: Option<&String>) -> Arc<Vec<usize>> {
        let mut known = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
        let roots = known.entry(locale.cloned());
        let of_site = || Arc::new(self.site.roots_in(locale.map(String::as_str)).collect());
        Arc::clone(roots.or_insert_with(of_site))
    }

    fn nav(&self, category: Option<usize>, part: usize, from: &str, roots: &[usize]) -> Nav {
        let branch = category
            .map(|category| self.site.branch(category))
            .unwrap_or_default();
        let shown = around(roots, branch.first());
        let groups = roots[shown].iter().map(|&root| {
            let is_current = branch.first() == Some(&root);
            let node = &self.site.categories[root];
            let below = if is_current {
                node.children.as_slice()
            } else {
                &[]
            };
            let near = around(below, branch.get(1));
            let children = below[near].iter();
            let children = children.map(|child| self.child(*child, &branch, part, from));
            let is_leaf = branch == [root];
            // Without categories below it, there would be nothing else beside its pages.
            let is_list = self.site.is_listed_by_place || node.children.is_empty();
            let shows_pages = is_leaf && is_list && !node.pages.is_empty();
            Group {
                shows_pages,
                title: shortened(&node.title),
                url: relative(from, node.address.file()),
                current: is_current,
                children: children.collect(),
                more_children: more(below.len(), CATEGORIES_SHOWN, from, node.address.file()),
                pages: if is_leaf {
                    self.pages(root, part, from)
                } else {
                    Vec::new()
                },
                more: if is_leaf { self.more(root, from) } else { None },
            }
        });
        Nav {
            groups: groups.collect(),
            more: more(roots.len(), CATEGORIES_SHOWN, from, HOME_CATEGORIES),
        }
    }

    fn child(&self, child: usize, branch: &[usize], part: usize, from: &str) -> Child {
        let node = &self.site.categories[child];
        let is_open = branch.contains(&child);
        let leaf = branch.last().copied().unwrap_or(child);
        let shows_branch = is_open && self.site.is_listed_by_place;
        let entry = |category: &usize| {
            let node = &self.site.categories[*category];
            Entry {
                title: shortened(&node.title),
                url: relative(from, node.address.file()),
            }
        };
        let trail = branch.iter().skip(2).filter(|_| shows_branch);
        let below = self.site.categories[leaf].children.iter();
        let below = below.take(CATEGORIES_SHOWN).filter(|_| shows_branch);
        Child {
            trail: trail.map(entry).collect(),
            below: below.map(entry).collect(),
            title: shortened(&node.title),
            url: relative(from, node.address.file()),
            open: is_open,
            pages: if is_open {
                self.pages(leaf, part, from)
            } else {
                Vec::new()
            },
            more: if is_open { self.more(leaf, from) } else { None },
        }
    }

    fn pages(&self, category: usize, part: usize, from: &str) -> Vec<Entry> {
        let pages = self.site.categories[category]
            .pages
            .chunks(PAGES_SHOWN)
            .nth(part)
            .unwrap_or_default();
        let entry = |index: &usize| {
            let page = &self.site.pages[*index];
            Entry {
                title: shortened(&page.nav_title),
                url: relative(from, page.address.file()),
            }
        };
        pages.iter().map(entry).collect()
    }

    fn more(&self, category: usize, from: &str) -> Option<More> {
        let node = &self.site.categories[category];
        more(node.pages.len(), PAGES_SHOWN, from, node.address.file())
    }
}

/// A link to the rest of a list that is longer than what is shown of it.
fn more(count: usize, shown: usize, from: &str, address: &str) -> Option<More> {
    (count > shown).then(|| More {
        count,
        url: relative(from, address),
    })
}

/// The part of a list of categories around the current one. The list is in the order of indices.
fn around(list: &[usize], current: Option<&usize>) -> Range<usize> {
    let at = current.and_then(|current| list.binary_search(current).ok());
    window(at.unwrap_or(0), list.len(), CATEGORIES_SHOWN)
}

/// At most `size` indices of a list of `length` entries, `at` among them.
pub(super) fn window(at: usize, length: usize, size: usize) -> Range<usize> {
    let start = at.saturating_sub(size / 2).min(length.saturating_sub(size));
    start..length.min(start + size)
}

/// A title for lists that many pages hold.
pub fn shortened(title: &str) -> String {
    match title.char_indices().nth(TITLE_SHOWN) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_string(),
    }
}

/// The link of a page to itself.
fn own_link(address: &PageAddress) -> String {
    relative(address.file(), address.file())
}

/// Marks the link to `url` as the current page's.
fn mark_current(html: &str, url: &str) -> String {
    let href = format!("href=\"{}\"", escape(url));
    match html.find(&href) {
        Some(at) => {
            let end = at + href.len();
            format!("{} aria-current=\"page\"{}", &html[..end], &html[end..])
        }
        None => html.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_holds_its_entry_and_is_no_larger_than_asked() {
        assert_eq!(window(0, 100, 30), 0..30);
        assert_eq!(window(50, 100, 30), 35..65);
        assert_eq!(window(99, 100, 30), 70..100);
        assert_eq!(window(3, 5, 30), 0..5);
        assert_eq!(window(0, 0, 30), 0..0);
    }

    #[test]
    fn current_link_is_marked_once() {
        let html = "<a href=\"a.html\">a</a><a href=\"b.html\">b</a>";
        let expected = "<a href=\"a.html\">a</a><a href=\"b.html\" aria-current=\"page\">b</a>";
        assert_eq!(mark_current(html, "b.html"), expected);
        assert_eq!(mark_current(html, "c.html"), html);
    }
}
