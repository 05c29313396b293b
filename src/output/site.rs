//! The help site: pages, categories, home, overview, 404, redirects.

mod crawler;

use std::sync::Arc;

use crate::error::Error;
use crate::model::page::Page;
use crate::model::page_address::{NOT_FOUND, OVERVIEW, PageAddress};
use crate::model::topic::{Topic, TopicKind};
use crate::model::translation::Translation;
use crate::output::{Output, Planned};
use crate::render::html::Destination;
use crate::render::html::image::with_first_image_at_once;
use crate::render::nav::{Navigation, shortened};
use crate::render::page::View;
use crate::render::page_data::{PageData, Redirect};
use crate::render::policy::style_source;
use crate::render::summary::{description, of_titles};
use crate::render::theme::{EditionKey, Shown};
use crate::render::url::{relative, root};

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

    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let mut planned: Vec<Planned<'v>> = fronts(view).collect();
        planned.extend(pages(view));
        if !view.sheets.is_empty() {
            planned.push(Planned::new(OVERVIEW, || overview(view)));
        }
        planned.extend(results_pages(view));
        planned.push(Planned::new(NOT_FOUND, || not_found(view)));
        planned.extend(redirects(view));
        planned.extend(main_front(view));
        planned.extend(crawler::plan(view));
        Ok(planned)
    }
}

/// The front page of every language.
fn fronts<'v>(view: &'v View<'v>) -> impl Iterator<Item = Planned<'v>> {
    let all = view.site.translations.iter();
    let all = all.filter(|own| view.site.has_front(own));
    all.map(|own| {
        let made = Planned::new(own.front.file(), || front(view, own));
        match view.site.document_at(own.front.file()) {
            Some(index) => made.of(&view.site.pages[index]),
            None => made,
        }
    })
}

/// Pages of documents, categories and topics.
fn pages<'v>(view: &'v View<'v>) -> impl Iterator<Item = Planned<'v>> {
    let navigation = Arc::new(Navigation::new(view.site, view.theme, view.config.lang));
    let site = view.site;
    let documents = site.pages.iter().enumerate();
    // Front pages and the one for addresses that lead nowhere are made by themselves.
    let documents = documents.filter(move |(index, page)| {
        page.address.file() != NOT_FOUND && site.fronted(*index).is_none()
    });
    let shared = Arc::clone(&navigation);
    let documents = documents.map(move |(index, document)| {
        let navigation = Arc::clone(&shared);
        let make = move || page(view, index, &navigation);
        Planned::new(document.address.file(), make).of(document)
    });
    let categories = site.categories.iter().enumerate();
    // A category that a document heads is shown by it.
    let categories = categories.filter(|(_, node)| node.head.is_none());
    let categories = categories.map(move |(index, node)| {
        let navigation = Arc::clone(&navigation);
        Planned::new(node.address.file(), move || {
            category(view, index, &navigation)
        })
    });
    let topics = site.topics.list.iter();
    let topics = topics.map(move |one| Planned::new(one.address.file(), move || topic(view, one)));
    documents.chain(categories).chain(topics)
}

fn page(view: &View<'_>, index: usize, navigation: &Navigation<'_>) -> Result<Vec<u8>, Error> {
    let page = view.page(index, navigation)?;
    let theme = view.theme.edition(&view.site.pages[index].edition());
    theme.render_bytes("page.html", &[("page", &page)])
}

fn category(view: &View<'_>, index: usize, navigation: &Navigation<'_>) -> Result<Vec<u8>, Error> {
    let (page, category) = view.category(index, navigation)?;
    let values: [(&'static str, &dyn Shown); 2] = [("page", &page), ("category", &category)];
    let edition = view.site.edition_of(index, view.config.lang);
    let theme = view.theme.edition(&edition);
    theme.render_bytes("category.html", &values)
}

fn topic(view: &View<'_>, topic: &Topic) -> Result<Vec<u8>, Error> {
    let (page, guides, entries) = view.topic(topic);
    let values: [(&'static str, &dyn Shown); 3] =
        [("page", &page), ("guides", &guides), ("entries", &entries)];
    view.theme.render_bytes("topic.html", &values)
}

/// The front page of a language: its document, where it has one, and what there is in that language.
fn front(view: &View<'_>, translation: &Translation) -> Result<Vec<u8>, Error> {
    let (site, address) = (view.site, translation.front.file());
    let edition = edition(view, translation);
    let title = view.site_data_in(&edition).title;
    let mut page = PageData {
        description: front_description(view, translation),
        direction: view.direction(&translation.lang),
        lang: translation.lang.clone(),
        languages: view.fronts(translation),
        ..view.plain("home", &title, address)
    };
    if let Some(index) = site.document_at(address) {
        add_document(&mut page, view, index)?;
    }
    let pages = &translation.pages;
    let (categories, guides) = (view.category_tree(translation), view.guides(pages, address));
    // A company has its guides; as a subject it is no task.
    let companies = view.topics(TopicKind::Company, translation);
    let tasks: Vec<_> = view
        .topics(TopicKind::Tag, translation)
        .into_iter()
        .filter(|task| companies.iter().all(|company| company.title != task.title))
        .take(TASKS)
        .collect();
    let recent = view.recent(pages, address);
    view.theme.edition(&edition).render_bytes(
        "index.html",
        &[
            ("page", &page),
            ("categories", &categories),
            ("guides", &guides),
            ("recent", &recent),
            ("tasks", &tasks),
        ],
    )
}

/// What the site says of itself, else what there is in a language.
fn front_description(view: &View<'_>, translation: &Translation) -> String {
    let site = view.site;
    let own = view.config.site.description.clone();
    if !own.is_empty() {
        return own;
    }
    let categories = site.roots_of(translation);
    let categories = categories.map(|root| site.categories[root].title.as_str());
    let pages = translation.pages.iter().map(|page| &site.pages[*page]);
    let loose = pages.filter(|page| page.category.is_none() && page.is_listed());
    of_titles(categories.chain(loose.map(|page| page.title.as_str())))
}

/// What a language's document gives to its front page.
fn add_document(page: &mut PageData, view: &View<'_>, index: usize) -> Result<(), Error> {
    let document = &view.site.pages[index];
    page.title.clone_from(&document.title);
    page.lang.clone_from(&document.lang);
    page.direction = view.direction(&document.lang);
    (page.content_html, page.guide) = view.content(index)?;
    let own = description(document);
    // What the site says of itself is better than the first words of a text.
    if !document.description.is_empty()
        || view.config.site.description.is_empty() && !own.is_empty()
    {
        page.description = own;
    }
    page.structured_html = view.structured(index);
    page.markdown = relative(document.address.file(), &document.address.twin());
    Ok(())
}

/// The words and the navigation around a language's front page.
fn edition(view: &View<'_>, translation: &Translation) -> EditionKey {
    let first = translation.pages.first();
    match (&translation.locale, first) {
        (Some(_), Some(first)) => view.site.pages[*first].edition(),
        _ => (view.config.lang, None),
    }
}

fn overview(view: &View<'_>) -> Result<Vec<u8>, Error> {
    let overview = view.overview(OVERVIEW);
    let title = view.strings.page("checklists_title");
    let intro = match overview.has_modes {
        true => "checklists_intro",
        false => "checklists_intro_plain",
    };
    let page = PageData {
        description: view.strings.page(intro).to_string(),
        ..view.plain("checklists", title, OVERVIEW)
    };
    view.theme.render_bytes(
        "checklists.html",
        &[("page", &page), ("overview", &overview)],
    )
}

/// The pages of search results.
fn results_pages<'v>(view: &'v View<'v>) -> impl Iterator<Item = Planned<'v>> {
    let all = view.site.translations.iter();
    all.filter_map(move |own| {
        let address = view.results_of(own)?;
        Some(Planned::new(address.to_string(), move || {
            results(view, own, &address)
        }))
    })
}

/// The page of a language's search results, which lists and search engines leave out.
fn results(
    view: &View<'_>,
    translation: &Translation,
    address: &PageAddress,
) -> Result<Vec<u8>, Error> {
    let edition = edition(view, translation);
    let title = view.strings.in_language(edition.0).page("search_results");
    let page = PageData {
        is_unlisted: true,
        canonical: String::new(),
        direction: view.direction(&translation.lang),
        lang: translation.lang.clone(),
        languages: view.results_in_languages(translation),
        ..view.plain("search", title, address.file())
    };
    let theme = view.theme.edition(&edition);
    theme.render_bytes("search.html", &[("page", &page)])
}

/// The page for addresses that lead nowhere; it is served at any depth, so its links start at
/// the root of the host. Opened from disk it finds no style sheet there, so it has a plain style of
/// its own, which every layer of the sheet wins over.
fn not_found(view: &View<'_>) -> Result<Vec<u8>, Error> {
    let mut title = view.strings.page("not_found_title");
    let root = format!("{}/", url_path(&view.config.site.url));
    let style = view.theme.render("404_style.html", &[])?;
    let mut content_html = String::new();
    if let Some(index) = view.site.page_of_address(NOT_FOUND) {
        let document = &view.site.pages[index];
        title = &document.title;
        let context = view.context(index, Destination::Page);
        content_html = with_first_image_at_once(context.blocks(&document.document.blocks)?);
    }
    let page = PageData {
        description: view.strings.page("not_found_text").to_string(),
        content_html,
        root,
        canonical: String::new(),
        style_source: style_source(&style),
        style_html: style,
        ..view.plain("404", title, NOT_FOUND)
    };
    view.theme.render_bytes("404.html", &[("page", &page)])
}

/// The path of an address without the slash at its end: empty for a host alone.
fn url_path(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/')
        .map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

/// Pages at former addresses, of documents and of their checklists.
fn redirects<'v>(view: &'v View<'v>) -> impl Iterator<Item = Planned<'v>> {
    let pages = view.site.pages.iter().flat_map(move |page| {
        let aliases = page.aliases.iter();
        aliases.map(move |alias| redirect(view, alias.clone(), &page.address, page).of(page))
    });
    let sheets = view.sheets.iter().flat_map(move |sheet| {
        let page = &view.site.pages[sheet.page];
        let former = sheet.former(view.site);
        former.map(move |former| redirect(view, former, &sheet.address, page))
    });
    pages.chain(sheets)
}

/// The page that leads to the home page from where the main language would have its front page.
fn main_front<'v>(view: &'v View<'v>) -> Option<Planned<'v>> {
    let main = &view.site.translations[0];
    let from = main.folder_front.as_ref()?;
    let make = || lead(view, view.site_data().title, from, &main.front);
    view.site
        .is_free(from)
        .then(|| Planned::new(from.file(), make))
}

/// The page that leads on from a former address, with the fragment of what was asked for.
fn redirect<'v>(
    view: &'v View<'v>,
    from: PageAddress,
    to: &'v PageAddress,
    page: &'v Page,
) -> Planned<'v> {
    Planned::new(from.to_string(), move || {
        lead(view, shortened(&page.title), &from, to)
    })
}

fn lead(
    view: &View<'_>,
    title: String,
    from: &PageAddress,
    to: &PageAddress,
) -> Result<Vec<u8>, Error> {
    let redirect = Redirect {
        title,
        url: relative(from.file(), to.file()),
        root: root(from.file()),
    };
    let values: [(&'static str, &dyn Shown); 1] = [("redirect", &redirect)];
    view.theme.render_bytes("redirect.html", &values)
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
