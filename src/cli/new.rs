//! `tickbook new`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use crate::cli::{Outcome, Talk};
use crate::config::Language;
use crate::error::Error;
use crate::strings::Strings;

static KO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/ko");
static EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/en");

/// Arguments of `tickbook new`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to make; it must be empty or not there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Makes a project that builds at once.
pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    let lang = talk.lang.unwrap_or(Language::Ko);
    let strings = Strings::load(lang);
    let folder = &arguments.folder;
    let path = folder.display().to_string();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Request(strings.cli("not_empty", &[("path", &path)])));
    }
    let scaffold = match lang {
        Language::Ko => &KO,
        Language::En => &EN,
    };
    write(scaffold, folder)?;
    let ignore = folder.join(".gitignore");
    fs::write(&ignore, "/dist/\n").map_err(|error| Error::io("write", &ignore, error))?;
    talk.say(&strings.cli("made", &[("path", &path)]));
    Ok(Outcome::Done)
}

fn write(scaffold: &Dir<'_>, folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
    for file in scaffold.files() {
        let path = folder.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(|error| Error::io("write", &path, error))?;
    }
    for below in scaffold.dirs() {
        write(
            below,
            &folder.join(below.path().file_name().unwrap_or_default()),
        )?;
    }
    Ok(())
}
