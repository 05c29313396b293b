//! Every example of CommonMark 0.31.2, of GFM's tables, strikethrough and task lists, and of the
//! dialect. An example either passes or stands in `spec/departures.yaml` with the reason.

#[path = "spec/departures.rs"]
mod departures;
#[path = "spec/dialect.rs"]
mod dialect;
#[path = "spec/html.rs"]
mod html;
#[path = "spec/normal.rs"]
mod normal;
#[path = "spec/outline.rs"]
mod outline;

use std::collections::BTreeMap;

use serde::Deserialize;
use tickbook::config::Config;
use tickbook::markdown::parse;
use tickbook::source::FileId;

use crate::departures::{Suite, check};
use crate::html::html;
use crate::normal::normalise;

/// An example of the CommonMark or GFM specification.
#[derive(Deserialize)]
struct Example {
    example: usize,
    section: String,
    markdown: String,
    html: String,
}

/// What is wrong with each example that is read as a whole document.
fn html_failures(examples: &str) -> BTreeMap<String, Option<String>> {
    let examples: Vec<Example> = serde_json::from_str(examples).unwrap();
    let config = Config::defaults();
    let failure = |example: Example| {
        let (document, _) = parse(&example.markdown, FileId(0), &config.components);
        let found = normalise(&html(&document.blocks));
        let failure = (found != normalise(&example.html)).then(|| {
            let Example {
                section,
                markdown,
                html,
                ..
            } = &example;
            format!("{section}\n{markdown}\nexpected:\n{html}\nfound:\n{found}")
        });
        (format!("{}", example.example), failure)
    };
    examples.into_iter().map(failure).collect()
}

#[test]
fn commonmark_examples_pass_or_stand_in_the_table() {
    let examples = include_str!("spec/commonmark-0.31.2.json");
    check(Suite::CommonMark, &html_failures(examples));
}

#[test]
fn gfm_examples_pass_or_stand_in_the_table() {
    check(Suite::Gfm, &html_failures(include_str!("spec/gfm.json")));
}

#[test]
fn dialect_examples_pass_or_stand_in_the_table() {
    check(
        Suite::Dialect,
        &dialect::failures(include_str!("spec/dialect.yaml")),
    );
}
