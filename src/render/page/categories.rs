//! Categories: their pages, the ways up to them, and the pages beside a page.

use crate::error::Error;
use crate::model::translation::Translation;
use crate::render::nav::Navigation;
use crate::render::page::View;
use crate::render::page_data::{CategoryData, CategoryLink, Named, PageData};
use crate::render::summary::of_titles;
use crate::render::url::relative;

impl View<'_> {
    /// The page of a category.
    ///
    /// # Errors
    /// [`Error::Template`] when the navigation's template fails.
    pub fn category(
        &self,
        index: usize,
        navigation: &Navigation<'_>,
    ) -> Result<(PageData, CategoryData), Error> {
        let node = &self.site.categories[index];
        let mut breadcrumbs = self.breadcrumbs(node.parent, node.address.file());
        breadcrumbs.push(Named {
            title: node.title.clone(),
            url: String::new(),
        });
        let lang = self.site.lang_of(index).to_string();
        let titles = node.children.iter();
        let titles = titles.map(|child| self.site.categories[*child].title.as_str());
        let pages = node.pages.iter();
        let pages = pages.map(|page| self.site.pages[*page].title.as_str());
        let page = PageData {
            description: of_titles(titles.chain(pages)),
            direction: self.direction(&lang),
            lang,
            breadcrumbs,
            nav_html: navigation.category(index)?,
            ..self.plain("category", &node.title, node.address.file())
        };
        let category = CategoryData {
            title: node.title.clone(),
            children: node
                .children
                .iter()
                .map(|child| self.category_link(*child, node.address.file(), 0))
                .collect(),
            pages: node
                .pages
                .iter()
                .map(|page| self.entry(*page, node.address.file()))
                .collect(),
        };
        Ok((page, category))
    }

    /// Top-level categories of a language with those right below them.
    pub fn category_tree(&self, translation: &Translation) -> Vec<CategoryLink> {
        let from = translation.front.file();
        self.site
            .roots_of(translation)
            .map(|root| self.category_link(root, from, 1))
            .collect()
    }

    fn category_link(&self, index: usize, from: &str, levels: usize) -> CategoryLink {
        let node = &self.site.categories[index];
        let below = if levels == 0 {
            &[]
        } else {
            node.children.as_slice()
        };
        CategoryLink {
            title: node.title.clone(),
            url: relative(from, node.address.file()),
            count: self.site.count(index),
            children: below
                .iter()
                .map(|child| self.category_link(*child, from, levels - 1))
                .collect(),
        }
    }

    /// The categories above a page, the outermost first.
    pub(super) fn breadcrumbs(&self, category: Option<usize>, from: &str) -> Vec<Named> {
        let branch = category
            .map(|category| self.site.branch(category))
            .unwrap_or_default();
        let named = |index: usize| {
            let node = &self.site.categories[index];
            Named {
                title: node.title.clone(),
                url: relative(from, node.address.file()),
            }
        };
        branch.into_iter().map(named).collect()
    }

    /// The pages before and after this one in its top-level category.
    pub(super) fn neighbours(&self, index: usize) -> (Option<Named>, Option<Named>) {
        let page = &self.site.pages[index];
        let Some(category) = page.category else {
            return (None, None);
        };
        let node = &self.site.categories[category];
        let pages = &node.pages;
        let head = node.head.filter(|head| *head != index);
        let (before, after) = match node.head == Some(index) {
            true => (None, pages.first()),
            false => {
                let at = page.position;
                let before = at.checked_sub(1).and_then(|at| pages.get(at));
                (before.or(head.as_ref()), pages.get(at + 1))
            }
        };
        let named = |other: &usize| {
            let other = &self.site.pages[*other];
            Named {
                title: other.nav_title.clone(),
                url: relative(page.address.file(), other.address.file()),
            }
        };
        (before.map(named), after.map(named))
    }
}
