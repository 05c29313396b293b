//! Files that are replaced whole: written beside, synced, and renamed. Whatever happens, the old
//! file or the new one is there, never a part of one.
//!
//! What is being written is called `.tickbook-tmp-`, with sixteen digits, until it is whole. An
//! error leaves none of it; a process that is killed may leave one, which nothing reads and anybody
//! may remove.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{File, Metadata};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::mem;
use std::path::Path;

use crate::disk::{Folder, Kind, not_a_file, open_parent};

/// What names of unfinished files begin with.
const UNFINISHED: &str = ".tickbook-tmp-";

/// Names that are tried for an unfinished file; one of sixteen random digits is hardly ever taken.
const TRIES: usize = 16;

/// What a name must refer to at the moment it is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected<'b> {
    /// Any regular file, or nothing.
    Any,
    /// Nothing.
    Nothing,
    /// A regular file of these bytes.
    Bytes(&'b [u8]),
}

/// Who may read and write a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// As before; a new file's is the system's.
    Kept,
    /// Its owner alone.
    Private,
}

/// A file to be written.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'b> {
    /// Its name in the folder.
    pub name: &'b OsStr,
    /// What it will hold.
    pub bytes: &'b [u8],
    /// What is there now.
    pub expected: Expected<'b>,
    /// Who may read it.
    pub access: Access,
}

/// Why files were not written.
#[derive(Debug)]
pub struct Failure {
    /// The file that could not be.
    pub name: OsString,
    /// The reason.
    pub error: io::Error,
}

/// The file is not the one that was read.
#[derive(Debug)]
struct Changed;

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has changed since it was read; run the command again")
    }
}

impl std::error::Error for Changed {}

/// Whether a file was not written because it does not contain what was expected.
pub fn is_changed(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Changed>())
}

/// Writes the file at `path` whole, in place of what is expected there. Links in the folders above
/// it are followed, and no other.
///
/// # Errors
/// `InvalidInput` when something other than a regular file is there, `AlreadyExists` when nothing
/// was expected, [`is_changed`] when other bytes were; the system's reason otherwise.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    expected: Expected<'_>,
    access: Access,
) -> io::Result<()> {
    let (folder, name) = open_parent(path)?;
    let file = Replacement {
        name,
        bytes,
        expected,
        access,
    };
    replace_all(&folder, &[file]).map_err(|failure| failure.error)
}

/// Writes several files of a folder, all or none: when one cannot be put in its place, those that
/// were are taken back. A process that is killed on the way leaves each file old or new.
///
/// # Errors
/// The first file that could not be written, with the reasons of [`replace`].
pub fn replace_all(folder: &Folder, files: &[Replacement<'_>]) -> Result<(), Failure> {
    let staged: Result<Vec<Staged<'_>>, Failure> = files
        .iter()
        .map(|file| Staged::new(folder, file, files.len() > 1).map_err(|error| fail(file, error)))
        .collect();
    commit(folder, staged?)
}

fn fail(file: &Replacement<'_>, error: io::Error) -> Failure {
    let name = file.name.to_os_string();
    Failure { name, error }
}

/// A file that is whole and not yet in its place.
struct Staged<'f> {
    file: &'f Replacement<'f>,
    new: Unfinished<'f>,
    /// What it replaces, to take it back; `None` for nothing, or when nothing will be.
    old: Option<Unfinished<'f>>,
}

impl<'f> Staged<'f> {
    fn new(folder: &'f Folder, file: &'f Replacement<'f>, is_kept: bool) -> io::Result<Self> {
        verify(folder, file)?;
        let before = Before::of(folder, file.name)?;
        let old = match &before {
            Some(before) if is_kept => {
                let old = folder.open_file(file.name)?;
                Some(Unfinished::write(folder, old, Some(before))?)
            }
            _ => None,
        };
        let new = match (file.access, &before) {
            (Access::Private, _) => Unfinished::write(folder, file.bytes, None)?,
            (Access::Kept, None) => Unfinished::write_open(folder, file.bytes)?,
            (Access::Kept, before) => Unfinished::write(folder, file.bytes, before.as_ref())?,
        };
        Ok(Self { file, new, old })
    }

    /// Puts the file in its place, if what is expected is still there.
    fn place(&mut self, folder: &Folder) -> io::Result<()> {
        verify(folder, self.file)?;
        self.new.place(self.file.name, self.file.expected)
    }

    /// Restores what was there. If that fails, the old file stays beside under its hidden name.
    fn take_back(self, folder: &Folder) -> io::Result<()> {
        let Some(mut old) = self.old else {
            return folder.remove_file(self.file.name);
        };
        let placed = old.place(self.file.name, Expected::Any);
        old.is_there = false;
        placed
    }
}

fn commit(folder: &Folder, staged: Vec<Staged<'_>>) -> Result<(), Failure> {
    let mut placed: Vec<Staged<'_>> = Vec::new();
    for mut staged in staged {
        if let Err(error) = staged.place(folder) {
            let failure = fail(staged.file, error);
            return Err(take_back(folder, placed).unwrap_or(failure));
        }
        placed.push(staged);
    }
    let synced = folder.sync();
    match (synced, placed.last()) {
        (Err(error), Some(last)) => Err(fail(last.file, error)),
        _ => Ok(()),
    }
}

/// Takes back what was put in its place, the last first; the first failure of that, if any.
fn take_back(folder: &Folder, placed: Vec<Staged<'_>>) -> Option<Failure> {
    let mut failure = None;
    for staged in placed.into_iter().rev() {
        let file = staged.file;
        if let Err(error) = staged.take_back(folder) {
            failure.get_or_insert(fail(file, error));
        }
    }
    failure
}

/// Checks that what is expected is there.
fn verify(folder: &Folder, file: &Replacement<'_>) -> io::Result<()> {
    match (folder.kind(file.name)?, file.expected) {
        (Some(Kind::Link | Kind::Folder | Kind::Other), _) => Err(not_a_file()),
        (Some(Kind::File), Expected::Nothing) => Err(io::ErrorKind::AlreadyExists.into()),
        (None, Expected::Bytes(_)) => Err(io::Error::other(Changed)),
        (Some(Kind::File), Expected::Bytes(bytes)) => {
            let read = match folder.read_within(file.name, bytes.len() as u64) {
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => None,
                read => Some(read?),
            };
            let is_same = read.is_some_and(|read| read == bytes);
            is_same
                .then_some(())
                .ok_or_else(|| io::Error::other(Changed))
        }
        (_, Expected::Any) | (None, Expected::Nothing) => Ok(()),
    }
}

/// Owner and permissions of the file that is replaced.
struct Before(Metadata);

impl Before {
    /// Those of the file under a name, which this process may write to; `None` where none is.
    fn of(folder: &Folder, name: &OsStr) -> io::Result<Option<Self>> {
        match folder.open_to_write(name) {
            Ok(opened) => Ok(Some(Self(opened.metadata()?))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn give_to(&self, file: &File) -> io::Result<()> {
        keep_owner(file, &self.0);
        file.set_permissions(self.0.permissions())
    }
}

/// Gives a file the owner and group of another as far as this process may: only the
/// administrator may give files away.
#[cfg(unix)]
fn keep_owner(file: &File, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_same = file
        .metadata()
        .is_ok_and(|own| (own.uid(), own.gid()) == (before.uid(), before.gid()));
    if !is_same && fchown(file, Some(before.uid()), Some(before.gid())).is_err() {
        let _ = fchown(file, None, Some(before.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _before: &Metadata) {}

/// A file under a name of its own, which goes with this value unless it was put in a place.
struct Unfinished<'f> {
    folder: &'f Folder,
    name: OsString,
    is_there: bool,
}

impl<'f> Unfinished<'f> {
    /// Writes a file that its owner alone may read until it has the permissions of `before`.
    fn write(
        folder: &'f Folder,
        mut bytes: impl Read,
        before: Option<&Before>,
    ) -> io::Result<Self> {
        Self::make(folder, 0o600, |file| {
            io::copy(&mut bytes, file)?;
            before.map_or(Ok(()), |before| before.give_to(file))
        })
    }

    /// Writes a file with the permissions that the system gives new ones.
    fn write_open(folder: &'f Folder, bytes: &[u8]) -> io::Result<Self> {
        Self::make(folder, 0o666, |file| file.write_all(bytes))
    }

    fn make(
        folder: &'f Folder,
        mode: u32,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<Self> {
        let (name, mut file) = create(folder, mode)?;
        let is_there = true;
        let made = Self {
            folder,
            name,
            is_there,
        };
        fill(&mut file)?;
        file.sync_all()?;
        Ok(made)
    }

    fn place(&mut self, name: &OsStr, expected: Expected<'_>) -> io::Result<()> {
        match expected {
            Expected::Nothing => self.folder.rename_new(&self.name, self.folder, name)?,
            _ => self.folder.rename(&self.name, self.folder, name)?,
        }
        self.is_there = false;
        Ok(())
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if mem::take(&mut self.is_there) {
            // There is no better reason to give than the one that led here.
            let _ = self.folder.remove_file(&self.name);
        }
    }
}

/// Makes a file under a name that nobody can foresee.
fn create(folder: &Folder, mode: u32) -> io::Result<(OsString, File)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..TRIES {
        // The keys of this hash come from the system's random numbers.
        let digits = RandomState::new().hash_one(number);
        let name = OsString::from(format!("{UNFINISHED}{digits:016x}"));
        match folder.create(&name, mode) {
            Ok(file) => return Ok((name, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    struct Place(TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, text: &str, mode: u32) {
            fs::write(self.path(name), text).unwrap();
            fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
        }

        /// Every file with its mode and text; links by what they lead to.
        fn files(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path()).unwrap().map(Result::unwrap);
            let lines = entries.map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                let Ok(to) = fs::read_link(entry.path()) else {
                    let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
                    let text = fs::read_to_string(entry.path()).unwrap();
                    return format!("{name} {mode:o} {text}");
                };
                format!("{name} -> {}", to.display())
            });
            let mut lines: Vec<String> = lines.collect();
            lines.sort();
            lines
        }

        fn replace(&self, name: &str, expected: Expected<'_>, access: Access) -> io::Result<()> {
            replace(&self.path(name), b"new", expected, access)
        }
    }

    #[test]
    fn file_keeps_its_mode_unless_it_is_private() {
        let place = Place::new();
        place.write("a", "old", 0o640);
        place.write("b", "old", 0o755);
        place
            .replace("a", Expected::Bytes(b"old"), Access::Kept)
            .unwrap();
        place.replace("b", Expected::Any, Access::Private).unwrap();
        place
            .replace("c", Expected::Nothing, Access::Private)
            .unwrap();
        assert_eq!(place.files(), ["a 640 new", "b 600 new", "c 600 new"]);
    }

    #[test]
    fn what_is_not_expected_stays() {
        let place = Place::new();
        place.write("a", "other", 0o644);
        place.write("b", "old, and more", 0o644);
        symlink("a", place.path("link")).unwrap();
        symlink("none", place.path("lost")).unwrap();
        let before = place.files();
        for (name, expected, is_a_change) in [
            ("a", Expected::Bytes(b"old"), true),
            ("b", Expected::Bytes(b"old"), true),
            ("none", Expected::Bytes(b"old"), true),
            ("a", Expected::Nothing, false),
            ("link", Expected::Any, false),
            ("lost", Expected::Any, false),
            ("lost", Expected::Nothing, false),
        ] {
            let error = place.replace(name, expected, Access::Kept).unwrap_err();
            assert_eq!(is_changed(&error), is_a_change, "{name}: {error}");
            assert_eq!(place.files(), before, "{name}");
        }
    }

    /// Commits two files after something happened to the second.
    fn commit_after(expected: Expected<'_>, happens: impl FnOnce(&Place)) -> Vec<String> {
        let place = Place::new();
        place.write("a", "old", 0o644);
        place.write("b", "old", 0o644);
        let folder = Folder::open(place.0.path()).unwrap();
        let files = ["a", "new", "b"].map(|name| Replacement {
            name: name.as_ref(),
            bytes: b"new",
            expected: if name == "new" {
                Expected::Nothing
            } else {
                expected
            },
            access: Access::Kept,
        });
        let staged = files
            .iter()
            .map(|file| Staged::new(&folder, file, true).unwrap());
        let staged = staged.collect();
        happens(&place);
        let failure = commit(&folder, staged).unwrap_err();
        assert_eq!(failure.name, "b");
        place.files()
    }

    #[test]
    fn files_that_were_placed_are_taken_back_when_one_cannot_be() {
        let files = commit_after(Expected::Bytes(b"old"), |place| {
            place.write("b", "theirs", 0o644);
        });
        assert_eq!(files, ["a 644 old", "b 644 theirs"]);
        let files = commit_after(Expected::Any, |place| {
            fs::remove_file(place.path("b")).unwrap();
            symlink("a", place.path("b")).unwrap();
        });
        assert_eq!(files, ["a 644 old", "b -> a"]);
    }

    #[test]
    fn file_that_may_not_be_written_is_not_replaced() {
        let place = Place::new();
        place.write("a", "old", 0o444);
        let is_refused = File::options().write(true).open(place.path("a")).is_err();
        let replaced = place.replace("a", Expected::Any, Access::Kept);
        // Nothing is refused to root.
        assert_eq!(replaced.is_err(), is_refused);
    }
}
