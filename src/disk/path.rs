//! Folders by their paths, for systems without calls on open folders: what a name refers to is
//! looked at before it is used.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileType, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::disk::{Kind, Stamp, not_a_file, not_a_folder};

/// The file that is locked in the place of its folder.
const LOCK: &str = ".tickbook-lock";

/// A folder.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Opens the folder at `path`, through links where its names are some.
    ///
    /// # Errors
    /// The system's reason when it cannot be opened, or is no folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        if path.is_dir() {
            Ok(Self(path))
        } else {
            Err(io::ErrorKind::NotADirectory.into())
        }
    }

    /// Opens a folder in this one.
    ///
    /// # Errors
    /// `NotADirectory` when it is no folder; a link is none.
    pub fn folder(&self, name: &OsStr) -> io::Result<Self> {
        match self.kind(name)? {
            Some(Kind::Folder) => Ok(Self(self.own(name)?)),
            Some(_) => Err(not_a_folder()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Makes a folder in this one and opens it.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name, a link too; the system's reason otherwise.
    pub fn new_folder(&self, name: &OsStr) -> io::Result<Self> {
        fs::create_dir(self.own(name)?)?;
        self.folder(name)
    }

    /// Opens a folder in this one, which is made when there is nothing of that name.
    ///
    /// # Errors
    /// Those of [`Folder::folder`].
    pub fn make_folder(&self, name: &OsStr) -> io::Result<Self> {
        match fs::create_dir(self.own(name)?) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => self.folder(name),
        }
    }

    /// What is under a name; `None` for nothing.
    ///
    /// # Errors
    /// The system's reason when that cannot be determined.
    pub fn kind(&self, name: &OsStr) -> io::Result<Option<Kind>> {
        match self.own(name)?.symlink_metadata() {
            Ok(found) => Ok(Some(kind(found.file_type()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Identity of what is under a name; `None` for nothing.
    ///
    /// # Errors
    /// The system's reason when that cannot be determined.
    pub fn stamp(&self, name: &OsStr) -> io::Result<Option<Stamp>> {
        match self.own(name)?.symlink_metadata() {
            Ok(found) => Ok(Some(stamp(&found)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Opens a regular file for reading.
    ///
    /// # Errors
    /// `InvalidInput` when the name refers to something else; the system's reason otherwise.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        match self.kind(name)? {
            Some(Kind::File) => File::open(self.own(name)?),
            Some(_) => Err(not_a_file()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Opens a regular file for reading; these systems name their pipes elsewhere.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`].
    pub fn open_file_or_pipe(&self, name: &OsStr) -> io::Result<File> {
        self.open_file(name)
    }

    /// Opens a regular file for reading, and stamps it before a byte is read.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`].
    pub fn open_stamped(&self, name: &OsStr) -> io::Result<(File, Stamp)> {
        let file = self.open_file(name)?;
        let stamp = stamp(&file.metadata()?)?;
        Ok((file, stamp))
    }

    /// Opens a regular file that is there for writing, and leaves what it contains.
    ///
    /// # Errors
    /// Those of [`Folder::open_file`].
    pub fn open_to_write(&self, name: &OsStr) -> io::Result<File> {
        match self.kind(name)? {
            Some(Kind::File) => OpenOptions::new().write(true).open(self.own(name)?),
            Some(_) => Err(not_a_file()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Makes a file that is not there yet, for writing, with the permissions `mode` less what the
    /// system masks, where it has such permissions.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name, a link too; the system's reason otherwise.
    pub fn create(&self, name: &OsStr, mode: u32) -> io::Result<File> {
        let mut options = OpenOptions::new();
        set_mode(&mut options, mode);
        options.write(true).create_new(true).open(self.own(name)?)
    }

    /// Gives what is under a name another one, in place of what has that name.
    ///
    /// # Errors
    /// The system's reason.
    pub fn rename(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        fs::rename(self.own(name)?, target.own(new)?)
    }

    /// Gives what is under a name another one that nothing has yet.
    ///
    /// # Errors
    /// `AlreadyExists` when something has that name; the system's reason otherwise.
    pub fn rename_new(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        match target.kind(new)? {
            None => self.rename(name, target, new),
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Gives a file a second name.
    ///
    /// # Errors
    /// `AlreadyExists` when something has the new name; the system's reason otherwise, such as
    /// that it knows no second names here.
    pub fn link(&self, name: &OsStr, target: &Self, new: &OsStr) -> io::Result<()> {
        fs::hard_link(self.own(name)?, target.own(new)?)
    }

    /// Makes no link.
    ///
    /// # Errors
    /// `Unsupported` always.
    pub fn copy_link(&self, _name: &OsStr, _target: &Self, _new: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Whether two links lead to one place, in the same words.
    ///
    /// # Errors
    /// The system's reason when one of them cannot be read.
    pub fn is_same_link(&self, name: &OsStr, other: &Self, second: &OsStr) -> io::Result<bool> {
        Ok(fs::read_link(self.own(name)?)? == fs::read_link(other.own(second)?)?)
    }

    /// Gives the folder the permissions of another one.
    ///
    /// # Errors
    /// The system's reason.
    pub fn copy_mode(&self, from: &Self) -> io::Result<()> {
        fs::set_permissions(&self.0, fs::metadata(&from.0)?.permissions())
    }

    /// A file that can be locked: one in the folder, which cannot be opened as a file here.
    ///
    /// # Errors
    /// `InvalidInput` when what has its name is no regular file; the system's reason otherwise.
    pub fn lockable(&self) -> io::Result<File> {
        match self.create(OsStr::new(LOCK), 0o666) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.open_file(OsStr::new(LOCK))
            }
            made => made,
        }
    }

    /// Exchanges what two names refer to, in one step.
    ///
    /// # Errors
    /// `Unsupported` always.
    pub fn exchange(&self, _name: &OsStr, _target: &Self, _other: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Removes a name that is not a folder; a link goes, and not what it leads to.
    ///
    /// # Errors
    /// The system's reason.
    pub fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.own(name)?)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// The system's reason, such as that it contains something.
    pub fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.own(name)?)
    }

    /// Another handle of the same folder.
    ///
    /// # Errors
    /// None.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self(self.0.clone()))
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
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), kind(entry.file_type()?)))
        };
        fs::read_dir(&self.0)?.map(entry).collect()
    }

    /// Does nothing: names reach the disk when the system wants.
    ///
    /// # Errors
    /// None.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// The path of one of the folder's own names.
    fn own(&self, name: &OsStr) -> io::Result<PathBuf> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(_)), None) => Ok(self.0.join(name)),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

#[cfg(unix)]
fn set_mode(options: &mut OpenOptions, mode: u32) {
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
}

#[cfg(not(unix))]
fn set_mode(_options: &mut OpenOptions, _mode: u32) {}

fn kind(kind: FileType) -> Kind {
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

fn stamp(found: &fs::Metadata) -> io::Result<Stamp> {
    let modified = found.modified()?.duration_since(UNIX_EPOCH);
    let modified = modified.unwrap_or_default();
    let seconds = i64::try_from(modified.as_secs()).unwrap_or_default();
    Ok(Stamp {
        kind: kind(found.file_type()),
        file: None,
        size: found.len(),
        modified: (seconds, i64::from(modified.subsec_nanos())),
    })
}
