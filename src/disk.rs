//! The disk as it is used on files that a stranger may have laid out: names are looked up one at a
//! time, and no link among them is followed.
//!
//! A [`Folder`] is an open folder. What it is asked for is found below it whatever happens to its
//! path in the meantime: the system resolves a name against the open folder, and refuses a link.
//! Where the system has no such calls, a link is looked for before each step instead.
//!
//! Nothing is read without an end: [`below::read_within`] knows the most bytes that a file may have,
//! and [`below::read_in_pieces`] reads one piece at a time.
//!
//! [`replace`] writes files whole, and [`named`] opens what the user named on the command line,
//! which may be a pipe.

pub mod below;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod handle;
pub mod named;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod path;
pub mod replace;

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Component, Path};

#[cfg(any(target_os = "linux", target_os = "macos"))]
pub use crate::disk::handle::Folder;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub use crate::disk::path::Folder;

/// What a name in a folder refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// Identity of a file on the disk, which also differs between two of its states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// What it is.
    pub kind: Kind,
    /// Its length in bytes.
    pub size: u64,
    /// Device and number; `None` where the system has no such numbers.
    file: Option<(u64, u64)>,
    /// Seconds since 1970 and nanoseconds of its last change.
    modified: (i64, i64),
}

impl Stamp {
    /// Whether both are names of one file.
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.file.is_some() && self.file == other.file
    }

    /// Whether this was changed after `other` was.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        self.modified > other.modified
    }
}

/// Whether some system takes a name for that of git's own folder: by another case, by characters
/// that are not shown, or as a short name.
///
/// ```text
/// .git  .GIT  .git.  .g\u{200c}it  .git::$DATA  GIT~1
/// ```
pub fn is_git(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    if name.is_ascii() {
        return is_plainly_git(&name);
    }
    let is_shown = |c: &char| !matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    is_plainly_git(&name.chars().filter(is_shown).collect::<String>())
}

fn is_plainly_git(name: &str) -> bool {
    let name = name.split(':').next().unwrap_or_default();
    let name = name.trim_end_matches(['.', ' ']);
    name.eq_ignore_ascii_case(".git") || name.eq_ignore_ascii_case("git~1")
}

/// Opens the regular file at `path` for reading. Links in the folders above it are the caller's own
/// words and are followed; the file itself must not be one.
///
/// # Errors
/// `InvalidInput` when the path names no regular file; the system's reason otherwise.
pub fn open(path: &Path) -> io::Result<File> {
    let (folder, name) = open_parent(path)?;
    folder.open_file(name)
}

/// Reads the regular file at `path` as UTF-8, which contains `most` bytes at most; see [`open`].
///
/// # Errors
/// Those of [`open`], `InvalidData` when the bytes are not UTF-8, and `FileTooLarge` when there are
/// more.
pub fn read_text_within(path: &Path, most: u64) -> io::Result<String> {
    let (folder, name) = open_parent(path)?;
    text(folder.read_within(name, most)?)
}

/// The bytes of a file as text.
///
/// # Errors
/// `InvalidData` when they are not UTF-8.
pub fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Opens the folder that `below` names in the folder at `root`. No name of `below` may be a link,
/// unless it leads out of the root and so is no name in it.
///
/// # Errors
/// The system's reason when there is no such folder.
pub fn open_below(root: &Path, below: &Path) -> io::Result<Folder> {
    if leads_down(below) {
        Folder::open(root)?.descend(below)
    } else {
        Folder::open(&root.join(below))
    }
}

/// Whether a path leads to what is below its start, whatever that is.
pub fn leads_down(path: &Path) -> bool {
    let mut parts = path.components();
    parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The folder that contains `path`, and its name there.
///
/// # Errors
/// `InvalidInput` when the path ends in no name; the system's reason when the folder cannot be
/// opened.
pub fn open_parent(path: &Path) -> io::Result<(Folder, &OsStr)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    Ok((Folder::open(parent.unwrap_or(Path::new(".")))?, name))
}

/// The error of a name that refers to something other than a regular file.
fn not_a_file() -> io::Error {
    let reason = "it is not a regular file, and no link is followed; put the file itself there";
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}

/// The error of a name that refers to something other than a folder.
fn not_a_folder() -> io::Error {
    let reason = "it is not a folder, and no link is followed";
    io::Error::new(io::ErrorKind::NotADirectory, reason)
}

/// The error of a file that contains more than `most` bytes.
pub fn too_large(most: u64) -> io::Error {
    let reason = format!("it is larger than {}", size(most));
    io::Error::new(io::ErrorKind::FileTooLarge, reason)
}

/// A number of bytes for people, such as `64 KiB`.
pub fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{} KiB", bytes >> 10)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn regular_files_are_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::write(place("file"), "가").unwrap();
        fs::create_dir(place("folder")).unwrap();
        symlink("file", place("link")).unwrap();
        symlink("/dev/zero", place("device")).unwrap();
        let status = std::process::Command::new("mkfifo")
            .arg(place("pipe"))
            .status();
        assert!(status.unwrap().success());
        assert_eq!(read_text_within(&place("file"), 3).unwrap(), "가");
        for name in ["folder", "link", "device", "pipe"] {
            let error = open(&place(name)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{name}: {error}");
        }
        let error = open(&place("absent")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let error = read_text_within(&place("file"), 2).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn folders_below_a_root_are_no_links_and_others_may_be() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        symlink(outside.path(), root.path().join("a/link")).unwrap();
        symlink(root.path(), outside.path().join("root")).unwrap();
        let opens = |below: &str| open_below(root.path(), Path::new(below)).is_ok();
        assert!(opens("a/b") && opens("./a") && opens(""));
        assert!(!opens("a/link") && !opens("a/link/root") && !opens("none"));
        let named = outside.path().join("root/a/link");
        assert!(opens(named.to_str().unwrap()));
    }

    #[test]
    fn folders_are_entered_by_their_names_and_not_by_links() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        symlink("a", root.path().join("link")).unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let inner = folder.folder("a".as_ref()).unwrap();
        assert_eq!(inner.kind("b".as_ref()).unwrap(), Some(Kind::Folder));
        assert!(folder.folder("link".as_ref()).is_err());
        assert!(folder.make_folder("link".as_ref()).is_err());
        assert!(folder.folder("..".as_ref()).is_err());
        assert_eq!(folder.kind("link".as_ref()).unwrap(), Some(Kind::Link));
        assert_eq!(folder.kind("none".as_ref()).unwrap(), None);
        let made = folder.make_folder("new".as_ref()).unwrap();
        assert_eq!(made.names().unwrap().len(), 0);
        let mut names = folder.names().unwrap();
        names.sort();
        assert_eq!(names, ["a", "link", "new"]);
    }

    #[test]
    fn names_of_gits_folder_are_known_however_they_are_written() {
        for name in [
            ".git",
            ".GIT",
            ".git.",
            ".git ",
            ".g\u{200c}it",
            "GIT~1",
            ".git::$DATA",
        ] {
            assert!(is_git(name.as_ref()), "{name}");
        }
        for name in ["git", ".gitignore", ".github", "git~2", "a.git", "가"] {
            assert!(!is_git(name.as_ref()), "{name}");
        }
    }

    // Other systems have no numbers of files, and copy no links.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    #[test]
    fn second_names_are_of_the_same_file_and_links_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        fs::write(root.path().join("a"), "1").unwrap();
        symlink("a", root.path().join("link")).unwrap();
        let stamp = |name: &str| folder.stamp(name.as_ref()).unwrap().unwrap();
        folder.link("a".as_ref(), &folder, "b".as_ref()).unwrap();
        assert!(stamp("a").is_same_file(&stamp("b")));
        assert!(!stamp("a").is_same_file(&stamp("link")));
        let inner = folder.new_folder("new".as_ref()).unwrap();
        assert!(folder.new_folder("new".as_ref()).is_err());
        assert!(folder.new_folder("link".as_ref()).is_err());
        for copy in [Folder::link, Folder::copy_link] {
            copy(&folder, "link".as_ref(), &inner, "twin".as_ref()).unwrap();
            let is_same = folder.is_same_link("link".as_ref(), &inner, "twin".as_ref());
            assert!(is_same.unwrap());
            inner.remove_file("twin".as_ref()).unwrap();
        }
        let mut entries = folder.entries().unwrap();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        let kinds: Vec<Kind> = entries.iter().map(|entry| entry.1).collect();
        assert_eq!(kinds, [Kind::File, Kind::File, Kind::Link, Kind::Folder]);
    }

    #[test]
    fn files_are_made_moved_and_removed_by_their_names() {
        use std::io::Write;
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        symlink("/dev/full", root.path().join("link")).unwrap();
        assert!(folder.create("link".as_ref(), 0o644).is_err());
        let mut file = folder.create("a".as_ref(), 0o600).unwrap();
        file.write_all(b"1").unwrap();
        assert!(folder.create("a".as_ref(), 0o600).is_err());
        folder
            .rename("a".as_ref(), &folder, "link".as_ref())
            .unwrap();
        assert_eq!(folder.read_within("link".as_ref(), 1).unwrap(), b"1");
        folder.sync().unwrap();
        folder.remove_file("link".as_ref()).unwrap();
        assert_eq!(folder.kind("link".as_ref()).unwrap(), None);
        folder.make_folder("b".as_ref()).unwrap();
        folder.remove_folder("b".as_ref()).unwrap();
    }
}
