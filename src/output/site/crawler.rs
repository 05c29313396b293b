//! What programs read and people do not: the sitemap, `robots.txt` with what crawlers are asked to
//! leave out, and the description of the site as an application.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::model::category::Category;
use crate::model::page::Page;
use crate::model::page_address::NOT_FOUND;
use crate::output::Planned;
use crate::output::site::url_path;
use crate::render::html::escape;
use crate::render::page::View;
use crate::render::page::brand::MANIFEST;
use crate::render::url::encode;

/// Name of the file with rules for crawlers.
const ROBOTS: &str = "robots.txt";

/// Name of the list of pages.
const SITEMAP: &str = "sitemap.xml";

/// The files for crawlers.
pub(super) fn plan<'v>(view: &'v View<'v>) -> Vec<Planned<'v>> {
    let mut planned = Vec::new();
    // Addresses of a sitemap are whole ones; a project that does not state where it is published
    // gets none.
    if !view.config.site.url.is_empty() {
        planned.push(Planned::new(SITEMAP, || Ok(sitemap(view).into_bytes())));
    }
    // A file of the content that the project allows is what it wants to publish.
    if view.sources.assets.iter().all(|asset| asset.path != ROBOTS) {
        planned.push(Planned::new(ROBOTS, || Ok(robots(view).into_bytes())));
    }
    if view.has_manifest() {
        planned.push(Planned::new(MANIFEST, || Ok(manifest(view))));
    }
    planned
}

/// The site as an application, for start screens.
fn manifest(view: &View<'_>) -> Vec<u8> {
    let site = view.site_data();
    let icons = site.brand.icons.iter();
    let icons: Vec<Value> = icons
        .map(|icon| json!({"src": icon.url, "type": icon.kind, "sizes": icon.sizes}))
        .collect();
    let mut manifest = json!({
        "name": site.title,
        "lang": site.lang,
        "start_url": site.home,
        "display": "browser",
        "background_color": "#ffffff",
        "icons": icons,
    });
    if let Some(accent) = view.config.site.accent {
        manifest["theme_color"] = json!(accent.to_string());
    }
    let mut text = manifest.to_string();
    text.push('\n');
    text.into_bytes()
}

/// What crawlers may read, by the rules of RFC 9309.
fn robots(view: &View<'_>) -> String {
    let site = &view.config.site;
    let base = url_path(&site.url);
    let mut text = String::new();
    for name in &site.robots.refuse {
        let _ = write!(text, "User-agent: {name}\nDisallow: {base}/\n\n");
    }
    text.push_str("User-agent: *\n");
    if !site.robots.index {
        let _ = writeln!(text, "Disallow: {base}/");
    }
    for path in &site.robots.disallow {
        let _ = writeln!(text, "Disallow: {base}{path}");
    }
    let _ = writeln!(text, "Allow: {base}/");
    if !site.url.is_empty() && site.robots.index {
        let _ = write!(text, "\nSitemap: {}\n", view.canonical(SITEMAP));
    }
    text
}

/// Addresses of all pages.
fn sitemap(view: &View<'_>) -> String {
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
    for own in &view.site.translations {
        let file = own.front.file();
        if view.site.has_front(own) && view.site.document_at(file).is_none() {
            add(file, "");
        }
    }
    let is_shown = |page: &&Page| page.is_listed() && page.address.file() != NOT_FOUND;
    for page in view.site.pages.iter().filter(is_shown) {
        add(page.address.file(), &page.date);
    }
    let own = |category: &&Category| category.head.is_none();
    for category in view.site.categories.iter().filter(own) {
        add(category.address.file(), "");
    }
    for topic in &view.site.topics.list {
        add(topic.address.file(), "");
    }
    xml.push_str("</urlset>\n");
    xml
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
    fn dates_have_one_form() {
        assert!(is_date("2024-03-08"));
        for text in ["", "2024-3-8", "2024/03/08", "March 2024", "2024-03-08T00"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
