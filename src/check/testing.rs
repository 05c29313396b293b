//! One helper for the tests of all rules.

use crate::check::check;
use crate::check::context::Context;
use crate::check::fix::{apply, withhold_unproven};
use crate::check::rule::Rule;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::conventions::Conventions;
use crate::model::site::Site;
use crate::source::file::ContentFile;
use crate::source::{Asset, Source, SourceSet};

fn sources(documents: &[(&str, &str)]) -> SourceSet {
    let documents = documents.iter().map(|(path, text)| Source {
        path: (*path).to_string(),
        text: (*text).to_string(),
    });
    SourceSet {
        documents: documents.collect(),
        ..SourceSet::default()
    }
}

/// Calls `then` with a context over these documents and the default configuration.
pub fn with_context(documents: &[(&str, &str)], then: impl FnOnce(&Context<'_>)) {
    let sources = sources(documents);
    let config = Config::defaults();
    let (site, _) = Site::build(&sources, &config).expect("the test's project is valid");
    let conventions = Conventions::new(&config).expect("the test's project is valid");
    then(&Context::new(&site, &sources, &config, &conventions));
}

/// Findings of a rule in a site, with `tickbook.yaml` as `config`; the documents must come in
/// path order.
pub fn findings(rule: &Rule, config: &str, documents: &[(&str, &str)]) -> Vec<Diagnostic> {
    findings_in(rule, config, &sources(documents))
}

/// The same in a site with whatever else belongs to it.
pub fn findings_in(rule: &Rule, config: &str, sources: &SourceSet) -> Vec<Diagnostic> {
    let config = Config::read(config, "tickbook.yaml").expect("the test's project is valid");
    let (site, read) = Site::build(sources, &config).expect("the test's project is valid");
    let mut found = check(&site, sources, &config, read).expect("the test's project is valid");
    withhold_unproven(&site, sources, &config, &mut found).expect("the test's project is valid");
    found
        .into_iter()
        .filter(|found| found.rule == rule.name)
        .collect()
}

/// What a rule finds in a document beside these files, as the bytes that it points at, and the document
/// after its fixes.
pub fn found_beside(rule: &Rule, files: &[&str], text: &str) -> (Vec<String>, String) {
    found_beside_with(rule, "", files, text)
}

/// The same with a `tickbook.yaml`.
pub fn found_beside_with(
    rule: &Rule,
    config: &str,
    files: &[&str],
    text: &str,
) -> (Vec<String>, String) {
    let asset = |path: &&str| Asset {
        path: (*path).to_string(),
        file: ContentFile::default(),
        size: None,
    };
    let sources = SourceSet {
        assets: files.iter().map(asset).collect(),
        ..sources(&[("guide.md", text)])
    };
    let found = findings_in(rule, config, &sources);
    let shown = found.iter().map(|one| text[one.span.range()].to_string());
    let shown = shown.collect();
    let edits = found.into_iter().flat_map(|one| one.fix).collect();
    (shown, apply(text, edits))
}

/// Asserts that a rule flags just these pieces of one document, each shown as `line: text`.
pub fn assert_found(rule: &Rule, text: &str, expected: &[&str]) {
    assert_found_with(rule, "", text, expected);
}

/// The same with a `tickbook.yaml`.
pub fn assert_found_with(rule: &Rule, config: &str, text: &str, expected: &[&str]) {
    let source = Source {
        path: "a.md".to_string(),
        text: text.to_string(),
    };
    let found = findings(rule, config, &[("a.md", text)]);
    let shown: Vec<String> = found
        .iter()
        .map(|found| {
            let line = source.position(found.span.start).line;
            format!("{line}: {}", &text[found.span.range()])
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

/// Asserts what a rule's fixes make of one document.
pub fn assert_fixed(rule: &Rule, text: &str, expected: &str) {
    let found = findings(rule, "", &[("a.md", text)]);
    let edits = found.iter().flat_map(|found| found.fix.clone()).collect();
    assert_eq!(apply(text, edits), expected);
}
