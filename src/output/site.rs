//! The help site: pages, categories, home, overview, 404, redirects, sitemap.

use std::fmt::Write;

use crate::error::Error;
use crate::model::topic::{Topic, TopicKind};
use crate::output::{Artifact, Output, Sink, each};
use crate::render::html::{Output as Standing, escape};
use crate::render::nav::Navigation;
use crate::render::page::View;
use crate::render::page_data::{Named, PageData};
use crate::render::policy::style_source;
use crate::render::theme::Shown;
use crate::render::url::{encode, relative};

/// Subjects on the home page.
const TASKS: usize = 16;

/// The help site.
pub struct SitePages;

impl Output for SitePages {
    fn name(&self) -> &'static str {
        "site"
    }

    fn needs_files(&self) -> bool {
        true
    }

    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
        let navigation = Navigation::new(view.site, view.theme);
        home(view, sink)?;
        let pages: Vec<usize> = (0..view.site.pages.len())
            .filter(|index| Some(*index) != view.site.home())
            .collect();
        each(&pages, |index| page(view, *index, &navigation), sink)?;
        let categories: Vec<usize> = (0..view.site.categories.len()).collect();
        each(
            &categories,
            |index| category(view, *index, &navigation),
            sink,
        )?;
        each(&view.site.topics.list, |one| topic(view, one), sink)?;
        overview(view, sink)?;
        not_found(view, sink)?;
        redirects(view, sink)?;
        sink(sitemap(view))
    }
}

fn page(view: &View<'_>, index: usize, navigation: &Navigation<'_>) -> Result<Artifact, Error> {
    let page = view.page(index, navigation)?;
    let html = view.theme.render_bytes("page.html", &[("page", &page)])?;
    Ok(Artifact::bytes(page.path, html))
}

fn category(view: &View<'_>, index: usize, navigation: &Navigation<'_>) -> Result<Artifact, Error> {
    let (page, category) = view.category(index, navigation)?;
    let values: [(&'static str, &dyn Shown); 2] = [("page", &page), ("category", &category)];
    let html = view.theme.render_bytes("category.html", &values)?;
    Ok(Artifact::bytes(page.path, html))
}

fn topic(view: &View<'_>, topic: &Topic) -> Result<Artifact, Error> {
    let (page, guides, entries) = view.topic(topic);
    let values: [(&'static str, &dyn Shown); 3] =
        [("page", &page), ("guides", &guides), ("entries", &entries)];
    let html = view.theme.render_bytes("topic.html", &values)?;
    Ok(Artifact::bytes(page.path, html))
}

fn home(view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
    const ADDRESS: &str = "index.html";
    let title = view.site_data().title;
    let mut page = view.plain("home", &title, ADDRESS);
    page.description = view.config.site.description.clone();
    if let Some(index) = view.site.home() {
        let document = &view.site.pages[index];
        page.title.clone_from(&document.title);
        page.content_html = view
            .place(index, Standing::Page)
            .blocks(&document.document.blocks)?;
        if !document.description.is_empty() {
            page.description.clone_from(&document.description);
        }
        page.markdown = "index.md".to_string();
    }
    let all: Vec<usize> = (0..view.site.pages.len()).collect();
    let (categories, guides) = (view.category_tree(ADDRESS), view.guides(&all, ADDRESS));
    // A company has its guides; as a subject it is no task.
    let companies = view.topics(TopicKind::Company, ADDRESS);
    let tasks: Vec<_> = view
        .topics(TopicKind::Tag, ADDRESS)
        .into_iter()
        .filter(|task| companies.iter().all(|company| company.title != task.title))
        .take(TASKS)
        .collect();
    let recent = view.recent(ADDRESS);
    let html = view.theme.render_bytes(
        "index.html",
        &[
            ("page", &page),
            ("categories", &categories),
            ("guides", &guides),
            ("recent", &recent),
            ("tasks", &tasks),
        ],
    )?;
    sink(Artifact::bytes(ADDRESS, html))
}

fn overview(view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
    const ADDRESS: &str = "checklists/index.html";
    if view.sheets.is_empty() {
        return Ok(());
    }
    let (modes, rows) = view.matrix(ADDRESS);
    let page = view.plain("checklists", view.strings.page("checklists_title"), ADDRESS);
    let html = view.theme.render_bytes(
        "checklists.html",
        &[("page", &page), ("modes", &modes), ("rows", &rows)],
    )?;
    sink(Artifact::bytes(ADDRESS, html))
}

/// The page for addresses that lead nowhere; it is served at any depth, so its links start at
/// the root of the host. Opened from disk it finds no style sheet there, so it has a plain style of
/// its own, which every layer of the sheet wins over.
fn not_found(view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
    const ADDRESS: &str = "404.html";
    let title = view.strings.page("not_found_title");
    let root = format!("{}/", url_path(&view.config.site.url));
    let style = view.theme.render("404_style.html", &[])?;
    let page = PageData {
        root,
        canonical: String::new(),
        style_source: style_source(&style),
        style_html: style,
        ..view.plain("404", title, ADDRESS)
    };
    let html = view.theme.render_bytes("404.html", &[("page", &page)])?;
    sink(Artifact::bytes(ADDRESS, html))
}

/// The path of an address without the slash at its end: empty for a host alone.
fn url_path(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/')
        .map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

fn redirects(view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
    for page in &view.site.pages {
        for alias in &page.aliases {
            let redirect = Named {
                title: page.title.clone(),
                url: relative(alias, &page.address),
            };
            let html = view
                .theme
                .render_bytes("redirect.html", &[("redirect", &redirect)])?;
            sink(Artifact::bytes(alias.clone(), html))?;
        }
    }
    Ok(())
}

/// Addresses are absolute when the project says where it is published, and from the root of the
/// host otherwise.
fn sitemap(view: &View<'_>) -> Artifact {
    let base = view.config.site.url.trim_end_matches('/');
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |address: &str, date: &str| {
        let _ = write!(
            xml,
            "<url><loc>{}/{}</loc>",
            escape(base),
            escape(&encode(address))
        );
        if is_date(date) {
            let _ = write!(xml, "<lastmod>{date}</lastmod>");
        }
        xml.push_str("</url>\n");
    };
    if view.site.home().is_none() {
        add("index.html", "");
    }
    for page in &view.site.pages {
        add(&page.address, &page.date);
    }
    for category in &view.site.categories {
        add(&category.address, "");
    }
    for topic in &view.site.topics.list {
        add(&topic.address, "");
    }
    xml.push_str("</urlset>\n");
    Artifact::text("sitemap.xml", xml)
}

fn is_date(text: &str) -> bool {
    text.len() == "2024-03-08".len()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_of_an_address() {
        assert_eq!(url_path("https://a.b/docs/"), "/docs");
        assert_eq!(url_path("https://a.b"), "");
        assert_eq!(url_path(""), "");
    }
}
