//! `tickbook search`

use clap::Args;
use serde::Serialize;

use crate::cli::project::Project;
use crate::cli::{Console, Outcome, ProjectArguments, answer};
use crate::error::Error;
use crate::model::page::Page;
use crate::model::translation::Translation;
use crate::report::clean::{Form, on_one_line};
use crate::search::engine::search;
use crate::search::found::Found;
use crate::search::known::Library;
use crate::search::place::best_place;
use crate::search::record::{Record, ordered};
use crate::strings::Strings;

/// Arguments of `tickbook search`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Query, as it would be typed into the site's search box
    #[arg(value_name = "QUERY")]
    query: String,
    #[command(flatten)]
    project: ProjectArguments,
    /// Search the documents of one language only, as the pages of that language do, such as `ja`
    #[arg(long = "in", value_name = "TAG")]
    language: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What a query finds, as JSON.
#[derive(Serialize)]
struct Rows<'p> {
    /// Number of all documents that were found; the best ones are listed.
    total: usize,
    found: Vec<Row<'p>>,
}

/// A document that was found.
#[derive(Serialize)]
struct Row<'p> {
    path: &'p str,
    title: &'p str,
    /// Id of the best place: of a heading, an accordion, or the field that is named; empty for the page as a whole.
    anchor: String,
    score: f64,
}

/// Answers a query as the site's search box does.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = &arguments.project;
    let project = Project::open(root.as_deref(), content.content.as_deref(), console)?;
    let translations = wanted(&project, arguments.language.as_deref())?;
    let mut rows = Rows {
        total: 0,
        found: Vec::new(),
    };
    for own in translations {
        add(&mut rows, &project, own, &arguments.query);
    }
    // Pages of the main language come before others that are found as well.
    let found = &mut rows.found;
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    if arguments.json {
        let json = serde_json::to_string_pretty(&rows)
            .map_err(|error| Error::Request(error.to_string()))?;
        answer(&(json + "\n"), Form::Json)?;
        return Ok(Outcome::Done);
    }
    answer(&text(&rows.found), Form::Text)?;
    console.status(&summary(&rows, &arguments.query, &project.strings));
    Ok(Outcome::Done)
}

/// How many documents were found, and how many of them are listed where those are not all.
fn summary(rows: &Rows<'_>, query: &str, strings: &Strings) -> String {
    let (total, listed) = (rows.total.to_string(), rows.found.len().to_string());
    let values = [("query", query), ("count", &total), ("listed", &listed)];
    let key = match rows.found.len() {
        0 => "nothing_found",
        listed if listed < rows.total => "documents_found_listed",
        _ => "documents_found",
    };
    strings.cli(key, &values)
}

/// The languages whose documents are searched, each of which has an index of its own.
fn wanted<'p>(project: &'p Project, lang: Option<&str>) -> Result<Vec<&'p Translation>, Error> {
    let all = || project.book.site.translations.iter();
    let Some(lang) = lang else {
        return Ok(all().collect());
    };
    let tag = project.config.languages.tag(lang);
    let wanted: Vec<_> = all()
        .filter(|own| Some(&own.lang) == tag.as_ref())
        .collect();
    if wanted.is_empty() {
        let known: Vec<&str> = all().map(|own| own.lang.as_str()).collect();
        let asked = [("lang", lang), ("known", &known.join(", "))];
        return Err(Error::Request(
            project.strings.cli("no_such_language", &asked),
        ));
    }
    Ok(wanted)
}

/// Adds what a query finds among the documents of a language.
fn add<'p>(rows: &mut Rows<'p>, project: &'p Project, translation: &Translation, query: &str) {
    let pages = translation.pages.iter();
    let pages = ordered(pages.map(|page| &project.book.site.pages[*page]));
    let records: Vec<Record> = pages
        .iter()
        .map(|page| Record::of(page, &project.config.components))
        .collect();
    let library = Library::new(&records, &project.config.search);
    let found = search(query, &library);
    let row = |one: &Found| {
        row(
            pages[one.document],
            &records[one.document],
            &found.words,
            one,
        )
    };
    rows.total += found.total();
    rows.found.extend(found.found.iter().map(row));
}

fn row<'p>(page: &'p Page, record: &Record, words: &[String], found: &Found) -> Row<'p> {
    Row {
        path: &page.path,
        title: &page.title,
        anchor: best_place(&record.sections, words).to_string(),
        // Digits after the fourth may differ between machines.
        score: (found.score * 1e4).round() / 1e4,
    }
}

fn text(rows: &[Row<'_>]) -> String {
    let line = |row: &Row<'_>| {
        let mark = if row.anchor.is_empty() { "" } else { "#" };
        on_one_line(&format!("{}{mark}{}  {}", row.path, row.anchor, row.title)) + "\n"
    };
    rows.iter().map(line).collect()
}
