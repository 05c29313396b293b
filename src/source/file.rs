//! Files of a content folder, which are found again name by name from the folder that was opened:
//! what was a file when it was listed may be a link when it is read.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::Folder;
use crate::disk::below::Listing;
use crate::error::Error;
use crate::source::name::is_plain;
use crate::source::{MAX_ASSET_BYTES, is_left_out};

/// An open content folder.
#[derive(Debug, Clone)]
pub(super) struct ContentFolder(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    folder: Folder,
    /// The folder as it is named in messages.
    path: PathBuf,
}

impl ContentFolder {
    /// A folder that was opened by this path.
    pub fn new(folder: Folder, path: &Path) -> Self {
        let path = path.to_path_buf();
        Self(Arc::new(Opened { folder, path }))
    }

    /// Every folder of it that is content. What is in a folder whose name is a fault is not.
    ///
    /// # Errors
    /// [`Error::Io`] when one cannot be read.
    pub fn walk(&self) -> Result<Vec<Listing>, Error> {
        let is_taken = |name: &OsStr| !is_left_out(&name.to_string_lossy());
        let walked = self.0.folder.walk(is_taken, is_plain);
        walked.map_err(|(path, error)| self.failed(&path, error))
    }

    /// A folder of it.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be opened, or a link has come on the way to it.
    pub fn descend(&self, path: &Path) -> Result<Folder, Error> {
        let folder = self.0.folder.descend(path);
        folder.map_err(|error| self.failed(path, error))
    }

    /// Why a file or folder of it could not be read.
    pub fn failed(&self, path: &Path, error: io::Error) -> Error {
        Error::io("read", &self.0.path.join(path), error)
    }
}

/// A file of a content folder.
#[derive(Debug, Clone, Default)]
pub struct ContentFile {
    root: Option<ContentFolder>,
    path: PathBuf,
}

impl ContentFile {
    /// The file at a path below a content folder.
    pub(super) fn new(root: &ContentFolder, path: PathBuf) -> Self {
        let root = Some(root.clone());
        Self { root, path }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, is no regular file by now, or has more than
    /// [`MAX_ASSET_BYTES`].
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        self.read_within(MAX_ASSET_BYTES)
    }

    /// Its bytes, `most` of them at most.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, is no regular file by now, or has more.
    pub fn read_within(&self, most: u64) -> Result<Vec<u8>, Error> {
        let Some(root) = &self.root else {
            let error = io::ErrorKind::NotFound.into();
            return Err(Error::io("read", &self.path, error));
        };
        let bytes = root.0.folder.read_below(&self.path, most);
        bytes.map_err(|error| root.failed(&self.path, error))
    }
}

impl PartialEq for ContentFile {
    fn eq(&self, other: &Self) -> bool {
        let root = |file: &Self| file.root.as_ref().map(|root| root.0.path.clone());
        self.path == other.path && root(self) == root(other)
    }
}

impl Eq for ContentFile {}
