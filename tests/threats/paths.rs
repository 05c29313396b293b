//! P1–P4, C1, C2, H1: names and addresses stay in their folders, and each page has its own.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::place::{Place, select};

/// Slugs that would leave the folder, or make a file that not every system can hold.
const SLUGS: [&str; 16] = [
    "../../etc/passwd",
    "..",
    ".",
    "/etc/passwd",
    "a/b",
    "..\\..\\up",
    "C:up",
    "%2e%2e%2fup",
    "．．／up",
    "a\0b",
    "con",
    "NUL",
    ".hidden",
    "dot.",
    "a\u{202e}b",
    "a<b>",
];

#[test]
fn p1_names_that_are_no_part_of_an_address_are_refused() {
    for slug in SLUGS {
        let quoted = serde_json::to_string(slug).unwrap();
        for key in ["slug", "aliases"] {
            let text = format!("---\ntitle: t\n{key}: {quoted}\n---\nText.\n");
            let place = Place::new();
            place.write_document("named.md", &text);
            // What an alias would need to be a path below the folder is given by several parts.
            if key == "aliases" && ["/etc/passwd", "a/b"].contains(&slug) {
                place.expect("build book", 0);
                assert!(
                    place
                        .tree("")
                        .keys()
                        .all(|path| path.starts_with("book") || path.is_empty())
                );
                continue;
            }
            place.expect_refused(&["error[slug-invalid]", "named.md:1:1"]);
        }
    }
}

#[test]
fn p1_names_of_files_are_held_to_the_same() {
    for name in [
        "con.md",
        "a%2e.md",
        "a:b.md",
        "Nul/a.md",
        "．．/a.md",
        "a?.md",
    ] {
        let place = Place::new();
        place.write_document(name, "---\ntitle: t\n---\n");
        place.expect_refused(&["error[slug-invalid]"]);
    }
}

#[test]
fn p1_titles_that_name_files_are_cut() {
    let long = "가".repeat(300);
    let place = Place::with(&[(
        "long.md",
        &format!(
            "---\ntitle: t\ncategory: {long} > {long}나\ntags: [{long}, {long}나]\n---\n\
             ## {long}\n### 테스트 연동\n#### 설정방법\n- 채널 이름 : a\n"
        ),
    )]);
    let pages = place.build();
    let of = |folder: &str| pages.keys().filter(|path| path.starts_with(folder)).count();
    assert_eq!(
        (of("category/"), of("tag/"), of("checklists/long/")),
        (2, 2, 1)
    );
}

#[test]
fn p2_images_from_outside_the_content_folder_are_refused() {
    let addresses = [
        "../../secret.txt",
        "../../../../../../../../etc/passwd",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "..\\secret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "a/../../../secret.txt",
        "/../secret.txt",
    ];
    for address in addresses {
        let place = Place::new();
        place.write("secret.txt", "secret of the disk");
        let text = format!("---\ntitle: t\n---\nText ![a](<{address}>)\n");
        place.write_document("image.md", &text);
        place.expect_refused(&["error[image-outside]", "image.md:4:6"]);
        let text = format!("---\ntitle: t\n---\n<Accordion image=\"{address}\" />\n");
        place.write_document("image.md", &text);
        place.expect_refused(&["error[image-outside]", "image.md:4:19"]);
    }
}

#[test]
fn p2_links_that_leave_the_folder_bring_no_file_along() {
    let place = Place::new();
    place.write("secret.txt", "secret of the disk");
    let text = "---\ntitle: t\n---\n[a](../../secret.txt) [b](/etc/passwd) ![c](/etc/passwd)\n";
    place.write_document("link.md", text);
    place.expect("build book", 0);
    for (path, (bytes, _)) in place.tree("book/dist") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("secret of the disk") && !text.contains("root:"),
            "{path}"
        );
    }
    assert!(place.places("broken-internal-link").len() >= 2);
}

#[test]
fn p3_links_on_disk_are_refused_and_never_followed() {
    let links: [(&str, &str); 5] = [
        ("file.md", "../../secret.md"),
        ("picture.png", "../../secret.md"),
        ("folder", "../.."),
        ("loop", "."),
        ("nowhere.md", "gone.md"),
    ];
    for (name, to) in links {
        let place = Place::new();
        place.write("secret.md", "---\ntitle: secret of the disk\n---\n");
        symlink(to, place.path(&format!("book/content/{name}"))).unwrap();
        let start = Instant::now();
        let refused = place.expect_refused(&["error[symlink]", name]);
        assert!(!refused.err.contains("secret of the disk"));
        let most = if cfg!(debug_assertions) { 6 } else { 2 };
        assert!(start.elapsed() < Duration::from_secs(most), "{name}");
        place.expect("check book", 1);
    }
}

/// Names that would be two lines of a list, or read as other names than they are.
const NAMES: [&str; 12] = [
    "a\nCNAME",
    "a\n.git/HEAD",
    "a\n/b.png",
    "a\r.png",
    "a\tb.png",
    "a\u{1b}[31m.png",
    "a\u{7f}.png",
    "a\u{85}CNAME",
    "a\u{2028}CNAME",
    "a\u{2029}CNAME",
    "a\u{202e}gnp.exe",
    "\u{200f}a.md",
];

#[test]
fn p4_names_with_control_characters_are_refused() {
    for name in NAMES {
        let place = Place::new();
        place.write_document(name, "a");
        let refused = place.expect_refused(&["error[file-name-invalid]", "help: rename"]);
        let lines: Vec<&str> = refused.err.lines().collect();
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(!lines.concat().contains(char::is_control), "{lines:?}");
        place.expect("check book", 1);
        let json = place.run("check book --format json").out;
        assert!(json.contains("file-name-invalid"), "{json}");
    }
}

#[test]
fn p4_names_that_some_systems_read_otherwise_are_refused() {
    for (name, shown) in [
        ("a\\b.md", "a\\\\b.md"),
        ("a\\b.png", "a\\\\b.png"),
        ("a\\..\\up.png", "a\\\\..\\\\up.png"),
        ("guides/a\\b/c.png", "guides/a\\\\b"),
        ("git~1", "git~1"),
        ("guides/GIT~1/HEAD", "guides/GIT~1"),
    ] {
        let place = Place::new();
        place.write_document(name, "a");
        let message = format!("{shown}\nhelp: rename");
        place.expect_refused(&["error[file-name-invalid]", &message]);
        let json = place.run("check book --format json").out;
        assert!(json.contains("file-name-invalid"), "{json}");
    }
}

#[test]
fn p4_names_that_are_not_utf8_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for folder in ["", "guides"] {
        let place = Place::new();
        let content = place.path("book/content").join(folder);
        fs::create_dir_all(&content).unwrap();
        let name = OsStr::from_bytes(b"caf\xe9.png");
        fs::write(content.join(name), "a").unwrap();
        let refused = place.expect("build book", 1);
        assert!(refused.err.contains("caf\\xE9.png"), "{}", refused.err);
        assert!(!place.path("book/dist").exists());
    }
}

/// Names of files that control a server, in cases and folders in which one reads them.
const HOSTING: [&str; 64] = [
    "CNAME",
    "cname",
    "_redirects",
    "_Headers",
    "_routes.json",
    "_worker.js",
    "_worker.js/index.js",
    "sw.js",
    "guides/SW.js",
    "service-worker.js",
    "guides/web.config",
    "Web.Config",
    "netlify.toml",
    "vercel.json",
    "staticwebapp.config.json",
    "robots.txt",
    "ads.txt",
    "shell.php",
    "guides/shell.PHP7",
    "shell.php.png",
    "shell.phtml",
    "a.cgi",
    "a.aspx",
    "a.jsp",
    "a.shtml",
    "api/run.js",
    "package.json",
    "google0123456789abcdef.html",
    "functions/a.mjs",
    "functions/a/b.tsx",
    "functions/a.jsx",
    "functions/a.cjs",
    "functions/a.mts",
    "functions/a.cts",
    "functions/_middleware.js",
    "guides/_middleware.ts",
    "functions/run.wasm",
    "api/run.cjs",
    "api/run.tsx",
    "api/run.rs",
    "edge-functions/a.js",
    "node-functions/a.mjs",
    "netlify/functions/a.mts",
    "netlify/edge-functions/a.ts",
    "_worker.ts",
    "sw.mjs",
    "middleware.mjs",
    "vercel.ts",
    "wrangler.toml",
    "firebase.json",
    "edgeone.json",
    "deno.json",
    "Procfile",
    "Dockerfile",
    "composer.json",
    "_plugins/a.rb",
    "passenger_wsgi.py",
    "a.wsgi",
    "a.pht",
    "global.asa",
    "a.svc",
    "a.cfc",
    "META-INF/context.xml",
    "php.ini",
];

/// Names that are near those and control nothing.
const NO_HOSTING: [&str; 9] = [
    "functions/a.png",
    "functions/a.json",
    "api/openapi.yaml",
    "api/schema.json",
    "guides/functions.js",
    "images/middleware.png",
    "guides/worker.png",
    "downloads/Dockerfile.txt",
    "php.ini.txt",
];

#[test]
fn h1_files_that_control_a_server_are_refused() {
    for name in HOSTING {
        let place = Place::new();
        place.write_document(name, "a");
        let refused = place.expect_refused(&["error[hosting-file]", name, "assets: allow:"]);
        assert_eq!(refused.err.lines().count(), 3, "{}", refused.err);
        place.expect("check book", 1);
    }
}

#[test]
fn h1_files_of_other_names_are_published() {
    let place = Place::new();
    for name in NO_HOSTING {
        place.write_document(name, "own");
    }
    place.expect("build book", 0);
    for name in NO_HOSTING {
        assert_eq!(place.read(&format!("book/dist/{name}")), "own", "{name}");
    }
}

#[test]
fn h1_documents_and_redirects_take_no_such_name() {
    for (path, keys) in [
        ("shell.php.md", ""),
        ("_worker.js/index.md", ""),
        ("a.md", "slug: shell.php"),
        ("a.md", "aliases: [old/shell.php]"),
        ("a.md", "aliases: [shell.php/index]"),
    ] {
        let place = Place::new();
        place.write_document(path, format!("---\ntitle: t\n{keys}\n---\n<?php\n"));
        place.expect_refused(&["error[hosting-file]", path]);
    }
    // Whatever else is asked for ends as a page does.
    let place = Place::new();
    let text = "---\ntitle: t\nslug: _redirects\naliases: [CNAME, /robots.txt, sw.js]\n---\n";
    place.write_document("a.md", text);
    place.expect("build book", 0);
    for name in ["CNAME", "_redirects", "sw.js"] {
        assert!(!place.path(&format!("book/dist/{name}")).exists(), "{name}");
    }
    let robots = place.read("book/dist/robots.txt");
    assert_eq!(robots, "User-agent: *\nAllow: /\n");
}

#[test]
fn h1_files_that_the_project_names_are_published() {
    let place = Place::new();
    let config = "lang: en\nassets:\n  allow: [CNAME, \"downloads/*.php\", \"_worker.js/**\"]\n";
    place.write("book/tickbook.yaml", config);
    for name in ["CNAME", "downloads/a.php", "_worker.js/a/b.js"] {
        place.write_document(name, "own");
    }
    place.expect("build book", 0);
    assert_eq!(place.read("book/dist/CNAME"), "own");
    assert_eq!(place.read("book/dist/downloads/a.php"), "own");
    assert_eq!(place.read("book/dist/_worker.js/a/b.js"), "own");
    place.write_document("guides/CNAME", "own");
    place.expect_refused(&["error[hosting-file]", "guides/CNAME"]);
}

#[test]
fn c1_documents_with_one_address_are_refused_by_name() {
    let named = |slug: &str| format!("---\ntitle: t\nslug: {slug}\n---\n");
    let nfd = |text: &str| text.nfd().collect::<String>();
    let own = "---\ntitle: t\n---\n".to_string();
    let alias = "---\ntitle: t\naliases: [/A.html]\n---\n".to_string();
    let twins = [
        [
            ("Card.md".into(), own.clone()),
            ("card.md".into(), own.clone()),
        ],
        [
            ("a.md".into(), named("card")),
            ("card.md".into(), own.clone()),
        ],
        [
            ("a.md".into(), named("Card")),
            ("b.md".into(), named("cARD")),
        ],
        [
            ("카드.md".into(), own.clone()),
            (nfd("카드.md"), own.clone()),
        ],
        [("a.md".into(), own.clone()), ("b.md".into(), alias)],
        [("a.md".into(), own.clone()), ("a.mdx".into(), own)],
    ];
    for twins in twins {
        let place = Place::new();
        for (name, text) in &twins {
            place.write_document(name, text);
        }
        let [first, second] = twins.map(|(name, _)| name.nfc().collect::<String>());
        place.expect_refused(&["error[output-collision]", &first, &second]);
    }
}

#[test]
fn c1_page_and_folder_of_one_name_are_two_places() {
    let place = Place::with(&[
        ("g.md", "---\ntitle: Page\n---\n"),
        ("g/index.md", "---\ntitle: Folder\n---\n"),
    ]);
    let pages = place.build();
    assert!(pages.contains_key("g.html") && pages.contains_key("g/index.html"));
}

#[test]
fn c1_file_at_the_place_of_one_that_is_made_is_refused() {
    let own = "---\ntitle: t\n---\n";
    let guide = "---\ntitle: g\ncategory: 가\naliases: [old/g]\n---\n\
                 ## A\n### 테스트 연동\n#### 설정방법\n- 채널 이름 : a\n";
    for (path, taken) in [
        ("checklists/index.md", "checklists/index.html"),
        ("checklists/guide/a-test.md", "checklists/guide/a-test.html"),
        ("checklists/old/g/a-test.md", "checklists/old/g/a-test.html"),
        (
            "checklists/old/g/A-test.html",
            "checklists/old/g/a-test.html",
        ),
        ("category/가.md", "category/가.html"),
        ("sound.html", "sound.md"),
        ("SOUND.HTML", "sound.md"),
        ("guide.html", "guide.md"),
        ("old/g.html", "guide.md"),
        ("site.json", "site.json"),
        ("Site.JSON", "site.json"),
        ("index.html", "index.html"),
        ("llms.txt", "llms.txt"),
        ("sitemap.xml/a.png", "sitemap.xml"),
        ("sound.html/a.png", "sound.md"),
        ("site.schema.json", "site.schema.json"),
        ("404.html", "404.html"),
        ("search/index.js", "search/index.js"),
        ("Search/index.js", "search/index.js"),
        ("search/index.js/a.png", "search/index.js"),
        ("search", "search/index.js"),
        (
            "checklists/guide/a-test.html",
            "checklists/guide/a-test.html",
        ),
    ] {
        let place = Place::new();
        place.write(
            "book/tickbook.yaml",
            "lang: en\nsite: {url: https://a.example}\n",
        );
        place.write_document("guide.md", guide);
        place.write_document(path, own);
        let shown = format!("{taken}, {path}");
        place.expect_refused(&["error[output-collision]", &shown]);
        place.expect("check book --fail-on error", 1);
    }
    let place = Place::new();
    place.write_document("a.png", "a");
    place.write_document("A.png", "b");
    place.expect_refused(&["error[output-collision]", "A.png, a.png"]);
}

#[test]
fn c1_file_at_the_place_of_one_with_a_hash_in_its_name_is_refused() {
    let place = Place::new();
    place.build();
    let is_hashed = |path: &&String| path.starts_with("assets/style.") || path.ends_with("/p0.js");
    let made = place.tree("book/dist");
    let hashed: Vec<&String> = made.keys().filter(is_hashed).collect();
    assert_eq!(hashed.len(), 2, "{hashed:?}");
    for path in hashed {
        // A copied file changes no hash.
        let place = Place::new();
        place.write_document(path, "own");
        let shown =
            format!("error[output-collision]: two files have the same address: {path}, {path}");
        place.expect_refused(&[&shown]);
        let checked = place.expect("check book", 1);
        assert!(checked.out.contains(&shown), "{checked:#?}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn c1_collision_is_found_for_outputs_that_are_not_asked_for() {
    let guide = "---\ntitle: g\n---\n## A\n### 테스트 연동\n#### 설정방법\n- 채널 이름 : a\n";
    let place = Place::with(&[("guide.md", guide)]);
    place.write_document("checklists/guide/a-test.pdf", "own");
    for line in [
        "build book",
        "build book --only pdf",
        "build book --only json",
    ] {
        let built = place.expect(line, 1);
        let shown = "checklists/guide/a-test.pdf, checklists/guide/a-test.pdf";
        assert!(built.err.contains(shown), "{line}: {built:#?}");
        assert!(!place.path("book/dist").exists(), "{line}");
    }
    place.expect("check book --fail-on error", 1);
}

#[test]
fn c1_place_that_no_output_writes_to_is_free() {
    let place = Place::new();
    // There are no checklists, and where the site is published is not known.
    for path in [
        "sitemap.xml",
        "checklists/index.html",
        "search/own.js",
        "search/a.md",
    ] {
        place.write_document(path, "---\ntitle: t\n---\n");
    }
    place.expect("check book --fail-on error", 0);
    place.build();
}

#[test]
fn c1_collision_is_found_without_a_theme() {
    let place = Place::new();
    place.write_document("site.json", "own");
    place.write("book/templates/page.html", "{{ ");
    let checked = place.expect("check book", 1);
    assert!(
        checked.out.contains("error[output-collision]"),
        "{checked:#?}"
    );
    place.expect("build book", 2);
}

#[test]
fn c2_names_and_headings_are_composed() {
    let place = Place::new();
    let nfd: String = "결제 안내".nfd().collect();
    place.write_document(
        &format!("{nfd}.md"),
        format!("---\ntitle: t\n---\n## {nfd}\n\n## {nfd}\n\n## 결제 안내\n"),
    );
    let links = format!(
        "---\ntitle: l\n---\n[a](<결제 안내.md#결제-안내>) [b](<{nfd}.md#{}>)\n",
        "결제-안내".nfd().collect::<String>()
    );
    place.write_document("links.md", links);
    let pages = place.build();
    let page = &pages["결제 안내.html"];
    let headings = select(page, ".content h2[id]").into_iter();
    let ids: Vec<_> = headings
        .map(|heading| heading.attr("id").unwrap())
        .collect();
    assert_eq!(ids.len(), 3);
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), 3, "{ids:?}");
    assert!(ids.iter().all(|id| id.nfc().eq(id.chars())), "{ids:?}");
    let links = select(&pages["links.html"], ".content a").into_iter();
    let links: Vec<_> = links
        .filter_map(|link| link.attr("href"))
        .map(|href| percent_decode_str(href).decode_utf8().unwrap().into_owned())
        .collect();
    let expected = format!("결제 안내.html#{}", ids[0]);
    assert_eq!(links, [expected.clone(), expected]);
    assert_eq!(place.places("broken-anchor"), Vec::<String>::new());
    let names = fs::read_dir(place.path("book/dist")).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.all(|name| name.nfc().eq(name.chars())));
}
