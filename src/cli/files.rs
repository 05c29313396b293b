//! Files that commands read and write besides an output folder: regular ones only, replaced whole,
//! and never where another program has written since.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::replace::{Access, Expected, is_changed, replace};
use crate::disk::{read_text_within, size};
use crate::error::Error;
use crate::strings::Strings;

/// The byte order mark of a text file, which is kept.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Text of a file with its most bytes; `None` where there is none.
///
/// # Errors
/// [`Error::Request`] when it is no regular file or larger, [`Error::Io`] when it cannot be read.
pub(super) fn read(path: &Path, most: u64, strings: &Strings) -> Result<Option<String>, Error> {
    match read_text_within(path, most) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(not_read(path, most, error, strings)),
    }
}

/// Why a file of at most `most` bytes was not read.
pub(super) fn not_read(path: &Path, most: u64, error: io::Error, strings: &Strings) -> Error {
    let shown = path.display().to_string();
    match error.kind() {
        io::ErrorKind::InvalidInput => {
            Error::Request(strings.cli("not_regular", &[("path", &shown)]))
        }
        io::ErrorKind::FileTooLarge => {
            let values = [("path", shown.as_str()), ("most", &size(most))];
            Error::Request(strings.cli("too_large", &values))
        }
        _ => Error::io("read", path, error),
    }
}

/// Replaces the text of a file that held `before`, `None` for no file, when it still does. Line
/// ends and byte order mark stay what they were.
///
/// # Errors
/// [`Error::Refused`] when it has changed, is not a regular file, or could not be read
/// again for its size; [`Error::Io`] when it cannot be written.
pub(super) fn write(
    path: &Path,
    text: &str,
    before: Option<&str>,
    most: u64,
    strings: &Strings,
) -> Result<(), Error> {
    let text = in_form_of(before.unwrap_or_default(), text);
    if text.len() as u64 > most {
        let values = [
            ("path", &*path.display().to_string()),
            ("most", &size(most)),
        ];
        return Err(Error::Refused(strings.cli("would_be_too_large", &values)));
    }
    let expected = before.map_or(Expected::Nothing, |before| {
        Expected::Bytes(before.as_bytes())
    });
    replace(path, text.as_bytes(), expected, Access::Kept)
        .map_err(|error| not_written(path, error, strings))
}

/// Why a file was not written.
pub(super) fn not_written(path: &Path, error: io::Error, strings: &Strings) -> Error {
    let key = match error.kind() {
        _ if is_changed(&error) => "changed",
        io::ErrorKind::AlreadyExists => "changed",
        io::ErrorKind::InvalidInput => "not_regular",
        _ => return Error::io("write", path, error),
    };
    let shown = path.display().to_string();
    Error::Refused(strings.cli(key, &[("path", &shown)]))
}

/// The text with the line ends and the byte order mark of another.
fn in_form_of(before: &str, text: &str) -> String {
    let mut formed = String::with_capacity(text.len());
    formed.extend(
        before
            .starts_with(BYTE_ORDER_MARK)
            .then_some(BYTE_ORDER_MARK),
    );
    let first = before.split_inclusive('\n').next().unwrap_or_default();
    if first.ends_with("\r\n") {
        formed.push_str(&text.replace('\n', "\r\n"));
    } else {
        formed.push_str(text);
    }
    formed
}

/// The text without a byte order mark.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// Folders that were made and are removed again if they are empty, unless they are kept.
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes the folder at `path` and those above it, as far as they are not there.
    ///
    /// # Errors
    /// [`Error::Io`] when one cannot be made.
    pub fn make(path: &Path) -> Result<Self, Error> {
        let is_absent = |folder: &&Path| {
            let is_named = !folder.as_os_str().is_empty();
            is_named && folder.symlink_metadata().is_err()
        };
        let absent = path.ancestors().take_while(is_absent);
        let made = Self(absent.map(Path::to_path_buf).collect());
        fs::create_dir_all(path).map_err(|error| Error::io("create", path, error))?;
        Ok(made)
    }

    /// Lets them stay.
    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One that is no longer empty belongs to somebody else.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_byte_order_mark_stay() {
        let check = |before: &str, expected: &str| {
            assert_eq!(in_form_of(before, "a\nb\n"), expected, "{before:?}");
        };
        check("", "a\nb\n");
        check("x\ny\r\n", "a\nb\n");
        check("x\r\ny\n", "a\r\nb\r\n");
        check("\u{feff}x\r\n", "\u{feff}a\r\nb\r\n");
        check("\u{feff}x", "\u{feff}a\nb\n");
        assert_eq!(without_mark("\u{feff}x"), "x");
    }

    #[test]
    fn folders_that_were_made_go_unless_kept_or_used() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b/c");
        drop(MadeFolders::make(&deep).unwrap());
        assert!(!root.path().join("a").exists());
        let made = MadeFolders::make(&deep).unwrap();
        fs::write(root.path().join("a/b/own"), "").unwrap();
        drop(made);
        assert!(root.path().join("a/b/own").exists() && !deep.exists());
        MadeFolders::make(&deep).unwrap().keep();
        drop(MadeFolders::make(&deep).unwrap());
        assert!(deep.exists());
    }
}
