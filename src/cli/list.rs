//! `tickbook list`

use clap::Args;
use serde::Serialize;

use crate::cli::project::Project;
use crate::cli::{Console, Outcome, ProjectArguments, answer};
use crate::error::Error;
use crate::model::export::{ItemData, ModeData, ScenarioData};
use crate::model::guide::Guide;
use crate::model::page::Page;
use crate::report::clean::{Form, on_one_line};

/// Arguments of `tickbook list`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct GuideEntry {
    guide: String,
    title: String,
    path: String,
    scenarios: Vec<ScenarioEntry>,
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
    let guides = project
        .book
        .site
        .pages
        .iter()
        .filter_map(|page| Some((page, page.guide.as_ref()?)));
    let guides: Vec<GuideEntry> = guides.map(|(page, guide)| entry(page, guide)).collect();
    if arguments.json {
        let json = serde_json::to_string_pretty(&guides)
            .map_err(|error| Error::Request(error.to_string()))?;
        answer(&(json + "\n"), Form::Json)?;
    } else {
        answer(&text(&guides), Form::Text)?;
        let sheets = project.book.sheets.len().to_string();
        let values = [("guides", guides.len().to_string()), ("checklists", sheets)];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        console.status(&project.strings.cli("listed", &values));
    }
    Ok(Outcome::Done)
}

fn entry(page: &Page, guide: &Guide) -> GuideEntry {
    let scenarios = guide.scenarios.iter().map(|scenario| {
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
    }
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

fn text(guides: &[GuideEntry]) -> String {
    let mut lines = Vec::new();
    for guide in guides {
        lines.push(format!("{}  {}", guide.guide, guide.title));
        for scenario in &guide.scenarios {
            let versions = scenario.versions.join(", ");
            let gap = if versions.is_empty() { "" } else { "  " };
            lines.push(format!("  {}{gap}{versions}", scenario.title));
            for mode in &scenario.modes {
                let name = if mode.title.is_empty() {
                    &mode.key
                } else {
                    &mode.title
                };
                let fields = mode.items.iter().filter(|item| item.is_setting).count();
                lines.push(format!("    {}  {} ({})", mode.key, name, fields));
            }
        }
    }
    let lines = lines.iter().map(|line| on_one_line(line) + "\n");
    lines.collect()
}
