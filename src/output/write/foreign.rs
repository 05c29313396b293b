//! Files in our folders that are not ours: they are carried over, never deleted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::disk::{Folder, Kind, Stamp, is_git};
use crate::error::Error;
use crate::output::write::manifest::{MANIFEST, is_new_list};
use crate::output::write::tree::{holder, make_holder};

/// Files that are named in one message.
const NAMED: usize = 5;

/// Something in the output that is not ours.
pub(super) struct Other {
    path: PathBuf,
    kind: Kind,
}

/// What `folder` contains besides the files of `ours`, folders before what is in them; `None` when
/// something of git's is in it, which is not to be moved.
///
/// # Errors
/// The system's reason when it cannot be read.
pub(super) fn others(
    folder: &Folder,
    ours: &BTreeMap<&str, Stamp>,
) -> io::Result<Option<Vec<Other>>> {
    let mut found = Vec::new();
    let is_free = find(folder, Path::new(""), ours, &mut found)?;
    Ok(is_free.then_some(found))
}

/// Whether a folder contains nothing of git's; adds the others to `found`.
fn find(
    folder: &Folder,
    above: &Path,
    ours: &BTreeMap<&str, Stamp>,
    found: &mut Vec<Other>,
) -> io::Result<bool> {
    let is_top = above.as_os_str().is_empty();
    for (name, kind) in folder.entries()? {
        if is_git(&name) {
            return Ok(false);
        }
        if is_top && (name == MANIFEST || is_new_list(folder, &name)?) {
            continue;
        }
        let path = above.join(&name);
        let text = path.to_str().map(|path| path.replace('\\', "/"));
        let text = text.as_deref();
        if kind != Kind::Folder {
            if !text.is_some_and(|path| ours.contains_key(path)) {
                found.push(Other { path, kind });
            }
            continue;
        }
        if !text.is_some_and(|path| is_folder_of(path, ours)) {
            let path = path.clone();
            found.push(Other { path, kind });
        }
        if !find(&folder.folder(&name)?, &path, ours, found)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_folder_of(folder: &str, ours: &BTreeMap<&str, Stamp>) -> bool {
    let folder = format!("{folder}/");
    let first = ours.range(folder.as_str()..).next();
    first.is_some_and(|(path, _)| path.starts_with(&folder))
}

/// `a/b/c` has `a/b` and `a`.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Carries `others` of `from`, which is at `path`, over to `to`, and leaves them where they are.
///
/// # Errors
/// [`Error::Refused`] when something of ours is in the place of one, [`Error::Io`] when one cannot
/// be read or written.
pub(super) fn carry_over(
    others: &[Other],
    from: &Folder,
    to: &Folder,
    path: &Path,
) -> Result<(), Error> {
    for other in others {
        let carried = carry(other, from, to);
        carried.map_err(|error| in_the_way(&path.join(&other.path), error))?;
    }
    Ok(())
}

fn carry(other: &Other, from: &Folder, to: &Folder) -> io::Result<()> {
    let (new, name) = make_holder(to, &other.path)?;
    if other.kind == Kind::Folder {
        return new.make_folder(name).map(drop);
    }
    let (old, name) = holder(from, &other.path)?;
    twin(&old, &new, name)
}

/// Why a file of others cannot be carried over; most often one of ours is in its place.
fn in_the_way(file: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => foreign_file(file),
        _ => Error::io("keep", file, error),
    }
}

/// Gives `new` the thing that has the name `name` in `old`: by a second name where the file system
/// knows such, else as a copy.
///
/// # Errors
/// `AlreadyExists` when `new` has something of that name; the system's reason otherwise.
pub(super) fn twin(old: &Folder, new: &Folder, name: &std::ffi::OsStr) -> io::Result<()> {
    let linked = old.link(name, new, name);
    match (&linked, old.kind(name)?) {
        (Err(error), _) if error.kind() == io::ErrorKind::AlreadyExists => linked,
        (Err(_), Some(Kind::File)) => copy(old, new, name),
        // Where links are not to be had, one is moved when the old folder goes.
        (Err(_), Some(Kind::Link)) => old.copy_link(name, new, name).or(Ok(())),
        // A socket or the like has no bytes to copy; it is moved when the old folder goes.
        (Err(_), Some(Kind::Other)) => Ok(()),
        _ => linked,
    }
}

fn copy(old: &Folder, new: &Folder, name: &std::ffi::OsStr) -> io::Result<()> {
    let mut from = old.open_file(name)?;
    let metadata = from.metadata()?;
    let mut to = new.create(name, 0o666)?;
    io::copy(&mut from, &mut to)?;
    to.flush()?;
    to.set_permissions(metadata.permissions())?;
    to.set_modified(metadata.modified()?)
}

/// A folder that tickbook did not make.
pub(super) fn foreign_folder(folder: &Path) -> Error {
    refuse(
        folder,
        "the folder contains files that tickbook did not write",
    )
}

/// A link where the output should be.
pub(super) fn linked_folder(folder: &Path) -> Error {
    refuse(folder, "it is a link; name the folder that it leads to")
}

/// A file of others in the place of one of ours.
pub(super) fn foreign_file(file: &Path) -> Error {
    refuse(file, "it was not written by tickbook; move it away first")
}

/// Files below `folder` that are in the way of a build and are not what a build wrote.
pub(super) fn foreign_files(folder: &Path, paths: &[&str], reason: &str) -> Error {
    let first = folder.join(paths.first().unwrap_or(&""));
    let others = paths.iter().skip(1);
    let mut reason = reason.to_string();
    if paths.len() > 1 {
        let named: Vec<&str> = others.clone().take(NAMED).copied().collect();
        let more = if others.len() > NAMED { ", …" } else { "" };
        // A string takes all that is written to it.
        let _ = write!(
            reason,
            " (and {}: {}{more})",
            others.len(),
            named.join(", ")
        );
    }
    refuse(&first, &reason)
}

fn refuse(path: &Path, reason: &str) -> Error {
    Error::Refused(format!("cannot write `{}`: {reason}", path.display()))
}
