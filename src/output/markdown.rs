//! A Markdown twin of every page, `llms.txt`, which lists them, and `llms-full.txt`, which contains
//! all of them. At the twin's former addresses is a note that leads to it.

use std::fmt::Write;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::error::Error;
use crate::model::page::Page;
use crate::model::page_address::PageAddress;
use crate::output::{Output, Planned};
use crate::render::markdown::twin;
use crate::render::page::View;
use crate::render::url::{encode, relative};

/// Markdown twins.
pub struct MarkdownTwins;

impl Output for MarkdownTwins {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let make = |page: &'v Page| {
            Planned::new(page.address.twin(), || Ok(twin_of(view, page).into_bytes())).of(page)
        };
        let list = Planned::new("llms.txt", || Ok(list(view).into_bytes()));
        let whole = Planned::new("llms-full.txt", || Ok(whole(view).into_bytes()));
        let pages = view.site.pages.iter();
        let notes = pages.clone().flat_map(|page| {
            let aliases = page.aliases.iter();
            aliases.map(move |alias| {
                let note = move || Ok(moved(view, alias, page).into_bytes());
                Planned::new(alias.twin(), note).of(page)
            })
        });
        Ok(pages.map(make).chain(notes).chain([list, whole]).collect())
    }
}

/// What is read at a former address of a twin.
fn moved(view: &View<'_>, from: &PageAddress, page: &Page) -> String {
    let title = one_line(&page.title);
    let url = relative(&from.twin(), &page.address.twin());
    let says = view.strings.page("moved_title");
    format!("# {title}\n\n{says}\n\n[{title}]({url})\n")
}

/// Pages of the lists, by the titles of their sections.
fn sections(view: &View<'_>) -> Vec<(String, Vec<usize>)> {
    let loose = (0..view.site.pages.len()).filter(|index| {
        let page = &view.site.pages[*index];
        page.category.is_none() && page.is_listed()
    });
    let mut sections = vec![(view.strings.page("documents").to_string(), loose.collect())];
    for root in view.site.roots() {
        let title = view.site.categories[root].title.clone();
        sections.push((title, view.site.reading_order(root)));
    }
    sections.retain(|(_, pages): &(String, Vec<usize>)| !pages.is_empty());
    sections
}

/// Title and description of the site, as both lists begin.
fn head(view: &View<'_>) -> String {
    let data = view.site_data();
    let mut text = format!("# {}\n", one_line(&data.title));
    if !data.description.is_empty() {
        let _ = write!(text, "\n> {}\n", one_line(&data.description));
    }
    text
}

/// Where a twin is: on the published site, where that is known.
fn address(view: &View<'_>, page: &Page) -> String {
    let twin = page.address.twin();
    let canonical = view.canonical(&twin);
    if canonical.is_empty() {
        encode(&twin)
    } else {
        canonical
    }
}

/// The site's Markdown files by category, in the form of llmstxt.org.
fn list(view: &View<'_>) -> String {
    let mut text = head(view);
    for (title, pages) in sections(view) {
        let _ = write!(text, "\n## {}\n\n", one_line(&title));
        for page in pages.into_iter().map(|index| &view.site.pages[index]) {
            let url = address(view, page);
            let _ = write!(text, "- [{}]({url})", one_line(&page.title));
            if !page.description.is_empty() {
                let _ = write!(text, ": {}", one_line(&page.description));
            }
            text.push('\n');
        }
    }
    text
}

/// All texts of the site, one after the other, each with its address.
fn whole(view: &View<'_>) -> String {
    let pages = sections(view).into_iter().flat_map(|(_, pages)| pages);
    let pages: Vec<usize> = pages.collect();
    let texts: Vec<String> = pages
        .into_par_iter()
        .map(|index| {
            let page = &view.site.pages[index];
            let text = twin_of(view, page);
            format!(
                "\n---\n\n<{}>\n\n{}\n",
                address(view, page),
                text.trim_end()
            )
        })
        .collect();
    head(view) + &texts.concat()
}

fn twin_of(view: &View<'_>, page: &Page) -> String {
    let text = view.sources.get(page.document.file).text.as_str();
    twin(page, text, view.config)
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['[', ']'], "")
}
