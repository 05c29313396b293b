//! The tree of categories, the site's navigation.

use std::collections::{HashMap, HashSet};

use crate::model::address::segment;
use crate::model::limit::MAX_CATEGORY_DEPTH;
use crate::model::page::Page;
use crate::model::page_address::{HOME, PageAddress};

/// A node of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Name as written.
    pub title: String,
    /// Address of its page.
    pub address: PageAddress,
    /// Index of the category above it; `None` for a root.
    pub parent: Option<usize>,
    /// Indices of the categories directly below it.
    pub children: Vec<usize>,
    /// Indices of the pages directly in it.
    pub pages: Vec<usize>,
}

/// Builds the tree of categories and sets the leaf of each page. Roots come in configured order,
/// the others in path order.
pub(super) fn categories(pages: &mut [Page], order: &[String]) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    let mut known: HashMap<(Option<usize>, String), usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut add = |parent: Option<usize>, title: &str, categories: &mut Vec<Category>| {
        *known.entry((parent, title.to_string())).or_insert_with(|| {
            let index = categories.len();
            let folder = match parent {
                Some(parent) => categories[parent].address.stem(),
                None => "category",
            };
            let stem = format!("{folder}/{}", segment(title));
            let address = unique_address(&stem, &mut taken, &mut numbers);
            if let Some(parent) = parent {
                categories[parent].children.push(index);
            }
            categories.push(Category {
                title: title.to_string(),
                address,
                parent,
                children: Vec::new(),
                pages: Vec::new(),
            });
            index
        })
    };
    for title in order {
        add(None, title, &mut categories);
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
            parent = Some(add(parent, &title, &mut categories));
        }
        page.category = parent;
        if let Some(leaf) = parent {
            categories[leaf].pages.push(index);
        }
    }
    categories
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
