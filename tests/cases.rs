//! Whole small sites: each folder of `tests/cases` is a project, and its name says what it shows.
//!
//! Beside a project lie the snapshots of what it gives. What must hold for every site is asked of
//! every case and of the sample site.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use regex::Regex;
use schemars::schema_for;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tickbook::model::tick;
use tickbook::output::json::SiteJson;

use crate::support::outline::outline;
use crate::support::project::{Project, package};
use crate::support::{Files, links, pages, safe, sheet};

/// The case whose faults keep it from being built.
const FATAL: &str = "fatal_faults";

/// Every role that an item may have.
const ROLES: [&str; 15] = [
    "verify",
    "go",
    "set-fixed",
    "choose",
    "enter-issued",
    "enter-secret",
    "enter-free",
    "leave-blank",
    "optional",
    "unset",
    "do",
    "hazard",
    "know",
    "result",
    "related",
];

/// The case whose pages load from a host that it names; a test of its own compares its policy.
const BRANDED: &str = "branded";

/// Links that are written to lead nowhere, as `case/page: address`.
const DEAD_LINKS: [&str; 5] = [
    "hostile_content/breakout.html: x.png",
    "images/index.html: gone.png",
    "links/sub/here.html: there.html#nowhere",
    "links/sub/here.html: gone.md",
    "links/sub/here.html: ../gone/page",
];

fn folder(case: &str) -> PathBuf {
    package().join("tests/cases").join(case)
}

fn case(name: &str) -> (Project, Files) {
    let project = Project::read(&folder(name));
    let files = project.build();
    (project, files)
}

/// Every case that can be built, and the sample site, by name.
fn sites() -> Vec<(String, Project, Files)> {
    let entries = fs::read_dir(folder("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != FATAL).collect();
    names.sort();
    let cases = names.into_iter().map(|name| (folder(&name), name));
    let sample = (package().to_path_buf(), "the sample site".to_string());
    let all = cases.chain([sample]).map(|(folder, name)| {
        let project = Project::read(&folder);
        let files = project.build();
        (name, project, files)
    });
    all.collect()
}

/// Compares with a snapshot that lies beside the case.
fn check(case: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(case));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn paths(files: &Files) -> String {
    let hash = Regex::new(r"\b[0-9a-f]{8}\b").unwrap();
    // Their order is that of names, whatever the hashes are.
    let lines = files.keys().map(|path| hash.replace(path, "HASH") + "\n");
    lines.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The text of every checklist of the site; revisions are left to their own tests.
fn sheets(files: &Files) -> String {
    let sheets = files
        .iter()
        .filter(|(path, _)| path.starts_with("checklists/") && !path.ends_with("/index.html"));
    let texts = sheets.map(|(path, html)| format!("== {path}\n{}\n", sheet::text(html)));
    let revision = Regex::new("Revision [0-9a-f]+").unwrap();
    let texts: String = texts.collect();
    revision.replace_all(&texts, "Revision HASH").into_owned()
}

fn text_of(html: &Html, selector: &str) -> String {
    let found = select(html, selector).into_iter();
    let texts = found.map(|element| element.text().collect::<String>());
    texts.collect::<Vec<_>>().join("\n")
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

fn select<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn site_json_of_every_site_fits_its_schema() {
    for (name, _, files) in sites() {
        let schema: Value = serde_json::from_str(&files["site.schema.json"]).unwrap();
        let site: Value = serde_json::from_str(&files["site.json"]).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let faults: Vec<_> = validator.iter_errors(&site).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        // What is valid whatever it holds would prove nothing.
        let mut torn = site.clone();
        torn["pages"][0].as_object_mut().unwrap().remove("headings");
        assert!(!validator.is_valid(&torn), "{name}");
    }
}

#[test]
fn site_json_has_the_procedures_of_a_page_beside_its_guide() {
    let (project, files) = case("includes");
    let site: Value = serde_json::from_str(&files["site.json"]).unwrap();
    let pages = site["pages"].as_array().unwrap();
    let page = pages.iter().find(|page| page["path"] == "index.mdx");
    let procedures = page.unwrap()["procedures"].as_array().unwrap();
    let found = &project.book.site.pages;
    let found = found.iter().find(|page| page.path == "index.mdx").unwrap();
    assert_eq!(procedures.len(), found.procedures.found.len());
    assert_eq!(procedures[0]["kind"], "ordered-list");
    assert_eq!(procedures[0]["steps"].as_array().unwrap().len(), 2);
}

#[test]
fn front_page_shows_the_checklists_of_its_own_procedures_and_no_card_of_itself() {
    let (_, files) = case("includes");
    let page = Html::parse_document(&files["index.html"]);
    let links = select(&page, ".guide a.mode");
    assert_eq!(links.len(), 1);
    assert!(files.contains_key(links[0].attr("href").unwrap()));
    assert!(select(&page, ".card-link").is_empty());
}

#[test]
fn overview_has_columns_for_what_the_site_has() {
    let head = |files: &Files| {
        let page = Html::parse_document(&files["checklists/index.html"]);
        text_of(&page, ".matrix thead th")
    };
    // Procedures alone have neither versions nor modes.
    assert_eq!(head(&case("includes").1), "Procedure\nChecklist");
    let sample = Project::read(package()).build();
    assert_eq!(head(&sample), "시나리오\n버전\n테스트 연동\n실 연동");
    let page = Html::parse_document(&sample["checklists/index.html"]);
    assert!(!select(&page, ".matrix-row [colspan=\"2\"] > a.mode").is_empty());
}

#[test]
fn schema_that_is_written_is_that_of_the_types() {
    let (_, files) = case("links");
    let written: Value = serde_json::from_str(&files["site.schema.json"]).unwrap();
    let of_types = serde_json::to_value(schema_for!(SiteJson)).unwrap();
    assert_eq!(written, of_types);
}

#[test]
fn schema_names_every_key_of_site_json() {
    for (name, _, files) in sites() {
        let schema = &files["site.schema.json"];
        let site: Value = serde_json::from_str(&files["site.json"]).unwrap();
        for key in keys(&site) {
            let is_named = schema.contains(&format!("\"{key}\":"));
            // The map of DITA's names is open: its keys are data.
            assert!(
                is_named || site["dita"].get(&key).is_some(),
                "{name}: {key}"
            );
        }
    }
}

fn keys(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let own = map.keys().cloned();
            own.chain(map.values().flat_map(keys)).collect()
        }
        Value::Array(items) => items.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_page_of_every_site_is_safe_html() {
    for (name, project, files) in sites().into_iter().filter(|(name, ..)| name != BRANDED) {
        for (path, html) in pages(&files) {
            let is_redirect = project.aliases().any(|alias| alias.file() == path);
            let faults = safe::faults(&html, is_redirect);
            assert!(faults.is_empty(), "{name}: {path}: {faults:#?}");
        }
    }
}

#[test]
fn every_page_of_every_site_tells_what_it_may_load() {
    for (name, _, files) in sites() {
        for (path, html) in pages(&files) {
            let policies = select(&html, "meta[http-equiv=Content-Security-Policy]").len();
            assert_eq!(policies, 1, "{name}: {path}");
        }
    }
}

#[test]
fn every_item_of_every_checklist_can_be_ticked_by_a_key_of_its_own() {
    for (name, _, files) in sites() {
        for (path, html) in pages(&files) {
            let items = select(&html, ".item[data-key]").into_iter();
            let keys: Vec<_> = items.map(|item| item.attr("data-key").unwrap()).collect();
            let unique: BTreeSet<_> = keys.iter().collect();
            assert_eq!(unique.len(), keys.len(), "{name}: {path}");
            assert!(!keys.contains(&""), "{name}: {path}");
        }
    }
}

#[test]
fn overview_counts_what_each_checklist_lets_tick() {
    for (name, _, files) in sites() {
        let all = pages(&files);
        let Some(overview) = all.get("checklists/index.html") else {
            continue;
        };
        for link in select(overview, ".matrix a.mode") {
            let address = link.attr("href").unwrap();
            let sheet = percent_decode_str(address).decode_utf8().unwrap();
            let items = select(
                &all[format!("checklists/{sheet}").as_str()],
                ".item[data-key]",
            )
            .len();
            let said: String = link
                .text()
                .filter(|text| {
                    text.trim_start()
                        .starts_with(|digit: char| digit.is_ascii_digit())
                })
                .collect();
            let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
            assert_eq!(digits, items.to_string(), "{name}: {address}");
        }
    }
}

#[test]
fn every_item_of_every_checklist_can_be_ticked_in_its_guide_or_counts_there() {
    for (name, _, files) in sites() {
        let all = pages(&files);
        let attribute = |html: &Html, selector: &str, name: &str| -> Vec<String> {
            let found = select(html, selector).into_iter();
            found
                .map(|element| element.attr(name).unwrap().to_string())
                .collect()
        };
        for (path, html) in &all {
            let links = select(html, ".guide a[data-store]");
            for (position, link) in links.iter().enumerate() {
                let store = link.attr("data-store").unwrap();
                let marks = select(html, ".content [data-sheets]").into_iter();
                let marks = marks.filter(|mark| {
                    let mut sheets = mark.attr("data-sheets").unwrap().split(' ');
                    sheets.any(|sheet| sheet == position.to_string())
                });
                let mut marks: Vec<_> = marks
                    .map(|mark| mark.attr("data-key").unwrap().to_string())
                    .collect();
                let sheet = &all[format!("checklists/{store}.html").as_str()];
                let mut keys = attribute(sheet, ".item[data-key]", "data-key");
                // What the conventions add at the end is in no guide. It counts all the same.
                let missing = link.attr("data-missing").unwrap_or_default();
                let missing = missing.split(' ').filter_map(|one| one.split_once(':'));
                let missing: Vec<_> = missing.map(|(_, key)| key.to_string()).collect();
                assert!(
                    missing.iter().all(|key| key.starts_with("closing/")),
                    "{store}"
                );
                marks.extend(missing);
                marks.sort();
                keys.sort();
                assert_eq!(marks, keys, "{name}: {path}: {store}");
            }
        }
    }
}

#[test]
fn every_item_has_the_address_in_its_guide_that_links_may_name() {
    for (name, project, files) in sites() {
        let all = pages(&files);
        for page in &project.book.site.pages {
            let Some(guide) = &page.guide else { continue };
            let marks = select(&all[page.address.file()], ".content [data-sheets]").into_iter();
            let mut shown: Vec<_> = marks.map(|mark| mark.attr("id").unwrap()).collect();
            let mut known: Vec<_> = tick::ids(guide).collect();
            shown.sort_unstable();
            known.sort();
            assert_eq!(shown, known, "{name}: {}", page.path);
            assert!(known.iter().all(|id| page.has_item(id)), "{name}");
        }
    }
}

#[test]
fn every_link_of_every_site_is_relative_and_leads_somewhere() {
    let mut dead: Vec<String> = Vec::new();
    for (name, project, files) in sites() {
        let url = &project.config.site.url;
        let host = url.find("://").map_or(0, |at| at + 3);
        let base = url[host..].find('/').map_or("", |at| &url[host + at..]);
        let broken = links::broken(&files, base).into_iter();
        dead.extend(broken.map(|link| format!("{name}/{link}")));
        for (path, html) in pages(&files) {
            let own = links::external(&html).find(|address| is_own(address, url));
            assert_eq!(own, None, "{name}: {path}");
        }
    }
    let mut expected = DEAD_LINKS.to_vec();
    expected.sort_unstable();
    dead.sort();
    assert_eq!(dead, expected);
}

/// Whether an address is one of the published site at `url`.
fn is_own(address: &str, url: &str) -> bool {
    let rest = address.strip_prefix(url).filter(|_| !url.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[test]
fn english_project_gives_its_checklists_by_its_configuration_alone() {
    let (project, files) = case("english_project");
    check("english_project", "artifacts", &paths(&files));
    check("english_project", "model", &outline(&files["site.json"]));
    check("english_project", "checklists", &sheets(&files));
    assert_eq!(project.findings(), "");
}

/// What a page shows, without the parts that all pages have.
fn content(html: &str) -> String {
    let start = html.find("<div class=\"content\">").unwrap();
    let end = html
        .find("<nav class=\"pager\"")
        .or_else(|| html.find("</main>"));
    html[start..end.unwrap()].trim().to_string()
}

#[test]
fn components_of_an_mdx_site_are_shown_by_their_roles() {
    let (_, files) = case("mdx_components");
    check("mdx_components", "page", &content(&files["parts.html"]));
    check("mdx_components", "twin", &files["parts.md"]);
    check("mdx_components", "checklists", &sheets(&files));
    let policy = |page: &str| files[page].contains("media-src 'self'");
    assert!(policy("parts.html") && !policy("warp.html"));
}

#[test]
fn included_texts_are_parts_of_their_pages() {
    let (project, files) = case("includes");
    check("includes", "page", &content(&files["index.html"]));
    check("includes", "twin", &files["index.md"]);
    check("includes", "other", &content(&files["other.html"]));
    assert!(!files.keys().any(|path| path.contains("_connect")));
    // The page that gives it no time shows its name.
    let mut found = project.book.diagnostics.iter();
    assert!(found.all(|found| found.rule == "expression-unread"));
}

#[test]
fn runbook_of_another_trade_shows_every_role() {
    let (project, files) = case("server_runbook");
    let model = outline(&files["site.json"]);
    for role in ROLES {
        assert!(model.contains(&format!(" | {role} | ")), "{role}");
    }
    check("server_runbook", "model", &model);
    check("server_runbook", "checklists", &sheets(&files));
    assert_eq!(project.findings(), "");
}

#[test]
fn sample_site_shows_every_role() {
    let files = Project::read(package()).build();
    for role in ROLES {
        let named = format!("\"role\":\"{role}\"");
        assert!(files["site.json"].contains(&named), "{role}");
    }
}

#[test]
fn words_of_the_payment_trade_are_those_of_its_preset() {
    let sample = Project::read(package()).build();
    let sheets = sample.iter().filter(|(path, _)| is_sheet(path));
    for (path, page) in sheets {
        let is_named = ["고객사별 기록: <", "Merchant: <"].map(|word| page.contains(word));
        assert_ne!(is_named[0], is_named[1], "{path}");
    }
    let (_, files) = case("server_runbook");
    let sheets: Vec<_> = files.iter().filter(|(path, _)| is_sheet(path)).collect();
    assert!(!sheets.is_empty());
    for (path, page) in sheets {
        assert!(page.contains("Case: <"), "{path}");
        for word in ["merchant", "고객사"] {
            assert!(!page.to_lowercase().contains(word), "{path}: {word}");
        }
    }
}

/// Whether a path is that of a checklist's page.
fn is_sheet(path: &str) -> bool {
    path.starts_with("checklists/") && path.ends_with(".html") && path != "checklists/index.html"
}

#[test]
fn english_project_holds_no_korean() {
    let (_, files) = case("english_project");
    // The style sheets are the same for every language and name Korean fonts by their own names.
    // What the search knows of Korean meets Korean queries only.
    let is_open = |path: &str| path.ends_with(".css") || path == "search/index.js";
    let texts = files.iter().filter(|(path, _)| !is_open(path));
    for (path, text) in texts {
        let line = text.lines().find(|line| line.contains(is_hangul));
        assert_eq!(line, None, "{path}");
    }
    let pages = pages(&files);
    assert!(
        pages
            .values()
            .all(|html| select(html, "html[lang=en]").len() == 1)
    );
}

#[test]
fn own_component_stands_on_page_and_sheet_as_its_template_says() {
    let (_, files) = case("english_project");
    let pages = pages(&files);
    let places = [
        "guides/labels.html",
        "checklists/guides/labels/thermal-printer-production.html",
    ];
    for path in places {
        let html = &pages[path];
        let title = select(html, ".steps-box > h3 > strong");
        assert_eq!(title.len(), 1, "{path}");
        assert_eq!(text_of(html, ".steps-box > h3"), "Print a first label");
        assert_eq!(select(html, ".steps-box > ol > li").len(), 2, "{path}");
    }
}

#[test]
fn hostile_content_is_reported_and_shown_as_text() {
    let (project, files) = case("hostile_content");
    check("hostile_content", "findings", &project.findings());
    check("hostile_content", "checklists", &sheets(&files));
    let pages = pages(&files);
    let shown = text_of(&pages["raw-html.html"], ".content");
    for payload in HOSTILE {
        assert!(shown.contains(payload), "{payload} is lost:\n{shown}");
    }
    let headline = text_of(&pages["raw-html.html"], "h1");
    assert_eq!(
        headline,
        "<script>alert(1)</script>\"><img src=x onerror=alert(1)> {{ 7*7 }}"
    );
}

/// Texts of `raw-html.md` that a reader must see.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src=\"https://evil.example\">",
    "<style>body { display: none }</style>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">",
    "<details open ontoggle=alert(1)>",
    "</main></body>",
];

#[test]
fn hostile_schemes_are_no_links() {
    let (_, files) = case("hostile_content");
    let pages = pages(&files);
    check(
        "hostile_content",
        "schemes",
        &links::told(&pages["schemes.html"], ".content"),
    );
    let text = text_of(&pages["schemes.html"], ".content");
    for letter in 'a'..='u' {
        assert!(text.contains(letter), "{letter} is lost: {text}");
    }
}

#[test]
fn nothing_in_content_is_evaluated() {
    let (_, files) = case("hostile_content");
    let home = std::env::var("HOME").unwrap_or_default();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = Html::parse_document(text);
        let shown = text_of(&html, "body");
        assert!(!shown.contains("49"), "{path} holds a result");
        assert!(
            home.len() < 2 || !shown.contains(&home),
            "{path} holds {home}"
        );
    }
    let html = Html::parse_document(&files["templates.html"]);
    let shown = text_of(&html, ".content");
    let expressions = [
        "{{ 7*7 }} {% include \"base.html\" %} {{ get_env(name=\"HOME\") }}",
        "{# comment #}",
        "{process.env.HOME}",
        "import x from \"y\"",
        "{% set a = 1 %}",
    ];
    for expression in expressions {
        assert!(shown.contains(expression), "{expression} is lost:\n{shown}");
    }
}

#[test]
fn links_lead_to_pages_in_every_form() {
    let (_, files) = case("links");
    check("links", "artifacts", &paths(&files));
    let pages = pages(&files);
    let told = [
        "index.html",
        "sub/here.html",
        "named-otherwise.html",
        "guide.html",
    ];
    let texts = told.map(|path| {
        let within = ".content";
        format!("== {path}\n{}\n", links::told(&pages[path], within))
    });
    let sheet = "checklists/guide/card-test.html";
    let sheet = format!("== {sheet}\n{}", links::told(&pages[sheet], "article"));
    check("links", "links", &(texts.concat() + &sheet));
}

#[test]
fn arrow_of_a_link_stays_with_its_word() {
    let (_, files) = case("links");
    let page = &files["index.html"];
    assert!(page.contains("the word&NoBreak;↗</a>"));
    assert!(page.contains("apart ↗</a>"));
    assert!(page.contains("from A→B"));
}

#[test]
fn images_tell_their_size_and_those_of_other_hosts_are_links() {
    let (_, files) = case("images");
    let html = Html::parse_document(&files["index.html"]);
    let images = select(&html, ".content img").into_iter().map(|image| {
        let [src, alt, width, height] =
            ["src", "alt", "width", "height"].map(|name| image.attr(name).unwrap_or("-"));
        format!("{src}: {alt}, {width} × {height}\n")
    });
    let links = select(&html, ".content a:not(.anchor)")
        .into_iter()
        .map(|link| {
            let says: String = link.text().collect();
            format!("{}: {says}\n", link.attr("href").unwrap_or_default())
        });
    let alone = select(&html, "p.image > img").len();
    let told: String = images.chain(links).collect();
    check("images", "images", &format!("{told}{alone} alone\n"));
}

#[test]
fn company_of_one_guide_leads_to_each_of_its_checklists() {
    let files = Project::read(package()).build();
    let pages = pages(&files);
    let companies = pages.iter().filter(|(path, html)| {
        path.starts_with("company/") && select(html, ".guide-box").len() == 1
    });
    let mut count = 0;
    for (path, html) in companies {
        count += 1;
        let guide = select(html, ".guide-box h2 a")[0].attr("href").unwrap();
        let guide = &pages[guide.strip_prefix("../").unwrap()];
        let addresses = |html: &Html, root: &str| -> Vec<String> {
            let links = select(html, ".mode-links a");
            let href = |link: &ElementRef<'_>| link.attr("href").unwrap().to_string();
            let links = links.iter().map(href);
            links
                .map(|href| href.strip_prefix(root).unwrap_or(&href).to_string())
                .collect()
        };
        assert_eq!(addresses(html, "../"), addresses(guide, "../"), "{path}");
    }
    assert!(count > 0);
}

#[test]
fn aliases_redirect_to_their_page() {
    let (_, files) = case("links");
    let pages = pages(&files);
    for (alias, page) in [
        ("old-here.html", "sub/here.html"),
        ("deep/er/old.html", "../../sub/here.html"),
    ] {
        // The script reads the link's address, and without scripts the page leads on by itself.
        for link in ["link[rel=canonical]", "a"] {
            let link = select(&pages[alias], link);
            assert_eq!(link[0].attr("href"), Some(page));
        }
        let script = select(&pages[alias], "link[rel=canonical] ~ script");
        let script = script[0].attr("src").unwrap();
        let root = "../".repeat(alias.matches('/').count());
        assert!(files.contains_key(script.strip_prefix(&*root).unwrap()));
        let refresh = format!("<meta http-equiv=\"refresh\" content=\"0; url={page}\">");
        assert!(files[alias].contains(&format!("<noscript>{refresh}</noscript>")));
    }
    let twin = &files["deep/er/old.md"];
    assert!(twin.ends_with("](../../sub/here.md)\n"), "{twin}");
}

#[test]
fn every_address_of_a_guide_that_moved_leads_on() {
    let (_, files) = case("moved_guide");
    let pages = pages(&files);
    for (former, today) in [
        ("pay.html", "new/pay.html"),
        ("old/pay.html", "../new/pay.html"),
        (
            "checklists/pay/window-live.html",
            "../new/pay/window-live.html",
        ),
        (
            "checklists/old/pay/window-test.html",
            "../../new/pay/window-test.html",
        ),
    ] {
        let link = select(&pages[former], "link[rel=canonical]");
        assert_eq!(link[0].attr("href"), Some(today), "{former}");
    }
    assert!(files["old/pay.md"].ends_with("[Pay](../new/pay.md)\n"));
}

#[test]
fn ids_that_writers_gave_are_ids_and_no_text() {
    let (_, files) = case("written_elsewhere");
    let page = &pages(&files)["start.html"];
    let headings = select(page, ".content h2, .content h3");
    let says: Vec<String> = headings
        .iter()
        .map(|heading| heading.text().collect::<String>().trim().to_string())
        .collect();
    assert_eq!(
        says,
        ["Install", "Pay", "The old way", "What {#braces} are"]
    );
    for id in ["getting-started", "install", "pay", "old"] {
        assert_eq!(
            select(page, &format!(".content [id='{id}']")).len(),
            1,
            "{id}"
        );
    }
    assert_eq!(
        select(page, "[id='the-old-way'], [id='install/pay']").len(),
        2
    );
    let is_source = |path: &str| path.ends_with(".md") || path == "llms-full.txt";
    let mut shown = files.iter().filter(|(path, _)| !is_source(path));
    assert!(shown.all(|(_, text)| !text.contains("{#install")));
    let cells = select(page, "tbody td");
    let cells: Vec<String> = cells.iter().map(|cell| cell.text().collect()).collect();
    assert_eq!(cells, ["E100", "Cancel", "Tell the customer"]);
}

#[test]
fn heading_that_says_the_title_is_shown_once() {
    let (project, files) = case("written_elsewhere");
    let pages = pages(&files);
    let start = &pages["start.html"];
    assert_eq!(text_of(start, "h1"), "Getting started");
    assert!(!text_of(start, ".content").contains("Getting started"));
    let refund = &pages["refund.html"];
    assert_eq!(text_of(refund, "h1"), "Refunds");
    let below = select(refund, ".content h2");
    let below: Vec<String> = below
        .iter()
        .map(|heading| heading.text().collect::<String>().trim().to_string())
        .collect();
    assert_eq!(below, ["How to ask", "Other things"]);
    assert_eq!(files["refund.md"].matches("# Refunds").count(), 1);
    assert!(!project.findings().contains("missing-title"));
}

#[test]
fn half_conventional_guide_yields_what_it_can() {
    let (project, files) = case("half_conventional");
    check("half_conventional", "model", &outline(&files["site.json"]));
    check("half_conventional", "checklists", &sheets(&files));
    check("half_conventional", "findings", &project.findings());
}

#[test]
fn own_templates_and_files_win_one_by_one() {
    let (_, files) = case("own_templates");
    check("own_templates", "artifacts", &paths(&files));
    let pages = pages(&files);
    let page = &pages["page.html"];
    assert_eq!(text_of(page, "#own-page"), "before Page");
    assert_eq!(
        text_of(page, "h1"),
        "Page",
        "the built-in page stands behind the own one"
    );
    assert_eq!(text_of(page, ".own-callout").trim(), "Mind: this");
    assert_eq!(select(page, ".callout").len(), 0);
    assert_eq!(
        text_of(&pages["index.html"], "#own-footer"),
        "Own templates"
    );
    assert_eq!(select(&pages["index.html"], "#own-page").len(), 0);
    let sheet = &pages["checklists/page/card-live.html"];
    assert!(text_of(sheet, ".colophon").contains("(own footer)"));
    let style = select(sheet, "link[media=print]")[0].attr("href").unwrap();
    let style = &files[style.trim_start_matches("../")];
    assert_eq!(style.trim(), "/* own sheet style */");
    assert_eq!(
        select(sheet, ".sign-off").len(),
        1,
        "the rest of the sheet is built in"
    );
}

#[test]
fn own_static_files_take_the_place_of_built_in_ones() {
    let (_, files) = case("own_templates");
    let styles = files
        .iter()
        .filter(|(path, _)| path.starts_with("assets/style."));
    let styles: Vec<_> = styles.map(|(_, text)| text.as_str()).collect();
    assert_eq!(styles, ["/* own style */\n"]);
    assert!(files.keys().any(|path| path.starts_with("assets/favicon.")));
}

#[test]
fn frontmatter_faults_are_forgiven_and_reported() {
    let (project, files) = case("frontmatter_faults");
    check("frontmatter_faults", "model", &outline(&files["site.json"]));
    check("frontmatter_faults", "findings", &project.findings());
    let twin = &files["bom-and-crlf.md"];
    assert!(!twin.contains(['\r', '\u{feff}']), "{twin:?}");
}

#[test]
fn fatal_faults_are_all_reported_at_once() {
    let project = Project::read(&folder(FATAL));
    assert!(project.book.is_fatal());
    check(FATAL, "findings", &project.findings());
}

/// The head of a page without its policy and its files.
fn head(html: &str) -> String {
    let head = &html[html.find("<title>").unwrap()..html.find("</head>").unwrap()];
    let lines = head.lines().filter(|line| !line.contains("assets/"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn published_site_is_found_by_search_engines_and_agents() {
    let (_, files) = case("published");
    let mut text = String::new();
    for path in [
        "index.html",
        "guides/label.html",
        "guides/questions.html",
        "category/guides.html",
        "checklists/index.html",
    ] {
        text.push_str(&format!("== {path}\n{}\n", head(&files[path])));
    }
    for path in ["robots.txt", "sitemap.xml", "llms-full.txt"] {
        text.push_str(&format!("== {path}\n{}\n", files[path]));
    }
    check("published", "found", &text);
}

/// The value of a page's policy.
fn policy(html: &str) -> &str {
    let start = html.find("default-src").unwrap();
    &html[start..start + html[start..].find('"').unwrap()]
}

#[test]
fn brand_is_set_up_by_the_configuration_alone() {
    let (_, files) = case("branded");
    let page = &files["guides/connect.html"];
    let part = |start: &str, end: &str| {
        let from = page.find(start).unwrap();
        &page[from..from + page[from..].find(end).unwrap() + end.len()]
    };
    let hash = Regex::new(r"\.[0-9a-f]{8}\.").unwrap();
    let icons = page
        .lines()
        .filter(|line| line.contains("rel=\"icon") || line.contains("manifest\""));
    let text = format!(
        "{}\n\n{}\n{}\n{}\n{}\n{}\n{}\n\n{}",
        policy(page),
        head(page),
        icons.collect::<Vec<_>>().join("\n"),
        part("<section class=\"announcement", "</section>"),
        part("<header class=\"site-head", "<div class=\"search"),
        part("<p class=\"page-edit", "</p>"),
        part("<footer", "</footer>"),
        files["site.webmanifest"],
    );
    check("branded", "page", &hash.replace_all(&text, ".HASH."));
    assert!(!files["robots.txt"].is_empty());
    // Who fills in a checklist is alone with it.
    let sheet = &files["checklists/guides/connect/shop-with-one-warehouse-live.html"];
    let own = format!("font-src 'self'; {}", "connect-src 'self'");
    assert_eq!(policy(sheet).replace("font-src 'self'; ", ""), safe::POLICY);
    assert!(policy(sheet).contains(&own), "{}", policy(sheet));
    assert!(!sheet.contains("https://stats"));
    // The built-in icon gives way.
    let icons = files
        .keys()
        .filter(|path| path.starts_with("assets/favicon."));
    assert_eq!(icons.count(), 3);
}

#[test]
fn every_page_of_every_site_has_a_description() {
    for (name, _, files) in sites() {
        for (path, html) in pages(&files) {
            // A page of search results or one that leads on has nothing to describe.
            let leads_on = select(&html, "head noscript");
            let has_nothing = path.ends_with("search.html") || !leads_on.is_empty();
            let found = select(&html, "meta[name=description]");
            let is_blank = |one: &ElementRef<'_>| one.attr("content").unwrap().trim().is_empty();
            assert!(!found.iter().any(is_blank), "{name}: {path}");
            // A document without a paragraph has none.
            let contents = select(&html, ".content").len();
            let is_empty = contents > 0 && text_of(&html, ".content p, .content li").is_empty();
            assert!(
                has_nothing || is_empty || found.len() == 1,
                "{name}: {path}"
            );
            let is_dead = |link: &ElementRef<'_>| link.attr("href").is_none();
            let dead = select(&html, "header a, nav a, form a, footer a");
            assert!(!dead.iter().any(is_dead), "{name}: {path}");
        }
    }
}
