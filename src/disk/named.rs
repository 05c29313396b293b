//! Files that the user names on the command line, which may be streams of the process as well.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::disk::below::read_within;
use crate::disk::open_parent;

/// Folders whose names are the open files of the process.
const OPEN_FILES: [&str; 2] = ["/dev/fd/", "/proc/self/fd/"];

/// A stream of the process that a path refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Output,
    /// Another one, such as the pipe of a shell's `<(…)` or `>(…)`.
    Other,
}

/// The stream that a path names; `None` for a path of a file.
pub fn stream(path: &Path) -> Option<Stream> {
    let path = path.to_str()?;
    let number = OPEN_FILES
        .iter()
        .find_map(|folder| path.strip_prefix(folder));
    match (path, number) {
        ("/dev/stdout", _) | (_, Some("1")) => Some(Stream::Output),
        ("/dev/stdin" | "/dev/stderr" | "/dev/null", _) => Some(Stream::Other),
        (_, Some(number)) => {
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(Stream::Other)
        }
        _ => None,
    }
}

/// Bytes of what the user named: a regular file, a pipe, or a stream of the process. A link is not
/// followed, for a shell's pattern may have named it.
///
/// # Errors
/// `InvalidInput` when the path names something else, `FileTooLarge` when it contains more than
/// `most` bytes; the system's reason otherwise.
pub fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = match stream(path) {
        Some(_) => File::open(path)?,
        None => {
            let (folder, name) = open_parent(path)?;
            folder.open_file_or_pipe(name)?
        }
    };
    read_within(file, most)
}

/// Bytes of a regular file that trusted words lead to, through links.
///
/// # Errors
/// Those of [`read_named`].
pub fn read_through_links(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let path = path.canonicalize()?;
    let (folder, name) = open_parent(&path)?;
    folder.read_within(name, most)
}

/// Opens a stream of the process for writing.
///
/// # Errors
/// The system's reason.
pub fn open_stream(path: &Path) -> io::Result<File> {
    File::options().append(true).open(path)
}
