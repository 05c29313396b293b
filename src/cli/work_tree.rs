//! The git work tree that contains a folder, recognised by its entry `.git` and nothing else.
//!
//! Documents may come from a stranger, and a checkout can contain what looks like a repository but
//! for one name: git itself refuses to check out an entry called `.git`. So a folder with `HEAD`,
//! `objects` and `refs` is no repository here, and a link called `.git` is not followed.

use std::path::{Path, PathBuf};

/// Name of the folder that contains a repository, or of the file with its location.
pub(super) const ENTRY: &str = ".git";

/// The folder of the work tree around `folder`, without links; `None` outside of any.
pub(super) fn work_tree(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let root = folder
        .ancestors()
        .find(|above| above.join(ENTRY).symlink_metadata().is_ok())?;
    let entry = root.join(ENTRY).symlink_metadata().ok()?;
    (entry.is_dir() || entry.is_file()).then(|| root.to_path_buf())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn work_tree_has_an_entry_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let guides = root.join("a/guides");
        fs::create_dir_all(guides.join(".git")).unwrap();
        fs::create_dir_all(root.join("a/bare/objects")).unwrap();
        fs::create_dir_all(root.join("a/bare/refs")).unwrap();
        fs::write(root.join("a/bare/HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(root.join("a/.git"), "gitdir: elsewhere\n").unwrap();
        assert_eq!(work_tree(&guides), Some(guides.clone()));
        assert_eq!(work_tree(&root.join("a/bare")), Some(root.join("a")));
        assert_eq!(work_tree(&root.join("absent")), None);
    }

    #[cfg(unix)]
    #[test]
    fn link_is_no_entry_and_hides_what_is_above() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(root.join("a")).unwrap();
        std::os::unix::fs::symlink("../.git", root.join("a/.git")).unwrap();
        assert_eq!(work_tree(&root.join("a")), None);
    }
}
