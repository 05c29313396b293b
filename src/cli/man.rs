//! `tickbook man`

use std::path::Path;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::cli::{Cli, Outcome, answer};
use crate::error::Error;
use crate::report::clean::{Form, on_one_line};

/// Arguments of `tickbook man`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A command; without it, the page of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the manual page of the program or of a command, in roff.
///
/// # Errors
/// [`Error::Request`] when there is no such command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &arguments.command {
        let own = command.find_subcommand(name).cloned();
        let unknown = || {
            let name = on_one_line(name);
            Error::Request(format!("there is no command `{name}`"))
        };
        command = own.ok_or_else(unknown)?;
    }
    let mut page = Vec::new();
    Man::new(command)
        .render(&mut page)
        .map_err(|error| Error::io("write", Path::new("manual page"), error))?;
    answer(&String::from_utf8_lossy(&page), Form::Text)?;
    Ok(Outcome::Done)
}
