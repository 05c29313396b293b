//! When documents were last changed: the commit that gave each the text it has at `HEAD`.
//!
//! The history is walked from `HEAD` back. A commit is asked about the documents that its children
//! have from it; those that a parent has in the same form are the parent's, and the rest were
//! changed by the commit. So a merge changes what it has from no parent, as in `git log -1 -- FILE`.

use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::path::Path;

use gix::ObjectId;

use crate::cli::git::{Entry, History, MAX_PATH_BYTES, open};
use crate::cli::work_tree::work_tree;
use crate::error::Error;
use crate::source::{LastChange, is_left_out};
use crate::strings::Strings;

/// Most commits that are looked at; what was changed before them has no date.
const MAX_COMMITS: usize = 1 << 16;

/// Most entries of folders that are compared.
const MAX_COMPARED: usize = 1 << 22;

/// When documents were last changed, as far as the history is there.
pub(in crate::cli) enum Dates {
    /// There is no repository, or no commit in it.
    None,
    /// The history is cut off, so that old documents would seem to be of the first commit.
    Shallow,
    /// The last changes by the documents' paths.
    Known(BTreeMap<String, LastChange>),
}

/// Reads when the documents in `folder` were last changed; `around` is the project's folder.
///
/// # Errors
/// [`Error::Request`] when the repository cannot be read or lacks an object.
pub(in crate::cli) fn dates(
    around: &Path,
    folder: &Path,
    strings: &Strings,
) -> Result<Dates, Error> {
    let Some(root) = work_tree(around) else {
        return Ok(Dates::None);
    };
    // What is only named like a repository has no history.
    let Ok(mut repository) = open(&root) else {
        return Ok(Dates::None);
    };
    repository.object_cache_size_if_unset(CACHE_BYTES);
    let mut history = History {
        repository,
        root,
        tree: None,
        strings,
    };
    let boundary = history.repository.shallow_commits();
    if boundary.is_ok_and(|boundary| boundary.is_some()) {
        return Ok(Dates::Shallow);
    }
    let head = history.repository.head();
    let head = head.and_then(|head| head.try_into_peeled_id());
    let Some(head) = head.map_err(|error| history.unreadable(&error))? else {
        return Ok(Dates::None);
    };
    let head = head.detach();
    history.tree = history.content_tree(head, folder)?;
    let documents = history.entries()?;
    let mut walk = Walk {
        history: &history,
        folder,
        compared: 0,
        queue: BinaryHeap::new(),
        asked: HashMap::new(),
    };
    walk.ask(head, documents.into_iter().map(|(path, _)| path).collect())?;
    walk.run().map(Dates::Known)
}

/// Bytes of objects that are kept: neighbouring commits share most of their folders.
const CACHE_BYTES: usize = 32 << 20;

/// The way back through the history.
struct Walk<'h> {
    history: &'h History<'h>,
    folder: &'h Path,
    /// Entries of folders that were compared.
    compared: usize,
    /// Commits to look at, the youngest first.
    queue: BinaryHeap<(i64, ObjectId)>,
    /// The documents that each of them is asked about.
    asked: HashMap<ObjectId, HashSet<String>>,
}

impl Walk<'_> {
    fn run(mut self) -> Result<BTreeMap<String, LastChange>, Error> {
        let mut found = BTreeMap::new();
        let mut commits = 0;
        while let Some((time, id)) = self.queue.pop() {
            // A commit that several children lead to is in the queue more than once.
            let Some(mut paths) = self.asked.remove(&id) else {
                continue;
            };
            commits += 1;
            if commits > MAX_COMMITS || self.compared > MAX_COMPARED {
                break;
            }
            let tree = self.history.content_tree(id, self.folder)?;
            let mut older = HashSet::new();
            for parent in self.parents(id)? {
                if paths.is_empty() {
                    break;
                }
                let before = self.history.content_tree(parent, self.folder)?;
                let mut changed = Vec::new();
                self.compare(tree, before, "", &mut changed)?;
                let known = changed.iter().filter(|(_, is_added)| !is_added);
                older.extend(known.map(|(path, _)| path.clone()));
                let own = changed.iter().filter_map(|(path, _)| paths.take(path));
                let own: HashSet<String> = own.collect();
                if !paths.is_empty() {
                    self.ask(parent, std::mem::replace(&mut paths, own))?;
                } else {
                    paths = own;
                }
            }
            found.extend(paths.into_iter().map(|path| {
                let is_added = !older.contains(&path);
                let seconds = time;
                (path, LastChange { seconds, is_added })
            }));
        }
        Ok(found)
    }

    /// Asks a commit about documents.
    fn ask(&mut self, commit: ObjectId, paths: HashSet<String>) -> Result<(), Error> {
        let read = self.history.object(commit)?.try_into_commit();
        let time = read.and_then(|commit| Ok(commit.time()?.seconds));
        let time = time.map_err(|error| self.history.unreadable(&error))?;
        self.queue.push((time, commit));
        match self.asked.get_mut(&commit) {
            Some(known) => known.extend(paths),
            None => {
                self.asked.insert(commit, paths);
            }
        }
        Ok(())
    }

    fn parents(&self, commit: ObjectId) -> Result<Vec<ObjectId>, Error> {
        let commit = self.history.object(commit)?.try_into_commit();
        let commit = commit.map_err(|error| self.history.unreadable(&error))?;
        Ok(commit.parent_ids().map(gix::Id::detach).collect())
    }

    /// Adds the paths of files in one folder that another one has not in the same form, each with
    /// whether it has none.
    fn compare(
        &mut self,
        tree: Option<ObjectId>,
        before: Option<ObjectId>,
        above: &str,
        changed: &mut Vec<(String, bool)>,
    ) -> Result<(), Error> {
        let Some(tree) = tree.filter(|tree| Some(*tree) != before) else {
            return Ok(());
        };
        let known = match before {
            Some(before) => self.history.folder(before)?,
            None => Vec::new(),
        };
        let known: HashMap<String, Entry> = known
            .into_iter()
            .map(|entry| (entry.name.clone(), entry))
            .collect();
        for Entry { name, mode, id } in self.history.folder(tree)? {
            self.compared += 1;
            let path = format!("{above}{name}");
            let old = known.get(&name).filter(|old| old.mode == mode);
            let is_same = old.is_some_and(|old| old.id == id);
            let is_skipped = is_left_out(&name) || path.len() > MAX_PATH_BYTES;
            if is_same || is_skipped || self.compared > MAX_COMPARED {
                continue;
            }
            if mode.is_tree() {
                let old = old.map(|old| old.id);
                self.compare(Some(id), old, &(path + "/"), changed)?;
            } else {
                changed.push((path, old.is_none()));
            }
        }
        Ok(())
    }
}
