//! Clears a folder of ours: what is proven to be ours goes, all else stays where it is.
//!
//! No link is followed, and nothing of git's is entered. A file is ours when it is what its build
//! recorded; when it is the beginning of a file that its build announced; or when the output has
//! the same file under the same path, so that nothing is lost. A folder goes when it is empty.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;

use crate::disk::below::is_same;
use crate::disk::{Folder, Kind, Stamp, is_git};
use crate::output::write::foreign::folders_of;
use crate::output::write::manifest::{List, MANIFEST, is_new_list};

/// What proves that files are ours.
pub(super) struct Proof<'p> {
    /// What the build that filled the folder recorded.
    pub list: &'p List,
    /// Folders of the files on the list.
    pub folders: BTreeSet<&'p str>,
    /// Files that were compared with the list in this build, as they were then.
    pub compared: BTreeMap<&'p str, Stamp>,
    /// The output, which may contain the same files.
    pub twins: Option<&'p Folder>,
    /// Whether the output gets what stays, where it lacks that.
    pub moves: bool,
}

impl<'p> Proof<'p> {
    /// The proof that a list is.
    pub(super) fn of(list: &'p List) -> Self {
        Self {
            list,
            folders: list
                .files
                .keys()
                .flat_map(|path| folders_of(path))
                .collect(),
            compared: BTreeMap::new(),
            twins: None,
            moves: false,
        }
    }
}

/// Clears `folder`, which has the name `name` in `parent`. The list goes last, so that the next
/// build can go on where this one was stopped. Returns whether nothing is left of it.
///
/// # Errors
/// The system's reason when something cannot be read, moved or removed.
pub(super) fn clear(
    parent: &Folder,
    name: &OsStr,
    folder: &Folder,
    proof: &Proof<'_>,
) -> io::Result<bool> {
    let mut is_empty = true;
    for (entry, kind) in folder.entries()? {
        if entry == MANIFEST {
            continue;
        }
        let is_gone = match is_new_list(folder, &entry)? {
            true => removed(folder, &entry)?,
            false => clear_entry(folder, &entry, kind, "", proof.twins, proof)?,
        };
        is_empty &= is_gone;
    }
    if !is_empty {
        return Ok(false);
    }
    if proof.list.stamp.is_some() && folder.kind(MANIFEST.as_ref())? == Some(Kind::File) {
        folder.remove_file(MANIFEST.as_ref())?;
    }
    // Somebody may have put something there in the meantime.
    Ok(parent.remove_folder(name).is_ok())
}

/// Clears one entry of `folder`, whose path is `above` with a `/` at its end; `twins` is the same
/// folder of the output. Returns whether it is gone.
fn clear_entry(
    folder: &Folder,
    name: &OsStr,
    kind: Kind,
    above: &str,
    twins: Option<&Folder>,
    proof: &Proof<'_>,
) -> io::Result<bool> {
    if is_git(name) {
        return Ok(false);
    }
    let path = name.to_str().map(|name| format!("{above}{name}"));
    if let Some(twins) = twins.filter(|_| proof.moves)
        && twins.kind(name)?.is_none()
        && !is_known(path.as_deref(), kind, proof)
    {
        return folder.rename(name, twins, name).map(|()| true);
    }
    if kind == Kind::Folder {
        return clear_folder(folder, name, path.as_deref(), twins, proof);
    }
    let is_proven = match (path, kind) {
        (Some(path), Kind::File) => is_proven(folder, name, above, &path, proof)?,
        _ => false,
    };
    let is_ours = is_proven || is_twin(folder, name, kind, twins)?;
    Ok(is_ours && removed(folder, name)?)
}

/// Whether a path is on the list, as a file or as the folder of one.
fn is_known(path: Option<&str>, kind: Kind, proof: &Proof<'_>) -> bool {
    path.is_some_and(|path| match kind {
        Kind::Folder => proof.folders.contains(path),
        Kind::File => proof.compared.contains_key(path),
        Kind::Link | Kind::Other => false,
    })
}

fn clear_folder(
    folder: &Folder,
    name: &OsStr,
    path: Option<&str>,
    twins: Option<&Folder>,
    proof: &Proof<'_>,
) -> io::Result<bool> {
    let inner = folder.folder(name)?;
    let twins = twins.and_then(|twins| twins.folder(name).ok());
    // The path of a name that is no text is on no list.
    let above = path.map_or("\0/".to_string(), |path| format!("{path}/"));
    let mut is_empty = true;
    for (entry, kind) in inner.entries()? {
        is_empty &= clear_entry(&inner, &entry, kind, &above, twins.as_ref(), proof)?;
    }
    let is_ours = twins.is_some() || path.is_some_and(|path| proof.folders.contains(path));
    Ok(is_empty && is_ours && folder.remove_folder(name).is_ok())
}

fn removed(folder: &Folder, name: &OsStr) -> io::Result<bool> {
    folder.remove_file(name).map(|()| true)
}

/// Whether a regular file is what the list records, or the beginning of what it announces.
fn is_proven(
    folder: &Folder,
    name: &OsStr,
    above: &str,
    path: &str,
    proof: &Proof<'_>,
) -> io::Result<bool> {
    let Some(stamp) = folder.stamp(name)? else {
        return Ok(false);
    };
    if stamp.kind != Kind::File {
        return Ok(false);
    }
    if proof.compared.get(path) == Some(&stamp) {
        return Ok(true);
    }
    let part = name.to_str().unwrap_or_default();
    if proof.list.announces(above, part, stamp.size) {
        return Ok(true);
    }
    let Some(known) = proof.list.files.get(path) else {
        return Ok(false);
    };
    let may_be = known.iter().any(|print| print.size == stamp.size);
    Ok(may_be && proof.list.holds(path, &folder.open_file(name)?)?.is_some())
}

/// Whether the output contains the same thing under the same path: a second name of it, or a copy.
fn is_twin(folder: &Folder, name: &OsStr, kind: Kind, twins: Option<&Folder>) -> io::Result<bool> {
    let Some(twins) = twins else {
        return Ok(false);
    };
    let (Some(one), Some(other)) = (folder.stamp(name)?, twins.stamp(name)?) else {
        return Ok(false);
    };
    if one.is_same_file(&other) {
        return Ok(true);
    }
    if one.kind != other.kind || one.size != other.size {
        return Ok(false);
    }
    match kind {
        Kind::File => is_same(folder.open_file(name)?, twins.open_file(name)?),
        Kind::Link => folder.is_same_link(name, twins, name),
        Kind::Folder | Kind::Other => Ok(false),
    }
}
