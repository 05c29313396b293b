//! `tickbook new`

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use include_dir::{Dir, include_dir};

use crate::cli::files::MadeFolders;
use crate::cli::{Console, Outcome};
use crate::config::Language;
use crate::disk::Folder;
use crate::disk::replace::{Access, Expected, Replacement, replace_all};
use crate::error::Error;
use crate::strings::Strings;

static GUIDE_KO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/guide/ko");
static GUIDE_EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/guide/en");
static RUNBOOK_KO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/runbook/ko");
static RUNBOOK_EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/runbook/en");
static HOW_TO_KO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/how-to/ko");
static HOW_TO_EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/how-to/en");

/// What is no part of a project's history: what a build makes, and what a killed command left.
const IGNORED: &[u8] = b"/dist/\n.tickbook-tmp-*\n";

/// Arguments of `tickbook new`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to create; it must be empty or not exist yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// What the project is for
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Kind::Guide)]
    kind: Kind,
}

/// What a project is for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Setup guides with scenarios and modes
    Guide,
    /// What to do in incidents
    Runbook,
    /// Instructions in steps
    HowTo,
}

/// The files of a new project.
fn scaffold(kind: Kind, lang: Language) -> &'static Dir<'static> {
    match (kind, lang) {
        (Kind::Guide, Language::Ko) => &GUIDE_KO,
        (Kind::Guide, Language::En) => &GUIDE_EN,
        (Kind::Runbook, Language::Ko) => &RUNBOOK_KO,
        (Kind::Runbook, Language::En) => &RUNBOOK_EN,
        (Kind::HowTo, Language::Ko) => &HOW_TO_KO,
        (Kind::HowTo, Language::En) => &HOW_TO_EN,
    }
}

/// Creates a project that builds at once, or nothing.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let lang = console.lang.unwrap_or(Language::Ko);
    let strings = Strings::load(lang);
    let path = &arguments.folder;
    let shown = path.display().to_string();
    let made = MadeFolders::make(path)?;
    let failed = |error| Error::io("write", path, error);
    let folder = Folder::open(path).map_err(failed)?;
    if !folder.names().map_err(failed)?.is_empty() {
        return Err(Error::Request(
            strings.cli("not_empty", &[("path", &shown)]),
        ));
    }
    let scaffold = scaffold(arguments.kind, lang);
    let mut written = Written::default();
    if let Err(error) = write_all(scaffold, &folder, path, &mut written) {
        written.remove(&folder);
        return Err(error);
    }
    made.keep();
    console.status(&strings.cli("made", &[("path", &shown)]));
    Ok(Outcome::Done)
}

/// What was written, by paths below the folder, in order.
#[derive(Default)]
struct Written {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Written {
    /// Removes all of it again.
    fn remove(&self, folder: &Folder) {
        let below = |path: &Path| folder.descend(path.parent().unwrap_or(Path::new("")));
        for file in &self.files {
            // Only the error that led here is reported.
            let _ = below(file).and_then(|parent| parent.remove_file(name(file)));
        }
        for made in self.folders.iter().rev() {
            let _ = below(made).and_then(|parent| parent.remove_folder(name(made)));
        }
    }
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or_default()
}

fn write_all(
    scaffold: &Dir<'_>,
    folder: &Folder,
    shown: &Path,
    written: &mut Written,
) -> Result<(), Error> {
    write_files(scaffold, folder, shown, written)?;
    let ignored = Path::new(".gitignore");
    write_file(folder, shown, ignored, IGNORED, written)
}

/// Writes the files of a folder of the scaffold, whose paths are those below the project.
fn write_files(
    scaffold: &Dir<'_>,
    folder: &Folder,
    shown: &Path,
    written: &mut Written,
) -> Result<(), Error> {
    for file in scaffold.files() {
        write_file(folder, shown, file.path(), file.contents(), written)?;
    }
    for below in scaffold.dirs() {
        let path = below.path();
        let parent = folder.descend(path.parent().unwrap_or(Path::new("")));
        let made = parent.and_then(|parent| parent.make_folder(name(path)));
        made.map_err(|error| Error::io("create", &shown.join(path), error))?;
        written.folders.push(path.to_path_buf());
        write_files(below, folder, shown, written)?;
    }
    Ok(())
}

fn write_file(
    folder: &Folder,
    shown: &Path,
    path: &Path,
    bytes: &[u8],
    written: &mut Written,
) -> Result<(), Error> {
    let write = || -> io::Result<()> {
        let parent = folder.descend(path.parent().unwrap_or(Path::new("")))?;
        let file = Replacement {
            name: name(path),
            bytes,
            expected: Expected::Nothing,
            access: Access::Kept,
        };
        replace_all(&parent, &[file]).map_err(|failure| failure.error)
    };
    write().map_err(|error| Error::io("write", &shown.join(path), error))?;
    written.files.push(path.to_path_buf());
    Ok(())
}
