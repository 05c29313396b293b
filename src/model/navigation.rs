//! The navigation of a site: which categories there are and which pages are in them, in order.
//!
//! In the program's own dialect each document names its category. In the documents of other tools
//! folders are categories: `index` names its folder, `(x)` is transparent, `01-` orders and is cut,
//! and positions in the frontmatter come before titles.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::config::Config;
use crate::markdown::schema::Dialect;
use crate::model::addressing::is_group;
use crate::model::category::{Branch, Category, categories, flatten};
use crate::model::page::{Page, name_as_title, numbered};
use crate::model::page_address::HOME;
use crate::strings::Strings;

/// Builds the categories and sets the leaf of each page.
pub(super) fn navigation(pages: &mut [Page], config: &Config) -> Vec<Category> {
    if config.dialect == Dialect::Help {
        return categories(pages, &config.site.categories);
    }
    let languages = by_language(pages);
    let branches = languages.into_iter().map(|(locale, own)| {
        let branches = Folders::new(pages, config).branches(&own);
        (locale, branches)
    });
    let branches = branches.collect();
    flatten(branches, pages)
}

/// Whether a page is in a navigation, the home page being its start.
fn is_listed(page: &Page) -> bool {
    page.is_listed() && page.address.file() != HOME && !page.document.frontmatter.hidden
}

/// The listed pages by the language that their path names.
fn by_language(pages: &[Page]) -> BTreeMap<Option<String>, Vec<usize>> {
    let mut languages: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        if is_listed(page) {
            languages
                .entry(page.locale.clone())
                .or_default()
                .push(index);
        }
    }
    languages
}

/// Makes branches of folders.
struct Folders<'a> {
    pages: &'a [Page],
    config: &'a Config,
}

/// A folder with what is in it.
#[derive(Default)]
struct Folder {
    head: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeMap<String, Folder>,
}

/// What orders pages and folders: the frontmatter's position, the number before the name, the title.
struct Order {
    position: Option<f64>,
    number: Option<f64>,
    title: Vec<TitlePart>,
}

/// A part of a title, numbers compared by their value.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum TitlePart {
    Number(u64),
    Text(String),
}

impl<'a> Folders<'a> {
    fn new(pages: &'a [Page], config: &'a Config) -> Self {
        Self { pages, config }
    }

    /// The branches of the pages of one language.
    fn branches(&self, pages: &[usize]) -> Vec<Branch> {
        let mut root = Folder::default();
        for index in pages {
            self.add(&mut root, *index);
        }
        // Folders that contain everything, such as `src/content/docs`, are no category.
        let mut is_dated = false;
        while root.head.is_none() && root.pages.is_empty() && root.folders.len() == 1 {
            let (name, only) = root.folders.into_iter().next().unwrap_or_default();
            is_dated |= self.is_dated(&name);
            root = only;
        }
        let mut branch = self.branch("", root, is_dated);
        let below = std::mem::take(&mut branch.children);
        branch.title = match branch.head {
            Some(head) => self.pages[head].nav_title.clone(),
            None => self.root_title(pages),
        };
        let own = (branch.head.is_some() || !branch.pages.is_empty()).then_some(branch);
        own.into_iter().chain(below).collect()
    }

    /// The title of the pages that are in no folder.
    fn root_title(&self, pages: &[usize]) -> String {
        let title = &self.config.site.title;
        let language = pages
            .first()
            .map_or(self.config.lang, |index| self.pages[*index].language);
        match title.is_empty() {
            true => Strings::load(language).page("documents").to_string(),
            false => title.clone(),
        }
    }

    fn add(&self, root: &mut Folder, index: usize) {
        let path = &self.pages[index].shared_path;
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut folder = root;
        let parts = folders.split('/').filter(|part| !part.is_empty());
        for part in parts.filter(|part| !is_group(part)) {
            folder = folder.folders.entry(part.to_string()).or_default();
        }
        let rank = |name: &str| self.config.files.index_rank(name);
        let Some(own) = rank(name) else {
            folder.pages.push(index);
            return;
        };
        let name_of = |index: usize| {
            let path = &self.pages[index].shared_path;
            path.rsplit('/').next().unwrap_or(path)
        };
        // Of several the first in the list names the folder.
        match folder.head {
            Some(other) if rank(name_of(other)) <= Some(own) => folder.pages.push(index),
            other => {
                folder.pages.extend(other);
                folder.head = Some(index);
            }
        }
    }

    fn branch(&self, name: &str, folder: Folder, is_dated: bool) -> Branch {
        let is_dated = is_dated || self.is_dated(name);
        let title = match folder.head {
            Some(head) => self.pages[head].nav_title.clone(),
            None => name_as_title(name),
        };
        let mut pages = folder.pages;
        let dates = pages
            .iter()
            .filter(|page| !self.pages[**page].date.is_empty());
        if is_dated && dates.count() > 0 {
            pages.sort_by(|a, b| self.pages[*b].date.cmp(&self.pages[*a].date));
        } else {
            let keys: HashMap<usize, Order> = pages
                .iter()
                .map(|page| (*page, self.order_of_page(*page)))
                .collect();
            pages.sort_by(|a, b| keys[a].cmp(&keys[b]).then(a.cmp(b)));
        }
        let mut children: Vec<(Order, Branch)> = folder
            .folders
            .into_iter()
            .map(|(name, folder)| {
                let branch = self.branch(&name, folder, is_dated);
                (self.order_of_folder(&name, &branch), branch)
            })
            .collect();
        children.sort_by(|(a, _), (b, _)| a.cmp(b));
        Branch {
            title,
            head: folder.head,
            pages,
            children: children.into_iter().map(|(_, branch)| branch).collect(),
        }
    }

    fn is_dated(&self, name: &str) -> bool {
        self.config.files.dated.iter().any(|dated| dated == name)
    }

    fn order_of_page(&self, index: usize) -> Order {
        let page = &self.pages[index];
        let name = page.shared_path.rsplit('/').next().unwrap_or_default();
        Order {
            position: page.document.frontmatter.order,
            number: numbered(name).0,
            title: title_parts(&page.nav_title),
        }
    }

    fn order_of_folder(&self, name: &str, branch: &Branch) -> Order {
        let position = |index: usize| self.pages[index].document.frontmatter.order;
        Order {
            position: branch.head.and_then(position),
            number: numbered(name).0,
            title: title_parts(&branch.title),
        }
    }
}

impl Order {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |number: Option<f64>| number.unwrap_or(f64::INFINITY);
        let by_position = place(self.position).total_cmp(&place(other.position));
        let by_number = place(self.number).total_cmp(&place(other.number));
        by_position
            .then(by_number)
            .then_with(|| self.title.cmp(&other.title))
    }
}

/// A title as it is sorted: without case, and `Step 2` before `Step 10`.
fn title_parts(title: &str) -> Vec<TitlePart> {
    let mut parts: Vec<TitlePart> = Vec::new();
    for c in title.to_lowercase().chars() {
        match (c.to_digit(10), parts.last_mut()) {
            (Some(digit), Some(TitlePart::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            (Some(digit), _) => parts.push(TitlePart::Number(digit.into())),
            (None, Some(TitlePart::Text(text))) => text.push(c),
            (None, _) => parts.push(TitlePart::Text(c.to_string())),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    /// Each category as `title: titles of its pages`, indented by its level.
    fn outline(site: &Site) -> String {
        fn add(site: &Site, index: usize, level: usize, text: &mut String) {
            let node = &site.categories[index];
            let head = node.head.into_iter();
            let pages = head.chain(node.pages.iter().copied());
            let titles: Vec<&str> = pages.map(|page| &*site.pages[page].nav_title).collect();
            let indent = "  ".repeat(level);
            *text += &format!("{indent}{}: {}\n", node.title, titles.join(", "));
            for child in &node.children {
                add(site, *child, level + 1, text);
            }
        }
        let mut text = String::new();
        site.roots().for_each(|root| add(site, root, 0, &mut text));
        text
    }

    fn check(documents: &[(&str, &str)], expected: &str) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let config = Config::read("preset: markdown", "a").unwrap();
        let (site, _) = Site::build(&sources, &config).unwrap();
        assert_eq!(outline(&site), expected);
    }

    #[test]
    fn folders_are_categories_and_index_names_them() {
        check(
            &[
                ("docs/(guides)/02-setup/b.md", "# B10"),
                ("docs/(guides)/02-setup/a.md", "# B2"),
                ("docs/(guides)/02-setup/z.md", "---\nweight: 1\n---\n# Z"),
                ("docs/01-intro.md", "text"),
                ("docs/api/_index.md", "# The API"),
                ("docs/api/c.md", "---\ntitle: See\nsidebar_label: C\n---\n"),
                ("docs/api/hidden.md", "---\nhidden: true\n---\n"),
            ],
            "Documents: Intro\nSetup: Z, B2, B10\nThe API: The API, C\n",
        );
    }

    #[test]
    fn blog_is_newest_first_and_each_language_has_its_own() {
        check(
            &[
                ("en/blog/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\n"),
                ("en/blog/b.md", "---\ntitle: B\ndate: 2025-01-01\n---\n"),
                ("ko/blog/a.md", "---\ntitle: 가\ndate: 2024-01-01\n---\n"),
                ("ko/blog/b.md", "---\ntitle: 나\ndate: 2024-02-01\n---\n"),
            ],
            "Documents: B, A\n문서: 나, 가\n",
        );
    }
}
