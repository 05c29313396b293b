//! Where the links of a built site lead.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Selector};

use crate::support::safe::scheme;
use crate::support::{Files, pages};

/// Links as `page: address` that lead to no file of the site, or to no element of the page.
pub fn broken(files: &Files, base: &str) -> Vec<String> {
    let pages = pages(files);
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, html)| (*path, ids(html)))
        .collect();
    let mut broken = Vec::new();
    for (page, html) in &pages {
        for address in addresses(html) {
            if scheme(address).is_empty() && !leads_somewhere(page, address, base, files, &ids) {
                broken.push(format!("{page}: {address}"));
            }
        }
    }
    broken.dedup();
    broken
}

/// Every address on a page that has a scheme.
pub fn external(html: &Html) -> impl Iterator<Item = &str> {
    addresses(html).filter(|address| !scheme(address).is_empty())
}

/// Links of a page that a person reads, as `text → address`, in page order.
pub fn told(html: &Html, within: &str) -> String {
    let links = Selector::parse(&format!("{within} a[href]:not(.anchor)")).unwrap();
    let images = Selector::parse(&format!("{within} img")).unwrap();
    let link = |link: ElementRef<'_>| {
        let text: String = link.text().collect();
        format!(
            "{} → {}\n",
            text.trim(),
            link.attr("href").unwrap_or_default()
        )
    };
    let image = |image: ElementRef<'_>| {
        let [alt, src] = ["alt", "src"].map(|name| image.attr(name).unwrap_or_default());
        format!("{alt} → {src}\n")
    };
    let links = html.select(&links).map(link);
    links.chain(html.select(&images).map(image)).collect()
}

/// The addresses of a page that a person can follow or a browser loads.
fn addresses(html: &Html) -> impl Iterator<Item = &str> {
    let linked = Selector::parse("[href], [src]").unwrap();
    let found: Vec<_> = html.select(&linked).collect();
    // What machines are told of the published address is absolute on purpose.
    let is_followed = |element: &ElementRef<'_>| {
        let is_twin = element.value().name() == "link" && element.attr("hreflang").is_some();
        element.attr("rel") != Some("canonical") && !is_twin
    };
    found
        .into_iter()
        .filter(is_followed)
        .filter_map(|element| element.attr("href").or(element.attr("src")))
}

fn ids(html: &Html) -> BTreeSet<&str> {
    let identified = Selector::parse("[id]").unwrap();
    let found: Vec<_> = html.select(&identified).collect();
    found
        .into_iter()
        .filter_map(|element| element.attr("id"))
        .collect()
}

fn leads_somewhere(
    page: &str,
    address: &str,
    base: &str,
    files: &Files,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
) -> bool {
    let (place, fragment) = address.split_once('#').unwrap_or((address, ""));
    // `#top` is the top of every page, whatever its ids.
    let fragment = if fragment == "top" { "" } else { fragment };
    let Some(file) = resolve(page, place, base) else {
        return false;
    };
    let fragment = percent_decode_str(fragment).decode_utf8().unwrap();
    let has_fragment = |ids: &BTreeSet<&str>| ids.contains(fragment.as_ref());
    let is_there = files.contains_key(&file);
    is_there && (fragment.is_empty() || ids.get(file.as_str()).is_some_and(has_fragment))
}

/// The file that a browser asks for: `base` is the path the site is served at, and only what the
/// 404 page links starts there.
fn resolve(page: &str, place: &str, base: &str) -> Option<String> {
    let place = percent_decode_str(place).decode_utf8().unwrap();
    if place.is_empty() {
        return Some(page.to_string());
    }
    if page == "404.html" {
        let path = place.strip_prefix(base)?.strip_prefix('/')?;
        return Some(path.to_string());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in place.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            "" => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
