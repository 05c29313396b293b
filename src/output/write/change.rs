//! Makes a finished stage the output: by an exchange, or file by file where that cannot be.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::disk::{Folder, Stamp};
use crate::error::Error;
use crate::model::page_address::is_page;
use crate::output::write::clear::{Proof, clear};
use crate::output::write::fingerprint::Fingerprint;
use crate::output::write::foreign::{carry_over, foreign_file, others, twin};
use crate::output::write::manifest::{List, Origin, write_list};
use crate::output::write::stage::{Filled, Stage, StageLocation, name_inside};
use crate::output::write::swap::{Swap, swap};
use crate::output::write::tree::{holder, make_holder, stamp};

/// Files of ours that are not made any more, as they were when they were compared.
pub(super) type Gone = BTreeMap<String, (Stamp, Fingerprint)>;

/// A file that was made.
pub(super) struct Made {
    /// What it is now.
    pub print: Fingerprint,
    /// What was in its place.
    pub before: Before,
}

/// What was in the place of a file that was made.
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// The same bytes.
    Same(Stamp),
    /// Other bytes of ours.
    Other(Stamp, Fingerprint),
}

impl Made {
    /// Whether the output contains something else.
    pub(super) fn is_changed(&self) -> bool {
        !matches!(self.before, Before::Same(_))
    }
}

/// All that a change of the output is made of.
pub(super) struct Change<'w> {
    /// The output's path, for messages.
    pub output: &'w Path,
    /// The folder that contains it, and its name there.
    pub parent: &'w Arc<Folder>,
    /// Its name there.
    pub name: &'w OsStr,
    /// The output as it is; `None` where there is none.
    pub old: Option<&'w Arc<Folder>>,
    /// What is on its list.
    pub before: &'w List,
    /// Files that were made.
    pub made: &'w BTreeMap<String, Made>,
    /// Files of ours that are not made any more.
    pub gone: &'w Gone,
    /// What the site is made of.
    pub origin: &'w Origin,
}

impl<'w> Change<'w> {
    /// Puts the stage in the place of the output. Returns the folder that could not be cleared of
    /// what was there, if any.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Refused`] when that cannot be done.
    pub(super) fn carry_out(&self, stage: &Stage) -> Result<Option<PathBuf>, Error> {
        let filled = stage.begin()?;
        match self.put_in_place(&filled)? {
            Swap::Unable => self.replace_files(&filled).map(|()| None),
            Swap::Moved => {
                stage.release();
                Ok(None)
            }
            Swap::Exchanged => {
                stage.release();
                self.retire(&filled)
            }
        }
    }

    /// Fills the stage up with what stays as it is and makes it the output.
    fn put_in_place(&self, stage: &Filled) -> Result<Swap, Error> {
        let failed = |error| Error::io("keep", self.output, error);
        if stage.is_inside {
            return Ok(Swap::Unable);
        }
        if let Some(old) = self.old {
            let Some(others) = others(old, &self.compared()).map_err(failed)? else {
                return Ok(Swap::Unable);
            };
            self.keep_unchanged(stage, old)?;
            carry_over(&others, old, &stage.folder, self.output)?;
            stage.folder.copy_mode(old).map_err(failed)?;
        }
        self.write_list(&stage.folder)?;
        swap(stage, self.parent, self.name, self.old.is_some())
            .map_err(|error| Error::io("replace", self.output, error))
    }

    /// Files that were compared with the list, as they were then.
    fn compared(&self) -> BTreeMap<&'w str, Stamp> {
        let made = self
            .made
            .iter()
            .filter_map(|(path, made)| match made.before {
                Before::Nothing => None,
                Before::Same(stamp) | Before::Other(stamp, _) => Some((path.as_str(), stamp)),
            });
        let gone = self.gone.iter();
        let gone = gone.map(|(path, (stamp, _))| (path.as_str(), *stamp));
        made.chain(gone).collect()
    }

    fn write_list(&self, folder: &Folder) -> Result<(), Error> {
        let files = self.made.iter();
        let files = files.map(|(path, made)| (path.as_str(), made.print));
        write_list(folder, files, self.origin)
            .map_err(|error| Error::io("write", self.output, error))
    }

    /// Gives the stage the files that stay as they are, a folder at a time.
    fn keep_unchanged(&self, stage: &Filled, old: &Folder) -> Result<(), Error> {
        let kept = || self.made.iter().filter(|(_, made)| !made.is_changed());
        let files = kept().map(|(path, made)| (path.as_str(), made.print));
        let failed = |path: &Path, error| Error::io("keep", &self.output.join(path), error);
        let announced = stage.announce(files);
        announced.map_err(|error| failed(Path::new(""), error))?;
        let mut folders: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for (path, _) in kept() {
            let path = Path::new(path);
            let folder = path.parent().unwrap_or(Path::new(""));
            folders.entry(folder).or_default().push(path);
        }
        let folders: Vec<Vec<&Path>> = folders.into_values().collect();
        folders.par_iter().try_for_each(|paths| {
            let first = paths[0];
            let keep = || {
                let (new, _) = make_holder(&stage.folder, first)?;
                let (old, _) = holder(old, first)?;
                let names = paths.iter().filter_map(|path| path.file_name());
                names
                    .into_iter()
                    .try_for_each(|name| twin(&old, &new, name))
            };
            keep().map_err(|error: io::Error| failed(first, error))
        })
    }

    /// Clears what was the output, which has the stage's name now.
    fn retire(&self, stage: &Filled) -> Result<Option<PathBuf>, Error> {
        let Some(old) = self.old else {
            return Ok(None);
        };
        let proof = Proof {
            compared: self.compared(),
            twins: Some(&stage.folder),
            moves: true,
            ..Proof::of(self.before)
        };
        let cleared = clear(&stage.parent, &stage.name, old, &proof);
        let is_gone = cleared.map_err(|error| Error::io("remove", &stage.path, error))?;
        Ok((!is_gone).then(|| stage.path.clone()))
    }

    /// Replaces the changed files of the output one by one, each at once. What is new comes first
    /// and what is gone goes last, so that a page that is read meanwhile finds what it needs.
    fn replace_files(&self, stage: &Filled) -> Result<(), Error> {
        let failed = |error| Error::io("create", self.output, error);
        let made;
        let output = match self.old {
            Some(old) => old,
            None => {
                made = Arc::new(self.parent.make_folder(self.name).map_err(failed)?);
                &made
            }
        };
        self.list_all(output)?;
        let inside = StageLocation {
            folder: Arc::clone(output),
            path: self.output.to_path_buf(),
            name: name_inside(),
            is_output: true,
        };
        let inside = Stage::new(vec![inside], None);
        let mut changed: Vec<(&String, &Made)> = self
            .made
            .iter()
            .filter(|(_, made)| made.is_changed())
            .collect();
        changed.sort_by_key(|(path, made)| {
            let is_new = matches!(made.before, Before::Nothing);
            (!is_new, is_page(path))
        });
        for (path, made) in changed {
            self.is_as_compared(output, path, &made.before)?;
            replace(stage, &inside, output, path, made.print)
                .map_err(|error| Error::io("write", &self.output.join(path), error))?;
        }
        for (path, (stamp, print)) in self.gone {
            self.is_as_compared(output, path, &Before::Other(*stamp, *print))?;
            remove(output, path)
                .map_err(|error| Error::io("remove", &self.output.join(path), error))?;
        }
        self.write_list(output)
    }

    /// Lists all that the output contains at any time until its files are replaced, so that the
    /// next build knows them whenever this one ends.
    fn list_all(&self, output: &Folder) -> Result<(), Error> {
        let made = self.made.iter().flat_map(|(path, made)| {
            let before = match made.before {
                Before::Other(_, print) => Some(print),
                Before::Nothing | Before::Same(_) => None,
            };
            [Some(made.print), before]
                .into_iter()
                .flatten()
                .map(|print| (path.as_str(), print))
        });
        let gone = self
            .gone
            .iter()
            .map(|(path, (_, print))| (path.as_str(), *print));
        write_list(output, made.chain(gone), &Origin::default())
            .map_err(|error| Error::io("write", self.output, error))
    }

    /// Fails when something else is in the place of a file than when it was compared.
    fn is_as_compared(&self, output: &Folder, path: &str, before: &Before) -> Result<(), Error> {
        let expected = match before {
            Before::Nothing => None,
            Before::Same(stamp) | Before::Other(stamp, _) => Some(*stamp),
        };
        let file = self.output.join(path);
        match stamp(output, path) {
            Ok(found) if found == expected => Ok(()),
            Ok(_) => Err(foreign_file(&file)),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(foreign_file(&file)),
            Err(error) => Err(Error::io("read", &file, error)),
        }
    }
}

/// Moves a file from the stage into the output; across file systems it is first copied to a stage
/// in the output.
fn replace(
    stage: &Filled,
    inside: &Stage,
    output: &Folder,
    path: &str,
    print: Fingerprint,
) -> io::Result<()> {
    let (to, name) = make_holder(output, Path::new(path))?;
    let (from, _) = holder(&stage.folder, Path::new(path))?;
    match from.rename(name, &to, name) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let bytes = from.read_within(name, print.size)?;
            let inside = inside.begin().map_err(io::Error::other)?;
            inside
                .write(path, &bytes, print)
                .map_err(io::Error::other)?;
            let (from, _) = holder(&inside.folder, Path::new(path))?;
            from.rename(name, &to, name)
        }
        done => done,
    }
}

/// Removes a file and the folders that it leaves empty.
fn remove(output: &Folder, path: &str) -> io::Result<()> {
    let path = Path::new(path);
    let (folder, name) = holder(output, path)?;
    folder.remove_file(name)?;
    let folders = path.ancestors().skip(1);
    for folder in folders.take_while(|folder| !folder.as_os_str().is_empty()) {
        let (parent, name) = holder(output, folder)?;
        // A folder that still contains something is kept, and that is no failure.
        if parent.remove_folder(name).is_err() {
            break;
        }
    }
    Ok(())
}
