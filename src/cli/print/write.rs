//! Where printed sheets go: whole files that their owner alone may read, for they may name a
//! merchant, in place of nothing that `print` did not write.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use crate::cli::answer;
use crate::cli::files::{MadeFolders, not_written};
use crate::cli::print::seal::{is_ours, sealed};
use crate::disk::named::{Stream, open_stream, stream};
use crate::disk::replace::{Access, Expected, Replacement, replace_all};
use crate::disk::{Folder, Kind, open_parent};
use crate::error::Error;
use crate::report::clean::Form;
use crate::strings::Strings;

/// Largest file that is looked at to know whether it is ours, in bytes.
const MAX_PRINTED_BYTES: u64 = 256 << 20;

/// Which existing files may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overwrite {
    /// None.
    Ours,
    /// Any regular file.
    All,
}

/// The stream that an output names; `-` is standard output.
pub(super) fn named_stream(file: &Path) -> Option<Stream> {
    if file.as_os_str() == "-" {
        Some(Stream::Output)
    } else {
        stream(file)
    }
}

/// Writes one printed file, or to the stream that is named.
///
/// # Errors
/// [`Error::Refused`] when something that may not be replaced is there, [`Error::Io`] when it cannot
/// be written.
pub(super) fn write_one(
    file: &Path,
    bytes: Vec<u8>,
    overwrite: Overwrite,
    strings: &Strings,
) -> Result<(), Error> {
    let failed = |error| Error::io("write", file, error);
    let bytes = sealed(bytes);
    match named_stream(file) {
        Some(Stream::Output) => return answer(&String::from_utf8_lossy(&bytes), Form::Html),
        Some(Stream::Other) => {
            let opened = open_stream(file);
            return opened
                .and_then(|mut opened| opened.write_all(&bytes))
                .map_err(failed);
        }
        None => {}
    }
    let (folder, name) = open_parent(file).map_err(failed)?;
    let parent = file.parent().unwrap_or(Path::new(""));
    let files = [(name.to_os_string(), bytes)];
    write_all(&folder, parent, &files, overwrite, strings)
}

/// Writes a set of printed files into a folder, all of them or none; the folder is made where it is
/// not there.
///
/// # Errors
/// Those of [`write_one`], and that the folder cannot be made.
pub(super) fn write_set(
    path: &Path,
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    overwrite: Overwrite,
    strings: &Strings,
) -> Result<(), Error> {
    let made = MadeFolders::make(path)?;
    let folder = Folder::open(path).map_err(|error| Error::io("write", path, error))?;
    let files = files.into_iter();
    let files: Vec<(OsString, Vec<u8>)> = files
        .map(|(name, bytes)| (name.into(), sealed(bytes)))
        .collect();
    write_all(&folder, path, &files, overwrite, strings)?;
    made.keep();
    Ok(())
}

fn write_all(
    folder: &Folder,
    path: &Path,
    files: &[(OsString, Vec<u8>)],
    overwrite: Overwrite,
    strings: &Strings,
) -> Result<(), Error> {
    let failed = |name: &OsStr, error: io::Error| {
        let file = path.join(name);
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                let shown = file.display().to_string();
                Error::Refused(strings.cli("not_ours", &[("path", &shown)]))
            }
            _ => not_written(&file, error, strings),
        }
    };
    let mut existing = Vec::with_capacity(files.len());
    for (name, _) in files {
        let found = Existing::look(folder, name, overwrite);
        existing.push(found.map_err(|error| failed(name, error))?);
    }
    let files = files.iter().zip(&existing);
    let files = files.map(|((name, bytes), existing)| Replacement {
        name,
        bytes,
        expected: existing.expected(),
        access: Access::Private,
    });
    replace_all(folder, &files.collect::<Vec<_>>())
        .map_err(|failure| failed(&failure.name, failure.error))
}

/// What is there where a file will be written.
enum Existing {
    Nothing,
    /// A file that `print` wrote.
    Ours(Vec<u8>),
    /// A file that is to be replaced whatever it is.
    Asked,
}

impl Existing {
    /// What a name refers to.
    ///
    /// # Errors
    /// `AlreadyExists` when it may not be replaced, `InvalidInput` when it is no regular file; the
    /// system's reason otherwise.
    fn look(folder: &Folder, name: &OsStr, overwrite: Overwrite) -> io::Result<Self> {
        match (folder.kind(name)?, overwrite) {
            (None, _) => Ok(Self::Nothing),
            (Some(Kind::File), Overwrite::Ours) => {
                let bytes = match folder.read_within(name, MAX_PRINTED_BYTES) {
                    Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Vec::new(),
                    read => read?,
                };
                is_ours(&bytes)
                    .then_some(Self::Ours(bytes))
                    .ok_or_else(|| io::ErrorKind::AlreadyExists.into())
            }
            // What is no regular file is refused when it is replaced.
            (Some(_), _) => Ok(Self::Asked),
        }
    }

    fn expected(&self) -> Expected<'_> {
        match self {
            Self::Nothing => Expected::Nothing,
            Self::Ours(bytes) => Expected::Bytes(bytes),
            Self::Asked => Expected::Any,
        }
    }
}
