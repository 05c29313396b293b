//! `tickbook completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::{Cli, Outcome, answer};
use crate::error::Error;
use crate::report::clean::Form;

/// Arguments of `tickbook completions`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of the shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script that the shell reads.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let mut command = Cli::command();
    let name = command.get_name().to_string();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    answer(&String::from_utf8_lossy(&script), Form::Text)?;
    Ok(Outcome::Done)
}
