//! Rules about the code itself: which module may use which, where each library is named, and what
//! occurs nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;
use tickbook::config::Config;
use tickbook::markdown::parse;
use tickbook::source::FileId;
use walkdir::WalkDir;

/// Top-level modules; each uses only itself and those before it.
const LAYERS: [&str; 25] = [
    "disk",
    "literal",
    "hangul",
    "normal",
    "nearness",
    "error",
    "font",
    "source",
    "diagnostic",
    "markdown",
    "config",
    "include",
    "tool",
    "strings",
    "model",
    "search",
    "check",
    "compare",
    "report",
    "render",
    "output",
    "build",
    "inspect",
    "server",
    "cli",
];

/// Words of the code and the only files that may hold them; a folder ends in `/`.
const HOMES: [(&str, &[&str]); 22] = [
    (
        "pulldown_cmark::",
        &[
            "markdown/emphasis.rs",
            "markdown/mask.rs",
            "markdown/tree.rs",
            "markdown/tree/close.rs",
            "markdown/tree/frame.rs",
        ],
    ),
    ("tera::", &["render/theme.rs"]),
    ("typst", &["render/pdf.rs"]),
    ("ttf_parser::", &["font.rs", "font/part.rs"]),
    ("subsetter::", &["font/part.rs"]),
    (
        "lopdf",
        &[
            "render/form.rs",
            "render/form/",
            "render/pdf/bind.rs",
            "render/pdf/bind/",
        ],
    ),
    ("qrcodegen::", &["render/qr.rs"]),
    ("annotate_snippets::", &["report/human.rs"]),
    ("axum::", &["server.rs", "server/http.rs"]),
    ("tokio::", &["server.rs", "server/http.rs"]),
    ("notify::", &["server/watch.rs"]),
    ("imagesize::", &["source/image.rs"]),
    ("unicode_security::", &["normal.rs"]),
    ("strsim::", &["nearness.rs"]),
    ("serde_path_to_error::", &["config/located.rs"]),
    ("rustix::", &["disk/handle.rs"]),
    ("clap::", &["cli.rs", "cli/"]),
    ("gix::", &["cli/git.rs", "cli/git/"]),
    (
        "std::fs",
        &[
            "disk.rs",
            "disk/",
            "output/write.rs",
            "output/write/",
            "cli/files.rs",
        ],
    ),
    // Each reads a stated number of bytes and no more.
    (
        "read_to_end(",
        &[
            "disk/below.rs",
            "source/image.rs",
            "output/write/manifest.rs",
            "cli/print/cases.rs",
        ],
    ),
    ("io::stdout", &["cli.rs"]),
    ("io::stderr", &["cli.rs", "cli/progress.rs"]),
];

/// What occurs in no file, except in tests.
const NOWHERE: [&str; 9] = [
    ".unwrap()",
    "unsafe ",
    "allow(",
    "super::",
    "crate::{",
    "todo!",
    "dbg!",
    "print!(",
    "println!(",
];

/// Code that writes, cuts or replaces the ending of a page in a text.
const PAGE_ENDING: &str =
    r#""\.html"|\}[^"\n]*\.html"|\b(trim|strip|replace|push_str)[^"\n]*"[^"\n]*\.html""#;

/// Files that may: the type of addresses, and one that names templates.
const PAGE_ENDING_HOMES: [&str; 2] = ["model/page_address.rs", "render/html/component.rs"];

/// Words for which comments, messages and documents have a plainer one: fix, report, is, before.
const RETIRED_WORDS: &str =
    r"\b(mend|mends|mended|told|stands|stood|manieth|as ever|in front of)\b";

/// Names that explained nothing.
const RETIRED_NAMES: &str =
    r"\b(Press|Imprint|Lore|Paper|Talk|Teller|lay_paper|Filling|Heard|Said|Stand|Standing|Place)\b";

fn folder(name: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let files = WalkDir::new(&root).sort_by_file_name().into_iter();
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&root).unwrap();
        let path = path.to_str().unwrap().replace('\\', "/");
        (path, fs::read_to_string(entry.path()).unwrap())
    };
    files
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(read)
        .collect()
}

/// Every Rust file below `src`, without comments and without the tests at its foot.
fn code() -> Vec<(String, String)> {
    let files = folder("src").into_iter();
    files
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, text)| {
            let code = text.split("#[cfg(test)]").next().unwrap();
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let lines: Vec<&str> = code.lines().filter(is_code).collect();
            (path, lines.join("\n"))
        })
        .collect()
}

/// `markdown/tree.rs` as `markdown::tree`.
fn module(path: &str) -> String {
    path.trim_end_matches(".rs").replace('/', "::")
}

/// Modules of this crate that a file names.
fn imports(code: &str) -> Vec<&str> {
    let paths = Regex::new(r"\bcrate::([a-z_]+(?:::[a-z_]+)*)").unwrap();
    let found = paths.captures_iter(code);
    found.map(|path| path.get(1).unwrap().as_str()).collect()
}

fn is_around(a: &str, b: &str) -> bool {
    a == b || a.starts_with(&format!("{b}::")) || b.starts_with(&format!("{a}::"))
}

/// The known module that `path` stands in.
fn home<'m>(path: &str, modules: &'m BTreeSet<String>) -> Option<&'m String> {
    let mut path = path;
    loop {
        if let Some(module) = modules.get(path) {
            return Some(module);
        }
        path = path.rsplit_once("::")?.0;
    }
}

#[test]
fn modules_use_only_those_before_them() {
    let layer = |path: &str| {
        let first = path.split("::").next().unwrap();
        let found = LAYERS.iter().position(|layer| *layer == first);
        found.unwrap_or_else(|| panic!("`{first}` is in no layer"))
    };
    for (path, code) in code() {
        let own = module(&path);
        if own == "lib" || own == "main" {
            continue;
        }
        for import in imports(&code) {
            assert!(layer(import) <= layer(&own), "{path} uses crate::{import}");
        }
    }
}

#[test]
fn modules_form_no_cycle() {
    let code = code();
    let modules: BTreeSet<String> = code.iter().map(|(path, _)| module(path)).collect();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in &code {
        let own = module(path);
        let used = imports(code)
            .into_iter()
            .filter_map(|import| home(import, &modules))
            .filter(|used| !is_around(used, &own))
            .cloned();
        let used = used.collect();
        uses.insert(own, used);
    }
    // Whatever uses nothing that is left goes; only cycles, and what leads to them, stay.
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        uses.values_mut()
            .for_each(|used| used.retain(|module| left.contains(module)));
        uses.retain(|_, used| !used.is_empty());
        if uses.len() == left.len() {
            break;
        }
    }
    assert!(uses.is_empty(), "in cycles, or leading to them: {uses:#?}");
}

#[test]
fn every_module_has_its_layer() {
    let folders: BTreeSet<String> = code()
        .iter()
        .map(|(path, _)| module(path).split("::").next().unwrap().to_string())
        .filter(|module| module != "lib" && module != "main")
        .collect();
    assert_eq!(folders, LAYERS.map(str::to_string).into());
}

#[test]
fn libraries_and_the_disk_are_met_in_their_own_files_only() {
    for (path, code) in code() {
        for (word, homes) in HOMES {
            let is_home = homes.iter().any(|home| match home.strip_suffix('/') {
                Some(folder) => path.starts_with(&format!("{folder}/")),
                None => path == *home,
            });
            assert!(is_home || !code.contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn every_library_with_a_home_is_met_there() {
    let code = code();
    for (word, homes) in HOMES {
        for home in homes.iter().filter(|home| home.ends_with(".rs")) {
            let met = code
                .iter()
                .any(|(path, code)| path == home && code.contains(word));
            assert!(met, "{home} does not name {word}");
        }
    }
}

#[test]
fn endings_of_pages_are_written_and_cut_by_their_type_only() {
    let ending = Regex::new(PAGE_ENDING).unwrap();
    for written in [
        r#"path.trim_end_matches(".html")"#,
        r#"format!("{folder}/{name}.html")"#,
        r#"format!("{path}/index.html")"#,
        r#"path.replace("/index.html", "")"#,
        r#"name + ".html""#,
    ] {
        assert!(ending.is_match(written), "{written}");
    }
    for (path, code) in code() {
        let is_home = PAGE_ENDING_HOMES.contains(&path.as_str());
        let found = code.lines().find(|line| ending.is_match(line));
        assert_eq!(is_home, found.is_some(), "{path}: {found:?}");
    }
}

#[test]
fn shortcuts_occur_nowhere_outside_tests() {
    for (path, code) in code() {
        for word in NOWHERE {
            // `pub(super)` is no path.
            let found = code.replace("pub(super)", "").contains(word);
            assert!(!found, "{path} holds {word:?}");
        }
    }
}

#[test]
fn words_are_plain_and_names_explain() {
    let words = Regex::new(RETIRED_WORDS).unwrap();
    let names = Regex::new(RETIRED_NAMES).unwrap();
    let check = |path: &str, line: &str| {
        assert!(!words.is_match(line), "{path}: {line}");
    };
    for (path, text) in folder("src") {
        if path.ends_with(".rs") {
            let is_comment = |line: &&str| line.trim_start().starts_with("//");
            let comments = text.lines().filter(is_comment);
            comments.for_each(|line| check(&path, line));
        }
        if path.starts_with("strings/en/") {
            text.lines().for_each(|line| check(&path, line));
        }
    }
    for (path, text) in code() {
        if let Some(name) = names.find(&text) {
            panic!("{path} names {:?}", name.as_str());
        }
    }
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
        let text = fs::read_to_string(path).unwrap();
        text.lines().for_each(|line| check(document, line));
    }
}

#[test]
fn unsafe_code_is_forbidden_for_the_whole_package() {
    let manifest = include_str!("../Cargo.toml");
    let lints = manifest.split("[lints.rust]").nth(1).unwrap();
    let lints = lints.split("\n[").next().unwrap();
    assert!(lints.contains("unsafe_code = \"forbid\""));
}

#[test]
fn no_language_but_english_is_in_code_or_templates() {
    let is_hangul = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}');
    for (path, text) in code().into_iter().chain(folder("templates")) {
        let line = text.lines().find(|line| line.contains(is_hangul));
        assert_eq!(line, None, "{path}");
    }
}

/// Companies that the sample guides are about, and the one whose guides came first.
fn companies() -> BTreeSet<String> {
    let first = [
        "portone",
        "포트원",
        "iamport",
        "아임포트",
        "inicis",
        "이니시스",
    ];
    let schema = Config::defaults().components;
    let guides = folder("content").into_iter();
    let guides = guides.filter(|(path, _)| path.ends_with(".md"));
    let named = guides.flat_map(|(_, text)| {
        let (document, _) = parse(&text, FileId(0), &schema);
        document.frontmatter.companies
    });
    let named = named.map(|name| name.to_lowercase());
    named.chain(first.map(str::to_string)).collect()
}

#[test]
fn no_company_is_named_in_code_presets_words_or_templates() {
    let companies = companies();
    assert!(companies.len() > 8, "{companies:?}");
    let files = folder("src").into_iter().chain(folder("templates"));
    for (path, text) in files.chain(folder("site")) {
        // Tests quote real documents.
        let text = text.split("#[cfg(test)]").next().unwrap().to_lowercase();
        let named = companies.iter().find(|name| text.contains(*name));
        assert_eq!(named, None, "{path}");
    }
}

/// Keys of the frontmatter that are a trade's own: they are in presets and in content.
const KEYS_OF_A_TRADE: [&str; 2] = ["pgCompanies", "pg_companies"];

#[test]
fn no_key_of_a_trade_is_named_in_code_words_or_templates() {
    let words = folder("src/strings").into_iter();
    let files = code().into_iter().chain(words);
    let files = files.chain(folder("templates")).chain(folder("site"));
    for (path, text) in files {
        let named = KEYS_OF_A_TRADE.iter().find(|key| text.contains(*key));
        assert_eq!(named, None, "{path}");
    }
}

#[test]
fn templates_escape_all_but_what_is_named_html() {
    let safe = Regex::new(r"\|\s*safe\b").unwrap();
    let named = Regex::new(r"\b[\w.]*html\s*\|\s*safe\b").unwrap();
    let mut uses = 0;
    for (path, text) in folder("templates") {
        if path.ends_with(".typ") {
            continue;
        }
        assert!(path.ends_with(".html"), "{path}");
        assert!(!text.contains("autoescape"), "{path}");
        let found = safe.find_iter(&text).count();
        assert_eq!(found, named.find_iter(&text).count(), "{path}");
        uses += found;
    }
    assert!(uses > 0);
}
