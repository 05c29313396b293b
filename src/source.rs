//! Source files: what was read, and how a byte offset becomes a line and a column.
//!
//! [`load`] walks a content folder in path order and returns a [`SourceSet`]: the documents
//! (`.md`, `.mdx`) with their text, and the paths of every other file, which are copied as they
//! are. Offsets are bytes into the file as it is on disk, so a byte order mark counts.

mod entry;
pub mod file;
pub mod image;
pub mod joined;
pub mod lines;
mod name;
pub mod write;
pub mod written;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::disk::named::read_named;
use crate::disk::{Folder, text};
use crate::error::Error;
use crate::font::FontSet;
use crate::normal::composed;
use crate::source::entry::{Named, Taken, take_all};
use crate::source::file::{ContentFile, ContentFolder};
use crate::source::image::ImageSize;
use crate::source::joined::Joined;
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

/// One document as it is on disk.
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
    /// Documents that are parts of others and have no page of their own, in path order. They are
    /// not among `documents`.
    pub fragments: Vec<Source>,
    /// Which documents include others, and what their texts are made of.
    pub joined: Joined,
    /// The project's list of addresses, which is not a document; its [`FileId`] comes after theirs.
    pub lock: Option<Source>,
    /// A file of the site's tool whose navigation could not be read, which is not a document; its
    /// [`FileId`] comes after the lock's.
    pub navigation: Option<Source>,
    /// The last changes of documents by their paths; empty where no history says it.
    pub changed: BTreeMap<String, LastChange>,
    /// The fonts that the project's sheets are printed with; `None` where that is not known.
    pub fonts: Option<FontSet>,
}

/// The last change of a document in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LastChange {
    /// Seconds since 1970.
    pub seconds: i64,
    /// Whether it added the document.
    pub is_added: bool,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the content folder, with `/`, in NFC.
    pub path: String,
    /// Where its bytes are.
    pub file: ContentFile,
    /// Its size where it is an image; `None` where it is none or has no size.
    pub size: Option<ImageSize>,
}

impl Asset {
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
    /// The document, the lock, the navigation or the file of a joined document with this id.
    pub fn get(&self, file: FileId) -> &Source {
        if let Some(index) = file.0.checked_sub(self.first_joined()) {
            return &self.joined.files[index];
        }
        match (&self.lock, &self.navigation) {
            (Some(lock), _) if file == self.lock_id() => lock,
            (_, Some(navigation)) if file == self.navigation_id() => navigation,
            _ => &self.documents[file.0],
        }
    }

    /// Id of the navigation that could not be read, where there is one.
    pub fn navigation_id(&self) -> FileId {
        FileId(self.documents.len() + 1)
    }

    /// Removes documents whose text marks them as drafts.
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

/// `place` below `folder` without `.` and `..`; `None` when it leaves the content folder. A
/// backslash counts as a slash, as it does in browsers.
pub fn path_below(folder: &str, place: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in place.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
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
