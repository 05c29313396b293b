//! `tickbook build`

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::build::{Timing, emit, prepare_theme};
use crate::cli::project::Project;
use crate::cli::{Outcome, ProjectArguments, Talk};
use crate::error::Error;
use crate::output::OUTPUTS;
use crate::output::write::Writer;
use crate::render::theme::Theme;

/// Arguments of `tickbook build`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Write to this folder [default: dist in ROOT]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Make only these outputs, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = output_names())]
    only: Vec<String>,
    /// Check the content first and write nothing when it misleads a reader
    #[arg(long)]
    check: bool,
    /// Show how long each part took
    #[arg(long)]
    timings: bool,
}

fn output_names() -> clap::builder::PossibleValuesParser {
    OUTPUTS.map(|output| output.name()).into()
}

/// Builds and writes everything, or nothing when the content must be mended first.
pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    let start = Instant::now();
    let ProjectArguments { root, content } = &arguments.project;
    let project = Project::open(root.as_deref(), content.content.as_deref(), talk)?;
    let mut timings = vec![Timing {
        name: "read",
        time: start.elapsed(),
    }];
    let misleads = arguments.check && project.misleads(talk)?;
    if project.report(talk) || misleads {
        talk.warn(&project.strings.cli("not_built", &[]));
        return Ok(Outcome::Findings);
    }
    let Project {
        config,
        strings,
        sources,
        book,
        ..
    } = &project;
    if sources.documents.is_empty() {
        return Err(Error::Request(strings.cli("no_documents", &[])));
    }
    let output = match (&arguments.output, &project.root) {
        (Some(output), _) => output.clone(),
        (None, Some(root)) => root.join(&config.output),
        (None, None) => PathBuf::from(&config.output),
    };
    let mut theme = Theme::load(project.root.as_deref())?;
    prepare_theme(&mut theme, book, sources, config, strings);
    let mut writer = Writer::open(&output)?;
    let view = book.view(sources, config, &theme, strings);
    timings.extend(emit(&view, &arguments.only, &mut |artifact| {
        writer.write(artifact)
    })?);
    let written = writer.finish()?;
    if arguments.timings {
        for Timing { name, time } in &timings {
            talk.warn(&format!(
                "{name:>10} {:8.1} ms",
                time.as_secs_f64() * 1000.0
            ));
        }
    }
    talk.say(&strings.cli(
        "built",
        &[
            ("documents", &sources.documents.len().to_string()),
            ("checklists", &book.sheets.len().to_string()),
            ("findings", &book.diagnostics.len().to_string()),
            ("files", &written.files.to_string()),
            ("output", &output.display().to_string()),
            ("seconds", &format!("{:.2}", start.elapsed().as_secs_f64())),
        ],
    ));
    Ok(Outcome::Done)
}
