//! Time of each part of the line from text to pages, over the documents of one folder:
//! `TICKBOOK_CORPUS/help` where that variable is set, else the sample site's `content/`.

use std::path::PathBuf;

use criterion::{Criterion, criterion_group, criterion_main};
use tickbook::build::{Book, emit, prepare_theme};
use tickbook::check::check;
use tickbook::config::Config;
use tickbook::markdown::parse;
use tickbook::render::theme::Theme;
use tickbook::source::{SourceSet, load};
use tickbook::strings::Strings;

fn sources() -> SourceSet {
    let folder = match std::env::var_os("TICKBOOK_CORPUS") {
        Some(corpus) => PathBuf::from(corpus).join("help"),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content"),
    };
    load(&folder).expect("the folder of documents can be read")
}

/// Text to trees, on one processor.
fn parsing(criterion: &mut Criterion) {
    let (sources, config) = (sources(), Config::defaults());
    criterion.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for (file, source) in sources.iter() {
                std::hint::black_box(parse(&source.text, file, &config.components));
            }
        });
    });
}

/// Text to the site with its guides and sheets.
fn modelling(criterion: &mut Criterion) {
    let (sources, config) = (sources(), Config::defaults());
    criterion.bench_function("model", |bencher| {
        bencher.iter(|| Book::read(&sources, &config).expect("the defaults are valid"));
    });
}

/// Every rule over a site that was read.
fn checking(criterion: &mut Criterion) {
    let (sources, config) = (sources(), Config::defaults());
    let book = Book::read(&sources, &config).expect("the defaults are valid");
    criterion.bench_function("check", |bencher| {
        bencher.iter(|| check(&book.site, &sources, &config, Vec::new()).map(|found| found.len()));
    });
}

/// The site to every artifact, none of them written.
fn rendering(criterion: &mut Criterion) {
    let (sources, config) = (sources(), Config::defaults());
    let strings = Strings::load(config.lang);
    let book = Book::read(&sources, &config).expect("the defaults are valid");
    let mut theme = Theme::load(None).expect("the built-in templates are valid");
    prepare_theme(&mut theme, &book, &sources, &config, &strings);
    let view = book.view(&sources, &config, &theme, &strings);
    criterion.bench_function("render", |bencher| {
        bencher.iter(|| emit(&view, &[], &|_| Ok(())).expect("the templates are valid"));
    });
}

criterion_group! {
    name = line;
    config = Criterion::default().sample_size(20);
    targets = parsing, modelling, checking, rendering
}
criterion_main!(line);
