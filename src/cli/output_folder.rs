//! Where a build may write.
//!
//! What is written replaces what stood there, so a folder that holds the documents, the project,
//! the working folder or the home folder is refused before anything is written.

use std::path::{Component, Path, PathBuf};

use crate::cli::project::Unread;
use crate::error::Error;

/// The folder to write to: the one that is named, or else the project's own.
///
/// # Errors
/// [`Error::Refused`] when writing there would harm what is not the site's.
pub(super) fn output_folder(named: Option<&Path>, project: &Unread) -> Result<PathBuf, Error> {
    let Unread {
        config, strings, ..
    } = project;
    let output = match (named, &project.root) {
        (Some(output), _) => output.to_path_buf(),
        (None, Some(root)) => root.join(&config.output),
        (None, None) => PathBuf::from(&config.output),
    };
    if output.as_os_str().is_empty() {
        return Err(Error::Refused(strings.cli("output_unnamed", &[])));
    }
    let shown = output.display().to_string();
    if !lies_apart(&output, &project.folder) {
        let content = project.folder.display().to_string();
        let named = [("output", shown.as_str()), ("content", &content)];
        return Err(Error::Refused(strings.cli("output_in_content", &named)));
    }
    let mut kept = kept_folders(project.root.as_deref()).into_iter();
    match kept.find(|kept| true_path(kept).starts_with(true_path(&output))) {
        Some(kept) => {
            let kept = kept.display().to_string();
            let named = [("output", shown.as_str()), ("kept", &kept)];
            Err(Error::Refused(strings.cli("output_holds", &named)))
        }
        None => Ok(output),
    }
}

/// Folders that no output may be or hold.
fn kept_folders(root: Option<&Path>) -> Vec<PathBuf> {
    let working = std::env::current_dir().ok();
    let root = root.map(Path::to_path_buf);
    let kept = [root, working, std::env::home_dir()].into_iter().flatten();
    kept.filter(|folder| !folder.as_os_str().is_empty())
        .collect()
}

/// Whether neither folder holds the other: what is written must not be read again, nor lie over
/// the documents.
fn lies_apart(output: &Path, content: &Path) -> bool {
    let (output, content) = (true_path(output), true_path(content));
    !output.starts_with(&content) && !content.starts_with(&output)
}

/// The path without links and dots; what does not exist yet is taken by its name.
fn true_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let known = path
        .ancestors()
        .find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let Some((ancestor, mut true_path)) = known else {
        return path;
    };
    for part in path
        .strip_prefix(ancestor)
        .iter()
        .flat_map(|rest| rest.components())
    {
        match part {
            Component::ParentDir => _ = true_path.pop(),
            other => true_path.push(other),
        }
    }
    true_path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_content_hold_neither_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("content")).unwrap();
        let check = |output: &str, expected| {
            let apart = lies_apart(&root.join(output), &root.join("content"));
            assert_eq!(apart, expected, "{output}");
        };
        check("dist", true);
        check("content-2", true);
        check("content", false);
        check("content/dist", false);
        check("dist/../content/new/dist", false);
        check(".", false);
    }
}
