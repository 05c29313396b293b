//! The tree of categories, the site's navigation.

use std::collections::{HashMap, HashSet};

use crate::model::address::segment;
use crate::model::limit::{MAX_CATEGORY_DEPTH, repeated};
use crate::model::page::Page;
use crate::model::page_address::{HOME, PageAddress};

/// A node of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Name as written.
    pub title: String,
    /// Address of its page.
    pub address: PageAddress,
    /// Index of the document that is its page; `None` where its page lists what it contains.
    pub head: Option<usize>,
    /// The language whose pages it contains, where paths name languages.
    pub locale: Option<String>,
    /// Index of the category above it; `None` for a root.
    pub parent: Option<usize>,
    /// Indices of the categories directly below it.
    pub children: Vec<usize>,
    /// Indices of the pages directly in it.
    pub pages: Vec<usize>,
}

/// Builds the tree of the categories that documents name, and sets the leaf of each page. Roots come
/// in configured order, the others in path order.
pub(super) fn categories(pages: &mut [Page], order: &[String]) -> Vec<Category> {
    let mut tree = CategoryTree::default();
    let mut known: HashMap<(Option<usize>, String), usize> = HashMap::new();
    let mut add = |parent: Option<usize>, title: &str, tree: &mut CategoryTree| {
        *known
            .entry((parent, title.to_string()))
            .or_insert_with(|| tree.add(parent, title, None, None))
    };
    for title in order {
        add(None, title, &mut tree);
    }
    for (index, page) in pages.iter_mut().enumerate() {
        page.category = None;
        if page.address.file() == HOME {
            continue;
        }
        let mut parent = None;
        let path: Vec<String> = page
            .document
            .frontmatter
            .category_path()
            .take(MAX_CATEGORY_DEPTH)
            .map(str::to_string)
            .collect();
        for title in path {
            parent = Some(add(parent, &title, &mut tree));
        }
        page.category = parent;
        if let Some(leaf) = parent {
            page.position = tree.categories[leaf].pages.len();
            tree.categories[leaf].pages.push(index);
        }
    }
    tree.categories
}

/// A category that is not numbered yet, as a navigation names it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Branch {
    /// Its title.
    pub title: String,
    /// The page that its title leads to; `None` where it has a page that lists what it contains.
    pub head: Option<usize>,
    /// Pages directly in it, in order.
    pub pages: Vec<usize>,
    /// Categories directly in it, in order.
    pub children: Vec<Branch>,
}

/// Numbers branches, parents before their children, and sets the leaf of each page: the first that
/// names it. Pages in no branch have none. `locale` is the language whose pages they are for, where
/// the content has several.
pub(super) fn flatten(
    languages: Vec<(Option<String>, Vec<Branch>)>,
    pages: &mut [Page],
) -> Vec<Category> {
    let mut tree = CategoryTree::default();
    for page in pages.iter_mut() {
        page.category = None;
        page.position = 0;
        let addresses = std::iter::once(&page.address).chain(&page.aliases);
        tree.taken.extend(addresses.map(PageAddress::folded));
    }
    for (locale, branches) in languages {
        for branch in branches {
            tree.add_branch(None, branch, locale.as_deref(), pages, 1);
        }
    }
    tree.categories
}

/// Categories with the addresses that they and pages have.
#[derive(Default)]
struct CategoryTree {
    categories: Vec<Category>,
    taken: HashSet<String>,
    /// The last number used for each stem.
    numbers: HashMap<String, usize>,
    /// Where the pages of categories without a head are; by category.
    stems: Vec<String>,
}

impl CategoryTree {
    fn add(
        &mut self,
        parent: Option<usize>,
        title: &str,
        locale: Option<&str>,
        head: Option<&Page>,
    ) -> usize {
        let index = self.categories.len();
        let folder = match parent {
            Some(parent) => self.stems[parent].clone(),
            None => match locale {
                Some(locale) => format!("category/{}", segment(locale)),
                None => "category".to_string(),
            },
        };
        let stem = format!("{folder}/{}", segment(title));
        let address = match head {
            Some(page) => page.address.clone(),
            None => unique_address(&stem, &mut self.taken, &mut self.numbers),
        };
        if let Some(parent) = parent {
            self.categories[parent].children.push(index);
        }
        self.stems.push(match head {
            Some(_) => stem,
            None => address.stem().to_string(),
        });
        self.categories.push(Category {
            title: title.to_string(),
            address,
            head: None,
            locale: None,
            parent,
            children: Vec::new(),
            pages: Vec::new(),
        });
        index
    }

    fn add_branch(
        &mut self,
        parent: Option<usize>,
        branch: Branch,
        locale: Option<&str>,
        pages: &mut [Page],
        depth: usize,
    ) {
        // A page has one place, and a branch of which nothing is left is none.
        let head = branch.head.filter(|head| pages[*head].category.is_none());
        let own = |index: &usize| pages[*index].category.is_none() && Some(*index) != head;
        let own: Vec<usize> = branch.pages.into_iter().filter(own).collect();
        if head.is_none() && own.is_empty() && branch.children.is_empty() {
            return;
        }
        let is_merged = depth > MAX_CATEGORY_DEPTH;
        let index = match parent.filter(|_| is_merged) {
            Some(parent) => parent,
            None => {
                let head = head.map(|head| &pages[head]);
                self.add(parent, repeated(&branch.title), locale, head)
            }
        };
        let category = &mut self.categories[index];
        category.locale = locale.map(str::to_string);
        let mut listed = own;
        if let Some(head) = head {
            pages[head].category = Some(index);
            match is_merged {
                true => listed.insert(0, head),
                false => category.head = Some(head),
            }
        }
        for page in listed {
            pages[page].category = Some(index);
            pages[page].position = category.pages.len();
            category.pages.push(page);
        }
        for child in branch.children {
            self.add_branch(Some(index), child, locale, pages, depth + 1);
        }
    }
}

/// The first address with this stem that is free on file systems that ignore case: `a`, `a-2`.
/// `numbers` contains the last number used for each stem.
fn unique_address(
    stem: &str,
    taken: &mut HashSet<String>,
    numbers: &mut HashMap<String, usize>,
) -> PageAddress {
    let folded = stem.to_lowercase();
    let number = numbers.entry(folded.clone()).or_insert(0);
    loop {
        *number += 1;
        let address = match *number {
            1 => PageAddress::of_stem(stem),
            number => PageAddress::of_stem(&format!("{stem}-{number}")),
        };
        if taken.insert(address.folded()) {
            return address;
        }
    }
}
