//! Entries of a content folder: each becomes a document, a file that is copied, or a fault.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::disk::below::Listing;
use crate::disk::{Folder, Kind};
use crate::error::Error;
use crate::normal::composed;
use crate::source::file::{ContentFile, ContentFolder};
use crate::source::{
    Asset, LoadFault, MAX_ASSET_BYTES, MAX_DOCUMENT_BYTES, Source, image, is_document, name,
    relative_path,
};

/// What became of an entry, with its path and its name on the disk.
pub(super) struct Named {
    /// Path below the content folder, with `/`, in NFC.
    pub path: String,
    /// Its name on the disk.
    pub name: OsString,
    /// What became of it.
    pub taken: Taken,
}

/// What became of one entry of a content folder.
pub(super) enum Taken {
    /// A document that was read.
    Document(Source),
    /// A file that is copied.
    Asset(Asset),
    /// A file that could not be taken.
    Fault(LoadFault),
    /// A folder, which is listed for itself.
    Folder,
}

/// Takes every entry of a folder.
///
/// # Errors
/// [`Error::Io`] when the folder or a document cannot be read.
pub(super) fn take_all(root: &ContentFolder, listing: &Listing) -> Result<Vec<Named>, Error> {
    let folder = root.descend(&listing.path)?;
    let above = relative_path(Path::new(""), &listing.path);
    let named = |(name, kind): &(OsString, Kind)| {
        let entry = Entry {
            root,
            folder: &folder,
            parent: &listing.path,
            name,
            kind: *kind,
        };
        let own = name.to_string_lossy();
        let own = composed(&own);
        let path = match above.as_str() {
            "" => own.into_owned(),
            above => [above, &own].join("/"),
        };
        Ok(Named {
            name: name.clone(),
            taken: take(path.clone(), &entry)?,
            path,
        })
    };
    let taken: Vec<Result<Named, Error>> = listing.entries.par_iter().map(named).collect();
    taken.into_iter().collect()
}

/// An entry of a content folder.
struct Entry<'e> {
    root: &'e ContentFolder,
    /// The folder that it is in.
    folder: &'e Folder,
    /// Path of that folder below the root.
    parent: &'e Path,
    name: &'e OsStr,
    kind: Kind,
}

impl Entry<'_> {
    /// Its path below the root, as its names are on the disk.
    fn below(&self) -> PathBuf {
        self.parent.join(self.name)
    }
}

impl Asset {
    /// What an entry of a content folder is, which is taken for an image by the ending of its path.
    fn of(path: String, entry: &Entry<'_>) -> Self {
        let opened = image::is_measured(&path).then(|| entry.folder.open_file(entry.name).ok());
        let size = opened.flatten().map(BufReader::new);
        let size = size.and_then(|bytes| image::size(&path, bytes));
        let file = ContentFile::new(entry.root, entry.below());
        Self { path, file, size }
    }
}

fn take(path: String, entry: &Entry<'_>) -> Result<Taken, Error> {
    let fault = |path, rule, offset| {
        let other = String::new();
        Taken::Fault(LoadFault {
            path,
            rule,
            offset,
            other,
        })
    };
    if !name::is_plain(entry.name) {
        let below = entry.below();
        let shown = name::shown(&below, below.iter().count());
        return Ok(fault(shown, "file-name-invalid", 0));
    }
    match entry.kind {
        Kind::Folder => return Ok(Taken::Folder),
        Kind::Link => return Ok(fault(path, "symlink", 0)),
        Kind::Other => return Ok(fault(path, "special-file", 0)),
        Kind::File if is_document(&path) => {}
        Kind::File if is_too_large(entry) => return Ok(fault(path, "file-too-large", 0)),
        Kind::File => return Ok(Taken::Asset(Asset::of(path, entry))),
    }
    let bytes = match entry.folder.read_within(entry.name, MAX_DOCUMENT_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return Ok(fault(path, "file-too-large", 0));
        }
        // It was a regular file when the folder was listed.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            return Ok(fault(path, "symlink", 0));
        }
        read => read.map_err(|error| entry.root.failed(&entry.below(), error))?,
    };
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Taken::Document(Source { path, text }),
        Err(error) => fault(path, "not-utf8", error.utf8_error().valid_up_to()),
    })
}

/// Whether a file is larger than one that is copied may be. One that cannot be looked at is not:
/// reading it states why.
fn is_too_large(entry: &Entry<'_>) -> bool {
    let stamp = entry.folder.stamp(entry.name).ok().flatten();
    stamp.is_some_and(|stamp| stamp.size > MAX_ASSET_BYTES)
}
