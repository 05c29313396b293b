//! Folders by their handles: each call names an open folder and one name in it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use rustix::fs::{
    AtFlags, CWD, Dir, FileType, Mode, OFlags, RenameFlags, fstat, fsync, mkdirat, openat,
    renameat, renameat_with, statat, unlinkat,
};
use rustix::io::Errno;

use crate::disk::{Kind, not_a_file};

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
    /// The system's reason when it cannot be opened, or is no folder; a link is none.
    pub fn folder(&self, name: &OsStr) -> io::Result<Self> {
        Ok(Self(openat(&self.0, own(name)?, ENTER, Mode::empty())?))
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

    /// What stands under a name; `None` for nothing.
    ///
    /// # Errors
    /// The system's reason when that cannot be told.
    pub fn kind(&self, name: &OsStr) -> io::Result<Option<Kind>> {
        match statat(&self.0, own(name)?, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(kind(FileType::from_raw_mode(found.st_mode)))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a regular file for reading. Nothing waits for the other end of a pipe.
    ///
    /// # Errors
    /// `InvalidInput` when the name stands for something else; the system's reason otherwise.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = match openat(&self.0, own(name)?, flags, Mode::empty()) {
            // A link, or a socket.
            Err(Errno::LOOP | Errno::NXIO) => return Err(not_a_file()),
            opened => opened?,
        };
        match kind(FileType::from_raw_mode(fstat(&opened)?.st_mode)) {
            Kind::File => Ok(File::from(opened)),
            _ => Err(not_a_file()),
        }
    }

    /// Bytes of a regular file.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`].
    pub fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open_file(name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
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

    /// Gives what stands under a name another one, in place of what has that name.
    ///
    /// # Errors
    /// The system's reason.
    pub fn rename(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.0, own(name)?, &target.0, own(new)?)?)
    }

    /// Exchanges what two names stand for, in one step.
    ///
    /// # Errors
    /// The system's reason, such as that it cannot do so here.
    pub fn exchange(&self, name: &OsStr, target: &Self, other: &OsStr) -> io::Result<()> {
        let (name, other) = (own(name)?, own(other)?);
        let flags = RenameFlags::EXCHANGE;
        Ok(renameat_with(&self.0, name, &target.0, other, flags)?)
    }

    /// Removes a name that stands for no folder; a link goes, and not what it leads to.
    ///
    /// # Errors
    /// The system's reason.
    pub fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, own(name)?, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// The system's reason, such as that it holds something.
    pub fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, own(name)?, AtFlags::REMOVEDIR)?)
    }

    /// Every name in the folder, in no order.
    ///
    /// # Errors
    /// The system's reason when it cannot be read.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = entry?.file_name().to_bytes().to_vec();
            if name != b"." && name != b".." {
                names.push(OsString::from_vec(name));
            }
        }
        Ok(names)
    }

    /// Waits until the names in the folder are on the disk.
    ///
    /// # Errors
    /// The system's reason.
    pub fn sync(&self) -> io::Result<()> {
        Ok(fsync(&self.0)?)
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
