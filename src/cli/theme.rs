//! `tickbook theme`

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Console, Outcome, answer};
use crate::config::Config;
use crate::disk::Folder;
use crate::disk::replace::{Access, Expected, Replacement, replace_all};
use crate::error::Error;
use crate::nearness::nearest;
use crate::render::theme::built_in_files;
use crate::report::clean::Form;
use crate::strings::Strings;

/// Beginning of the paths of templates.
const TEMPLATES: &str = "templates/";

/// Arguments of `tickbook theme`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder with the project's tickbook.yaml
    #[arg(value_name = "ROOT", default_value = ".")]
    root: PathBuf,
    /// List the built-in templates and styles, and which of them the project replaces
    #[arg(long, required_unless_present = "copy", conflicts_with = "copy")]
    list: bool,
    /// Write a built-in template or style into the project, where it takes the place of the built-in one
    #[arg(long, value_name = "FILE")]
    copy: Option<String>,
}

/// Lists what a project can replace, or writes one file of it into the project.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let root = &arguments.root;
    let config = Config::load(root)?;
    let strings = Strings::load(console.lang.unwrap_or(config.lang));
    let folder = Folder::open(root).map_err(|error| Error::io("read", root, error))?;
    let Some(file) = &arguments.copy else {
        answer(&list(&folder, &strings), Form::Text)?;
        return Ok(Outcome::Done);
    };
    let files = built_in_files();
    let path = file.strip_prefix("./").unwrap_or(file);
    let Some(bytes) = files.get(path) else {
        let near = nearest(path, files.keys().map(String::as_str));
        let hint = near.map_or(String::new(), |near| {
            strings.cli("did_you_mean", &[("near", near)])
        });
        let values = [("path", path), ("hint", &hint)];
        return Err(Error::Request(strings.cli("theme_unknown", &values)));
    };
    copy(&folder, root, path, bytes, &strings)?;
    let key = if path.starts_with(TEMPLATES) {
        "theme_copied_template"
    } else {
        "theme_copied_style"
    };
    let name = path.strip_prefix(TEMPLATES).unwrap_or(path);
    let shown = root.join(path).display().to_string();
    console.status(&strings.cli(key, &[("path", &shown), ("name", name)]));
    Ok(Outcome::Done)
}

/// Every built-in file, with a mark at those that the project replaces.
fn list(folder: &Folder, strings: &Strings) -> String {
    let own = strings.cli("theme_own", &[]);
    let line = |path: &String| {
        let path_below = Path::new(path);
        let parent = folder.descend(path_below.parent().unwrap_or(Path::new("")));
        let name = path_below.file_name().unwrap_or_default();
        let found = parent.and_then(|parent| parent.kind(name));
        match found {
            Ok(Some(_)) => format!("{path}  {own}\n"),
            _ => format!("{path}\n"),
        }
    };
    let lines: String = built_in_files().keys().map(line).collect();
    format!("{lines}\n{}\n", strings.cli("theme_order", &[]))
}

/// Writes a file where there is none; no link on the way is followed.
fn copy(
    folder: &Folder,
    root: &Path,
    path: &str,
    bytes: &[u8],
    strings: &Strings,
) -> Result<(), Error> {
    let shown = root.join(path);
    let below = Path::new(path);
    let parent = made(folder, below.parent().unwrap_or(Path::new("")));
    let written = parent.and_then(|parent| {
        let file = Replacement {
            name: below.file_name().unwrap_or_default(),
            bytes,
            expected: Expected::Nothing,
            access: Access::Kept,
        };
        replace_all(&parent, &[file]).map_err(|failure| failure.error)
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let path = shown.display().to_string();
            Error::Refused(strings.cli("theme_exists", &[("path", &path)]))
        }
        _ => Error::io("write", &shown, error),
    })
}

/// A folder below another one, made where it is missing.
fn made(folder: &Folder, path: &Path) -> io::Result<Folder> {
    let mut folder = folder.again()?;
    for name in path.iter() {
        folder = match folder.kind(name)? {
            None => folder.make_folder(name)?,
            Some(_) => folder.folder(name)?,
        };
    }
    Ok(folder)
}
