//! Commands: their arguments, answers and exit codes.
//!
//! | code | meaning |
//! |--:|---|
//! | 0 | done |
//! | 1 | something in the content must be fixed first, or an existing file may not be replaced |
//! | 2 | could not run, could not write the answer, or the request was not clear |

mod adopt;
mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod files;
mod git;
mod inferred;
mod inspect;
mod list;
mod man;
mod new;
mod output_folder;
mod print;
mod print_options;
mod progress;
mod project;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod theme;
mod work_tree;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Language;
use crate::error::Error;
use crate::report::clean::{Form, neutral, on_one_line};
use crate::report::human::Color;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Success.
    Done,
    /// Something in the content must be fixed first.
    Findings,
}

/// Builds a help site and printable checklists from setup guides.
#[derive(Debug, Parser)]
#[command(name = "tickbook", version, about, max_term_width = 100)]
#[command(
    after_help = "Start with `tickbook new my-guides`, then `tickbook build my-guides`.\n\
    Exit codes: 0 done, 1 the content must be fixed first or an existing file may not be replaced,\n\
    2 could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print only errors and the requested output
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Show every finding in full, including warnings
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Language of messages [default: the project's language]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<MessageLanguage>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MessageLanguage {
    Ko,
    En,
}

impl From<MessageLanguage> for Language {
    fn from(language: MessageLanguage) -> Self {
        match language {
            MessageLanguage::Ko => Self::Ko,
            MessageLanguage::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a project that builds at once, with one guide to start from
    New(new::Arguments),
    /// Write a tickbook.yaml for documents that were written for another tool
    Adopt(adopt::Arguments),
    /// Build the help site, the checklists and their data
    Build(build::Arguments),
    /// Serve a live preview of the site that updates as files change
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Report problems in the content
    Check(check::Arguments),
    /// Show how a change affects the procedures
    Diff(diff::Arguments),
    /// Show the manual page of a rule, or list all rules
    Explain(explain::Arguments),
    /// List guides with their scenarios, versions and modes
    List(list::Arguments),
    /// Search pages as the site's search box does
    Search(search::Arguments),
    /// Print the checklist of one scenario and mode
    Print(Box<print::Arguments>),
    /// List the built-in templates and styles, or copy one into the project
    Theme(theme::Arguments),
    /// Show everything that is read from documents, as JSON
    Inspect(inspect::Arguments),
    /// Print a script for shell completion
    Completions(completions::Arguments),
    /// Print the manual page
    Man(man::Arguments),
}

/// Where the project is.
#[derive(Debug, Clone, Args)]
struct ProjectArguments {
    /// Folder with the project's tickbook.yaml
    #[arg(value_name = "ROOT")]
    root: Option<PathBuf>,
    #[command(flatten)]
    content: ContentArguments,
}

/// The content folder.
#[derive(Debug, Clone, Args)]
struct ContentArguments {
    /// Read the .md and .mdx files in this folder; without ROOT no tickbook.yaml is needed
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

/// Settings for what a command writes besides its answer.
#[derive(Debug, Clone, Copy)]
struct Console {
    is_quiet: bool,
    is_verbose: bool,
    lang: Option<Language>,
    color: Color,
}

impl Console {
    /// Writes a line of progress or summary to standard error, unless asked to be quiet.
    fn status(self, line: &str) {
        if !self.is_quiet {
            self.warn(line);
        }
    }

    /// Writes a line to standard error.
    fn warn(self, line: &str) {
        write_aside(line, Form::Text);
    }

    /// Writes findings to standard error, in colour where it is shown in a terminal.
    fn show(self, findings: &str) {
        write_aside(findings, form(self.color));
    }
}

/// Runs the command line and returns the exit code.
pub fn main() -> ExitCode {
    let color = color(io::stderr().is_terminal());
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error, color),
    };
    let console = Console {
        is_quiet: cli.quiet,
        is_verbose: cli.verbose,
        lang: cli.lang.map(Language::from),
        color,
    };
    let outcome = match cli.command {
        Command::New(arguments) => new::run(&arguments, console),
        Command::Adopt(arguments) => adopt::run(&arguments, console),
        Command::Build(arguments) => build::run(&arguments, console),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments, console),
        Command::Check(arguments) => check::run(&arguments, console),
        Command::Diff(arguments) => diff::run(&arguments, console),
        Command::Explain(arguments) => explain::run(&arguments, console),
        Command::List(arguments) => list::run(&arguments, console),
        Command::Search(arguments) => search::run(&arguments, console),
        Command::Print(arguments) => print::run(&arguments, console),
        Command::Theme(arguments) => theme::run(&arguments, console),
        Command::Inspect(arguments) => inspect::run(&arguments, console),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => failed(&error),
    }
}

/// Reads the arguments. A message about them quotes them, so if they are not valid they are read
/// once more without control characters.
fn parse() -> Result<Cli, clap::Error> {
    Cli::try_parse().map_err(|error| {
        let arguments = std::env::args_os();
        let arguments = arguments.map(|argument| on_one_line(&argument.to_string_lossy()));
        Cli::try_parse_from(arguments).err().unwrap_or(error)
    })
}

/// Help and version are answers; everything else is a request that was not clear.
fn unparsed(error: &clap::Error, color: Color) -> ExitCode {
    let text = |color| match color {
        Color::Always => error.render().ansi().to_string(),
        Color::Never => error.render().to_string(),
    };
    if error.use_stderr() {
        write_aside(&text(color), form(color));
        return ExitCode::from(2);
    }
    let color = answer_color();
    let answered = answer(&text(color), form(color));
    answered.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

/// Reports why the program could not do what was requested.
fn failed(error: &Error) -> ExitCode {
    write_aside(&format!("error: {error}"), Form::Text);
    let is_refused = matches!(error, Error::Refused(_));
    ExitCode::from(if is_refused { 1 } else { 2 })
}

/// Colours on a terminal, unless the environment turns them off.
fn color(is_terminal: bool) -> Color {
    let is_asked_for = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if is_terminal && is_asked_for {
        Color::Always
    } else {
        Color::Never
    }
}

/// Whether an answer on standard output is coloured.
fn answer_color() -> Color {
    color(io::stdout().is_terminal())
}

fn form(color: Color) -> Form {
    match color {
        Color::Always => Form::Colored,
        Color::Never => Form::Text,
    }
}

/// Writes an answer to standard output. Its reader may exit early: that does not change what the
/// command found.
///
/// # Errors
/// [`Error::Io`] when it cannot be written for any other reason.
fn answer(text: &str, form: Form) -> Result<(), Error> {
    let text = neutral(text, form);
    let mut output = io::stdout().lock();
    let written = output.write_all(text.as_bytes());
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Error::io("write", Path::new("standard output"), error)),
    }
}

/// Writes lines to standard error. If it is closed or full, this cannot be reported, and the exit
/// code still shows the outcome.
fn write_aside(text: &str, form: Form) {
    let _ = writeln!(io::stderr(), "{}", neutral(text, form).trim_end());
}
