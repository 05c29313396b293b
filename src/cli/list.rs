//! `tickbook list`

mod text;
mod why;

use clap::Args;
use serde::Serialize;

use crate::cli::project::Project;
use crate::cli::{Console, Outcome, ProjectArguments, answer};
use crate::error::Error;
use crate::model::export::procedure::ProcedureData;
use crate::model::export::{ItemData, ModeData, ScenarioData};
use crate::model::page::Page;
use crate::report::clean::Form;
use crate::source::SourceSet;
use crate::source::written::WrittenLines;

/// Arguments of `tickbook list`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Show what speaks for each procedure; with -v, also what was refused and why
    #[arg(long, conflicts_with = "json")]
    why: bool,
}

#[derive(Serialize)]
struct GuideEntry {
    guide: String,
    title: String,
    path: String,
    scenarios: Vec<ScenarioEntry>,
    procedures: Vec<ProcedureData>,
}

#[derive(Serialize)]
struct ScenarioEntry {
    id: String,
    title: String,
    versions: Vec<String>,
    modes: Vec<ModeEntry>,
}

#[derive(Serialize)]
struct ModeEntry {
    key: String,
    id: String,
    title: String,
    items: Vec<ItemData>,
}

/// Lists every guide.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = &arguments.project;
    let project = Project::open(root.as_deref(), content.content.as_deref(), console)?;
    if arguments.why {
        answer(&why::text(&project, console.is_verbose), Form::Text)?;
        return Ok(Outcome::Done);
    }
    let pages = project.book.site.pages.iter();
    let pages = pages.filter(|page| page.guide.is_some() || !page.procedures.found.is_empty());
    let pages: Vec<&Page> = pages.collect();
    if arguments.json {
        let guides = pages.iter().map(|page| entry(page, &project.sources));
        let guides: Vec<GuideEntry> = guides.collect();
        let json = serde_json::to_string_pretty(&guides)
            .map_err(|error| Error::Request(error.to_string()))?;
        answer(&(json + "\n"), Form::Json)?;
    } else {
        answer(&text::text(&pages, &project.strings), Form::Text)?;
        let sheets = project.book.sheets.len().to_string();
        let values = [("guides", pages.len().to_string()), ("checklists", sheets)];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        console.status(&project.strings.cli("listed", &values));
    }
    Ok(Outcome::Done)
}

fn entry(page: &Page, sources: &SourceSet) -> GuideEntry {
    let scenarios = page
        .guide
        .iter()
        .flat_map(|guide| &guide.scenarios)
        .map(|scenario| {
            let data = ScenarioData::from(scenario);
            let modes = data.modes.into_iter().map(mode_entry).collect();
            ScenarioEntry {
                id: data.id,
                title: data.title,
                versions: data.versions,
                modes,
            }
        });
    GuideEntry {
        guide: page.slug.clone(),
        title: page.title.clone(),
        path: page.path.clone(),
        scenarios: scenarios.collect(),
        procedures: procedures(page, sources),
    }
}

fn procedures(page: &Page, sources: &SourceSet) -> Vec<ProcedureData> {
    let lines = WrittenLines::of(sources, page.document.file);
    let all = page.procedures.found.iter();
    all.map(|procedure| ProcedureData::new(procedure, &lines))
        .collect()
}

fn mode_entry(mode: ModeData) -> ModeEntry {
    let ModeData {
        key,
        id,
        title,
        items,
        ..
    } = mode;
    ModeEntry {
        key,
        id,
        title,
        items,
    }
}
