//! Folders by their handles: each call names an open folder and one name in it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use rustix::fs::{
    AtFlags, CWD, Dir, FileType, Mode, OFlags, RenameFlags, Stat, fchmod, fstat, fsync, linkat,
    mkdirat, openat, readlinkat, renameat, renameat_with, statat, symlinkat, unlinkat,
};
use rustix::io::Errno;

use crate::disk::{Kind, Stamp, not_a_file, not_a_folder};

/// Opens a folder, and no link to one.
const ENTER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// An open folder.
#[derive(Debug)]
pub struct Folder(OwnedFd);

impl Folder {
    /// Opens the folder at `path`, through links where its names are some.
    ///
    /// # Errors
    /// The system's reason when it cannot be opened, or is no folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(openat(CWD, path, flags, Mode::empty())?))
    }

    /// Opens a folder in this one.
    ///
    /// # Errors
    /// `NotADirectory` when it is no folder, and a link is none; the system's reason otherwise.
    pub fn folder(&self, name: &OsStr) -> io::Result<Self> {
        match openat(&self.0, own(name)?, ENTER, Mode::empty()) {
            // Systems differ in what they answer to a link.
            Err(Errno::LOOP | Errno::MLINK | Errno::NOTDIR) => Err(not_a_folder()),
            opened => Ok(Self(opened?)),
        }
    }

    /// Makes a folder in this one and opens it.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name, a link too; the system's reason otherwise.
    pub fn new_folder(&self, name: &OsStr) -> io::Result<Self> {
        mkdirat(&self.0, own(name)?, Mode::from_raw_mode(0o777))?;
        self.folder(name)
    }

    /// Opens a folder in this one, which is made when there is nothing of that name.
    ///
    /// # Errors
    /// Those of [`Folder::folder`].
    pub fn make_folder(&self, name: &OsStr) -> io::Result<Self> {
        match mkdirat(&self.0, own(name)?, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => self.folder(name),
            Err(error) => Err(error.into()),
        }
    }

    /// What is under a name; `None` for nothing.
    ///
    /// # Errors
    /// The system's reason when that cannot be determined.
    pub fn kind(&self, name: &OsStr) -> io::Result<Option<Kind>> {
        match statat(&self.0, own(name)?, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(kind(FileType::from_raw_mode(found.st_mode)))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Identity of what is under a name; `None` for nothing.
    ///
    /// # Errors
    /// The system's reason when that cannot be determined.
    pub fn stamp(&self, name: &OsStr) -> io::Result<Option<Stamp>> {
        match statat(&self.0, own(name)?, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(stamp(&found))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a regular file for reading. Nothing waits for the other end of a pipe.
    ///
    /// # Errors
    /// `InvalidInput` when the name refers to something else; the system's reason otherwise.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        self.open_regular(name, OFlags::RDONLY)
    }

    /// Opens a regular file or a named pipe for reading, and waits until the pipe has a writer.
    ///
    /// # Errors
    /// `InvalidInput` when the name refers to something else; the system's reason otherwise.
    pub fn open_file_or_pipe(&self, name: &OsStr) -> io::Result<File> {
        let found = statat(&self.0, own(name)?, AtFlags::SYMLINK_NOFOLLOW)?;
        if FileType::from_raw_mode(found.st_mode) != FileType::Fifo {
            return self.open_file(name);
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let opened = openat(&self.0, own(name)?, flags, Mode::empty())?;
        match FileType::from_raw_mode(fstat(&opened)?.st_mode) {
            FileType::Fifo | FileType::RegularFile => Ok(File::from(opened)),
            _ => Err(not_a_file()),
        }
    }

    /// Opens a regular file that is there for writing, and leaves what it contains.
    ///
    /// # Errors
    /// `InvalidInput` when the name refers to something else; the system's reason otherwise, such
    /// as that the file may not be written.
    pub fn open_to_write(&self, name: &OsStr) -> io::Result<File> {
        self.open_regular(name, OFlags::WRONLY)
    }

    fn open_regular(&self, name: &OsStr, access: OFlags) -> io::Result<File> {
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = match openat(&self.0, own(name)?, flags, Mode::empty()) {
            // A link, a socket or a pipe without a reader, or a folder.
            Err(Errno::LOOP | Errno::NXIO | Errno::ISDIR) => return Err(not_a_file()),
            opened => opened?,
        };
        match kind(FileType::from_raw_mode(fstat(&opened)?.st_mode)) {
            Kind::File => Ok(File::from(opened)),
            _ => Err(not_a_file()),
        }
    }

    /// Opens a regular file for reading, and stamps it before a byte is read.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`].
    pub fn open_stamped(&self, name: &OsStr) -> io::Result<(File, Stamp)> {
        let file = self.open_file(name)?;
        let stamp = stamp(&fstat(&file)?);
        Ok((file, stamp))
    }

    /// Makes a file that is not there yet, for writing, with the permissions `mode` less what the
    /// system masks.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name, a link too; the system's reason otherwise.
    pub fn create(&self, name: &OsStr, mode: u32) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let flags = flags | OFlags::NOFOLLOW;
        // The type of a mode is narrower on some systems.
        let mode = Mode::from_bits_truncate(mode as _);
        Ok(File::from(openat(&self.0, own(name)?, flags, mode)?))
    }

    /// Gives what is under a name another one, in place of what has that name.
    ///
    /// # Errors
    /// The system's reason.
    pub fn rename(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.0, own(name)?, &target.0, own(new)?)?)
    }

    /// Gives what is under a name another one that nothing has yet.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name; the system's reason otherwise.
    pub fn rename_new(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        let (from, to) = (own(name)?, own(new)?);
        match renameat_with(&self.0, from, &target.0, to, RenameFlags::NOREPLACE) {
            // Not every file system can refuse on its own.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => match target.kind(new)? {
                None => self.rename(name, target, new),
                Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            },
            renamed => Ok(renamed?),
        }
    }

    /// Gives what is under a name a second one; a link gets it, and not what it leads to.
    ///
    /// # Errors
    /// `AlreadyExists` when something has the new name; the system's reason otherwise, such as
    /// that it knows no second names here.
    pub fn link(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        let (name, new) = (own(name)?, own(new)?);
        Ok(linkat(&self.0, name, &target.0, new, AtFlags::empty())?)
    }

    /// Makes a link that leads where another one does.
    ///
    /// # Errors
    /// The system's reason.
    pub fn copy_link(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        let leads_to = readlinkat(&self.0, own(name)?, Vec::new())?;
        Ok(symlinkat(leads_to, &target.0, own(new)?)?)
    }

    /// Whether two links lead to one place, in the same words.
    ///
    /// # Errors
    /// The system's reason when one of them cannot be read.
    pub fn is_same_link(&self, name: &OsStr, other: &Self, second: &OsStr) -> io::Result<bool> {
        let first = readlinkat(&self.0, own(name)?, Vec::new())?;
        Ok(first == readlinkat(&other.0, own(second)?, Vec::new())?)
    }

    /// Gives the folder the permissions of another one.
    ///
    /// # Errors
    /// The system's reason.
    pub fn copy_mode(&self, from: &Self) -> io::Result<()> {
        let mode = Mode::from_raw_mode(fstat(&from.0)?.st_mode);
        Ok(fchmod(&self.0, mode)?)
    }

    /// The folder as a file that can be locked; nothing is left behind in it.
    ///
    /// # Errors
    /// The system's reason.
    pub fn lockable(&self) -> io::Result<File> {
        Ok(File::from(self.0.try_clone()?))
    }

    /// Exchanges what two names refer to, in one step.
    ///
    /// # Errors
    /// The system's reason, such as that it cannot do so here.
    pub fn exchange(&self, name: &OsStr, target: &Self, other: &OsStr) -> io::Result<()> {
        let (name, other) = (own(name)?, own(other)?);
        let flags = RenameFlags::EXCHANGE;
        Ok(renameat_with(&self.0, name, &target.0, other, flags)?)
    }

    /// Removes a name that is not a folder; a link goes, and not what it leads to.
    ///
    /// # Errors
    /// The system's reason.
    pub fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, own(name)?, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// The system's reason, such as that it contains something.
    pub fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, own(name)?, AtFlags::REMOVEDIR)?)
    }

    /// Another handle of the same folder.
    ///
    /// # Errors
    /// The system's reason.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self(self.0.try_clone()?))
    }

    /// Every name in the folder, in no order.
    ///
    /// # Errors
    /// The system's reason when it cannot be read.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let entries = self.entries()?.into_iter();
        Ok(entries.map(|(name, _)| name).collect())
    }

    /// Every name in the folder with what it refers to, in no order.
    ///
    /// # Errors
    /// The system's reason when it cannot be read.
    pub fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut entries = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            let name = OsString::from_vec(name.to_vec());
            let kind = match entry.file_type() {
                // Not every file system reports it here; what is gone since is left out.
                FileType::Unknown => self.kind(&name)?,
                known => Some(kind(known)),
            };
            entries.extend(kind.map(|kind| (name, kind)));
        }
        Ok(entries)
    }

    /// Waits until the names in the folder are on the disk.
    ///
    /// # Errors
    /// The system's reason.
    pub fn sync(&self) -> io::Result<()> {
        match fsync(&self.0) {
            // Some file systems keep names without being asked, and know no such call.
            Err(Errno::INVAL) => Ok(()),
            synced => Ok(synced?),
        }
    }
}

/// The name itself when it is one of a folder's own.
fn own(name: &OsStr) -> io::Result<&OsStr> {
    let bytes = name.as_bytes();
    let is_own = !matches!(bytes, b"" | b"." | b"..") && !bytes.contains(&b'/');
    is_own
        .then_some(name)
        .ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

fn kind(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}

fn stamp(found: &Stat) -> Stamp {
    // The types of these fields differ between systems.
    #[expect(
        clippy::useless_conversion,
        clippy::unnecessary_cast,
        reason = "see above"
    )]
    Stamp {
        kind: kind(FileType::from_raw_mode(found.st_mode)),
        file: Some((found.st_dev as u64, found.st_ino)),
        size: u64::try_from(found.st_size).unwrap_or_default(),
        modified: (i64::from(found.st_mtime), found.st_mtime_nsec as i64),
    }
}
