//! `tickbook inspect`

use std::path::PathBuf;

use clap::Args;

use crate::cli::{Console, Outcome, answer};
use crate::config::Config;
use crate::error::Error;
use crate::inspect::inspect;
use crate::report::clean::Form;
use crate::source::read_document;
use crate::strings::Strings;

/// Arguments of `tickbook inspect`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder with the tickbook.yaml to use [default: built-in settings]
    #[arg(long, value_name = "ROOT")]
    root: Option<PathBuf>,
}

/// Prints what is read from documents.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let mut config = match &arguments.root {
        Some(root) => Config::load(root)?,
        None => Config::defaults(),
    };
    if let Some(lang) = console.lang {
        config.lang = lang;
    }
    let strings = Strings::load(config.lang);
    let mut shown = Vec::with_capacity(arguments.files.len());
    for file in &arguments.files {
        shown.push(inspect(&read_document(file)?, &config, &strings)?);
    }
    let json = serde_json::to_string(&shown).map_err(|error| Error::Request(error.to_string()))?;
    answer(&(json + "\n"), Form::Json)?;
    Ok(Outcome::Done)
}
