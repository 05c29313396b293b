//! Source files: what was read, and how a byte offset becomes a line and a column.
//!
//! [`load`] walks a content folder in path order and returns a [`SourceSet`]: the documents
//! (`.md`, `.mdx`) with their text, and the paths of every other file, which are copied as they
//! are. Offsets are bytes into the file as it lies on disk, so a byte order mark counts.

pub mod file;
pub mod image;
pub mod lines;
mod name;

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::disk::below::Listing;
use crate::disk::named::read_named;
use crate::disk::replace::{Access, Expected, Replacement, replace_all};
use crate::disk::{Folder, Kind, text};
use crate::error::Error;
use crate::font::FontSet;
use crate::normal::composed;
use crate::source::file::{ContentFile, ContentFolder};
use crate::source::image::ImageSize;
pub use crate::source::lines::{Lines, Position};

/// Largest document that is read, in bytes. The largest real one has 21.9 KB.
pub const MAX_DOCUMENT_BYTES: u64 = 1 << 20;

/// Largest file of another kind that is copied, in bytes.
pub const MAX_ASSET_BYTES: u64 = 256 << 20;

/// Index of a document in its [`SourceSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Range from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Smallest span that covers both.
    pub fn cover(self, other: Span) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

/// One document as it lies on disk.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the content folder, with `/`, in NFC.
    pub path: String,
    /// The whole file.
    pub text: String,
}

impl Source {
    /// Line and character column of a byte offset; an offset past the end is the end's. Who asks
    /// more than once asks [`Lines`].
    pub fn position(&self, offset: usize) -> Position {
        Lines::of(&self.text).position(offset)
    }
}

/// All that was found in one content folder.
#[derive(Debug, Clone, Default)]
pub struct SourceSet {
    /// Documents, in path order; [`FileId`] counts them.
    pub documents: Vec<Source>,
    /// Every other file, in path order.
    pub assets: Vec<Asset>,
    /// Files that could not be taken, with the reason.
    pub faults: Vec<LoadFault>,
    /// Paths of documents that are not to be published yet, in path order. They are not among
    /// `documents`.
    pub drafts: Vec<String>,
    /// The project's list of addresses, which is no document; its [`FileId`] comes behind theirs.
    pub lock: Option<Source>,
    /// The fonts that the project's sheets are printed with; `None` where that is not known.
    pub fonts: Option<FontSet>,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the content folder, with `/`, in NFC.
    pub path: String,
    /// Where its bytes are.
    pub file: ContentFile,
    /// Its size where it is an image; `None` where it is none or does not tell.
    pub size: Option<ImageSize>,
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

    /// Its bytes, `most` of them at most.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, or has more.
    pub fn read_within(&self, most: u64) -> Result<Vec<u8>, Error> {
        self.file.read_within(most)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, or has more than [`MAX_ASSET_BYTES`].
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        self.file.read()
    }
}

/// A file that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadFault {
    /// Path below the content folder.
    pub path: String,
    /// Rule name, also the key of its message.
    pub rule: &'static str,
    /// Byte offset of the fault, where there is one.
    pub offset: usize,
    /// The file that is in its way, or the pattern that refuses it, where there is one; empty for
    /// a fault of the file alone.
    pub other: String,
}

impl LoadFault {
    /// The most bytes that a file of this path may have.
    pub fn limit(&self) -> u64 {
        match is_document(&self.path) {
            true => MAX_DOCUMENT_BYTES,
            false => MAX_ASSET_BYTES,
        }
    }
}

impl SourceSet {
    /// The document, or the lock, with this id.
    pub fn get(&self, file: FileId) -> &Source {
        match &self.lock {
            Some(lock) if file == self.lock_id() => lock,
            _ => &self.documents[file.0],
        }
    }

    /// Takes documents out that are drafts by what their text says.
    pub fn leave_out_drafts(&mut self, is_draft: impl Fn(&str) -> bool) {
        let documents = std::mem::take(&mut self.documents);
        let (drafts, documents) = documents
            .into_iter()
            .partition(|document| is_draft(&document.text));
        self.documents = documents;
        self.drafts
            .extend(Vec::into_iter(drafts).map(|draft: Source| draft.path));
    }

    /// Id of the lock, where there is one.
    pub fn lock_id(&self) -> FileId {
        FileId(self.documents.len())
    }

    /// Every document with its id, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, source)| (FileId(index), source))
    }
}

/// Reads every document below `root` and lists every other file. Files and folders that
/// [`is_left_out`] names are left out; links are reported, never followed.
///
/// # Errors
/// [`Error::Io`] when `root` or a folder below it cannot be read.
pub fn load(root: &Path) -> Result<SourceSet, Error> {
    let folder = Folder::open(root).map_err(|error| Error::io("read", root, error))?;
    load_from(folder, root)
}

/// The same for a content folder that is open; `root` names it in messages.
///
/// # Errors
/// [`Error::Io`] when a folder below it cannot be read.
pub fn load_from(folder: Folder, root: &Path) -> Result<SourceSet, Error> {
    let root = ContentFolder::new(folder, root);
    let listings = root.walk()?;
    let taken = listings.par_iter().map(|listing| take_all(&root, listing));
    let taken: Vec<Result<Vec<Named>, Error>> = taken.collect();
    let mut files = Vec::new();
    for taken in taken {
        files.extend(taken?);
    }
    // Two names may be one in NFC; their own order then decides.
    files.sort_by(|a, b| (&a.path, &a.name).cmp(&(&b.path, &b.name)));
    let mut set = SourceSet::default();
    for file in files {
        match file.taken {
            Taken::Document(source) => set.documents.push(source),
            Taken::Asset(asset) => set.assets.push(asset),
            Taken::Fault(fault) => set.faults.push(fault),
            Taken::Folder => {}
        }
    }
    Ok(set)
}

/// The text of a document's file below `root` as [`load`] would take it; `None` when it would not.
///
/// # Errors
/// [`Error::Io`] when it cannot be read.
pub fn reload(root: &Path, file: &Path) -> Result<Option<String>, Error> {
    let below = file.strip_prefix(root).unwrap_or(file);
    let folder = Folder::open(root);
    let folder = folder.and_then(|root| root.descend(below.parent().unwrap_or(Path::new(""))));
    let name = below.file_name().unwrap_or_default();
    match folder.and_then(|folder| folder.read_within(name, MAX_DOCUMENT_BYTES)) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if is_fault(&error) => Ok(None),
        Err(error) => Err(Error::io("read", file, error)),
    }
}

/// Whether a file cannot be read for what it is: too large, or no regular file.
fn is_fault(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::FileTooLarge | io::ErrorKind::InvalidInput
    )
}

/// Replaces the text of a document below `root` by its path in a [`SourceSet`], which is in NFC
/// where the file's name on disk may not be. The file must still hold the text that was read.
///
/// # Errors
/// [`Error::Io`] when the file is gone, cannot be written or holds another text.
pub fn write_document(root: &Path, before: &Source, text: &str) -> Result<(), Error> {
    let written = find(root, &before.path).and_then(|(folder, name)| {
        let file = Replacement {
            name: &name,
            bytes: text.as_bytes(),
            expected: Expected::Bytes(before.text.as_bytes()),
            access: Access::Kept,
        };
        replace_all(&folder, &[file]).map_err(|failure| failure.error)
    });
    written.map_err(|error| Error::io("write", &root.join(&before.path), error))
}

/// The folder of a document below `root` and its name there, by its path in NFC.
fn find(root: &Path, path: &str) -> io::Result<(Folder, OsString)> {
    let mut folder = Folder::open(root)?;
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let name = own_name(&folder, part)?;
        if parts.peek().is_none() {
            return Ok((folder, name));
        }
        folder = folder.folder(&name)?;
    }
    Err(io::ErrorKind::NotFound.into())
}

/// The name in a folder that is `part` in NFC.
fn own_name(folder: &Folder, part: &str) -> io::Result<OsString> {
    if folder.kind(part.as_ref())?.is_some() {
        return Ok(part.into());
    }
    let names = folder.names()?.into_iter();
    let mut same = names.filter(|name| composed(&name.to_string_lossy()) == part);
    same.next().ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Reads one document that the user named.
///
/// # Errors
/// [`Error::Io`] when it cannot be read or is larger than [`MAX_DOCUMENT_BYTES`]; a text that is
/// not UTF-8 is such a failure too.
pub fn read_document(file: &Path) -> Result<Source, Error> {
    let text = read_named(file, MAX_DOCUMENT_BYTES).and_then(text);
    Ok(Source {
        path: file.to_string_lossy().replace('\\', "/"),
        text: text.map_err(|error| Error::io("read", file, error))?,
    })
}

/// An entry of a content folder.
struct Entry<'e> {
    root: &'e ContentFolder,
    /// The folder that it lies in.
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

/// What became of an entry, with its path and its name on the disk.
struct Named {
    path: String,
    name: OsString,
    taken: Taken,
}

/// Takes every entry of a folder.
fn take_all(root: &ContentFolder, listing: &Listing) -> Result<Vec<Named>, Error> {
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

/// What became of one entry of a content folder.
enum Taken {
    Document(Source),
    Asset(Asset),
    Fault(LoadFault),
    Folder,
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
/// reading it says why.
fn is_too_large(entry: &Entry<'_>) -> bool {
    let stamp = entry.folder.stamp(entry.name).ok().flatten();
    stamp.is_some_and(|stamp| stamp.size > MAX_ASSET_BYTES)
}

/// Endings of the files that editors keep beside one that is being written.
const EDITOR_ENDINGS: [&str; 4] = ["~", ".swp", ".swo", ".swx"];

/// The file by which Vim tries whether a folder can be written to.
const VIM_PROBE: &str = "4913";

/// Whether a file or folder of this name is no content: it is hidden, or an editor's own.
///
/// ```text
/// .DS_Store  .guide.md.swp  guide.md~  #guide.md#  4913
/// ```
pub fn is_left_out(name: &str) -> bool {
    name.starts_with('.')
        || EDITOR_ENDINGS.iter().any(|ending| name.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#'))
        || name == VIM_PROBE
}

/// Whether a path is a document's.
pub fn is_document(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".mdx")
}

/// Path of a file below `root`, with `/`, in NFC.
pub fn relative_path(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    composed(&parts.join("/")).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn documents_come_in_path_order_and_what_is_no_content_stays_out() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.md", "b"),
            ("a.mdx", "a"),
            (".hidden.md", "h"),
            (".git/a.md", "h"),
            (".b.md.swp", "s"),
            ("b.md~", "s"),
            ("#b.md#", "s"),
            ("4913", "s"),
            (".DS_Store", "s"),
            ("x.png", "p"),
        ] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let set = load(folder.path()).unwrap();
        let paths: Vec<_> = set
            .documents
            .iter()
            .map(|source| source.path.as_str())
            .collect();
        assert_eq!(paths, ["a.mdx", "b.md"]);
        let assets: Vec<_> = set.assets.iter().map(|asset| asset.path.as_str()).collect();
        assert_eq!(assets, ["x.png"]);
    }

    #[test]
    fn documents_are_written_back_under_the_name_they_have() {
        let folder = tempfile::tempdir().unwrap();
        let name: String = "결제.md".nfd().collect();
        fs::write(folder.path().join(&name), "a").unwrap();
        let set = load(folder.path()).unwrap();
        write_document(folder.path(), &set.documents[0], "b").unwrap();
        let text = fs::read_to_string(folder.path().join(&name)).unwrap();
        assert_eq!(text, "b");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn text_that_is_not_utf8_is_a_fault_with_its_offset() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), b"ab\xb0\xa1").unwrap();
        let set = load(folder.path()).unwrap();
        assert_eq!(
            set.faults,
            [LoadFault {
                path: "a.md".into(),
                rule: "not-utf8",
                offset: 2,
                other: String::new(),
            }]
        );
    }
}
