//! Navigation: the branch a page stands in, never the whole site.
//!
//! Pages of one category and folder share the same navigation, so it is rendered once for them
//! and the current page is marked in the finished HTML. A large category shows the part around
//! the page and a link to the rest: a page's size does not grow with the site's.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::error::Error;
use crate::model::site::Site;
use crate::render::html::escape;
use crate::render::theme::Theme;
use crate::render::url::relative;

/// Most pages of one category in the navigation.
const PAGES_SHOWN: usize = 30;

#[derive(Serialize)]
struct Nav {
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    url: String,
    current: bool,
    children: Vec<Child>,
    pages: Vec<Entry>,
    more: Option<More>,
}

#[derive(Serialize)]
struct Child {
    title: String,
    url: String,
    open: bool,
    pages: Vec<Entry>,
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

/// What decides how a page's navigation looks: category, part of it, and folder.
type Key = (Option<usize>, usize, String);

/// Renders navigations and keeps those that serve several pages.
pub struct Navigation<'a> {
    site: &'a Site,
    theme: &'a Theme,
    rendered: Mutex<HashMap<Key, String>>,
}

impl<'a> Navigation<'a> {
    /// Navigation of a site, nothing rendered yet.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        Self {
            site,
            theme,
            rendered: Mutex::default(),
        }
    }

    /// Navigation of a page, with its own link marked.
    ///
    /// # Errors
    /// [`Error::Template`] when the template fails.
    pub fn page(&self, index: usize) -> Result<String, Error> {
        let page = &self.site.pages[index];
        let position = page.category.map_or(0, |category| {
            self.site.categories[category]
                .pages
                .iter()
                .position(|other| *other == index)
                .unwrap_or(0)
        });
        let html = self.part(page.category, position / PAGES_SHOWN, &page.address)?;
        Ok(mark_current(&html, &relative(&page.address, &page.address)))
    }

    /// Navigation of a category's own page, with its own link marked.
    ///
    /// # Errors
    /// [`Error::Template`] when the template fails.
    pub fn category(&self, index: usize) -> Result<String, Error> {
        let address = &self.site.categories[index].address;
        let html = self.part(Some(index), 0, address)?;
        Ok(mark_current(&html, &relative(address, address)))
    }

    fn part(&self, category: Option<usize>, part: usize, address: &str) -> Result<String, Error> {
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = (category, part, folder.to_string());
        // Nothing panics while it holds the lock, so a poisoned one still holds whole navigations.
        let rendered = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = rendered().get(&key) {
            return Ok(html.clone());
        }
        let nav = self.nav(category, part, address);
        let html = self.theme.render("partials/nav.html", &[("nav", &nav)])?;
        rendered().insert(key, html.clone());
        Ok(html)
    }

    fn nav(&self, category: Option<usize>, part: usize, from: &str) -> Nav {
        let branch = category
            .map(|category| self.site.branch(category))
            .unwrap_or_default();
        let groups = self.site.roots().map(|root| {
            let is_current = branch.first() == Some(&root);
            let node = &self.site.categories[root];
            let children = if is_current {
                node.children.as_slice()
            } else {
                &[]
            };
            let children = children
                .iter()
                .map(|child| self.child(*child, &branch, part, from))
                .collect();
            let is_leaf = branch == [root];
            Group {
                title: node.title.clone(),
                url: relative(from, &node.address),
                current: is_current,
                children,
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
        }
    }

    fn child(&self, child: usize, branch: &[usize], part: usize, from: &str) -> Child {
        let node = &self.site.categories[child];
        let is_open = branch.contains(&child);
        let leaf = branch.last().copied().unwrap_or(child);
        Child {
            title: node.title.clone(),
            url: relative(from, &node.address),
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
                title: page.title.clone(),
                url: relative(from, &page.address),
            }
        };
        pages.iter().map(entry).collect()
    }

    fn more(&self, category: usize, from: &str) -> Option<More> {
        let node = &self.site.categories[category];
        let count = node.pages.len();
        (count > PAGES_SHOWN).then(|| More {
            count,
            url: relative(from, &node.address),
        })
    }
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
    fn current_link_is_marked_once() {
        let html = "<a href=\"a.html\">a</a><a href=\"b.html\">b</a>";
        let expected = "<a href=\"a.html\">a</a><a href=\"b.html\" aria-current=\"page\">b</a>";
        assert_eq!(mark_current(html, "b.html"), expected);
        assert_eq!(mark_current(html, "c.html"), html);
    }
}
