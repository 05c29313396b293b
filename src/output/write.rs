//! Writes artifacts to the output folder: only what changed, and nothing that is not ours.
//!
//! The folder carries a list of the files that were written. A folder that holds something and
//! has no such list is not ours and is left alone; a file that is on the old list and was not
//! made again is removed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::output::{Artifact, ArtifactContent};

/// The list of written files, in the output folder.
pub const MANIFEST: &str = ".tickbook-files";

/// First line of the list, which marks the folder as ours.
const MARK: &str = "# Files written by tickbook; a build removes those it no longer makes.";

/// Writes artifacts to one folder.
pub struct Writer {
    root: PathBuf,
    before: BTreeSet<String>,
    made: Mutex<Made>,
}

/// What was written up to now.
#[derive(Default)]
struct Made {
    files: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
}

/// What became of a build's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that were removed.
    pub removed: usize,
}

impl Writer {
    /// Opens the output folder `root`, which need not exist.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be read, [`Error::Refused`] when it holds files that
    /// are not ours.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let manifest = root.join(MANIFEST);
        let before = match fs::read_to_string(&manifest) {
            Ok(text) if text.starts_with(MARK) => text
                .lines()
                .skip(1)
                .filter(|path| is_below(path))
                .map(str::to_string)
                .collect(),
            Ok(_) => return Err(foreign(root)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_some()) {
                    return Err(foreign(root));
                }
                BTreeSet::new()
            }
            Err(error) => return Err(Error::io("read", &manifest, error)),
        };
        fs::create_dir_all(root).map_err(|error| Error::io("create", root, error))?;
        Ok(Self {
            root: root.to_path_buf(),
            before,
            made: Mutex::default(),
        })
    }

    /// Writes one artifact; a file that already holds its bytes is left as it is.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be written, [`Error::Request`] when two artifacts have
    /// one path.
    pub fn write(&self, artifact: Artifact) -> Result<(), Error> {
        let path = self.root.join(&artifact.path);
        if !is_below(&artifact.path) || !self.made().files.insert(artifact.path.clone()) {
            return Err(Error::io(
                "write",
                &path,
                io::Error::from(io::ErrorKind::AlreadyExists),
            ));
        }
        if let Some(folder) = path.parent()
            && !self.made().folders.contains(folder)
        {
            fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
            self.made().folders.insert(folder.to_path_buf());
        }
        let bytes = match artifact.content {
            ArtifactContent::Bytes(bytes) => bytes,
            ArtifactContent::Copy(from) => {
                fs::read(&from).map_err(|error| Error::io("read", &from, error))?
            }
        };
        if self.before.contains(&artifact.path) && fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        fs::write(&path, bytes).map_err(|error| Error::io("write", &path, error))
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        // Nothing panics while it holds the lock, so a poisoned one still holds whole lists.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what was not made again and writes the new list.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be removed or written.
    pub fn finish(self) -> Result<Written, Error> {
        let written = &self.made().files;
        let mut removed = 0;
        for gone in self.before.difference(written) {
            let path = self.root.join(gone);
            match fs::remove_file(&path) {
                Ok(()) => removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::io("remove", &path, error)),
            }
            // A folder that still holds something is kept, and that is no failure.
            path.ancestors()
                .skip(1)
                .take_while(|folder| *folder != self.root)
                .all(|folder| fs::remove_dir(folder).is_ok());
        }
        let mut list = format!("{MARK}\n");
        for path in written {
            list.push_str(path);
            list.push('\n');
        }
        let manifest = self.root.join(MANIFEST);
        fs::write(&manifest, list).map_err(|error| Error::io("write", &manifest, error))?;
        Ok(Written {
            files: written.len(),
            removed,
        })
    }
}

fn foreign(root: &Path) -> Error {
    let root = root.display();
    Error::Refused(format!(
        "cannot write `{root}`: the folder holds files that tickbook did not write"
    ))
}

/// Whether a path stays below the folder it is joined to.
fn is_below(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && path
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, paths: &[&str]) -> Result<Written, Error> {
        let writer = Writer::open(root)?;
        for path in paths {
            writer.write(Artifact::text(*path, format!("text of {path}")))?;
        }
        writer.finish()
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
