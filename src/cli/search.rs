//! `tickbook search`

use clap::Args;
use serde::Serialize;

use crate::cli::project::Project;
use crate::cli::{Console, Outcome, ProjectArguments, answer};
use crate::error::Error;
use crate::model::page::Page;
use crate::report::clean::{Form, on_one_line};
use crate::search::engine::{Found, search};
use crate::search::known::Library;
use crate::search::place::best_place;
use crate::search::record::{Record, ordered};

/// Arguments of `tickbook search`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Query, as it would be typed into the site's search box
    #[arg(value_name = "QUERY")]
    query: String,
    #[command(flatten)]
    project: ProjectArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A document that was found.
#[derive(Serialize)]
struct Row<'p> {
    path: &'p str,
    title: &'p str,
    /// Id of the heading above the best place, or of the field that is named; empty for the page as a whole.
    anchor: String,
    score: f64,
}

/// Answers a query as the site's search box does.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = &arguments.project;
    let project = Project::open(root.as_deref(), content.content.as_deref(), console)?;
    let pages = ordered(&project.book.site.pages);
    let records: Vec<Record> = pages.iter().map(|page| Record::of(page)).collect();
    let library = Library::new(&records, &project.config.search);
    let found = search(&arguments.query, &library);
    let row = |one: &Found| {
        row(
            pages[one.document],
            &records[one.document],
            &found.words,
            one,
        )
    };
    let rows: Vec<Row<'_>> = found.found.iter().map(row).collect();
    if arguments.json {
        let json = serde_json::to_string_pretty(&rows)
            .map_err(|error| Error::Request(error.to_string()))?;
        answer(&(json + "\n"), Form::Json)?;
        return Ok(Outcome::Done);
    }
    answer(&text(&rows), Form::Text)?;
    if rows.is_empty() {
        let asked = [("query", arguments.query.as_str())];
        console.status(&project.strings.cli("nothing_found", &asked));
    }
    Ok(Outcome::Done)
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
