//! A new folder in which a build is put together, beside the output or in it.
//!
//! It is always made here and never one that was found. Its list grows as it is filled: each file
//! is announced with its hash, is written under a name of its own in its folder, and gets its name
//! when it is whole. So whenever a build is killed, what it leaves can be distinguished from what
//! somebody else put there.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::Folder;
use crate::error::Error;
use crate::output::write::clear::{Proof, clear};
use crate::output::write::fingerprint::Fingerprint;
use crate::output::write::manifest::{Journal, Manifest, TRIES, random_digits};
use crate::output::write::tree::make_holder;

/// Start of the name of a stage in the output folder, and the end of one's beside it.
const STAGE: &str = ".tickbook-new";

/// Where a stage may be.
pub(super) struct StageLocation {
    /// The folder that contains it.
    pub folder: Arc<Folder>,
    /// The path of that folder, for messages.
    pub path: PathBuf,
    /// Its name, when nothing else has that.
    pub name: OsString,
    /// Whether that folder is the output itself.
    pub is_output: bool,
}

/// A folder that is made when the first file comes, and is cleared when it is dropped.
pub(super) struct Stage {
    places: Vec<StageLocation>,
    /// The output as it was, where there was one.
    old: Option<Arc<Folder>>,
    filled: Mutex<Option<Arc<Filled>>>,
}

/// A stage that was made.
pub(super) struct Filled {
    /// The stage.
    pub folder: Folder,
    /// The folder that contains it.
    pub parent: Arc<Folder>,
    /// Its name there.
    pub name: OsString,
    /// Its path, for messages.
    pub path: PathBuf,
    /// Whether it is in the output.
    pub is_inside: bool,
    journal: Mutex<Journal>,
}

impl Stage {
    /// A stage in the first of `places` that takes one; `old` is the output as it was.
    pub(super) fn new(places: Vec<StageLocation>, old: Option<Arc<Folder>>) -> Self {
        Self {
            places,
            old,
            filled: Mutex::default(),
        }
    }

    /// The folder, made in the first place that takes it.
    ///
    /// # Errors
    /// [`Error::Io`] when none does.
    pub(super) fn begin(&self) -> Result<Arc<Filled>, Error> {
        let mut filled = self.filled();
        if let Some(filled) = &*filled {
            return Ok(Arc::clone(filled));
        }
        let mut failure = None;
        for place in &self.places {
            match make(place) {
                Ok(made) => return Ok(Arc::clone(filled.insert(Arc::new(made)))),
                Err(error) => {
                    let path = place.path.join(&place.name);
                    failure = failure.or(Some(Error::io("create", &path, error)));
                }
            }
        }
        let none = || Error::io("create", Path::new(STAGE), io::ErrorKind::NotFound.into());
        Err(failure.unwrap_or_else(none))
    }

    /// Keeps what has the folder's name now from being cleared.
    pub(super) fn release(&self) {
        self.filled().take();
    }

    fn filled(&self) -> MutexGuard<'_, Option<Arc<Filled>>> {
        // Nothing panics while it holds the lock, so the content of a poisoned one is complete.
        self.filled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(filled) = self.filled().take() {
            // What cannot be removed now is removed by the next build.
            let _ = filled.clear(self.old.as_deref());
        }
    }
}

impl Filled {
    /// Writes a file.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written, or when the path leaves the stage.
    pub(super) fn write(&self, path: &str, bytes: &[u8], print: Fingerprint) -> Result<(), Error> {
        let written = self
            .announce(std::iter::once((path, print)))
            .and_then(|number| self.write_part(path, bytes, &print.part_name(number)));
        written.map_err(|error| Error::io("write", &self.path.join(path), error))
    }

    fn write_part(&self, path: &str, bytes: &[u8], part: &str) -> io::Result<()> {
        let (holder, name) = make_holder(&self.folder, Path::new(path))?;
        let part = OsStr::new(part);
        holder.create(part, 0o666)?.write_all(bytes)?;
        holder.rename(part, &holder, name)
    }

    /// Puts files on the list, and returns the number of the last one.
    ///
    /// # Errors
    /// `InvalidInput` when a path could leave the stage; the system's reason otherwise.
    pub(super) fn announce<'f>(
        &self,
        files: impl Iterator<Item = (&'f str, Fingerprint)>,
    ) -> io::Result<usize> {
        // Nothing panics while it holds the lock, so a poisoned one still contains whole lines.
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.announce(files)
    }

    fn clear(&self, old: Option<&Folder>) -> io::Result<bool> {
        let list = match Manifest::read(&self.folder)? {
            Manifest::Ours(list) | Manifest::Unfinished(list) => list,
            Manifest::Foreign => return Ok(false),
        };
        let proof = Proof {
            twins: old,
            ..Proof::of(&list)
        };
        clear(&self.parent, &self.name, &self.folder, &proof)
    }
}

/// Makes a new folder with a list in it; what has its name already is left alone.
fn make(place: &StageLocation) -> io::Result<Filled> {
    let (name, folder) = new_folder(place)?;
    let journal = Journal::start(&folder).inspect_err(|_| {
        // A folder that cannot be filled is of no use; if it stays, the next build removes it.
        let _ = place.folder.remove_folder(&name);
    })?;
    Ok(Filled {
        journal: Mutex::new(journal),
        folder,
        parent: Arc::clone(&place.folder),
        path: place.path.join(&name),
        name,
        is_inside: place.is_output,
    })
}

fn new_folder(place: &StageLocation) -> io::Result<(OsString, Folder)> {
    let mut name = place.name.clone();
    for _ in 0..TRIES {
        match place.folder.new_folder(&name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                name = place.name.clone();
                name.push(format!("-{}", random_digits()));
            }
            made => return made.map(|folder| (name, folder)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Name of a stage beside the output `name`.
pub(super) fn name_beside(name: &OsStr) -> OsString {
    let mut stage = OsString::from(".");
    stage.push(name);
    stage.push(STAGE);
    stage
}

/// Name of a stage in the output.
pub(super) fn name_inside() -> OsString {
    OsString::from(STAGE)
}

/// Whether a stage of the name `stage` may be called `name`: by that, or with digits after it.
pub(super) fn is_stage(name: &OsStr, stage: &OsStr) -> bool {
    let rest = name
        .as_encoded_bytes()
        .strip_prefix(stage.as_encoded_bytes());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"-"))
}
