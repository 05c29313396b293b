//! Where a build may write.
//!
//! A build replaces the folder's content, so a folder that contains the documents, the project,
//! the working folder or the home folder is refused before anything is written. So is one that is
//! a link, or is reached through one inside the project or the working folder: whoever sent in the
//! link would choose what is written to. Links further up belong to the machine and are followed.

use std::path::{Component, Path, PathBuf};

use crate::cli::project::Unread;
use crate::disk::is_git;
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
    let Some((key, name, path)) = refusal(&output, project) else {
        return Ok(output);
    };
    let (shown, path) = (output.display().to_string(), path.display().to_string());
    let named = [("output", shown.as_str()), (name, &path)];
    Err(Error::Refused(strings.cli(key, &named)))
}

/// Why nothing may be written to `output`: the key of the message, and name and value of what the
/// output is in conflict with.
fn refusal(output: &Path, project: &Unread) -> Option<(&'static str, &'static str, PathBuf)> {
    let root = project.root.as_deref();
    if output.as_os_str().is_empty() {
        return Some(("output_unnamed", "", PathBuf::new()));
    }
    if let Some(link) = link_on_the_way(output, root) {
        return Some(("output_link", "link", link));
    }
    if !lies_apart(output, &project.folder) {
        return Some(("output_in_content", "content", project.folder.clone()));
    }
    let output = true_path(output);
    if output.iter().any(is_git) {
        return Some(("output_in_git", "", PathBuf::new()));
    }
    let mut kept = kept_folders(root).into_iter();
    let kept = kept.find(|kept| true_path(kept).starts_with(&output))?;
    Some(("output_holds", "kept", kept))
}

/// The first link on the way from the project to the output, or from the working folder where the
/// output is not the project's; the output itself must be none wherever it is.
fn link_on_the_way(output: &Path, root: Option<&Path>) -> Option<PathBuf> {
    let output = std::path::absolute(output).ok()?;
    let root = root.and_then(|root| std::path::absolute(root).ok());
    let root = root.filter(|root| output.starts_with(root));
    let start = root.or_else(|| std::env::current_dir().ok());
    let is_within = |path: &Path| {
        let start = start.as_deref();
        start.is_some_and(|start| path != start && path.starts_with(start))
    };
    let ways: Vec<&Path> = output.ancestors().collect();
    let mut ways = ways.into_iter().rev();
    let link = ways.find(|path| path.is_symlink() && (*path == output || is_within(path)));
    link.map(Path::to_path_buf)
}

/// Folders that no output may be or contain.
fn kept_folders(root: Option<&Path>) -> Vec<PathBuf> {
    let working = std::env::current_dir().ok();
    let root = root.map(Path::to_path_buf);
    let kept = [root, working, std::env::home_dir()].into_iter().flatten();
    kept.filter(|folder| !folder.as_os_str().is_empty())
        .collect()
}

/// Whether neither folder contains the other: output must not be read again, nor replace
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
