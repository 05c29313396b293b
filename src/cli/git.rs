//! The history of a project's documents: which of them changed, and their earlier content.
//!
//! gix is named here and below only. It is used to find a commit by its name and to read objects: no program
//! is started, nothing is fetched, checked out or filtered, and no index is read. Of a repository's
//! configuration only its format counts; that of the user, the system and the environment is not
//! read, nor is any file that a configuration includes. The object stores that
//! `objects/info/alternates` names are read, as git does with clones that share one.

pub(super) mod dates;

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map};
use std::path::{Path, PathBuf};

use gix::bstr::ByteSlice;
use gix::objs::tree::EntryMode;
use gix::sec::Trust;
use gix::{ObjectId, Repository};

use crate::cli::project::Project;
use crate::cli::work_tree::{ENTRY, work_tree};
use crate::error::Error;
use crate::normal::composed;
use crate::source::{MAX_DOCUMENT_BYTES, Source, SourceSet, is_document, is_left_out};
use crate::strings::Strings;

/// Most files and folders of a revision that are looked at: a few objects can name each other so
/// that a tree has more files than any disk.
const MAX_ENTRIES: usize = 1 << 18;

/// Longest path in a revision, in bytes; no system has longer ones.
const MAX_PATH_BYTES: usize = 4096;

/// Largest sum of a revision's documents, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// The repository of a project, and the commit to compare with.
pub(super) struct History<'p> {
    repository: Repository,
    /// Where the work tree is.
    root: PathBuf,
    /// The tree of the content folder at that commit; `None` when there was none.
    tree: Option<ObjectId>,
    strings: &'p Strings,
}

/// An entry of a folder in a revision.
struct Entry {
    /// Name in NFC.
    name: String,
    mode: EntryMode,
    id: ObjectId,
}

impl<'p> History<'p> {
    /// Compares with the commit at which the current branch left `revision`. The repository is that
    /// of the project's folder; of the content folder only where there is no project.
    ///
    /// # Errors
    /// [`Error::Request`] when the folder is in no work tree, the revision is not known, or the clone
    /// lacks what is needed.
    pub fn since(project: &'p Project, revision: &str) -> Result<Self, Error> {
        let strings = &project.strings;
        let around = project.root.as_ref().unwrap_or(&project.folder);
        let Some(root) = work_tree(around) else {
            let path = around.display().to_string();
            let text = strings.cli("since_no_repository", &[("path", &path)]);
            return Err(Error::Request(text));
        };
        let repository = open(&root).map_err(|error| unreadable(strings, &root, &error))?;
        let mut history = Self {
            repository,
            root,
            tree: None,
            strings,
        };
        let base = history.base(revision)?;
        history.tree = history.content_tree(base, &project.folder)?;
        Ok(history)
    }

    /// Paths of the documents that differ from then or are new. Line ends do not count: a checkout
    /// may have others than the repository.
    ///
    /// # Errors
    /// Those of [`History::documents`].
    pub fn changed(&self, sources: &SourceSet) -> Result<BTreeSet<String>, Error> {
        let before: BTreeMap<String, ObjectId> = self.entries()?.into_iter().collect();
        let mut changed = BTreeSet::new();
        for source in &sources.documents {
            let is_same = match before.get(&source.path) {
                Some(id) => self.is_same(*id, &source.text)?,
                None => false,
            };
            if !is_same {
                changed.insert(source.path.clone());
            }
        }
        Ok(changed)
    }

    /// The documents as they were then, in path order. What would be a fault today is left out: a
    /// file that is too large or not UTF-8, a link, a submodule.
    ///
    /// # Errors
    /// [`Error::Request`] when the repository cannot be read, lacks an object, or is too large.
    pub fn documents(&self) -> Result<SourceSet, Error> {
        let mut set = SourceSet::default();
        let mut bytes = 0;
        for (path, id) in self.entries()? {
            let Some(text) = self.text(id)? else {
                continue;
            };
            bytes += text.len();
            if bytes > MAX_BYTES {
                return Err(self.refuse("since_too_large", &[]));
            }
            set.documents.push(Source { path, text });
        }
        Ok(set)
    }

    /// The commit at which `HEAD` and the revision parted.
    fn base(&self, revision: &str) -> Result<ObjectId, Error> {
        let head = self.repository.head();
        let head = head.and_then(|head| head.try_into_peeled_id());
        let Some(head) = head.map_err(|error| self.unreadable(&error))? else {
            return Err(self.refuse("since_unborn", &[]));
        };
        let named = self.repository.rev_parse_single(revision);
        let named = named.and_then(|id| id.object()?.peel_to_commit());
        let unknown = |_| self.refuse("since_unknown", &[("revision", revision)]);
        let named = named.map_err(unknown)?;
        let base = self.common(named.id, head.detach());
        let base = base.map_err(|error| self.unreadable(&error))?;
        base.ok_or_else(|| {
            let boundary = self.repository.shallow_commits();
            let is_shallow = boundary.is_ok_and(|boundary| boundary.is_some());
            let key = if is_shallow {
                "since_shallow"
            } else {
                "since_unrelated"
            };
            self.refuse(key, &[("revision", revision)])
        })
    }

    /// The youngest commit that two have in common, by what comes from what: where clocks were wrong
    /// the library lists ancestors of it too.
    fn common(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, gix::Error> {
        // Read from the commits themselves: a list of them that git keeps may be older than a
        // shallow clone.
        let mut graph = self.repository.revision_graph(None);
        let mut bases = |one, other| -> Result<Vec<ObjectId>, gix::Error> {
            let bases = self
                .repository
                .merge_bases_many_with_graph(one, &[other], &mut graph)?;
            Ok(bases.into_iter().map(gix::Id::detach).collect())
        };
        let found = bases(one, other)?;
        for base in &found {
            let mut is_ancestor = false;
            for younger in found.iter().filter(|younger| *younger != base) {
                is_ancestor |= bases(*base, *younger)?.contains(base);
            }
            if !is_ancestor {
                return Ok(Some(*base));
            }
        }
        Ok(None)
    }

    /// The tree of the content folder in a commit.
    fn content_tree(&self, commit: ObjectId, folder: &Path) -> Result<Option<ObjectId>, Error> {
        let shown = folder.display().to_string();
        let path = folder.canonicalize();
        let path = path.map_err(|error| Error::io("read", folder, error))?;
        let Ok(below) = path.strip_prefix(&self.root) else {
            return Err(self.refuse("since_outside", &[("folder", &shown)]));
        };
        let commit = self.object(commit)?.try_into_commit();
        let mut tree = commit
            .and_then(|commit| Ok(commit.tree_id()?.detach()))
            .map_err(|error| self.unreadable(&error))?;
        for part in below {
            let name = composed(&part.to_string_lossy()).into_owned();
            let found = self.folder(tree)?;
            match found.into_iter().find(|entry| entry.name == name) {
                Some(entry) if entry.mode.is_tree() => tree = entry.id,
                Some(entry) if entry.mode.is_commit() => {
                    return Err(self.refuse("since_submodule", &[("folder", &shown)]));
                }
                _ => return Ok(None),
            }
        }
        Ok(Some(tree))
    }

    /// Paths of the revision's documents below the content folder, in path order.
    fn entries(&self) -> Result<Vec<(String, ObjectId)>, Error> {
        let mut documents = Vec::new();
        let mut count = 0;
        // One tree can represent many folders, and is read once.
        let mut read: HashMap<ObjectId, Vec<Entry>> = HashMap::new();
        let mut folders = Vec::from_iter(self.tree.map(|tree| (String::new(), tree)));
        while let Some((above, tree)) = folders.pop() {
            let entries = match read.entry(tree) {
                hash_map::Entry::Occupied(known) => known.into_mut(),
                hash_map::Entry::Vacant(unread) => unread.insert(self.folder(tree)?),
            };
            for Entry { name, mode, id } in entries {
                count += 1;
                if count > MAX_ENTRIES {
                    return Err(self.refuse("since_too_large", &[]));
                }
                let path = format!("{above}{name}");
                if is_left_out(name) || path.len() > MAX_PATH_BYTES {
                    continue;
                }
                if mode.is_tree() {
                    folders.push((path + "/", *id));
                } else if mode.is_blob() && is_document(&path) {
                    documents.push((path, *id));
                }
            }
        }
        documents.sort();
        Ok(documents)
    }

    /// The content of a tree.
    fn folder(&self, tree: ObjectId) -> Result<Vec<Entry>, Error> {
        let tree = self.object(tree)?.try_into_tree();
        let tree = tree.map_err(|error| self.unreadable(&error))?;
        let tree = tree.decode().map_err(|error| self.unreadable(&error))?;
        let entries = tree.entries.iter().map(|entry| Entry {
            name: composed(&entry.filename.to_str_lossy()).into_owned(),
            mode: entry.mode,
            id: entry.oid.to_owned(),
        });
        Ok(entries.collect())
    }

    /// Whether a document is the same as it was then.
    fn is_same(&self, before: ObjectId, text: &str) -> Result<bool, Error> {
        let kind = gix::objs::Kind::Blob;
        let hash = self.repository.object_hash();
        let now = gix::objs::compute_hash(hash, kind, text.as_bytes());
        if now.map_err(|error| self.unreadable(&error))? == before {
            return Ok(true);
        }
        // A partial clone has what is checked out, so what it lacks is something else.
        if !self.repository.has_object(before) {
            return Ok(false);
        }
        let before = self.text(before)?;
        Ok(before.is_some_and(|before| unix_lines(&before) == unix_lines(text)))
    }

    /// The text of a blob; `None` when it is too large for a document or not UTF-8.
    fn text(&self, blob: ObjectId) -> Result<Option<String>, Error> {
        let header = self.repository.try_find_header(blob);
        let header = header.map_err(|error| self.unreadable(&error))?;
        if header.is_some_and(|header| header.size() > MAX_DOCUMENT_BYTES) {
            return Ok(None);
        }
        let bytes = self.object(blob)?.detach().data;
        Ok(String::from_utf8(bytes).ok())
    }

    fn object(&self, id: ObjectId) -> Result<gix::Object<'_>, Error> {
        let found = self.repository.try_find_object(id);
        let found = found.map_err(|error| self.unreadable(&error))?;
        let missing = || self.refuse("since_missing", &[("id", &id.to_string())]);
        found.ok_or_else(missing)
    }

    fn refuse(&self, key: &str, values: &[(&str, &str)]) -> Error {
        let path = self.root.display().to_string();
        let values: Vec<_> = values.iter().copied().chain([("path", &*path)]).collect();
        Error::Request(self.strings.cli(key, &values))
    }

    fn unreadable(&self, error: &gix::Error) -> Error {
        unreadable(self.strings, &self.root, error)
    }
}

/// Opens the repository of a work tree for reading objects and names of commits.
fn open(root: &Path) -> Result<Repository, gix::Error> {
    // With reduced trust no setting of the repository counts and no object may ask for much memory.
    let options = gix::open::Options::isolated()
        .with(Trust::Reduced)
        .open_path_as_is(true);
    gix::open_opts(root.join(ENTRY), options)
}

fn unreadable(strings: &Strings, root: &Path, error: &gix::Error) -> Error {
    let path = root.display().to_string();
    let values = [("path", path.as_str()), ("reason", &error.to_string())];
    Error::Request(strings.cli("since_unreadable", &values))
}

/// The text with every line end as in a repository.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
