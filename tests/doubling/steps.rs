//! The whole line from texts to artifacts in steps, each a function of its own, so that a
//! profile names it.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use jiff::civil::Date;
use rayon::ThreadPoolBuilder;

use tickbook::build::{Book, emit, prepare_theme};
use tickbook::check::check_on;
use tickbook::check::fix::fix_documents;
use tickbook::compare::compare;
use tickbook::config::Config;
use tickbook::diagnostic::Diagnostic;
use tickbook::inspect::inspect;
use tickbook::markdown::parse;
use tickbook::model::lock::Lock;
use tickbook::model::site::Site;
use tickbook::render::page::View;
use tickbook::render::theme::Theme;
use tickbook::report;
use tickbook::source::{FileId, Source, SourceSet};
use tickbook::strings::Strings;

use crate::clock::Times;
use crate::rules::rule_functions;
use crate::shapes::{Shape, all};

/// Steps that a profile must name, by their functions here.
pub const STEPS: &[&str] = &[
    "read",
    "model",
    "check_all",
    "fix",
    "reports",
    "view",
    "pages",
    "sheets",
    "json",
    "twins",
    "index",
    "comparison",
    "inspection",
];

/// Every so manieth finding is reported.
const REPORTED: usize = 4;

/// A configuration in which every rule has something to look for.
const CONFIG: &str = "
site: {title: t, url: 'https://help.example.com', own_urls: ['https://old.example.com']}
check:
  frontmatter: {stale_page_months: 6, legacy_brands: {옛이름: 새이름}}
";

/// What does not depend on the content.
pub struct Bench {
    config: Config,
    strings: Strings,
}

impl Bench {
    pub fn new(preset: &str) -> Self {
        // A rule that is off is not run, and each is to be measured.
        let levels = rule_functions().into_iter();
        let levels: String = levels
            .map(|one| format!("    {}: info\n", one.rule))
            .collect();
        let text = format!("preset: {preset}\n{CONFIG}  levels:\n{levels}");
        let config = Config::read(&text, "tickbook.yaml").expect("the configuration is valid");
        let strings = Strings::load(config.lang);
        Self { config, strings }
    }
}

/// A shape with everything that a guide has.
const GUIDE: &str = "guide of fields";

/// Bytes of each shape in the first site of a preset.
const LITTLE: usize = 200;

/// Takes every shape in every size through the line. The first profile is of a site of a little of
/// everything, which pays for what is made at its first use: tables, patterns, presets.
pub fn run_all(shapes: &[&'static Shape]) {
    let presets: BTreeSet<&str> = shapes.iter().map(|shape| shape.preset).collect();
    let bench = |preset| (preset, warm_bench(preset));
    let benches: BTreeMap<&str, Bench> = presets.into_iter().map(bench).collect();
    end_of_line();
    for shape in shapes {
        let bench = &benches[shape.preset];
        let [once, ..] = shape.sizes();
        // What its words leave in the caches of regular expressions is no part of any size.
        whole_line(bench, &sources(shape, once));
        end_of_line();
        for size in shape.sizes() {
            whole_line(bench, &sources(shape, size));
            end_of_line();
        }
    }
}

fn warm_bench(preset: &str) -> Bench {
    let bench = Bench::new(preset);
    whole_line(&bench, &little_of_everything(preset));
    // A guide takes more than a little to have fields.
    if let Some(guide) = all().find(|shape| shape.name == GUIDE && shape.preset == preset) {
        whole_line(&bench, &sources(guide, guide.sizes()[0]));
    }
    bench
}

/// A site with a folder for each shape of a preset.
fn little_of_everything(preset: &str) -> SourceSet {
    let shapes = all().filter(|shape| shape.preset == preset).enumerate();
    let documents = shapes.flat_map(|(index, shape)| {
        let documents = sources(shape, LITTLE).documents.into_iter();
        documents.map(move |document| Source {
            path: format!("{index:03}/{}", document.path),
            ..document
        })
    });
    SourceSet {
        documents: documents.collect(),
        ..SourceSet::default()
    }
}

/// Says to callgrind that a profile is complete.
#[inline(never)]
fn end_of_line() {
    black_box(());
}

/// Does something on one thread, so that what it costs is found on that thread.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = ThreadPoolBuilder::new().num_threads(1).build();
    pool.expect("a thread can be started").install(work)
}

/// The documents of a shape, in path order.
pub fn sources(shape: &Shape, size: usize) -> SourceSet {
    let mut documents: Vec<Source> = (shape.make)(size)
        .into_iter()
        .map(|(path, text)| Source { path, text })
        .collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    SourceSet {
        documents,
        ..SourceSet::default()
    }
}

/// All steps, and the time of each.
pub fn whole_line(bench: &Bench, sources: &SourceSet) -> Times {
    let mut times = Times::default();
    let mut sources = sources.clone();
    times.of("read", || read(bench, &sources));
    let book = times.of("model", || model(bench, &sources));
    sources.lock = Some(lock(&book.site));
    let found = times.of("check_all", || check_all(bench, &book, &sources));
    times.of("reports", || reports(bench, &found, &sources));
    outputs(bench, &book, &sources, &mut times);
    let fixed = times.of("fix", || fix(bench, &sources));
    times.of("comparison", || comparison(bench, &book.site, &fixed));
    times.of("inspection", || inspection(bench, &sources));
    times
}

#[inline(never)]
fn read(bench: &Bench, sources: &SourceSet) {
    for source in &sources.documents {
        black_box(parse(&source.text, FileId(0), &bench.config.components));
    }
}

#[inline(never)]
fn model(bench: &Bench, sources: &SourceSet) -> Book {
    Book::read(sources, &bench.config).expect("the conventions are valid")
}

/// The list of a site in which every heading had another name.
fn lock(site: &Site) -> Source {
    let text = Lock::of(site).to_string();
    let renamed = text.lines().map(|line| match line.starts_with('#') {
        true => format!("{line}\n"),
        false => format!("{line}x\n"),
    });
    Source {
        path: "ids.lock".to_string(),
        text: renamed.collect(),
    }
}

#[inline(never)]
fn check_all(bench: &Bench, book: &Book, sources: &SourceSet) -> Vec<Diagnostic> {
    let today = Some(Date::constant(2026, 11, 29));
    let read = book.diagnostics.clone();
    check_on(today, &book.site, sources, &bench.config, read).expect("the configuration is valid")
}

#[inline(never)]
fn reports(bench: &Bench, found: &[Diagnostic], sources: &SourceSet) {
    // A report costs much for each finding, and some shapes are findings letter by letter.
    let shown: Vec<&Diagnostic> = found.iter().step_by(REPORTED).collect();
    let strings = &bench.strings;
    black_box(report::human::human(
        &shown,
        sources,
        strings,
        report::human::Color::Never,
    ));
    let findings = report::finding::findings(&[], &shown, sources, strings);
    black_box(report::json::json(&findings));
    black_box(report::sarif::sarif(&findings, &[], ""));
    black_box(report::github::github(&findings, ""));
}

#[inline(never)]
fn fix(bench: &Bench, sources: &SourceSet) -> SourceSet {
    fix_documents(sources, &bench.config, &|_, found| found).expect("the configuration is valid")
}

fn outputs(bench: &Bench, book: &Book, sources: &SourceSet, times: &mut Times) {
    let Bench { config, strings } = bench;
    let mut theme = Theme::load(None).expect("the built-in theme is valid");
    times.of("view", || view(bench, &mut theme, book, sources));
    let view = book.view(sources, config, &theme, strings);
    times.of("pages", || pages(&view));
    times.of("sheets", || sheets(&view));
    times.of("json", || json(&view));
    times.of("twins", || twins(&view));
    times.of("index", || index(&view));
}

#[inline(never)]
fn view(bench: &Bench, theme: &mut Theme, book: &Book, sources: &SourceSet) {
    prepare_theme(theme, book, sources, &bench.config, &bench.strings);
}

#[inline(never)]
fn pages(view: &View<'_>) {
    output("site", view);
}

#[inline(never)]
fn sheets(view: &View<'_>) {
    output("checklist", view);
}

#[inline(never)]
fn json(view: &View<'_>) {
    output("json", view);
}

#[inline(never)]
fn twins(view: &View<'_>) {
    output("markdown", view);
}

#[inline(never)]
fn index(view: &View<'_>) {
    output("search", view);
}

fn output(name: &str, view: &View<'_>) {
    let sink = |artifact| {
        black_box(artifact);
        Ok(())
    };
    emit(view, &[name.to_string()], &sink).expect("the built-in templates are valid");
}

/// The site before against the same with its fixes made.
#[inline(never)]
fn comparison(bench: &Bench, before: &Site, after: &SourceSet) {
    let after = Site::build(after, &bench.config)
        .expect("the conventions are valid")
        .0;
    black_box(report::changes::markdown(
        &compare(before, &after),
        &bench.strings,
    ));
}

#[inline(never)]
fn inspection(bench: &Bench, sources: &SourceSet) {
    for source in &sources.documents {
        let shown = inspect(source, &bench.config, &bench.strings);
        black_box(shown.expect("the conventions are valid"));
    }
}
