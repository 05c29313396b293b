//! A site whose folders name languages: front pages, navigation, search indexes.

#[expect(dead_code, reason = "other tests use the rest of it")]
mod support;

use std::collections::BTreeSet;
use std::process::Command;

use scraper::{Html, Selector};

use crate::support::Files;
use crate::support::project::{Project, package};

fn build() -> Files {
    Project::read(&package().join("tests/cases/languages")).build()
}

/// The attribute of every element that a selector finds.
fn attribute(html: &str, selector: &str, name: &str) -> Vec<String> {
    let (html, selector) = (
        Html::parse_document(html),
        Selector::parse(selector).unwrap(),
    );
    let found = html.select(&selector);
    found
        .map(|element| element.attr(name).unwrap_or_default().to_string())
        .collect()
}

fn heading(html: &str) -> String {
    let (html, selector) = (Html::parse_document(html), Selector::parse("h1").unwrap());
    html.select(&selector)
        .flat_map(|element| element.text())
        .collect()
}

#[test]
fn every_language_has_a_front_page_that_lists_its_pages() {
    let files = build();
    for (path, lang, title, listed) in [
        ("index.html", "en", "Payments", "category/en/"),
        ("fr/index.html", "fr", "Payments", "../category/fr/"),
        ("ja/index.html", "ja", "決済のヘルプ", "../category/ja/"),
        ("zh/index.html", "zh", "Payments", "../category/zh/"),
    ] {
        let html = &files[path];
        assert_eq!(attribute(html, "html", "lang"), [lang], "{path}");
        assert_eq!(heading(html), title, "{path}");
        let links = attribute(html, "main a", "href");
        let mut categories = links.iter().filter(|link| link.contains("category/"));
        assert!(categories.clone().count() > 0, "{path}");
        assert!(
            categories.all(|link| link.starts_with(listed)),
            "{path}: {links:?}"
        );
        let languages: BTreeSet<String> = attribute(html, "main a[hreflang]", "lang")
            .into_iter()
            .collect();
        assert_eq!(
            languages,
            ["en", "fr", "ja", "zh"].map(String::from).into(),
            "{path}"
        );
        let alternates = attribute(html, "link[rel=alternate][hreflang]", "href");
        assert!(
            alternates.contains(&"https://example.com/help/ja/index.html".to_string()),
            "{path}"
        );
    }
}

#[test]
fn every_page_leads_to_the_front_page_and_the_index_of_its_language() {
    let files = build();
    for (path, home, folder) in [
        ("en/start.html", "../index.html", "search"),
        ("fr/start.html", "../fr/index.html", "search/fr"),
        ("ja/guide/card.html", "../../ja/index.html", "search/ja"),
        ("category/ja/guide.html", "../../ja/index.html", "search/ja"),
        ("ja/index.html", "../ja/index.html", "search/ja"),
    ] {
        let html = &files[path];
        assert_eq!(attribute(html, ".site-title", "href"), [home], "{path}");
        assert_eq!(
            attribute(html, "form.search", "data-folder"),
            [folder],
            "{path}"
        );
        assert!(
            files.contains_key(&format!("{folder}/index.js")),
            "{folder}"
        );
    }
}

#[test]
fn an_index_has_the_pages_of_its_language_only() {
    let files = build();
    let head = &files["search/ja/index.js"];
    assert!(head.contains("ja/start.html") && head.contains("ja/guide/card.html"));
    assert!(!head.contains("en/start.html") && !head.contains("fr/start.html"));
    assert!(!files["search/index.js"].contains("ja/start.html"));
}

#[test]
fn the_folder_of_the_main_language_leads_to_the_home_page() {
    let files = build();
    let canonical = attribute(&files["en/index.html"], "link[rel=canonical]", "href");
    assert_eq!(canonical, ["../index.html"]);
}

#[test]
fn the_command_line_searches_all_languages_or_one() {
    let root = package().join("tests/cases/languages");
    let search = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
        let output = command.arg("search").args(arguments).arg(&root).output();
        let output = output.unwrap();
        let [out, err] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        (output.status.code(), out, err)
    };
    let card = "ja/guide/card.md  カード決済\nja/start.md  はじめに\n";
    assert_eq!(search(&["カード"]).1, card);
    assert_eq!(search(&["カード", "--in", "JA"]).1, card);
    assert_eq!(search(&["カード", "--in", "fr"]).1, "");
    let (_, _, message) = search(&["カード"]);
    assert_eq!(message.lines().last(), Some("2 documents found"));
    let (_, json, _) = search(&["カード", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["total"], 2);
    assert_eq!(json["found"].as_array().map(Vec::len), Some(2));
    let (code, _, message) = search(&["カード", "--in", "ko"]);
    assert_eq!(code, Some(2));
    assert!(
        message.contains("no pages are in `ko`; the languages of this site are en, fr, ja, zh"),
        "{message}"
    );
}

#[test]
fn front_pages_are_in_the_sitemap_once() {
    let files = build();
    let sitemap = &files["sitemap.xml"];
    for address in [
        "index.html",
        "fr/index.html",
        "ja/index.html",
        "zh/index.html",
    ] {
        let loc = format!("<loc>https://example.com/help/{address}</loc>");
        assert_eq!(sitemap.matches(&loc).count(), 1, "{address}");
    }
    assert!(!sitemap.contains("/en/index.html"));
}
