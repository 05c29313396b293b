//! Source files: what was read, and how a byte offset becomes a line and a column.
//!
//! [`load`] walks a content folder in path order and returns a [`SourceSet`]: the documents
//! (`.md`, `.mdx`) with their text, and the paths of every other file, which are copied as they
//! are. Offsets are bytes into the file as it lies on disk, so a byte order mark counts.

pub mod image;
pub mod lines;
mod name;

use std::fs::{self, File};
use std::io::BufReader;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use walkdir::{DirEntry, WalkDir};

use crate::error::Error;
use crate::normal::composed;
use crate::source::image::ImageSize;
pub use crate::source::lines::{Lines, Position};

/// Largest document that is read, in bytes. The largest real one has 21.9 KB.
pub const MAX_DOCUMENT_BYTES: u64 = 1 << 20;

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
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the content folder, with `/`, in NFC.
    pub path: String,
    /// Where it lies on disk.
    pub file: PathBuf,
    /// Its size where it is an image; `None` where it is none or does not tell.
    pub size: Option<ImageSize>,
}

impl Asset {
    /// The file at `file`, which is taken for an image by the ending of its path.
    fn of(path: String, file: PathBuf) -> Self {
        let opened = image::is_measured(&path).then(|| File::open(&file).ok());
        let size = opened.flatten().map(BufReader::new);
        let size = size.and_then(|bytes| image::size(&path, bytes));
        Self { path, file, size }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        fs::read(&self.file).map_err(|error| Error::io("read", &self.file, error))
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
    let mut set = SourceSet::default();
    let walk = WalkDir::new(root).min_depth(1).into_iter();
    let mut entries = Vec::new();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || is_looked_at(entry)) {
        entries.push(entry.map_err(|error| {
            let path = error.path().unwrap_or(root).to_path_buf();
            Error::io("read", &path, error.into())
        })?);
    }
    let mut files: Vec<(String, DirEntry)> = entries
        .into_iter()
        .map(|entry| (relative_path(root, entry.path()), entry))
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let taken: Vec<Result<Taken, Error>> = files
        .into_par_iter()
        .map(|(path, entry)| take(path, &entry))
        .collect();
    for taken in taken {
        match taken? {
            Taken::Document(source) => set.documents.push(source),
            Taken::Asset(asset) => set.assets.push(asset),
            Taken::Fault(fault) => set.faults.push(fault),
            Taken::Folder => {}
        }
    }
    Ok(set)
}

/// The text of a document's file as [`load`] would take it; `None` when it would not.
///
/// # Errors
/// [`Error::Io`] when it cannot be read.
pub fn reload(file: &Path) -> Result<Option<String>, Error> {
    let failed = |error| Error::io("read", file, error);
    let metadata = file.symlink_metadata().map_err(failed)?;
    if !metadata.is_file() || metadata.len() > MAX_DOCUMENT_BYTES {
        return Ok(None);
    }
    let bytes = fs::read(file).map_err(failed)?;
    Ok(String::from_utf8(bytes).ok())
}

/// Replaces the text of a document below `root` by its path in a [`SourceSet`], which is in NFC
/// where the file's name on disk may not be.
///
/// # Errors
/// [`Error::Io`] when the file is gone or cannot be written.
pub fn write_document(root: &Path, source: &Source) -> Result<(), Error> {
    let named = root.join(&source.path);
    let walk = || WalkDir::new(root).min_depth(1).into_iter().flatten();
    let file = if named.is_file() {
        named
    } else {
        let same = |entry: &DirEntry| relative_path(root, entry.path()) == source.path;
        walk().find(same).map_or(named, DirEntry::into_path)
    };
    fs::write(&file, &source.text).map_err(|error| Error::io("write", &file, error))
}

/// Reads one document that the user named.
///
/// # Errors
/// [`Error::Io`] when it cannot be read; a text that is not UTF-8 is such a failure too.
pub fn read_document(file: &Path) -> Result<Source, Error> {
    let text = fs::read_to_string(file).map_err(|error| Error::io("read", file, error))?;
    Ok(Source {
        path: file.to_string_lossy().replace('\\', "/"),
        text,
    })
}

/// What became of one entry of a content folder.
enum Taken {
    Document(Source),
    Asset(Asset),
    Fault(LoadFault),
    Folder,
}

fn take(path: String, entry: &DirEntry) -> Result<Taken, Error> {
    let is_large = || {
        let metadata = entry.metadata();
        metadata.is_ok_and(|metadata| metadata.len() > MAX_DOCUMENT_BYTES)
    };
    let fault = |path, rule, offset| {
        let other = String::new();
        Taken::Fault(LoadFault {
            path,
            rule,
            offset,
            other,
        })
    };
    if !name::is_plain(entry.file_name()) {
        let shown = name::shown(entry.path(), entry.depth());
        return Ok(fault(shown, "file-name-invalid", 0));
    }
    if entry.path_is_symlink() {
        return Ok(fault(path, "symlink", 0));
    }
    if !entry.file_type().is_file() {
        return Ok(Taken::Folder);
    }
    let file = entry.path().to_path_buf();
    if !is_document(&path) {
        return Ok(Taken::Asset(Asset::of(path, file)));
    }
    if is_large() {
        return Ok(fault(path, "file-too-large", 0));
    }
    let bytes = fs::read(&file).map_err(|error| Error::io("read", &file, error))?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Taken::Document(Source { path, text }),
        Err(error) => fault(path, "not-utf8", error.utf8_error().valid_up_to()),
    })
}

/// Whether an entry is no file that is left out, and in no folder whose name is a fault by itself.
fn is_looked_at(entry: &DirEntry) -> bool {
    let parent = entry.path().parent().and_then(Path::file_name);
    let is_in_fault = entry.depth() > 1 && !parent.is_some_and(name::is_plain);
    !is_in_fault && !is_left_out(&entry.file_name().to_string_lossy())
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
        let mut set = load(folder.path()).unwrap();
        set.documents[0].text = "b".into();
        write_document(folder.path(), &set.documents[0]).unwrap();
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
