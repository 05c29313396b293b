//! Files below an open folder by their paths: each folder on the way is opened by its name, so a
//! link among them ends the way.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::{Component, Path};

use crate::disk::{Folder, Stamp};

/// The folder that contains a file: the one that was asked, or one below it.
pub(super) enum Holder<'f> {
    /// The folder that was asked.
    Root(&'f Folder),
    /// One below it.
    Below(Folder),
}

impl Deref for Holder<'_> {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        match self {
            Self::Root(folder) => folder,
            Self::Below(folder) => folder,
        }
    }
}

/// What is found in the place of a file.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A regular file, open for reading.
    File(File, Stamp),
    /// Something else: a link, a folder, or a file where a folder should be.
    Other,
}

/// Opens the folder of the file `path` below `root`, and returns the file's name in it.
///
/// # Errors
/// `NotFound` when there is no such folder, `NotADirectory` when a link or a file is in its place,
/// `InvalidInput` when the path leaves `root`; the system's reason otherwise.
pub(super) fn holder<'f, 'p>(
    root: &'f Folder,
    path: &'p Path,
) -> io::Result<(Holder<'f>, &'p OsStr)> {
    descend(root, path, Folder::folder)
}

/// The same as [`holder`], but makes the folders that are missing.
///
/// # Errors
/// Those of [`holder`] but `NotFound`.
pub(super) fn make_holder<'f, 'p>(
    root: &'f Folder,
    path: &'p Path,
) -> io::Result<(Holder<'f>, &'p OsStr)> {
    descend(root, path, |folder, name| match folder.folder(name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => folder.make_folder(name),
        opened => opened,
    })
}

fn descend<'f, 'p>(
    root: &'f Folder,
    path: &'p Path,
    step: impl Fn(&Folder, &OsStr) -> io::Result<Folder>,
) -> io::Result<(Holder<'f>, &'p OsStr)> {
    let outside = || io::Error::from(io::ErrorKind::InvalidInput);
    let name = path.file_name().ok_or_else(outside)?;
    let mut holder = Holder::Root(root);
    for part in path.parent().iter().flat_map(|parent| parent.components()) {
        let Component::Normal(part) = part else {
            return Err(outside());
        };
        holder = Holder::Below(step(&holder, part)?);
    }
    Ok((holder, name))
}

/// Opens what is in the place of the file `path` below `root`.
///
/// # Errors
/// The system's reason when that cannot be opened.
pub(super) fn look(root: &Folder, path: &str) -> io::Result<Found> {
    let opened = holder(root, Path::new(path)).and_then(|(holder, name)| holder.open_stamped(name));
    match opened {
        Ok((file, stamp)) => Ok(Found::File(file, stamp)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) if is_in_the_way(&error) => Ok(Found::Other),
        Err(error) => Err(error),
    }
}

/// The stamp of what is in the place of the file `path` below `root`; `None` for nothing.
///
/// # Errors
/// `NotADirectory` when a link or a file is in the place of one of its folders; the system's
/// reason otherwise.
pub(super) fn stamp(root: &Folder, path: &str) -> io::Result<Option<Stamp>> {
    match holder(root, Path::new(path)) {
        Ok((holder, name)) => holder.stamp(name),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether nothing is in the place of the file `path` below `root`, nor of one of its folders.
///
/// # Errors
/// The system's reason when that cannot be determined.
pub(super) fn is_free(root: &Folder, path: &str) -> io::Result<bool> {
    match stamp(root, path) {
        Ok(found) => Ok(found.is_none()),
        Err(error) if is_in_the_way(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether something that is no regular file, or a link among the folders, caused an error.
fn is_in_the_way(error: &io::Error) -> bool {
    let kind = error.kind();
    matches!(
        kind,
        io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput | io::ErrorKind::AlreadyExists
    )
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn paths_are_followed_by_folders_and_not_by_links() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        fs::write(root.path().join("a/b/file"), "1").unwrap();
        symlink("a/b", root.path().join("link")).unwrap();
        symlink("file", root.path().join("a/b/twin")).unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let check = |path: &str, expected: &str| {
            let found = match look(&folder, path) {
                Ok(Found::Nothing) => "nothing".to_string(),
                Ok(Found::File(file, _)) => io::read_to_string(file).unwrap(),
                Ok(Found::Other) => "other".to_string(),
                Err(error) => error.kind().to_string(),
            };
            assert_eq!(found, expected, "{path}");
        };
        check("a/b/file", "1");
        check("a/none", "nothing");
        check("none/file", "nothing");
        check("link/file", "other");
        check("a/b/twin", "other");
        check("a/b", "other");
        check("a/b/file/below", "other");
        check("a/../a/b/file", "other");
        assert!(make_holder(&folder, Path::new("link/new/file")).is_err());
        assert!(make_holder(&folder, Path::new("a/new/file")).is_ok());
        assert!(root.path().join("a/new").is_dir());
    }
}
