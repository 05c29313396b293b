//! A Markdown twin of every page, and `llms.txt`, which lists them. At the twin's former addresses is
//! a note that leads to it.

use std::fmt::Write;

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
            Planned::new(page.address.twin(), || {
                let text = view.sources.get(page.document.file).text.as_str();
                Ok(twin(page, text, view.config).into_bytes())
            })
            .of(page)
        };
        let list = Planned::new("llms.txt", || Ok(list(view).into_bytes()));
        let pages = view.site.pages.iter();
        let notes = pages.clone().flat_map(|page| {
            let aliases = page.aliases.iter();
            aliases.map(move |alias| {
                let note = move || Ok(moved(view, alias, page).into_bytes());
                Planned::new(alias.twin(), note).of(page)
            })
        });
        Ok(pages.map(make).chain(notes).chain([list]).collect())
    }
}

/// What is read at a former address of a twin.
fn moved(view: &View<'_>, from: &PageAddress, page: &Page) -> String {
    let title = one_line(&page.title);
    let url = relative(&from.twin(), &page.address.twin());
    let says = view.strings.page("moved_title");
    format!("# {title}\n\n{says}\n\n[{title}]({url})\n")
}

/// The site's Markdown files by category, in the form of llmstxt.org.
fn list(view: &View<'_>) -> String {
    let data = view.site_data();
    let mut text = format!("# {}\n", one_line(&data.title));
    if !data.description.is_empty() {
        let _ = write!(text, "\n> {}\n", one_line(&data.description));
    }
    let mut add_section = |title: &str, pages: &[usize]| {
        if pages.is_empty() {
            return;
        }
        let _ = write!(text, "\n## {}\n\n", one_line(title));
        for index in pages {
            let page = &view.site.pages[*index];
            let address = page.address.twin();
            let url = if data.url.is_empty() {
                encode(&address)
            } else {
                format!("{}/{}", data.url, encode(&address))
            };
            let _ = write!(text, "- [{}]({url})", one_line(&page.title));
            if !page.description.is_empty() {
                let _ = write!(text, ": {}", one_line(&page.description));
            }
            text.push('\n');
        }
    };
    let loose: Vec<usize> = (0..view.site.pages.len())
        .filter(|index| {
            let page = &view.site.pages[*index];
            page.category.is_none() && page.is_listed()
        })
        .collect();
    add_section(view.strings.page("documents"), &loose);
    for root in view.site.roots() {
        add_section(
            &view.site.categories[root].title,
            &view.site.reading_order(root),
        );
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['[', ']'], "")
}
