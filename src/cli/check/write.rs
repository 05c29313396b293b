//! What `check` writes: documents whose faults are fixed, and baselines.

use std::io;
use std::path::Path;

use crate::check::baseline::{Baseline, MAX_BASELINE_BYTES};
use crate::cli::Console;
use crate::cli::files::{not_written, read, without_mark, write};
use crate::cli::project::Project;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::report::clean::on_one_line;
use crate::source::SourceSet;
use crate::source::write::write_document;
use crate::strings::Strings;

/// Writes every document that differs in `fixed`, and reports how many. Returns the sources as they
/// are on the disk then, and why some were not written: a file that somebody else has changed
/// keeps its text, and the others are fixed all the same.
pub(super) fn write_fixed(
    project: &Project,
    mut fixed: SourceSet,
    console: Console,
) -> (SourceSet, Option<Error>) {
    let Project {
        sources,
        folder,
        strings,
        ..
    } = project;
    let (mut written, mut failed) = (0, Vec::new());
    for (before, after) in sources.documents.iter().zip(&mut fixed.documents) {
        if before.text == after.text {
            continue;
        }
        match write_document(folder, before, &after.text) {
            Ok(()) => written += 1,
            Err(error) => {
                after.text.clone_from(&before.text);
                failed.push(localized(error, strings));
            }
        }
    }
    let count = written.to_string();
    console.status(&strings.cli("fixed", &[("files", &count)]));
    (fixed, not_fixed(&failed, strings, console))
}

/// Says why each file was not written, and returns that as the end of the command.
fn not_fixed(failed: &[Error], strings: &Strings, console: Console) -> Option<Error> {
    for error in failed {
        console.warn(&on_one_line(&format!("error: {error}")));
    }
    let count = failed.len().to_string();
    let text = strings.cli("not_fixed", &[("files", &count)]);
    let is_refused = failed
        .iter()
        .all(|error| matches!(error, Error::Refused(_)));
    match (failed, is_refused) {
        ([], _) => None,
        (_, true) => Some(Error::Refused(text)),
        (_, false) => Some(Error::Request(text)),
    }
}

/// The error in the user's language, where it is one that a person can do something about.
fn localized(error: Error, strings: &Strings) -> Error {
    match error {
        Error::Io { path, source, .. } => not_written(&path, source, strings),
        other => other,
    }
}

/// Reads a baseline.
///
/// # Errors
/// [`Error::Config`] when the file is none, [`Error::Request`] when it is a link or too large,
/// [`Error::Io`] when it cannot be read.
pub(super) fn read_baseline(file: &Path, strings: &Strings) -> Result<Baseline, Error> {
    match read(file, MAX_BASELINE_BYTES, strings)? {
        Some(text) => parse(file, &text),
        None => Err(Error::io("read", file, io::ErrorKind::NotFound.into())),
    }
}

/// Text of the file that a new baseline will replace, `None` if there is none. A file that contains
/// anything but a baseline is not replaced.
///
/// # Errors
/// Those of [`read_baseline`], but for a file that is not there.
pub(super) fn baseline_to_rewrite(file: &Path, strings: &Strings) -> Result<Option<String>, Error> {
    let text = read(file, MAX_BASELINE_BYTES, strings)?;
    if let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) {
        parse(file, text)?;
    }
    Ok(text)
}

fn parse(file: &Path, text: &str) -> Result<Baseline, Error> {
    Baseline::read(without_mark(text)).map_err(|reason| Error::Config {
        path: file.display().to_string(),
        reason,
    })
}

/// Keeps the findings as the baseline, in place of the text that was read.
///
/// # Errors
/// [`Error::Refused`] when the file has changed, [`Error::Io`] when it cannot be
/// written.
pub(super) fn write_baseline(
    file: &Path,
    before: Option<&str>,
    project: &Project,
    found: &[Diagnostic],
    console: Console,
) -> Result<(), Error> {
    let strings = &project.strings;
    let found: Vec<&Diagnostic> = found.iter().collect();
    let baseline = Baseline::of(&found, &project.sources);
    write(file, &baseline.write(), before, MAX_BASELINE_BYTES, strings)?;
    let (count, path) = (baseline.len().to_string(), file.display().to_string());
    let values = [("findings", count.as_str()), ("path", &path)];
    console.status(&strings.cli("baseline_written", &values));
    Ok(())
}
