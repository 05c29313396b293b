//! Case files: one that the user names, and those of a folder.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::files::not_read;
use crate::disk::named::read_named;
use crate::disk::{Folder, Kind, text};
use crate::error::Error;
use crate::source::is_left_out;
use crate::strings::Strings;

/// Largest case file, in bytes.
pub(super) const MAX_CASE_BYTES: u64 = 64 << 10;

/// Endings of the files of a case folder.
const CASE_ENDINGS: [&str; 2] = ["yaml", "yml"];

/// A case file that was read and not yet understood.
#[derive(Debug)]
pub(super) struct CaseText {
    /// The file, as it is named in messages.
    pub file: PathBuf,
    /// Its content.
    pub text: String,
}

impl CaseText {
    /// Reads the file that the user named, which may be a pipe, or standard input for `-`.
    ///
    /// # Errors
    /// [`Error::Request`] when it is a link, or larger than [`MAX_CASE_BYTES`]; [`Error::Io`] when
    /// it cannot be read.
    pub fn read(file: &Path, strings: &Strings) -> Result<Self, Error> {
        let bytes = match file.to_str() {
            Some("-") => read_input(),
            _ => read_named(file, MAX_CASE_BYTES),
        };
        Self::new(file.to_path_buf(), bytes, strings)
    }

    /// Reads the case files of a folder, in the order of their names. What is hidden or an editor's
    /// own is none.
    ///
    /// # Errors
    /// Those of [`CaseText::read`]; only regular files are read.
    pub fn read_folder(path: &Path, strings: &Strings) -> Result<Vec<Self>, Error> {
        let failed = |error| Error::io("read", path, error);
        let folder = Folder::open(path).map_err(failed)?;
        let mut entries = folder.entries().map_err(failed)?;
        entries.retain(|(name, kind)| {
            let is_hidden = is_left_out(&name.to_string_lossy());
            *kind != Kind::Folder && !is_hidden && is_case(Path::new(name))
        });
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        let read = entries.iter().map(|(name, _)| {
            let bytes = folder.read_within(name, MAX_CASE_BYTES);
            Self::new(path.join(name), bytes, strings)
        });
        read.collect()
    }

    fn new(file: PathBuf, bytes: io::Result<Vec<u8>>, strings: &Strings) -> Result<Self, Error> {
        match bytes.and_then(text) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => Err(not_read(&file, MAX_CASE_BYTES, error, strings)),
        }
    }
}

fn is_case(file: &Path) -> bool {
    let ending = file.extension();
    CASE_ENDINGS
        .iter()
        .any(|case| ending.is_some_and(|ending| ending == *case))
}

fn read_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .take(MAX_CASE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_CASE_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
