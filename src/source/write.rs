//! Documents that are written back, under the names that they have on the disk.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use crate::disk::Folder;
use crate::disk::replace::{Access, Expected, Replacement, replace_all};
use crate::error::Error;
use crate::normal::composed;
use crate::source::Source;

/// Replaces the text of a document below `root` by its path in a [`SourceSet`], which is in NFC
/// where the file's name on disk may not be. The file must still contain the text that was read.
///
/// # Errors
/// [`Error::Io`] when the file is gone, cannot be written or contains another text.
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

#[cfg(test)]
mod tests {
    use std::fs;

    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::source::load;

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
}
