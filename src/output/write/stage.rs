//! A folder beside the output, in which a build is put together.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::error::Error;
use crate::output::write::manifest::{clear, is_below, mark_unfinished};

/// Name of the stage where it must lie in the output folder.
pub(super) const INSIDE: &str = ".tickbook-new";

/// A folder that is made when the first file comes, and is removed when it is dropped.
pub(super) struct Stage {
    places: Vec<PathBuf>,
    folder: OnceLock<PathBuf>,
    /// Whether what lies in the folder's place is no longer the stage.
    is_done: OnceLock<()>,
    folders: Mutex<BTreeSet<PathBuf>>,
}

impl Stage {
    /// A stage for `output`.
    pub(super) fn new(output: &Path) -> Self {
        Self {
            places: places(output),
            folder: OnceLock::new(),
            is_done: OnceLock::new(),
            folders: Mutex::default(),
        }
    }

    /// The folder, where there is one yet.
    fn folder(&self) -> Option<&Path> {
        self.folder.get().map(PathBuf::as_path)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let file = self.place(path)?;
        fs::write(&file, bytes).map_err(|error| Error::io("write", &file, error))
    }

    /// Where the file `path` goes; the folders above it are made.
    ///
    /// # Errors
    /// [`Error::Io`] when a folder cannot be made, or when the path leaves the stage.
    pub(super) fn place(&self, path: &str) -> Result<PathBuf, Error> {
        if !is_below(path) {
            let error = io::Error::from(io::ErrorKind::InvalidInput);
            return Err(Error::io("write", Path::new(path), error));
        }
        let mut folders = self.folders();
        let root = self.begin()?;
        let file = root.join(path);
        if let Some(folder) = file.parent()
            && folder != root
            && !folders.contains(folder)
        {
            fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
            folders.insert(folder.to_path_buf());
        }
        Ok(file)
    }

    /// Keeps what lies in the folder's place from being removed.
    pub(super) fn release(&self) {
        self.is_done.get_or_init(|| ());
    }

    fn folders(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        // Nothing panics while it holds the lock, so a poisoned one still holds a whole list.
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder, made in the first place that takes it.
    ///
    /// # Errors
    /// [`Error::Io`] when none does.
    pub(super) fn begin(&self) -> Result<&Path, Error> {
        if let Some(folder) = self.folder() {
            return Ok(folder);
        }
        let mut failure = None;
        for place in &self.places {
            match fs::create_dir(place) {
                Ok(()) => {
                    let folder = self.folder.get_or_init(|| place.clone());
                    mark_unfinished(folder)?;
                    return Ok(folder);
                }
                Err(error) => failure = failure.or(Some(Error::io("create", place, error))),
            }
        }
        let none = || Error::io("create", Path::new(INSIDE), io::ErrorKind::NotFound.into());
        Err(failure.unwrap_or_else(none))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let (Some(folder), None) = (self.folder(), self.is_done.get()) {
            // What cannot be removed now is removed by the next build.
            let _ = clear(folder);
        }
    }
}

/// Where a stage for `output` may lie: beside it, or in it where that folder takes nothing new.
pub(super) fn places(output: &Path) -> Vec<PathBuf> {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let beside = output.with_file_name(format!(".{name}{INSIDE}"));
    let inside = output.is_dir().then(|| output.join(INSIDE));
    std::iter::once(beside).chain(inside).collect()
}
