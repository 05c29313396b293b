//! `tickbook diff`: what a change means for the procedures.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::git::History;
use crate::cli::project::Project;
use crate::cli::{Console, ContentArguments, Outcome, answer};
use crate::compare::compare;
use crate::config::CONFIG_FILE;
use crate::error::Error;
use crate::include::expand;
use crate::model::site::Site;
use crate::report::changes::{json, markdown, text};
use crate::report::clean::Form;
use crate::strings::Strings;

/// Arguments of `tickbook diff`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The earlier and the later folder: projects, or folders of documents. With --since one
    /// folder or none: the project
    #[arg(value_name = "A B", num_args = 0..=2)]
    folders: Vec<PathBuf>,
    /// Compare with the commit where the branch left this revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    #[command(flatten)]
    content: ContentArguments,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Markdown for a comment on a pull request
    Md,
    /// JSON
    Json,
}

/// Prints what changed.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let (before, after) = match (&arguments.since, arguments.folders.as_slice()) {
        (Some(revision), folders @ ([] | [_])) => since(
            revision,
            folders.first().map(PathBuf::as_path),
            arguments,
            console,
        )?,
        (None, [before, after]) => (open(before, console)?.book.site, open(after, console)?),
        _ => {
            let strings = Strings::load(console.lang.unwrap_or_default());
            return Err(Error::Request(strings.cli("diff_usage", &[])));
        }
    };
    let comparison = compare(&before, &after.book.site);
    let strings = &after.strings;
    match arguments.format {
        Format::Text => answer(&text(&comparison, strings), Form::Text)?,
        Format::Md => answer(&markdown(&comparison, strings), Form::Text)?,
        Format::Json => answer(&json(&comparison), Form::Json)?,
    }
    Ok(Outcome::Done)
}

/// The site as git knows it, and the project as it is.
fn since(
    revision: &str,
    root: Option<&Path>,
    arguments: &Arguments,
    console: Console,
) -> Result<(Site, Project), Error> {
    let project = Project::open(root, arguments.content.content.as_deref(), console)?;
    let mut sources = History::since(&project, revision)?.documents()?;
    project.config.keep_pages(&mut sources);
    expand(&mut sources, &project.config);
    let (before, _) = Site::build(&sources, &project.config)?;
    Ok((before, project))
}

/// A project by its root, or a folder of documents with the defaults.
fn open(folder: &Path, console: Console) -> Result<Project, Error> {
    if folder.join(CONFIG_FILE).symlink_metadata().is_ok() {
        Project::open(Some(folder), None, console)
    } else {
        Project::open(None, Some(folder), console)
    }
}
