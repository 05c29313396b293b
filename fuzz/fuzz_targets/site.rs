//! Any documents make a site: no panic, no path outside the output, and no script, handler or
//! scheme of the content in a page. Documents of one text are separated by lines of `===`; the
//! length of the text decides of which preset they are.
//!
//! Run it by `scripts/fuzz site 600`.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tickbook::build::{Book, emit, prepare_theme};
use tickbook::check::check;
use tickbook::config::{Config, PRESETS};
use tickbook::output::{Artifact, ArtifactContent};
use tickbook::render::theme::Theme;
use tickbook::source::{Source, SourceSet};
use tickbook::strings::Strings;

static CONFIGS: LazyLock<Vec<Config>> = LazyLock::new(|| {
    let read = |name: &str| Config::read(&format!("preset: {name}"), "tickbook.yaml");
    PRESETS.iter().map(|(name, _)| read(name).expect("presets are valid")).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let documents = text.split("\n===\n").enumerate().map(|(number, text)| Source {
        path: format!("part/page-{number}.md"),
        text: text.to_string(),
    });
    let sources = SourceSet {
        documents: documents.take(4).collect(),
        ..SourceSet::default()
    };
    let config = &CONFIGS[bytes.len() % CONFIGS.len()];
    let strings = Strings::load(config.lang);
    let book = Book::read(&sources, config).expect("presets are valid");
    let read = book.diagnostics.clone();
    check(&book.site, &sources, config, read).expect("presets are valid");
    let mut theme = Theme::load(None).expect("the built-in theme is valid");
    prepare_theme(&mut theme, &book, &sources, config, &strings);
    let view = book.view(&sources, config, &theme, &strings);
    emit(&view, &[], &|artifact| {
        check_artifact(&artifact);
        Ok(())
    })
    .expect("the built-in templates take everything");
});

fn check_artifact(artifact: &Artifact) {
    let Artifact { path, content } = artifact;
    let is_below = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    assert!(is_below, "{path:?} leaves the output");
    let ArtifactContent::Bytes(bytes) = content else {
        return;
    };
    let text = std::str::from_utf8(bytes).expect("text is UTF-8");
    if path.ends_with(".html") {
        check_page(path, text);
    }
}

/// Tags as a browser sees them: what stands between `<` and `>` in a page that escapes both.
fn check_page(path: &str, html: &str) {
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let lower = tag.to_lowercase();
        let name = lower.split([' ', '\n', '/']).next().unwrap_or_default();
        assert!(!matches!(name, "iframe" | "object" | "embed" | "base"), "<{tag}> in {path}");
        // Quoted values may hold anything; what stands outside them is ours.
        let bare: String = lower.split('"').step_by(2).collect();
        let is_handler = |word: &str| word.starts_with("on") && word.ends_with('=');
        assert!(!bare.split_whitespace().any(is_handler), "<{tag}> in {path}");
        for scheme in ["\"javascript:", "\"data:text", "\"vbscript:"] {
            assert!(!lower.contains(scheme), "<{tag}> in {path}");
        }
    }
}
