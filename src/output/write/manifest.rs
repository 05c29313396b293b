//! The list of written files, which marks a folder as ours.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;

/// Name of the list in the output folder.
pub const MANIFEST: &str = ".tickbook-files";

/// First line of a whole list.
const MARK: &str = "# Files written by tickbook; a build removes those it no longer makes.";

/// What the line begins with that tells what the files were made of.
const INPUTS: &str = "# inputs ";

/// First line of the list of a folder that is still being filled.
const UNFINISHED: &str = "# A build by tickbook that did not come to its end.";

/// Name of a list that is being written.
pub(super) const NEW_MANIFEST: &str = ".tickbook-files.new";

/// What the list in a folder says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Manifest {
    /// There is none, or it is not ours.
    Foreign,
    /// A build is filling the folder, or was when it ended.
    Unfinished,
    /// These files are ours.
    Ours(List),
}

/// What a site was made of, and what is told of that without reading it again.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Hash of all that decided its files; empty when nothing is known of it.
    pub inputs: String,
    /// Number of checklists.
    pub checklists: usize,
    /// Number of checklists with a wrong value.
    pub wrong: usize,
}

impl Origin {
    /// Reads what [`Display`] writes; `None` for anything else.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let origin = Self {
            inputs: parts.next()?.to_string(),
            checklists: parts.next()?.parse().ok()?,
            wrong: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(origin)
    }
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.inputs, self.checklists, self.wrong)
    }
}

/// A list of files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// Paths below the folder, with `/`.
    pub files: BTreeSet<String>,
    /// What they were made of.
    pub origin: Origin,
}

impl List {
    fn read<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut list = Self::default();
        for line in lines {
            if let Some(origin) = line.strip_prefix(INPUTS) {
                list.origin = Origin::read(origin).unwrap_or_default();
            } else if is_below(line) {
                list.files.insert(line.to_string());
            }
        }
        list
    }
}

impl Manifest {
    /// Reads the list of `folder`, which need not exist.
    ///
    /// # Errors
    /// [`Error::Io`] when a list is there and cannot be read.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(MANIFEST);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Foreign),
            Err(error) => return Err(Error::io("read", &file, error)),
        };
        let mut lines = text.lines();
        Ok(match lines.next() {
            Some(MARK) => Self::Ours(List::read(lines)),
            Some(UNFINISHED) => Self::Unfinished,
            _ => Self::Foreign,
        })
    }
}

/// Marks `folder` as one that is being filled or removed.
///
/// # Errors
/// [`Error::Io`] when the list cannot be written.
pub(super) fn mark_unfinished(folder: &Path) -> Result<(), Error> {
    write(folder, &format!("{UNFINISHED}\n"))
}

/// Puts the list of `files` into `folder`, whole or not at all, with what they were made of.
///
/// # Errors
/// [`Error::Io`] when the list cannot be written.
pub(super) fn write_list<'f>(
    folder: &Path,
    files: impl Iterator<Item = &'f str>,
    origin: &Origin,
) -> Result<(), Error> {
    let mut list = format!("{MARK}\n{INPUTS}{origin}\n");
    for path in files {
        list.push_str(path);
        list.push('\n');
    }
    write(folder, &list)
}

fn write(folder: &Path, text: &str) -> Result<(), Error> {
    let (file, new) = (folder.join(MANIFEST), folder.join(NEW_MANIFEST));
    fs::write(&new, text).map_err(|error| Error::io("write", &new, error))?;
    fs::rename(&new, &file).map_err(|error| Error::io("write", &file, error))
}

/// Removes a folder of ours. The list goes last, so that the next build can go on where this one
/// was stopped.
///
/// # Errors
/// [`Error::Io`] when something cannot be removed.
pub(super) fn clear(folder: &Path) -> Result<(), Error> {
    mark_unfinished(folder)?;
    let failed = |error| Error::io("remove", folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name() == MANIFEST {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            fs::remove_dir_all(entry.path()).map_err(failed)?;
        } else {
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    fs::remove_file(folder.join(MANIFEST)).map_err(failed)?;
    fs::remove_dir(folder).map_err(failed)
}

/// Whether a name at the top of a folder is the list's own, whole or half written.
pub(super) fn is_list(path: &str) -> bool {
    matches!(path, MANIFEST | NEW_MANIFEST)
}

/// Whether a path stays below the folder it is joined to.
pub(super) fn is_below(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && path
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let origin = Origin {
            inputs: "0123456789abcdef".into(),
            checklists: 40,
            wrong: 13,
        };
        write_list(folder.path(), ["a.html", "b/c.html"].into_iter(), &origin).unwrap();
        let files = ["a.html", "b/c.html"].map(String::from).into();
        let list = List { files, origin };
        assert_eq!(Manifest::read(folder.path()).unwrap(), Manifest::Ours(list));
    }

    #[test]
    fn list_of_another_version_tells_nothing_of_its_files() {
        let list = List::read(["# inputs 0123456789abcdef", "a.html"].into_iter());
        assert_eq!(list.origin, Origin::default());
        assert_eq!(list.files.len(), 1);
    }
}
