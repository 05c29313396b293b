//! The list of written files, which marks a folder as ours and contains what each file was.
//!
//! ```text
//! # Files written by tickbook, with BLAKE3 and length; a build removes those it no longer makes.
//! # inputs 9f86d081884c7d65 40 13
//! 2c26b46b68ffc68ff99b453c1d304134 3 guide/index.html
//! ```
//!
//! A file may be on several lines while it is being replaced. A line
//! that is cut short, or whose path could leave the folder, is no line of the list.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::{self, Display, Write as _};
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read as _, Write as _};

use crate::disk::below::read_within;
use crate::disk::{Folder, Kind, Stamp, is_git, too_large};
use crate::output::write::fingerprint::{Fingerprint, digits_of_part};

/// Longest list that is read and written, in bytes: that of some 600,000 files.
pub const MAX_MANIFEST_BYTES: u64 = 64 << 20;

/// Name of the list in the output folder.
pub const MANIFEST: &str = ".tickbook-files";

/// First line of a whole list.
const MARK: &str = "# Files written by tickbook, with BLAKE3 and length; a build removes those it no longer makes.";

/// First line of a list with another kind of hash, which is not compared any more, as it was
/// written in November 2026.
const MARK_WITH_SHA_256: &str =
    "# Files written by tickbook, with hash and length; a build removes those it no longer makes.";

/// First line of a list that knows no hashes, as it was written until November 2026.
const MARK_WITHOUT_HASHES: &str =
    "# Files written by tickbook; a build removes those it no longer makes.";

/// What the line begins with that contains what the files were made of.
const INPUTS: &str = "# inputs ";

/// First line of the list of a folder that is being filled: each file is announced in it first.
const UNFINISHED: &str = "# Files that a build by tickbook announced, with BLAKE3 and length, before it came to its end.";

/// Start of the name of a list that is being written.
const NEW_MANIFEST: &str = ".tickbook-files.new";

/// Tries to find a name that nothing has yet.
pub(super) const TRIES: usize = 8;

/// Content of the list in a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Manifest {
    /// There is none, or it is not ours.
    Foreign,
    /// A build is filling the folder with these files, or was when it ended.
    Unfinished(List),
    /// These files are ours.
    Ours(List),
}

/// What a site was made of, and what can be reported of it without reading it again.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Hash of all that decided its files; empty when nothing is known of it.
    pub inputs: String,
    /// Number of checklists.
    pub checklists: usize,
    /// Number of checklists with a wrong value.
    pub wrong: usize,
}

impl Origin {
    /// Reads what [`Display`] writes; `None` for anything else.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let origin = Self {
            inputs: parts.next()?.to_string(),
            checklists: parts.next()?.parse().ok()?,
            wrong: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(origin)
    }
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.inputs, self.checklists, self.wrong)
    }
}

/// A list of files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// Paths below the folder, with `/`, and what each file may be; nothing where that is not
    /// known, as in a list of another version.
    pub files: BTreeMap<String, Vec<Fingerprint>>,
    /// What they were made of.
    pub origin: Origin,
    /// The list's own file; `None` for a list that is not on the disk.
    pub stamp: Option<Stamp>,
}

impl List {
    fn read<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut list = Self::default();
        for line in lines {
            if let Some(origin) = line.strip_prefix(INPUTS) {
                list.origin = Origin::read(origin).unwrap_or_default();
            } else if let Some((path, print)) = split(line) {
                list.add(path, Some(print));
            }
        }
        list
    }

    /// Files of which nothing but the name is known.
    fn of_names<'l>(paths: impl Iterator<Item = &'l str>) -> Self {
        let mut list = Self::default();
        for path in paths {
            list.add(path, None);
        }
        list
    }

    /// Adds what a file may be.
    pub(super) fn add(&mut self, path: &str, print: Option<Fingerprint>) {
        let known = self.files.entry(path.to_string()).or_default();
        known.extend(print);
    }

    /// The fingerprint of an open file, when it is on the list as `path`.
    ///
    /// # Errors
    /// The system's reason when it cannot be read.
    pub(super) fn holds(&self, path: &str, file: &File) -> io::Result<Option<Fingerprint>> {
        let size = file.metadata()?.len();
        let known = self.files.get(path).map_or(&[][..], Vec::as_slice);
        if known.iter().all(|known| known.size != size) {
            return Ok(None);
        }
        let print = Fingerprint::of_file(file)?;
        Ok(known.contains(&print).then_some(print))
    }

    /// Whether a file of this name and length in the folder `folder`, which ends in `/` or is
    /// empty, is the beginning of one that was announced.
    pub(super) fn announces(&self, folder: &str, name: &str, size: u64) -> bool {
        let Some(digits) = digits_of_part(name) else {
            return false;
        };
        let below = self.files.range(folder.to_string()..);
        let mut below = below.take_while(|(path, _)| path.starts_with(folder));
        below.any(|(path, prints)| {
            let is_in_it = !path[folder.len()..].contains('/');
            let is_print = |print: &Fingerprint| print.size >= size && print.digits() == digits;
            is_in_it && prints.iter().any(is_print)
        })
    }
}

/// Path and fingerprint of a line.
fn split(line: &str) -> Option<(&str, Fingerprint)> {
    let space = line.match_indices(' ').nth(1)?.0;
    let print = Fingerprint::read(&line[..space])?;
    let path = &line[space + 1..];
    is_ours_to_name(path).then_some((path, print))
}

impl Manifest {
    /// Reads the list of `folder`. What is no regular file, is no text or is longer than
    /// [`MAX_MANIFEST_BYTES`] is no list.
    ///
    /// # Errors
    /// The system's reason when a list is there and cannot be read.
    pub(super) fn read(folder: &Folder) -> io::Result<Self> {
        let opened = folder.open_stamped(OsStr::new(MANIFEST));
        let read =
            opened.and_then(|(file, stamp)| Ok((read_within(file, MAX_MANIFEST_BYTES)?, stamp)));
        let (bytes, stamp) = match read {
            Ok(read) => read,
            Err(error) if is_no_list(&error) => return Ok(Self::Foreign),
            Err(error) => return Err(error),
        };
        let text = String::from_utf8(bytes).unwrap_or_default();
        // What is after the last line end was cut short.
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let mut lines = whole.split('\n');
        let mark = lines.next();
        let mut list = match mark {
            Some(MARK | UNFINISHED) => List::read(lines),
            Some(MARK_WITH_SHA_256) => {
                List::of_names(lines.filter_map(split).map(|(path, _)| path))
            }
            Some(MARK_WITHOUT_HASHES) => List::of_names(lines.filter(|line| is_ours_to_name(line))),
            _ => return Ok(Self::Foreign),
        };
        list.stamp = Some(stamp);
        Ok(match mark {
            Some(UNFINISHED) => Self::Unfinished(list),
            _ => Self::Ours(list),
        })
    }
}

/// Whether nothing is in the place of a list, or something that cannot be one.
fn is_no_list(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge
    )
}

/// The list of a folder that is being filled.
pub(super) struct Journal {
    file: File,
    bytes: u64,
    lines: usize,
}

impl Journal {
    /// Starts the list of `folder`.
    ///
    /// # Errors
    /// The system's reason.
    pub(super) fn start(folder: &Folder) -> io::Result<Self> {
        let mark = format!("{UNFINISHED}\n");
        Ok(Self {
            file: put(folder, &mark)?,
            bytes: mark.len() as u64,
            lines: 0,
        })
    }

    /// Announces files, and returns the number of the last one.
    ///
    /// # Errors
    /// `InvalidInput` when a path could leave the folder or a line, `FileTooLarge` when the list
    /// would be too long to be read; the system's reason otherwise.
    pub(super) fn announce<'f>(
        &mut self,
        files: impl Iterator<Item = (&'f str, Fingerprint)>,
    ) -> io::Result<usize> {
        let mut text = String::new();
        for (path, print) in files {
            push_line(&mut text, path, print)?;
            self.lines += 1;
        }
        self.bytes += text.len() as u64;
        within_limit(self.bytes)?;
        self.file.write_all(text.as_bytes())?;
        Ok(self.lines)
    }
}

/// Puts the list of `files` into `folder`, whole or not at all, with what they were made of.
///
/// # Errors
/// `InvalidInput` when a path could leave the folder or a line, `FileTooLarge` when the list would be
/// too long to be read; the system's reason otherwise.
pub(super) fn write_list<'f>(
    folder: &Folder,
    files: impl Iterator<Item = (&'f str, Fingerprint)>,
    origin: &Origin,
) -> io::Result<()> {
    let mut list = format!("{MARK}\n{INPUTS}{origin}\n");
    for (path, print) in files {
        push_line(&mut list, path, print)?;
    }
    within_limit(list.len() as u64)?;
    put(folder, &list).map(drop)
}

/// Fails for a list that the next build would not read.
fn within_limit(bytes: u64) -> io::Result<()> {
    match bytes > MAX_MANIFEST_BYTES {
        true => Err(too_large(MAX_MANIFEST_BYTES)),
        false => Ok(()),
    }
}

fn push_line(list: &mut String, path: &str, print: Fingerprint) -> io::Result<()> {
    if !is_ours_to_name(path) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // A string takes all that is written to it.
    let _ = writeln!(list, "{print} {path}");
    Ok(())
}

/// Writes a new file and gives it the list's name.
fn put(folder: &Folder, text: &str) -> io::Result<File> {
    let (name, mut file) = new_list(folder)?;
    let list = OsStr::new(MANIFEST);
    let written = file.write_all(text.as_bytes());
    let written = written.and_then(|()| folder.rename(name.as_ref(), folder, list));
    if written.is_err() {
        // What cannot be removed now is known by its name to the next build.
        let _ = folder.remove_file(name.as_ref());
    }
    written.map(|()| file)
}

fn new_list(folder: &Folder) -> io::Result<(String, File)> {
    let mut name = NEW_MANIFEST.to_string();
    for _ in 0..TRIES {
        match folder.create(name.as_ref(), 0o666) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                name = format!("{NEW_MANIFEST}-{}", random_digits());
            }
            made => return made.map(|file| (name, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Digits that nobody can know beforehand.
pub(super) fn random_digits() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// Whether a name at the top of a folder is the list's own, whole or half written.
pub(super) fn is_list(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name == MANIFEST.as_bytes() || name.starts_with(NEW_MANIFEST.as_bytes())
}

/// Whether a name at the top of a folder means a list that was left half written: it has the
/// name of one, and begins as one does.
///
/// # Errors
/// The system's reason when it cannot be read.
pub(super) fn is_new_list(folder: &Folder, name: &OsStr) -> io::Result<bool> {
    let is_named = name.as_encoded_bytes().starts_with(NEW_MANIFEST.as_bytes());
    if !is_named || folder.kind(name)? != Some(Kind::File) {
        return Ok(false);
    }
    let longest = [MARK, UNFINISHED, MARK_WITHOUT_HASHES].map(str::len);
    let longest = longest.into_iter().max().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut head = folder.open_file(name)?.take(longest as u64);
    head.read_to_end(&mut bytes)?;
    let begins = |mark: &str| {
        let mark = mark.as_bytes();
        bytes.starts_with(mark) || mark.starts_with(&bytes)
    };
    Ok([MARK, UNFINISHED, MARK_WITH_SHA_256, MARK_WITHOUT_HASHES]
        .into_iter()
        .any(begins))
}

/// Whether a path may be a file of ours: it stays below the folder it is joined to, is on one
/// line, and names nothing of git's.
pub(super) fn is_ours_to_name(path: &str) -> bool {
    let is_part = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains('\\') && !is_git(OsStr::new(part))
    };
    let is_line_end = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    !path.contains(is_line_end) && path.split('/').all(is_part) && !is_list(OsStr::new(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> Option<Manifest> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(MANIFEST), text).unwrap();
        Manifest::read(&Folder::open(folder.path()).unwrap()).ok()
    }

    #[test]
    fn list_is_read_as_it_was_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let origin = Origin {
            inputs: "0123456789abcdef".into(),
            checklists: 40,
            wrong: 13,
        };
        let (a, c) = (Fingerprint::of(b"a"), Fingerprint::of(b"c"));
        let files = [("a b.html", a), ("b/c.html", a), ("b/c.html", c)];
        write_list(&folder, files.into_iter(), &origin).unwrap();
        let Manifest::Ours(list) = Manifest::read(&folder).unwrap() else {
            panic!("it is ours");
        };
        assert_eq!(list.origin, origin);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        let holds = |path: &str, text: &str| {
            fs::write(root.path().join("file"), text).unwrap();
            let file = folder.open_file(OsStr::new("file")).unwrap();
            list.holds(path, &file).unwrap()
        };
        assert_eq!(holds("a b.html", "a"), Some(a));
        assert_eq!(holds("a b.html", "c"), None);
        assert_eq!(holds("b/c.html", "c"), Some(c));
        assert_eq!(holds("c.html", "c"), None);
    }

    #[test]
    fn list_that_could_not_be_read_again_is_not_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let print = Fingerprint::of(b"a");
        let path = "a".repeat(usize::try_from(MAX_MANIFEST_BYTES).unwrap());
        let files = [(path.as_str(), print)].into_iter();
        let error = write_list(&folder, files.clone(), &Origin::default()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
        let mut journal = Journal::start(&folder).unwrap();
        let error = journal.announce(files).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn lines_that_are_cut_short_or_lead_away_are_none() {
        let print = Fingerprint::of(b"a");
        let kept = |path: &str| {
            let Some(Manifest::Ours(list)) = read(&format!("{MARK}\n{print} {path}\n")) else {
                panic!("it is ours");
            };
            list.files.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(kept("a/b.html"), ["a/b.html"]);
        for path in [
            "",
            "/a",
            "../a",
            "a/../b",
            "a//b",
            ".git/HEAD",
            "a/.GIT/HEAD",
            "git~1/a",
            "a\\b",
            "a\rb",
            "a\u{85}b",
            "a\u{2028}b",
            MANIFEST,
        ] {
            assert_eq!(kept(path), Vec::<String>::new(), "{path}");
        }
        let Some(Manifest::Ours(list)) = read(&format!("{MARK}\n{print} a\n{print} b")) else {
            panic!("it is ours");
        };
        assert_eq!(list.files.len(), 1, "the last line has no end");
    }

    #[test]
    fn list_of_another_version_holds_names_and_no_hashes() {
        let print = Fingerprint::of(b"a");
        for (mark, line) in [
            (MARK_WITHOUT_HASHES, "a.html".to_string()),
            (MARK_WITH_SHA_256, format!("{print} a.html")),
        ] {
            let text = format!("{mark}\n# inputs 0123456789abcdef 1 2\n{line}\n");
            let Some(Manifest::Ours(list)) = read(&text) else {
                panic!("it is ours");
            };
            assert_eq!(list.origin, Origin::default());
            assert_eq!(list.files["a.html"], []);
        }
        assert_eq!(read("# Files of somebody else.\n"), Some(Manifest::Foreign));
    }

    #[test]
    fn names_that_would_be_lines_of_their_own_are_not_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let print = Fingerprint::of(b"a");
        for path in ["a\nCNAME", "a\u{2028}b", ".git/HEAD", "../a", "/a", ""] {
            let files = [(path, print)].into_iter();
            assert!(
                write_list(&folder, files.clone(), &Origin::default()).is_err(),
                "{path}"
            );
            let mut journal = Journal::start(&folder).unwrap();
            assert!(journal.announce(files).is_err(), "{path}");
        }
    }

    #[test]
    fn half_written_file_is_known_by_its_name_and_length() {
        let mut list = List::default();
        let print = Fingerprint::of(b"abc");
        list.add("a/b.html", Some(print));
        let name = print.part_name(7);
        assert!(list.announces("a/", &name, 2));
        assert!(!list.announces("a/", &name, 4));
        assert!(!list.announces("", &name, 2));
        assert!(!list.announces("a/", &Fingerprint::of(b"x").part_name(7), 1));
        assert!(!list.announces("a/", "b.html", 3));
    }
}
