//! Writes artifacts to the output folder: whole or not at all, and nothing that is not ours.
//!
//! ```text
//! dist/                .dist.tickbook-new/
//!  unchanged.html ──────► the same file        kept by a second name
//!  changed.html           changed.html         written
//!  CNAME ───────────────► the same file        not ours, kept
//!  .tickbook-files        .tickbook-files      the new list
//!          ◄── exchanged in one step ──►       then the old one goes
//! ```
//!
//! The output folder carries a list of the files that were written, with their hashes. A folder
//! that contains something and has no such list is not ours and is left alone; so is a file that is
//! not what the list records. Whoever reads the folder while a build runs or is killed sees the old
//! site or the new one, never a part of each. Where the folder cannot be exchanged, as a mount
//! point cannot, or should not be because git's own folder is in it, each file is replaced at once
//! instead, and files that are gone are removed last. A second build to the same folder waits for
//! the first.
//!
//! Whoever wrote the checkout wrote what is found in it, too: every folder is opened by its name
//! and no link is followed, a stage is always a new folder, and what a killed build left goes only
//! as far as it is proven to be a build's own ([`clear`]).

mod change;
mod clear;
mod current;
mod fingerprint;
mod foreign;
mod leftover;
mod lock;
mod manifest;
mod stage;
mod swap;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::below::is_same;
use crate::disk::{Folder, Kind, Stamp};
use crate::error::Error;
use crate::output::write::change::{Before, Change, Gone, Made};
use crate::output::write::current::as_before;
pub use crate::output::write::current::unchanged;
use crate::output::write::fingerprint::Fingerprint;
use crate::output::write::foreign::{foreign_files, foreign_folder, linked_folder};
use crate::output::write::leftover::clear_leftovers;
use crate::output::write::lock::{Lock, lock};
use crate::output::write::manifest::{List, Manifest, is_list, is_ours_to_name, write_list};
pub use crate::output::write::manifest::{MANIFEST, MAX_MANIFEST_BYTES, Origin};
use crate::output::write::stage::{Stage, StageLocation, is_stage, name_beside, name_inside};
use crate::output::write::tree::{Found, is_free, look};
use crate::output::{Artifact, ArtifactContent};

/// Writes artifacts to one folder.
pub struct Writer {
    output: PathBuf,
    parent: Arc<Folder>,
    name: OsString,
    /// The output as it is; `None` where there is none.
    old: Option<Arc<Folder>>,
    /// Files of the build before, and what they were made of.
    before: List,
    made: Mutex<BTreeMap<String, Made>>,
    /// Files that are in the way of one that was made.
    refused: Mutex<BTreeSet<String>>,
    stage: Stage,
    /// Folders that killed builds may have left and that could not be cleared.
    left: Vec<PathBuf>,
    _lock: Option<Lock>,
}

/// What became of a build's files.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that are new or differ from those of the build before.
    pub changed: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Files on the list of the build before that are no longer made and that were kept, for they
    /// are not what that build wrote, or its list does not state what that was.
    pub kept: Vec<PathBuf>,
    /// Folders that look like those of a killed build and were left where they are, for something
    /// in them is not proven to be a build's.
    pub left: Vec<PathBuf>,
}

impl Writer {
    /// Opens the output folder `output`, which need not exist. Calls `on_wait` when another build
    /// writes to it now, and waits for that one's end.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be read, [`Error::Refused`] when it is a link or
    /// contains files that are not ours.
    pub fn open(output: &Path, on_wait: impl FnOnce()) -> Result<Self, Error> {
        let (path, name) = place_of(output)?;
        fs::create_dir_all(&path).map_err(|error| Error::io("create", &path, error))?;
        let path = path.canonicalize().unwrap_or(path);
        let parent = Folder::open(&path).map_err(|error| Error::io("read", &path, error))?;
        let output = path.join(&name);
        if let Some(old) = open_output(&parent, &name, &output)? {
            ours(&old, &output)?;
        }
        let lock = lock(&parent, &path, on_wait)?;
        // Another build may have ended in the meantime.
        let old = open_output(&parent, &name, &output)?.map(Arc::new);
        let before = match &old {
            Some(old) => ours(old, &output)?,
            None => List::default(),
        };
        let parent = Arc::new(parent);
        let places = places(&parent, &path, &name, old.as_ref());
        let left = clear_leftovers(&places, old.as_deref())?;
        Ok(Self {
            stage: Stage::new(places, old.clone()),
            made: Mutex::default(),
            refused: Mutex::default(),
            output,
            parent,
            name,
            old,
            before,
            left,
            _lock: lock,
        })
    }

    /// Takes one artifact; a file that already contains its bytes is left as it is. What is in its
    /// place and is not ours is left, too, and keeps [`Writer::finish`] from finishing.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be written, or when two artifacts have one path.
    pub fn write(&self, artifact: Artifact) -> Result<(), Error> {
        let Artifact { path, content } = artifact;
        let bytes = match content {
            ArtifactContent::Bytes(bytes) => bytes,
            ArtifactContent::Copy(from) => from.read()?,
        };
        let failed = |error| Error::io("write", &self.output.join(&path), error);
        if !is_ours_to_name(&path) {
            return Err(failed(io::ErrorKind::InvalidInput.into()));
        }
        let Some(made) = self.compare(&path, &bytes).map_err(failed)? else {
            locked(&self.refused).insert(path);
            return Ok(());
        };
        let (is_changed, print) = (made.is_changed(), made.print);
        if locked(&self.made).insert(path.clone(), made).is_some() {
            return Err(failed(io::ErrorKind::AlreadyExists.into()));
        }
        if is_changed {
            self.stage.begin()?.write(&path, &bytes, print)?;
        }
        Ok(())
    }

    /// Compares a file that is made with what is in its place; `None` when that is not ours.
    fn compare(&self, path: &str, bytes: &[u8]) -> io::Result<Option<Made>> {
        let new = || Made {
            print: Fingerprint::of(bytes),
            before: Before::Nothing,
        };
        let (Some(old), Some(known)) = (&self.old, self.before.files.get(path)) else {
            let is_free = (self.old.as_deref()).map_or(Ok(true), |old| is_free(old, path))?;
            return Ok(is_free.then(new));
        };
        let (was, stamp) = match look(old, path)? {
            Found::Nothing => return Ok(Some(new())),
            Found::File(was, stamp) => (was, stamp),
            Found::Other => return Ok(None),
        };
        if stamp.size == bytes.len() as u64 && is_same(&was, bytes)? {
            let print = self.print_of_same(known, bytes, stamp);
            let before = Before::Same(stamp);
            return Ok(Some(Made { print, before }));
        }
        let held = match known.as_slice() {
            // By a list of another version the path was ours, and it is ours again.
            [] => Some(Fingerprint::of_file(&was)?),
            _ => self.before.holds(path, &was)?,
        };
        Ok(held.map(|held| Made {
            print: Fingerprint::of(bytes),
            before: Before::Other(stamp, held),
        }))
    }

    /// The fingerprint of a file that stays as it is: the one on the list where nobody has
    /// written to the file since, which saves the hashing.
    fn print_of_same(&self, known: &[Fingerprint], bytes: &[u8], stamp: Stamp) -> Fingerprint {
        let is_old = |list: &Stamp| !stamp.is_newer_than(list);
        match known {
            [known]
                if known.size == stamp.size && self.before.stamp.is_some_and(|s| is_old(&s)) =>
            {
                *known
            }
            _ => Fingerprint::of(bytes),
        }
    }

    /// What became of the files, when the build before made them of the same `inputs` and nobody
    /// has changed one since, and what they were made of; `None` when they must be made again.
    pub fn unchanged(&self, inputs: &str) -> Option<(Written, Origin)> {
        let (mut written, origin) = as_before(&self.output, &self.before, inputs)?;
        written.left.clone_from(&self.left);
        Some((written, origin))
    }

    /// Puts what was written in the place of what was there. A site without a change is left as
    /// it is. `origin` is what the site was made of.
    ///
    /// # Errors
    /// [`Error::Refused`] when files that are not ours are in the way, [`Error::Io`] when it cannot
    /// be done. The old site is whole then, but where files must be replaced one by one: there
    /// every file is whole.
    pub fn finish(self, origin: &Origin) -> Result<Written, Error> {
        self.refuse()?;
        let made = std::mem::take(&mut *locked(&self.made));
        let (gone, kept) = self.gone(&made)?;
        let mut written = Written {
            files: made.len(),
            changed: made.values().filter(|made| made.is_changed()).count(),
            removed: gone.len(),
            kept,
            left: self.left.clone(),
        };
        if let Some(old) = self
            .old
            .as_ref()
            .filter(|_| written.changed + written.removed == 0)
        {
            // A file that is newer than the list would be made again by every build.
            let files = made.iter().map(|(path, made)| (path.as_str(), made.print));
            write_list(old, files, origin)
                .map_err(|error| Error::io("write", &self.output, error))?;
            return Ok(written);
        }
        let change = Change {
            output: &self.output,
            parent: &self.parent,
            name: &self.name,
            old: self.old.as_ref(),
            before: &self.before,
            made: &made,
            gone: &gone,
            origin,
        };
        written.left.extend(change.carry_out(&self.stage)?);
        Ok(written)
    }

    /// Names the files that are in the way.
    fn refuse(&self) -> Result<(), Error> {
        let refused = locked(&self.refused);
        let (listed, foreign): (Vec<&str>, Vec<&str>) = refused
            .iter()
            .map(String::as_str)
            .partition(|path| self.before.files.contains_key(*path));
        let reason = "it was not written by tickbook; move it away first";
        if !foreign.is_empty() {
            return Err(foreign_files(&self.output, &foreign, reason));
        }
        let reason = "it was changed after tickbook wrote it; move or delete it, or delete the \
                      whole folder, to have it made again";
        match listed.is_empty() {
            true => Ok(()),
            false => Err(foreign_files(&self.output, &listed, reason)),
        }
    }

    /// Files of the build before that are not made any more: those that are still what it wrote,
    /// and those that are something else and are kept.
    fn gone(&self, made: &BTreeMap<String, Made>) -> Result<(Gone, Vec<PathBuf>), Error> {
        let (mut gone, mut kept) = (Gone::new(), Vec::new());
        let Some(old) = &self.old else {
            return Ok((gone, kept));
        };
        let not_made = self
            .before
            .files
            .keys()
            .filter(|path| !made.contains_key(*path));
        for path in not_made {
            let file = self.output.join(path);
            let failed = |error| Error::io("read", &file, error);
            match look(old, path).map_err(failed)? {
                Found::Nothing => {}
                Found::Other => kept.push(file),
                Found::File(was, stamp) => match self.before.holds(path, &was).map_err(failed)? {
                    Some(print) => _ = gone.insert(path.clone(), (stamp, print)),
                    None => kept.push(file),
                },
            }
        }
        Ok((gone, kept))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds the lock, so the content of a poisoned one is complete.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder of an output and the output's name in it.
fn place_of(output: &Path) -> Result<(PathBuf, OsString), Error> {
    let output = std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf());
    let named = match output.file_name() {
        Some(_) => output.clone(),
        None => output.canonicalize().unwrap_or_else(|_| output.clone()),
    };
    match (named.parent(), named.file_name()) {
        (Some(parent), Some(name)) => Ok((parent.to_path_buf(), name.to_os_string())),
        _ => Err(foreign_folder(&output)),
    }
}

/// Opens the output, where there is one.
fn open_output(parent: &Folder, name: &OsStr, output: &Path) -> Result<Option<Folder>, Error> {
    let failed = |error| Error::io("read", output, error);
    match parent.kind(name).map_err(failed)? {
        None => Ok(None),
        Some(Kind::Folder) => parent.folder(name).map(Some).map_err(failed),
        Some(Kind::Link) => Err(linked_folder(output)),
        Some(Kind::File | Kind::Other) => Err(foreign_folder(output)),
    }
}

/// Where a stage may be: beside the output, or in it where that folder takes nothing new.
fn places(
    parent: &Arc<Folder>,
    path: &Path,
    name: &OsStr,
    old: Option<&Arc<Folder>>,
) -> Vec<StageLocation> {
    let beside = StageLocation {
        folder: Arc::clone(parent),
        path: path.to_path_buf(),
        name: name_beside(name),
        is_output: false,
    };
    let inside = old.map(|old| StageLocation {
        folder: Arc::clone(old),
        path: path.join(name),
        name: name_inside(),
        is_output: true,
    });
    std::iter::once(beside).chain(inside).collect()
}

/// The files in the output that are ours.
fn ours(folder: &Folder, output: &Path) -> Result<List, Error> {
    let failed = |error| Error::io("read", output, error);
    match Manifest::read(folder).map_err(failed)? {
        Manifest::Ours(list) => Ok(list),
        Manifest::Foreign if is_empty(folder).map_err(failed)? => Ok(List::default()),
        Manifest::Foreign | Manifest::Unfinished(_) => Err(foreign_folder(output)),
    }
}

/// Whether a folder contains nothing, or nothing but what a killed build left.
fn is_empty(folder: &Folder) -> io::Result<bool> {
    let names = folder.names()?;
    let is_left =
        |name: &OsString| is_stage(name, &name_inside()) || (is_list(name) && name != MANIFEST);
    Ok(names.iter().all(is_left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, paths: &[&str]) -> Result<Written, Error> {
        let writer = Writer::open(root, || {})?;
        for path in paths {
            writer.write(Artifact::text(*path, format!("text of {path}")))?;
        }
        writer.finish(&Origin::default())
    }

    #[test]
    fn files_that_are_not_made_again_go() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &["a.html", "b/c.html"]).unwrap();
        fs::write(root.path().join("CNAME"), "own").unwrap();
        let written = write(root.path(), &["a.html"]).unwrap();
        let expected = Written {
            files: 1,
            removed: 1,
            ..Written::default()
        };
        assert_eq!(written, expected);
        assert!(!root.path().join("b").exists());
        assert!(root.path().join("CNAME").exists());
    }

    #[test]
    fn unchanged_files_are_not_touched() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &["a.html"]).unwrap();
        let time = fs::metadata(root.path().join("a.html"))
            .unwrap()
            .modified()
            .unwrap();
        write(root.path(), &["a.html"]).unwrap();
        assert_eq!(
            fs::metadata(root.path().join("a.html"))
                .unwrap()
                .modified()
                .unwrap(),
            time
        );
    }

    #[test]
    fn foreign_folder_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("own.txt"), "own").unwrap();
        assert!(write(root.path(), &["a.html"]).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn half_written_list_goes_and_what_has_its_name_stays() {
        let root = tempfile::tempdir().unwrap();
        let place = |name: &str| root.path().join(name);
        write(root.path(), &["a.html"]).unwrap();
        fs::write(place(".tickbook-files.new"), "# Files wri").unwrap();
        fs::write(place(".tickbook-files.new-1"), "own").unwrap();
        write(root.path(), &["a.html"]).unwrap();
        assert!(!place(".tickbook-files.new").exists());
        assert_eq!(fs::read(place(".tickbook-files.new-1")).unwrap(), b"own");
    }

    #[test]
    fn paths_stay_below_the_folder() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../a", "/a", "a//b", "a/../../b", ""] {
            assert!(write(&root.path().join("out"), &[path]).is_err(), "{path}");
        }
    }
}
