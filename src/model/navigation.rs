//! The navigation of a site: which categories there are and which pages are in them, in order.
//!
//! In the program's own dialect each document names its category. In the documents of other tools a
//! list is the navigation, where the project or its tool has one. Else folders are categories:
//! `index` names its folder, `(x)` is transparent, `01-` orders and is cut, and positions in the
//! frontmatter come before titles.

mod list;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::config::Config;
use crate::config::navigation::FolderList;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::schema::Dialect;
use crate::model::addressing::is_group;
use crate::model::category::{Branch, Category, categories, flatten};
use crate::model::navigation::list::List;
use crate::model::page::{Page, name_as_title, numbered, place_of_title};
use crate::model::page_address::HOME;
use crate::strings::Strings;

/// Rule for a page that a written navigation does not name.
const LEFT_OUT: &str = "navigation-left-out";

/// Most folders of a path that are categories or above them.
const MOST_FOLDERS: usize = 32;

/// Builds the categories and sets the leaf of each page.
pub(super) fn navigation(pages: &mut [Page], config: &Config) -> Vec<Category> {
    if config.dialect == Dialect::Help {
        return categories(pages, &config.site.categories);
    }
    for page in pages.iter_mut() {
        let short = page.document.frontmatter.short_title.as_ref();
        page.nav_title = short.unwrap_or(&page.title).clone();
    }
    let languages = by_language(pages);
    let mut titles = Vec::new();
    let branches = languages.into_iter().map(|(locale, own)| {
        let listed = List::new(pages, config, locale.as_deref(), &own);
        let (branches, of_list) = listed.branches(&config.navigation);
        titles.extend(of_list);
        let branches = match branches.is_empty() {
            true => Folders::new(pages, config, &own).branches(&own, &mut titles),
            false => branches,
        };
        (locale, branches)
    });
    let branches = branches.collect();
    for (page, title) in titles {
        pages[page].nav_title = title;
    }
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

/// Reports listed pages that a written navigation does not name.
pub(super) fn left_out(pages: &[Page], config: &Config) -> Vec<Diagnostic> {
    if config.navigation.is_empty() {
        return Vec::new();
    }
    let left = pages
        .iter()
        .filter(|page| is_listed(page) && page.category.is_none());
    let report = |page: &Page| {
        let (file, place) = (page.document.file, place_of_title(&page.document));
        let found = Diagnostic::new(LEFT_OUT, Severity::Info, file, place);
        found.help(Message::new(format!("{LEFT_OUT}.help")))
    };
    left.map(report).collect()
}

/// Makes branches of folders.
struct Folders<'a> {
    pages: &'a [Page],
    config: &'a Config,
    /// The folders up to that of the pages' language; empty where paths name none.
    locale_folder: &'a str,
}

/// A folder with what is in it.
#[derive(Default)]
struct Folder {
    head: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeMap<String, Folder>,
}

/// What orders pages and folders: the folder's list, the frontmatter's position, the number before
/// the name, the title.
struct Order {
    place: Option<usize>,
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
    fn new(pages: &'a [Page], config: &'a Config, own: &[usize]) -> Self {
        let first = own.first().map(|index| &pages[*index]);
        Self {
            pages,
            config,
            locale_folder: first.map_or("", |page| &page.locale_folder),
        }
    }

    /// The branches of the pages of one language. Titles that files give to pages are added to
    /// `titles`.
    fn branches(&self, pages: &[usize], titles: &mut Vec<(usize, String)>) -> Vec<Branch> {
        let mut root = Folder::default();
        for index in pages {
            self.add(&mut root, *index);
        }
        // Folders that contain everything, such as `src/content/docs`, are no category.
        let mut is_dated = false;
        let mut path = String::new();
        while root.head.is_none() && root.pages.is_empty() && root.folders.len() == 1 {
            let (name, only) = root.folders.into_iter().next().unwrap_or_default();
            is_dated |= self.is_dated(&name);
            path = joined(&path, &name);
            root = only;
        }
        let mut branch = self.branch(&path, "", root, is_dated, titles);
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
        let mut is_dated = false;
        for part in parts.filter(|part| !is_group(part)).take(MOST_FOLDERS) {
            // Years, months and days are no categories.
            if is_dated && part.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            is_dated |= self.is_dated(part);
            folder = folder.folders.entry(part.to_string()).or_default();
        }
        let rank = |name: &str| self.config.files.index_rank(name);
        let Some(own) = rank(name) else {
            folder.pages.push(index);
            return;
        };
        // Of several the first in the list names the folder.
        match folder.head {
            Some(other) if rank(self.name(other)) <= Some(own) => folder.pages.push(index),
            other => {
                folder.pages.extend(other);
                folder.head = Some(index);
            }
        }
    }

    fn branch(
        &self,
        path: &str,
        name: &str,
        folder: Folder,
        is_dated: bool,
        titles: &mut Vec<(usize, String)>,
    ) -> Branch {
        let is_dated = is_dated || self.is_dated(name);
        let list = self.list_of(path);
        let named = list.map_or("", |list| &list.title);
        let title = match (named, folder.head) {
            ("", Some(head)) => self.pages[head].nav_title.clone(),
            ("", None) => name_as_title(name),
            (named, _) => named.to_string(),
        };
        let mut pages = folder.pages;
        if let Some(list) = list {
            pages.retain(|page| !list.hidden.iter().any(|name| name == self.name(*page)));
            for page in pages.iter().chain(&folder.head) {
                let named = list
                    .entries
                    .iter()
                    .find(|(name, _)| name == self.name(*page));
                if let Some((_, title)) = named.filter(|(_, title)| !title.is_empty()) {
                    titles.push((*page, title.clone()));
                }
            }
        }
        if is_dated && pages.iter().any(|page| !self.day(*page).is_empty()) {
            pages.sort_by(|a, b| self.day(*b).cmp(self.day(*a)).then(a.cmp(b)));
        } else {
            let place = |page: usize| list.and_then(|list| list.place(self.name(page)));
            let order = |page: usize| Order {
                place: place(page),
                ..self.order_of_page(page)
            };
            let keys: HashMap<usize, Order> =
                pages.iter().map(|page| (*page, order(*page))).collect();
            pages.sort_by(|a, b| keys[a].cmp(&keys[b]).then(a.cmp(b)));
        }
        let mut children: Vec<(Order, Branch)> = folder
            .folders
            .into_iter()
            .map(|(name, folder)| {
                let path = joined(path, &name);
                let mut branch = self.branch(&path, &name, folder, is_dated, titles);
                let named = list.and_then(|list| list.title_of(&name));
                if let Some(title) = named.filter(|title| !title.is_empty()) {
                    branch.title = title.to_string();
                }
                let own = self.list_of(&path);
                let mut order = self.order_of_folder(&name, &branch);
                order.position = own.and_then(|own| own.order).or(order.position);
                order.place = list.and_then(|list| list.place(&name));
                (order, branch)
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

    /// The name of a page's file without its ending.
    fn name(&self, index: usize) -> &str {
        let path = &self.pages[index].shared_path;
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The day of a page, or that its file's name begins with.
    fn day(&self, index: usize) -> &str {
        let date = self.pages[index].date.as_str();
        let name = self.name(index);
        let is_day = name.starts_with(|c: char| c.is_ascii_digit());
        match date.is_empty() && is_day {
            true => name,
            false => date,
        }
    }

    fn is_dated(&self, name: &str) -> bool {
        self.config.files.dated.iter().any(|dated| dated == name)
    }

    /// What a file says about a folder of the pages' language.
    fn list_of(&self, path: &str) -> Option<&FolderList> {
        let lists = &self.config.folder_lists;
        let (above, _) = self.locale_folder.rsplit_once('/').unwrap_or_default();
        let below = path.strip_prefix(above)?.trim_start_matches('/');
        let own = joined(self.locale_folder, below);
        lists
            .get(own.trim_end_matches('/'))
            .or_else(|| lists.get(path))
    }

    fn order_of_page(&self, index: usize) -> Order {
        let page = &self.pages[index];
        let name = self.name(index);
        Order {
            place: None,
            position: page.document.frontmatter.order,
            number: numbered(name).0,
            title: title_parts(&page.nav_title),
        }
    }

    fn order_of_folder(&self, name: &str, branch: &Branch) -> Order {
        let position = |index: usize| self.pages[index].document.frontmatter.order;
        Order {
            place: None,
            position: branch.head.and_then(position),
            number: numbered(name).0,
            title: title_parts(&branch.title),
        }
    }
}

impl Order {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |number: Option<f64>| number.unwrap_or(f64::INFINITY);
        let listed = |place: Option<usize>| place.unwrap_or(usize::MAX);
        let by_list = listed(self.place).cmp(&listed(other.place));
        let by_position = place(self.position).total_cmp(&place(other.position));
        let by_number = place(self.number).total_cmp(&place(other.number));
        by_list
            .then(by_position)
            .then(by_number)
            .then_with(|| self.title.cmp(&other.title))
    }
}

/// A folder's path below another.
fn joined(folder: &str, name: &str) -> String {
    match folder.is_empty() {
        true => name.to_string(),
        false => format!("{folder}/{name}"),
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
        check_with(documents, |_| {}, expected);
    }

    fn check_with(documents: &[(&str, &str)], set: impl Fn(&mut Config), expected: &str) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let mut config = Config::read("preset: markdown", "a").unwrap();
        set(&mut config);
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

    #[test]
    fn list_comes_before_folders_and_serves_every_language() {
        let list = "[{title: Start, pages: [b.md, {title: All, folder: api}]}, /a/]";
        check_with(
            &[
                ("a.md", "# A"),
                ("api/x.md", "# X"),
                ("b.md", "# B"),
                ("c.md", "# C"),
                ("fr/b.md", "# Le B"),
            ],
            |config| config.navigation = serde_yaml::from_str(list).unwrap(),
            "Start: B\n  All: X\nDocuments: A\nStart: Le B\n",
        );
    }

    #[test]
    fn files_of_folders_order_and_name_what_is_in_them() {
        check_with(
            &[
                ("a/x.md", "# X"),
                ("a/y.md", "# Y"),
                ("a/z/w.md", "# W"),
                ("b.md", "# B"),
            ],
            |config| {
                let list =
                    crate::tool::ToolText::new("meta.json", "{y: 'Why', z: 'Zed'}".to_string())
                        .folder_list();
                config.folder_lists.insert("a".into(), list.unwrap());
            },
            "Documents: B\nA: Why, X\n  Zed: W\n",
        );
    }
}
