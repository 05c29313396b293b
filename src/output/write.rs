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
//! The output folder carries a list of the files that were written. A folder that holds something
//! and has no such list is not ours and is left alone. Whoever reads the folder while a build runs
//! or is killed sees the old site or the new one, never a part of each. Where the folder cannot be
//! exchanged, as a mount point cannot, each file is replaced at once instead, and files that are
//! gone are removed last. A second build to the same folder waits for the first.

mod foreign;
mod lock;
mod manifest;
mod stage;
mod swap;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::error::Error;
use crate::output::write::foreign::{carry_over, foreign_file, foreign_folder, retire, twin};
use crate::output::write::lock::{Lock, lock};
use crate::output::write::manifest::{List, Manifest, NEW_MANIFEST, clear, write_list};
pub use crate::output::write::manifest::{MANIFEST, Origin};
use crate::output::write::stage::{INSIDE, Stage, places};
use crate::output::write::swap::{Swap, swap};
use crate::output::{Artifact, ArtifactContent};

/// Ending of a file that is copied to where it cannot be moved.
const COPIED: &str = ".tickbook-new";

/// Writes artifacts to one folder.
pub struct Writer {
    output: PathBuf,
    before: BTreeSet<String>,
    /// What the files of the build before were made of.
    origin: Origin,
    /// Whether each file that was made differs from the one in the output.
    made: Mutex<BTreeMap<String, bool>>,
    stage: Stage,
    _lock: Option<Lock>,
}

/// What became of a build's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that are new or differ from those of the build before.
    pub changed: usize,
    /// Files that were removed.
    pub removed: usize,
}

impl Writer {
    /// Opens the output folder `output`, which need not exist. Calls `on_wait` when another build
    /// writes to it now, and waits for that one's end.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be read, [`Error::Refused`] when it holds files that
    /// are not ours.
    pub fn open(output: &Path, on_wait: impl FnOnce()) -> Result<Self, Error> {
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf());
        let output = output.canonicalize().unwrap_or(output);
        let Some(parent) = output.parent() else {
            return Err(foreign_folder(&output));
        };
        ours(&output)?;
        fs::create_dir_all(parent).map_err(|error| Error::io("create", parent, error))?;
        let lock = lock(parent, on_wait)?;
        clear_leftovers(&output)?;
        // Another build may have ended in the meantime.
        let List { files, origin } = ours(&output)?;
        Ok(Self {
            before: files,
            origin,
            made: Mutex::default(),
            stage: Stage::new(&output),
            output,
            _lock: lock,
        })
    }

    /// Takes one artifact; a file that already holds its bytes is left as it is.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be written, when something that is not ours stands in
    /// its place, or when two artifacts have one path.
    pub fn write(&self, artifact: Artifact) -> Result<(), Error> {
        let Artifact { path, content } = artifact;
        let old = self.output.join(&path);
        let bytes = match content {
            ArtifactContent::Bytes(bytes) => bytes,
            ArtifactContent::Copy(from) => {
                fs::read(&from).map_err(|error| Error::io("read", &from, error))?
            }
        };
        let is_known = self.before.contains(&path);
        if !is_known && old.symlink_metadata().is_ok() {
            return Err(foreign_file(&old));
        }
        let is_changed = !is_known || !fs::read(&old).is_ok_and(|old| old == bytes);
        if self.made().insert(path.clone(), is_changed).is_some() {
            return Err(Error::io(
                "write",
                &old,
                io::ErrorKind::AlreadyExists.into(),
            ));
        }
        if is_changed {
            self.stage.write(&path, &bytes)?;
        }
        Ok(())
    }

    fn made(&self) -> MutexGuard<'_, BTreeMap<String, bool>> {
        // Nothing panics while it holds the lock, so a poisoned one still holds a whole list.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What became of the files, when the build before made them of the same `inputs` and nobody
    /// has changed one since, and what they were made of; `None` when they must be made again.
    pub fn unchanged(&self, inputs: &str) -> Option<(Written, Origin)> {
        as_before(&self.output, &self.before, &self.origin, inputs)
    }

    /// Puts what was written in the place of what was there. A site without a change is left as
    /// it is. `origin` is what the site was made of.
    ///
    /// # Errors
    /// [`Error::Io`] when that cannot be done. The old site is whole then, but where files must be
    /// replaced one by one: there every file is whole.
    pub fn finish(self, origin: &Origin) -> Result<Written, Error> {
        let made = std::mem::take(&mut *self.made());
        let is_gone = |path: &&String| !made.contains_key(*path);
        let gone: Vec<&String> = self.before.iter().filter(is_gone).collect();
        let written = Written {
            files: made.len(),
            changed: made.values().filter(|is_changed| **is_changed).count(),
            removed: gone.len(),
        };
        let files = || made.keys().map(String::as_str);
        if written.changed + written.removed == 0 {
            // A file that is newer than the list would be made again by every build.
            write_list(&self.output, files(), origin)?;
            return Ok(written);
        }
        let Self {
            output,
            before,
            stage,
            ..
        } = &self;
        let stage_folder = stage.begin()?;
        write_list(stage_folder, files(), origin)?;
        match put_in_place(stage_folder, output, before, &made)? {
            Swap::Unable => replace_files(stage_folder, output, before, &made, origin)?,
            Swap::Moved => stage.release(),
            Swap::Exchanged => {
                stage.release();
                retire(stage_folder, output, before)?;
            }
        }
        Ok(written)
    }
}

/// The same as [`Writer::unchanged`] of a folder that nobody writes to: it waits for no other build, changes nothing,
/// and knows nothing of a folder that is not ours.
pub fn unchanged(output: &Path, inputs: &str) -> Option<(Written, Origin)> {
    match Manifest::read(output) {
        Ok(Manifest::Ours(List { files, origin })) => as_before(output, &files, &origin, inputs),
        _ => None,
    }
}

fn as_before(
    output: &Path,
    files: &BTreeSet<String>,
    origin: &Origin,
    inputs: &str,
) -> Option<(Written, Origin)> {
    let changed = |path: &Path| {
        path.symlink_metadata()
            .and_then(|file| file.modified())
            .ok()
    };
    // The list is written last, so what is newer was changed by others.
    let end = changed(&output.join(MANIFEST))?;
    let is_kept = |path: &String| {
        let time = changed(&output.join(path));
        time.is_some_and(|time| time <= end)
    };
    let is_current = origin.inputs == inputs && files.par_iter().all(is_kept);
    let written = Written {
        files: files.len(),
        changed: 0,
        removed: 0,
    };
    is_current.then(|| (written, origin.clone()))
}

/// Fills the stage up with what stays as it is and makes it the output.
fn put_in_place(
    stage: &Path,
    output: &Path,
    before: &BTreeSet<String>,
    made: &BTreeMap<String, bool>,
) -> Result<Swap, Error> {
    if stage.starts_with(output) {
        return Ok(Swap::Unable);
    }
    if output.exists() {
        keep_unchanged(stage, output, made)?;
        carry_over(output, stage, before)?;
        let permissions = fs::metadata(output).map(|metadata| metadata.permissions());
        let kept = permissions.and_then(|permissions| fs::set_permissions(stage, permissions));
        kept.map_err(|error| Error::io("keep", output, error))?;
    }
    swap(stage, output).map_err(|error| Error::io("replace", output, error))
}

fn keep_unchanged(stage: &Path, output: &Path, made: &BTreeMap<String, bool>) -> Result<(), Error> {
    let kept: Vec<&String> = kept(made).collect();
    let folders: BTreeSet<PathBuf> = kept.iter().filter_map(|path| parent(stage, path)).collect();
    for folder in &folders {
        fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
    }
    kept.par_iter().try_for_each(|path| {
        let old = output.join(path);
        twin(&old, &stage.join(path)).map_err(|error| Error::io("keep", &old, error))
    })
}

fn kept(made: &BTreeMap<String, bool>) -> impl Iterator<Item = &String> {
    made.iter()
        .filter(|(_, is_changed)| !**is_changed)
        .map(|(path, _)| path)
}

fn parent(folder: &Path, path: &str) -> Option<PathBuf> {
    folder.join(path).parent().map(Path::to_path_buf)
}

/// Replaces the changed files of the output one by one, each at once. What is new comes first and
/// what is gone goes last, so that a page that is read meanwhile finds what it needs.
fn replace_files(
    stage: &Path,
    output: &Path,
    before: &BTreeSet<String>,
    made: &BTreeMap<String, bool>,
    origin: &Origin,
) -> Result<(), Error> {
    fs::create_dir_all(output).map_err(|error| Error::io("create", output, error))?;
    // Whenever this ends, all that lies there by then is on the list.
    let all: BTreeSet<&str> = made.keys().chain(before).map(String::as_str).collect();
    write_list(output, all.into_iter(), &Origin::default())?;
    let mut changed: Vec<&String> = made.keys().filter(|path| made[*path]).collect();
    changed.sort_by_key(|path| (before.contains(*path), path.ends_with(".html")));
    for path in changed {
        let file = output.join(path);
        guarded_parents(output, path)?;
        replace(&stage.join(path), &file).map_err(|error| Error::io("write", &file, error))?;
    }
    for path in before.iter().filter(|path| !made.contains_key(*path)) {
        remove(output, path)?;
    }
    write_list(output, made.keys().map(String::as_str), origin)
}

/// Makes the folders above a file; a link among them leads out of the output and is refused.
fn guarded_parents(output: &Path, path: &str) -> Result<(), Error> {
    for (at, _) in path.match_indices('/') {
        let folder = output.join(&path[..at]);
        match folder.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(foreign_file(&folder)),
            Err(_) => {
                fs::create_dir(&folder).map_err(|error| Error::io("create", &folder, error))?;
            }
        }
    }
    Ok(())
}

/// Moves a file; across file systems it is copied beside its place first.
fn replace(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut name = to.file_name().unwrap_or_default().to_os_string();
            name.push(COPIED);
            let copy = to.with_file_name(name);
            fs::copy(from, &copy)?;
            fs::rename(&copy, to)
        }
        done => done,
    }
}

/// Removes a file and the folders that it leaves empty.
fn remove(output: &Path, path: &str) -> Result<(), Error> {
    let file = output.join(path);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::io("remove", &file, error));
        }
        _ => {}
    }
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != output);
    // A folder that still holds something is kept, and that is no failure.
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Removes what killed builds left, and finishes what one of them had left to remove.
fn clear_leftovers(output: &Path) -> Result<(), Error> {
    for place in places(output).iter().filter(|place| place.is_dir()) {
        match Manifest::read(place)? {
            Manifest::Ours(list) => retire(place, output, &list.files)?,
            Manifest::Foreign if !is_empty(place) => return Err(foreign_folder(place)),
            Manifest::Foreign | Manifest::Unfinished => clear(place)?,
        }
    }
    Ok(())
}

/// The files in the output that are ours.
fn ours(output: &Path) -> Result<List, Error> {
    match Manifest::read(output)? {
        Manifest::Ours(list) => Ok(list),
        Manifest::Foreign if output.symlink_metadata().is_err() || is_empty(output) => {
            Ok(List::default())
        }
        Manifest::Foreign | Manifest::Unfinished => Err(foreign_folder(output)),
    }
}

/// Whether a folder holds nothing, or nothing but what a killed build left.
fn is_empty(folder: &Path) -> bool {
    let is_other = |name: &OsStr| name != INSIDE && name != NEW_MANIFEST;
    fs::read_dir(folder)
        .is_ok_and(|entries| !entries.flatten().any(|entry| is_other(&entry.file_name())))
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
        assert_eq!(
            written,
            Written {
                files: 1,
                changed: 0,
                removed: 1
            }
        );
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
    fn paths_stay_below_the_folder() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../a", "/a", "a//b", "a/../../b", ""] {
            assert!(write(&root.path().join("out"), &[path]).is_err(), "{path}");
        }
    }
}
