//! Real documents: what must hold for every one of them.
//!
//! The folder is named by `TICKBOOK_CORPUS`. Without it the tests pass and say so, unless `CI` is
//! set: there its absence is a failure.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use regex::Regex;
use tickbook::build::{Book, emit, prepare_theme};
use tickbook::check::check;
use tickbook::check::fix;
use tickbook::config::Config;
use tickbook::diagnostic::Diagnostic;
use tickbook::markdown::node::{Block, Children, Inline};
use tickbook::markdown::parse;
use tickbook::markdown::text::{block_text, label_text};
use tickbook::markdown::walk::{Attributes, Node, walk};
use tickbook::model::item::{Item, Role, Section};
use tickbook::model::site::{Site, Target};
use tickbook::output::checklist::page;
use tickbook::output::{Artifact, ArtifactContent};
use tickbook::render::html::Destination;
use tickbook::render::theme::Theme;
use tickbook::source::{FileId, Source, SourceSet, Span, load};
use tickbook::strings::Strings;

fn corpus() -> Option<PathBuf> {
    match std::env::var_os("TICKBOOK_CORPUS") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => {
            assert!(
                std::env::var_os("CI").is_none(),
                "TICKBOOK_CORPUS must name the folder of real documents"
            );
            println!("skipped: TICKBOOK_CORPUS is not set");
            None
        }
    }
}

fn sources(folder: &Path) -> SourceSet {
    let set = load(folder).unwrap();
    assert!(
        set.documents.len() > 100,
        "{} documents",
        set.documents.len()
    );
    set
}

/// Letters that are visible in a source, by rules that know nothing of the reader: markup is cut
/// off by pattern, what is left is text.
struct Oracle {
    cuts: Vec<(Regex, &'static str)>,
}

impl Oracle {
    fn new() -> Self {
        let cuts = [
            (r"(?s)\A\u{feff}?---\r?\n.*?\n---\r?\n", ""),
            // Half a surrogate pair stands for no character.
            (r"&#x[dD][89a-fA-F][0-9a-fA-F]{2};", " "),
            (r#"\b(?:url|image|level)\s*=\s*"[^"]*""#, " "),
            (r#"\b(?:content|title|text|icon)\s*=\s*""#, " "),
            (r"</?(?:Accordion|Callout|Highlight|Indent|Tag)\b", " "),
            (
                r#"\]\((?:<[^<>\n]*>|[^()\s\\]|\\.|\([^()\s]*\))*(?:\s+"[^"]*")?\)"#,
                "]",
            ),
            (r"(?m)^(\s*```)\w+", "$1"),
        ];
        let cuts = cuts.map(|(pattern, with)| (Regex::new(pattern).unwrap(), with));
        Self { cuts: cuts.into() }
    }

    fn letters(&self, source: &str) -> String {
        let cut = self
            .cuts
            .iter()
            .fold(source.to_string(), |text, (pattern, with)| {
                pattern.replace_all(&text, *with).into_owned()
            });
        letters(&html_escape::decode_html_entities(&cut))
    }
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphabetic())
        .collect()
}

#[test]
fn no_visible_letter_is_lost() {
    let Some(folder) = corpus() else { return };
    let (config, oracle) = (Config::defaults(), Oracle::new());
    for source in sources(&folder).documents {
        let (document, _) = parse(&source.text, FileId(0), &config.components);
        let (found, expected) = (
            letters(&block_text(&document.blocks)),
            oracle.letters(&source.text),
        );
        let shared = found
            .chars()
            .zip(expected.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let rest = |text: &str| text.chars().skip(shared).take(40).collect::<String>();
        assert_eq!(
            rest(&found),
            rest(&expected),
            "{} after {shared} letters",
            source.path
        );
        assert_eq!(found, expected, "{}", source.path);
    }
}

#[test]
fn spans_lie_in_the_file_and_in_their_parents() {
    let Some(folder) = corpus() else { return };
    let config = Config::defaults();
    for source in sources(&folder).documents {
        let (document, _) = parse(&source.text, FileId(0), &config.components);
        walk(&document.blocks, Attributes::Enter, &mut |node| {
            check_span(&source, node)
        });
        check_siblings(&source, &document.blocks);
    }
}

fn check_span(source: &Source, node: Node<'_>) {
    let (span, children) = match node {
        Node::Block(block) => (block.span(), block_children(block)),
        Node::Inline(inline) => (inline.span(), inline_children(inline)),
    };
    let text = source.text.get(span.range());
    assert!(text.is_some(), "{}: {span:?}", source.path);
    for child in children {
        let is_inside = span.start <= child.start && child.end <= span.end;
        assert!(is_inside, "{}: {child:?} in {span:?}", source.path);
    }
    if let Node::Inline(Inline::Text(node)) = node {
        // What a character reference stands for is not to be seen in the source.
        let text = text.unwrap_or_default();
        let is_same = letters(&node.text) == letters(text);
        assert!(is_same || text.contains('&'), "{}: {text}", source.path);
    }
}

fn block_children(block: &Block) -> Vec<Span> {
    match block {
        Block::Heading(node) => node.inlines.iter().map(Inline::span).collect(),
        Block::Paragraph(node) => node.inlines.iter().map(Inline::span).collect(),
        Block::Quote(node) => node.blocks.iter().map(Block::span).collect(),
        Block::List(node) => node.items.iter().map(|item| item.span).collect(),
        Block::Component(node) => component_children(&node.children),
        _ => Vec::new(),
    }
}

fn inline_children(inline: &Inline) -> Vec<Span> {
    match inline {
        Inline::Emphasis(node) | Inline::Strong(node) => {
            node.inlines.iter().map(Inline::span).collect()
        }
        Inline::Link(node) | Inline::Image(node) => node.inlines.iter().map(Inline::span).collect(),
        Inline::Component(node) => component_children(&node.children),
        _ => Vec::new(),
    }
}

fn component_children(children: &Children) -> Vec<Span> {
    match children {
        Children::Blocks(blocks) => blocks.iter().map(Block::span).collect(),
        Children::Inlines(inlines) => inlines.iter().map(Inline::span).collect(),
    }
}

fn check_siblings(source: &Source, blocks: &[Block]) {
    for pair in blocks.windows(2) {
        let (first, second) = (pair[0].span(), pair[1].span());
        assert!(
            first.end <= second.start,
            "{}: {first:?} and {second:?}",
            source.path
        );
    }
}

fn artifacts(sources: &SourceSet) -> Vec<Artifact> {
    let config = Config::defaults();
    let strings = Strings::load(config.lang);
    let book = Book::read(sources, &config).unwrap();
    assert!(!book.is_fatal(), "{:?}", book.diagnostics);
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, sources, &config, &strings);
    let made = Mutex::new(Vec::new());
    let view = book.view(sources, &config, &theme, &strings);
    emit(&view, &[], &|artifact| {
        made.lock().unwrap().push(artifact);
        Ok(())
    })
    .unwrap();
    let mut made = made.into_inner().unwrap();
    made.sort_by(|a, b| a.path.cmp(&b.path));
    made
}

#[test]
fn every_document_builds_and_twice_gives_the_same_bytes() {
    let Some(folder) = corpus() else { return };
    let sources = sources(&folder);
    let (first, second) = (artifacts(&sources), artifacts(&sources));
    let pages = first
        .iter()
        .filter(|artifact| artifact.path.ends_with(".html"))
        .count();
    assert!(pages >= sources.documents.len(), "{pages} pages");
    assert!(
        first
            .iter()
            .all(|artifact| artifact.content != ArtifactContent::Bytes(Vec::new()))
    );
    assert!(first == second, "two builds differ");
}

#[test]
fn every_mode_of_a_guide_has_its_path_and_fields() {
    let Some(folder) = corpus() else { return };
    let sources = sources(&folder);
    let config = Config::defaults();
    let book = Book::read(&sources, &config).unwrap();
    let guides: Vec<_> = book
        .site
        .pages
        .iter()
        .filter_map(|page| Some((page, page.guide.as_ref()?)))
        .filter(|(page, _)| page.procedures.found.is_empty())
        .collect();
    assert_eq!(guides.len(), 10);
    for (page, guide) in guides {
        for scenario in &guide.scenarios {
            assert_eq!(scenario.modes.len(), 2, "{}: {}", page.path, scenario.title);
            for mode in &scenario.modes {
                let steps = &mode.trail().unwrap().steps;
                assert!(
                    steps.len() >= 4 && mode.settings_in(Section::Route).count() == 3,
                    "{}: {}",
                    page.path,
                    mode.id
                );
                assert!(mode.fields().count() >= 3, "{}: {}", page.path, mode.id);
            }
        }
    }
    let seed = book
        .site
        .pages
        .iter()
        .find(|page| page.slug == "seed-inicis")
        .unwrap();
    let scenarios = &seed.guide.as_ref().unwrap().scenarios;
    assert_eq!(scenarios.len(), 4);
    let modes = scenarios.iter().flat_map(|scenario| &scenario.modes);
    let says = |item: &Item| matches!(item.role, Role::Know | Role::Hazard | Role::Verify);
    assert!(modes.clone().all(|mode| mode.all_items().any(says)));
}

#[test]
fn kinds_and_evidence_of_real_guides() {
    let Some(folder) = corpus() else { return };
    let sources = sources(&folder);
    let config = Config::defaults();
    let book = Book::read(&sources, &config).unwrap();
    let mut lines = String::new();
    for sheet in &book.sheets {
        let (_, mode) = sheet.parts(&book.site);
        if mode.has_tasks() {
            continue;
        }
        lines += &format!("{} {}\n", book.site.pages[sheet.page].slug, mode.id);
        for field in mode.fields() {
            let values: Vec<_> = field.answer.cases().map(|(_, value)| value).collect();
            let (label, kind) = (label_text(&field.label), field.kind().name());
            let (by, word) = (field.evidence.by, &field.evidence.word);
            let line = format!(
                "  {label} | {kind} | {by} {word} | {} | {}",
                values.join(", "),
                field.prefix
            );
            lines += line.trim_end();
            lines.push('\n');
        }
    }
    insta::assert_snapshot!("kinds", lines);
}

#[test]
fn sheet_holds_every_field_of_its_mode_and_no_value_of_another() {
    let Some(folder) = corpus() else { return };
    let sources = sources(&folder);
    let config = Config::defaults();
    let strings = Strings::load(config.lang);
    let book = Book::read(&sources, &config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, &sources, &config, &strings);
    let view = book.view(&sources, &config, &theme, &strings);
    for sheet in &book.sheets {
        let html = page(sheet, &view, "", Destination::Alone).unwrap();
        let (_, mode) = sheet.parts(&book.site);
        for field in mode.fields() {
            let label = tickbook::render::html::escape(&label_text(&field.label));
            assert!(html.contains(&label), "{}: {label}", sheet.address);
        }
        let own = format!("{mode:?}");
        for other in book
            .sheets
            .iter()
            .filter(|other| other.page == sheet.page && *other != sheet)
        {
            let (_, other) = other.parts(&book.site);
            for choice in other.fields().flat_map(|field| field.answer.choices()) {
                let value = &choice.value;
                let is_foreign = value.len() >= 5 && !own.contains(value.as_str());
                assert!(
                    !is_foreign || !html.contains(value.as_str()),
                    "{}: {value}",
                    sheet.address
                );
            }
        }
    }
}

#[test]
fn sheet_loses_no_word_of_its_mode() {
    let Some(folder) = corpus() else { return };
    let sources = sources(&folder);
    let config = Config::defaults();
    let strings = Strings::load(config.lang);
    let book = Book::read(&sources, &config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, &sources, &config, &strings);
    let view = book.view(&sources, &config, &theme, &strings);
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|character| character.is_alphanumeric());
        kept.collect()
    };
    let mut missing = Vec::new();
    for sheet in &book.sheets {
        let html = page(sheet, &view, "", Destination::Alone).unwrap();
        let shown: String = scraper::Html::parse_document(&html)
            .root_element()
            .text()
            .collect();
        let shown = letters(&shown);
        let (_, mode) = sheet.parts(&book.site);
        let blocks = &book.site.pages[sheet.page].document.blocks;
        let inside = |block: &&Block| {
            mode.span.start < block.span().start && block.span().end <= mode.span.end
        };
        for block in blocks.iter().filter(inside) {
            walk(
                std::slice::from_ref(block),
                Attributes::Enter,
                &mut |node| {
                    let Node::Inline(Inline::Text(text)) = node else {
                        return;
                    };
                    // A value in brackets is taken out of the words beside it.
                    let ends_word = |c: char| c.is_whitespace() || "()".contains(c);
                    for word in text.text.split(ends_word).map(letters) {
                        let is_action = config.conventions.fields.actions.contains(&word);
                        // The title of a note that became something to verify says no more than its mark.
                        let titles = &config.conventions.notices.titles.note;
                        let is_title = titles
                            .written()
                            .iter()
                            .any(|title| word == format!("{title}사항"));
                        if !is_action && !is_title && !shown.contains(&word) {
                            missing.push(format!("{}: {word}", sheet.address));
                        }
                    }
                },
            );
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Links of all documents that lead to no page, file or heading.
fn broken_links(site: &Site) -> usize {
    let mut count = 0;
    for (index, page) in site.pages.iter().enumerate() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            let url = match node {
                Node::Inline(Inline::Link(link)) => Some(link.url.as_str()),
                Node::Block(Block::Component(component))
                | Node::Inline(Inline::Component(component)) => component.value("url"),
                _ => None,
            };
            let target = url.map(|url| site.target(index, url));
            count += usize::from(matches!(
                target,
                Some(
                    Target::Missing
                        | Target::Page {
                            is_known: false,
                            ..
                        }
                )
            ));
        });
    }
    count
}

/// Makes every fix that is offered; whether there was one.
fn make_fixes(sources: &mut SourceSet, found: &[Diagnostic]) -> bool {
    let mut is_changed = false;
    for (index, source) in sources.documents.iter_mut().enumerate() {
        let here = found.iter().filter(|found| found.file.0 == index);
        let edits: Vec<_> = here.flat_map(|found| found.fix.clone()).collect();
        is_changed |= !edits.is_empty();
        source.text = fix::apply(&source.text, edits);
    }
    is_changed
}

#[test]
fn fixes_come_to_an_end_and_break_no_link() {
    let Some(folder) = corpus() else { return };
    let mut sources = sources(&folder);
    let config = Config::defaults();
    let (site, mut read) = Site::build(&sources, &config).unwrap();
    let broken = broken_links(&site);
    let mut last = site;
    // A fix may wait for another that touches it, so one round is not enough.
    for _ in 0..6 {
        let found = check(&last, &sources, &config, read).unwrap();
        if !make_fixes(&mut sources, &found) {
            return;
        }
        (last, read) = Site::build(&sources, &config).unwrap();
        assert!(broken_links(&last) <= broken, "a fix broke a link");
    }
    let found = check(&last, &sources, &config, read).unwrap();
    let left: Vec<_> = found.iter().filter(|found| !found.fix.is_empty()).collect();
    assert_eq!(left, [] as [&Diagnostic; 0]);
}

/// Bytes of a first search, packed, with the client, which reads words of all scripts.
const FIRST_SEARCH: usize = 46_500;

/// Files that a search may ask for beside the client and the head of the index.
const FILES: usize = 4;

/// Length of a file packed as a server sends it.
fn packed(artifact: &Artifact) -> usize {
    let ArtifactContent::Bytes(bytes) = &artifact.content else {
        return 0;
    };
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap().len()
}

#[test]
fn first_search_is_light_whatever_it_asks_for() {
    let Some(folder) = corpus() else { return };
    let artifacts = artifacts(&sources(&folder));
    let of = |is_wanted: &dyn Fn(&str) -> bool| {
        let wanted = artifacts.iter().filter(|own| is_wanted(&own.path));
        let mut sizes: Vec<usize> = wanted.map(packed).collect();
        sizes.sort_unstable();
        sizes
    };
    let client = of(&|path| path.starts_with("assets/search.") && path.ends_with(".js"));
    let head = of(&|path| path == "search/index.js");
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_string();
    let is_shard = |path: &str| path.starts_with("search/") && name(path).starts_with('t');
    let is_words = |path: &str| ["latin.js", "rare.js"].contains(&name(path).as_str());
    let (shards, words) = (of(&is_shard), of(&is_words));
    assert_eq!((client.len(), head.len(), words.len()), (1, 1, 2));
    let largest = &shards[shards.len() - FILES..];
    let with_words = words[1] + largest[1..].iter().sum::<usize>();
    let files = largest.iter().sum::<usize>().max(with_words);
    let all = client[0] + head[0] + files;
    assert!(
        all <= FIRST_SEARCH,
        "{all} bytes: {client:?} {head:?} {words:?} {largest:?}"
    );
}
