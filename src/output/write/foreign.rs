//! Files in our folders that are not ours: they are carried over, never deleted.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::error::Error;
use crate::output::write::manifest::{clear, is_list};
use crate::output::write::stage::INSIDE;

/// Carries what `from` holds besides the files of `ours` over to `to`, and leaves it where it is.
///
/// # Errors
/// [`Error::Io`] when something of ours stands in its place, or when it cannot be read or written.
pub(super) fn carry_over(from: &Path, to: &Path, ours: &BTreeSet<String>) -> Result<(), Error> {
    for (path, entry) in others(from, ours)? {
        let new = to.join(&path);
        let carried = if entry.file_type().is_dir() {
            fs::create_dir_all(&new)
        } else {
            parents(&new).and_then(|()| twin(entry.path(), &new))
        };
        carried.map_err(|error| in_the_way(&from.join(&path), error))?;
    }
    Ok(())
}

/// Why a file of others cannot be carried over; most often one of ours stands in its place.
fn in_the_way(file: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => foreign_file(file),
        _ => Error::io("keep", file, error),
    }
}

/// Removes an old site at `old`. What is in it besides the files of `ours` goes to `new` where
/// that lacks it.
///
/// # Errors
/// [`Error::Io`] when something cannot be moved or removed.
pub(super) fn retire(old: &Path, new: &Path, ours: &BTreeSet<String>) -> Result<(), Error> {
    for (path, entry) in others(old, ours)? {
        let target = new.join(&path);
        if !entry.file_type().is_dir() && target.symlink_metadata().is_err() {
            let moved = parents(&target).and_then(|()| fs::rename(entry.path(), &target));
            moved.map_err(|error| Error::io("keep", entry.path(), error))?;
        }
    }
    clear(old)
}

/// Entries below `folder` that are not ours, folders before what is in them.
fn others(folder: &Path, ours: &BTreeSet<String>) -> Result<Vec<(String, DirEntry)>, Error> {
    let folders: BTreeSet<&str> = ours.iter().flat_map(|path| folders_of(path)).collect();
    let is_stage = |entry: &DirEntry| entry.depth() == 1 && entry.file_name() == INSIDE;
    let walk = WalkDir::new(folder).min_depth(1).into_iter();
    let mut found = Vec::new();
    for entry in walk.filter_entry(|entry| !is_stage(entry)) {
        let entry = entry.map_err(|error| Error::io("read", folder, error.into()))?;
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path = path.to_string_lossy().replace('\\', "/");
        let is_ours = if entry.file_type().is_dir() {
            folders.contains(path.as_str())
        } else {
            ours.contains(&path) || is_list(&path)
        };
        if !is_ours {
            found.push((path, entry));
        }
    }
    Ok(found)
}

/// `a/b/c` has `a/b` and `a`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn parents(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Makes `new` the same file as `old`: a second name where the file system has such, else a copy
/// of the same time.
pub(super) fn twin(old: &Path, new: &Path) -> io::Result<()> {
    match fs::hard_link(old, new) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => copy(old, new),
        done => done,
    }
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = old.symlink_metadata()?;
    if metadata.is_symlink() {
        return copy_link(old, new);
    }
    // A socket or the like has no bytes to copy; it is moved when the old folder goes.
    if !metadata.is_file() {
        return Ok(());
    }
    fs::copy(old, new)?;
    File::options()
        .write(true)
        .open(new)?
        .set_modified(metadata.modified()?)
}

#[cfg(unix)]
fn copy_link(old: &Path, new: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(old)?, new)
}

/// Links are moved when the old folder goes.
#[cfg(not(unix))]
fn copy_link(_old: &Path, _new: &Path) -> io::Result<()> {
    Ok(())
}

/// A folder that tickbook did not make.
pub(super) fn foreign_folder(folder: &Path) -> Error {
    refuse(folder, "the folder holds files that tickbook did not write")
}

/// A file of others in the place of one of ours.
pub(super) fn foreign_file(file: &Path) -> Error {
    refuse(file, "it was not written by tickbook; move it away first")
}

fn refuse(path: &Path, reason: &'static str) -> Error {
    Error::Refused(format!("cannot write `{}`: {reason}", path.display()))
}
