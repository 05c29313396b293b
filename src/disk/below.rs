//! Files below an open folder, by a path whose names are looked up one at a time.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use crate::disk::{Folder, Kind, too_large};

/// Bytes of a file that are in memory at a time where it is read in pieces.
const PIECE_BYTES: usize = 64 << 10;

/// What one folder below another contains.
#[derive(Debug)]
pub struct Listing {
    /// Path of the folder below the one that was walked; empty for that one itself.
    pub path: PathBuf,
    /// Names and what they refer to, in no order.
    pub entries: Vec<(OsString, Kind)>,
}

impl Folder {
    /// Opens the folder at a path below this one, name by name.
    ///
    /// # Errors
    /// `InvalidInput` when the path leads anywhere but down; the system's reason when a folder
    /// cannot be opened or a name on the way is a link.
    pub fn descend(&self, path: &Path) -> io::Result<Self> {
        let mut folder = None;
        for part in path.components() {
            let from = folder.as_ref().unwrap_or(self);
            match part {
                Component::Normal(name) => folder = Some(from.folder(name)?),
                Component::CurDir => {}
                _ => return Err(io::ErrorKind::InvalidInput.into()),
            }
        }
        folder.map_or_else(|| self.again(), Ok)
    }

    /// Bytes of a regular file that contains no more than `most` of them.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`], and `FileTooLarge`.
    pub fn read_within(&self, name: &OsStr, most: u64) -> io::Result<Vec<u8>> {
        read_within(self.open_file(name)?, most)
    }

    /// Bytes of the regular file at a path below this folder, name by name; `most` at most.
    ///
    /// # Errors
    /// Those of [`Folder::descend`] and [`Folder::read_within`].
    pub fn read_below(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let folder = self.descend(path.parent().unwrap_or(Path::new("")))?;
        folder.read_within(name, most)
    }

    /// This folder and every folder below it, each before those in it. Names that `is_taken` turns
    /// down are not listed; folders of other names are entered when `is_entered` lets them, and no
    /// link is.
    ///
    /// # Errors
    /// The path of the folder that cannot be read, and the system's reason.
    pub fn walk(
        &self,
        is_taken: impl Fn(&OsStr) -> bool,
        is_entered: impl Fn(&OsStr) -> bool,
    ) -> Result<Vec<Listing>, (PathBuf, io::Error)> {
        let mut listings = Vec::new();
        let mut paths = vec![PathBuf::new()];
        while let Some(path) = paths.pop() {
            // Folders are not kept open: there may be more of them than a process may open.
            let folder = self.descend(&path);
            let entries = folder.and_then(|folder| folder.entries());
            let mut entries = entries.map_err(|error| (path.clone(), error))?;
            entries.retain(|(name, _)| is_taken(name));
            let folders = entries.iter().filter(|(_, kind)| *kind == Kind::Folder);
            let entered = folders.filter(|(name, _)| is_entered(name));
            paths.extend(entered.map(|(name, _)| path.join(name)));
            listings.push(Listing { path, entries });
        }
        Ok(listings)
    }
}

/// The rest of an open file that contains no more than `most` bytes.
///
/// # Errors
/// `FileTooLarge`, or the system's reason.
pub fn read_within(file: File, most: u64) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    if size > most {
        return Err(too_large(most));
    }
    // A file may grow, and a pipe has no size.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

/// Gives the rest of a text to `take` in pieces, so that its length costs no memory.
///
/// # Errors
/// The system's reason.
pub fn read_in_pieces(text: impl Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut text = BufReader::with_capacity(PIECE_BYTES, text);
    loop {
        let piece = text.fill_buf()?;
        if piece.is_empty() {
            return Ok(());
        }
        take(piece);
        let length = piece.len();
        text.consume(length);
    }
}

/// Whether two texts are the same to their ends, however long they are.
///
/// # Errors
/// The system's reason.
pub fn is_same(one: impl Read, other: impl Read) -> io::Result<bool> {
    let mut one = BufReader::with_capacity(PIECE_BYTES, one);
    let mut other = BufReader::with_capacity(PIECE_BYTES, other);
    loop {
        let (first, second) = (one.fill_buf()?, other.fill_buf()?);
        let length = first.len().min(second.len());
        if length == 0 || first[..length] != second[..length] {
            return Ok(first.is_empty() && second.is_empty());
        }
        one.consume(length);
        other.consume(length);
    }
}
