//! The content of a project's files, compared by a hash: a file that was only touched has not
//! changed.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use rayon::iter::{ParallelBridge, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use crate::disk;
use crate::disk::below::read_in_pieces;
use crate::source::is_left_out;

/// The hash of every file below some folders.
pub struct Files {
    roots: Vec<PathBuf>,
    hashes: BTreeMap<PathBuf, u64>,
}

impl Files {
    /// Looks at every file of `roots`, which are folders or files and need not exist.
    pub fn of(roots: Vec<PathBuf>) -> Self {
        let hashes = roots.iter().flat_map(|root| hashes(root)).collect();
        Self { roots, hashes }
    }

    /// Files whose bytes are other ones than at the last look, or that are new or gone. Each of
    /// `paths` is a file or folder in which something may have happened.
    pub fn changed(&mut self, paths: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        let paths: Vec<&PathBuf> = paths.iter().filter(|path| self.concerns(path)).collect();
        for path in paths {
            let now: BTreeMap<PathBuf, u64> = hashes(path).collect();
            let before: Vec<PathBuf> = self.below(path).cloned().collect();
            changed.extend(before.into_iter().filter(|file| !now.contains_key(file)));
            for (file, hash) in now {
                if self.hashes.get(&file) != Some(&hash) {
                    self.hashes.insert(file.clone(), hash);
                    changed.insert(file);
                }
            }
        }
        for file in changed.iter().filter(|file| !file.exists()) {
            self.hashes.remove(file);
        }
        changed
    }

    /// Everything that is looked at.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// A number that changes with what the files below `folder` hold.
    pub fn hash(&self, folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> u64 {
        let mut hasher = DefaultHasher::new();
        let files = self.hashes.range(folder.to_path_buf()..);
        let files = files.take_while(|(file, _)| file.starts_with(folder));
        for (_, hash) in files.filter(|(file, _)| is_wanted(file)) {
            hasher.write_u64(*hash);
        }
        hasher.finish()
    }

    /// Whether a path is in a root and is not left out there.
    fn concerns(&self, path: &Path) -> bool {
        let parts = |root: &PathBuf| {
            let below = path.strip_prefix(root).ok()?;
            Some(
                below
                    .iter()
                    .all(|name| !is_left_out(&name.to_string_lossy())),
            )
        };
        self.roots.iter().filter_map(parts).any(|is_taken| is_taken)
    }

    fn below(&self, path: &Path) -> impl Iterator<Item = &PathBuf> {
        let files = self
            .hashes
            .range(path.to_path_buf()..)
            .map(|(file, _)| file);
        let path = path.to_path_buf();
        files.take_while(move |file| file.starts_with(&path))
    }
}

/// Every file at or below a path with its hash; none where there is nothing.
fn hashes(path: &Path) -> impl Iterator<Item = (PathBuf, u64)> {
    let is_taken =
        |entry: &DirEntry| entry.depth() == 0 || !is_left_out(&entry.file_name().to_string_lossy());
    let files = WalkDir::new(path)
        .into_iter()
        .filter_entry(is_taken)
        .flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let hashed = files.par_bridge().filter_map(|entry| {
        let hash = hash_of_file(entry.path()).ok()?;
        Some((entry.into_path(), hash))
    });
    hashed.collect::<Vec<_>>().into_iter()
}

fn hash_of_file(path: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    read_in_pieces(disk::open(path)?, |piece| hasher.write(piece))?;
    Ok(hasher.finish())
}

/// A hash that distinguishes what was and what is; it is not kept.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn changed(files: &mut Files, folder: &Path, paths: &[&str]) -> Vec<String> {
        let paths = paths.iter().map(|path| folder.join(path)).collect();
        let changed = files.changed(&paths).into_iter();
        changed
            .map(|path| path.strip_prefix(folder).unwrap().display().to_string())
            .collect()
    }

    #[test]
    fn files_change_by_what_they_hold() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("part")).unwrap();
        for path in ["a.md", "part/b.md", "part.md"] {
            fs::write(root.join(path), "a").unwrap();
        }
        let mut files = Files::of(vec![root.to_path_buf()]);
        fs::write(root.join("a.md"), "a").unwrap();
        assert!(
            changed(&mut files, root, &["a.md"]).is_empty(),
            "only touched"
        );
        fs::write(root.join("a.md"), "b").unwrap();
        fs::write(root.join(".a.md.swp"), "b").unwrap();
        fs::write(root.join("a.md~"), "b").unwrap();
        let paths = ["a.md", ".a.md.swp", "a.md~"];
        assert_eq!(changed(&mut files, root, &paths), ["a.md"]);
        fs::rename(root.join("part"), root.join("new")).unwrap();
        assert_eq!(
            changed(&mut files, root, &["part", "new"]),
            ["new/b.md", "part/b.md"]
        );
        assert!(changed(&mut files, root, &["part", "new"]).is_empty());
    }
}
