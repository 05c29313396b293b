//! `tickbook check`

use clap::{Args, ValueEnum};

use crate::check::check;
use crate::cli::project::Project;
use crate::cli::{Outcome, ProjectArguments, Talk, answer};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::report::human;

/// Arguments of `tickbook check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Show findings of this level and above
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    level: Least,
    /// Fail on findings of this level and above
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    fail_on: Least,
}

/// A level that findings must reach.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Least {
    Info,
    Warning,
    Error,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Info => Self::Info,
            Least::Warning => Self::Warning,
            Least::Error => Self::Error,
        }
    }
}

/// Reports every finding at once.
pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = &arguments.project;
    let project = Project::open(root.as_deref(), content.content.as_deref(), talk)?;
    let read = project.book.diagnostics.clone();
    let found = check(&project.book.site, &project.sources, &project.config, read)?;
    let shown = at_least(&found, arguments.level.into());
    answer(&human(
        &shown,
        &project.sources,
        &project.strings,
        talk.color,
    ))?;
    let has_faults = !project.sources.faults.is_empty();
    if has_faults || !at_least(&found, arguments.fail_on.into()).is_empty() {
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

fn at_least(found: &[Diagnostic], least: Severity) -> Vec<&Diagnostic> {
    found
        .iter()
        .filter(|found| found.severity >= least)
        .collect()
}
