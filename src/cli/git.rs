//! What git knows of the content folder: which files changed, and what they said before.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::source::{Source, SourceSet, is_document};

/// A content folder in a git work tree, and the commit to compare with.
#[derive(Debug)]
pub(super) struct History<'a> {
    folder: &'a Path,
    base: String,
}

impl<'a> History<'a> {
    /// Compares with the commit at which the current branch left `revision`.
    ///
    /// # Errors
    /// [`Error::Request`] with git's own words when the folder is in no work tree, the revision is
    /// not known, or the clone is too shallow to hold the commit.
    pub fn since(folder: &'a Path, revision: &str) -> Result<Self, Error> {
        let arguments = ["merge-base", "--end-of-options", revision, "HEAD"];
        let base = git(folder, arguments, &[])?;
        Ok(Self {
            folder,
            base: String::from_utf8_lossy(&base).trim().to_string(),
        })
    }

    /// Paths below the folder that differ from then, in NFC; deleted files are not among them.
    pub fn changed(&self) -> Result<Vec<String>, Error> {
        let arguments = [
            "diff",
            "--name-only",
            "--relative",
            "--diff-filter=d",
            "-z",
            &self.base,
            "--",
            ".",
        ];
        let mut paths = split(&git(self.folder, arguments, &[])?);
        let arguments = [
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            ".",
        ];
        paths.extend(split(&git(self.folder, arguments, &[])?));
        Ok(paths)
    }

    /// The documents as they were then, in path order. Files that are not UTF-8 are left out.
    pub fn documents(&self) -> Result<SourceSet, Error> {
        let listing = git(
            self.folder,
            ["ls-tree", "-r", "-z", &self.base, "--", "."],
            &[],
        )?;
        let mut files: Vec<(String, String)> = split(&listing)
            .iter()
            .filter_map(|entry| {
                let (head, path) = entry.split_once('\t')?;
                let object = head.rsplit(' ').next()?;
                is_document(path).then(|| (path.to_string(), object.to_string()))
            })
            .collect();
        files.sort();
        let objects: String = files
            .iter()
            .map(|(_, object)| format!("{object}\n"))
            .collect();
        let blobs = git(self.folder, ["cat-file", "--batch"], objects.as_bytes())?;
        let mut rest = blobs.as_slice();
        let mut set = SourceSet::default();
        for (path, _) in files {
            let Some((blob, behind)) = take_blob(rest) else {
                break;
            };
            rest = behind;
            if let Ok(text) = String::from_utf8(blob.to_vec()) {
                set.documents.push(Source { path, text });
            }
        }
        Ok(set)
    }
}

/// One answer of `cat-file --batch`: `<object> blob <size>`, the bytes, a line end.
fn take_blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let head_end = answer.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&answer[..head_end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let blob = answer.get(head_end + 1..head_end + 1 + size)?;
    let behind = answer.get(head_end + 2 + size..).unwrap_or_default();
    Some((blob, behind))
}

fn split(listing: &[u8]) -> Vec<String> {
    let entries = listing.split(|byte| *byte == 0);
    entries
        .filter(|entry| !entry.is_empty())
        .map(|entry| String::from_utf8_lossy(entry).nfc().collect())
        .collect()
}

fn git<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    input: &[u8],
) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::io("run git in", folder, error);
    let mut child = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let mut stdin = child.stdin.take().expect("standard input was asked for");
    let input = input.to_vec();
    // Both pipes must move at once, or each side waits for the other.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().map_err(failed)?;
    let _ = writer.join();
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_string();
    Err(Error::Request(format!("git: {reason}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_cut_by_their_size() {
        let answer = b"aa blob 3\na\nb\nbb blob 0\n\n";
        let (first, rest) = take_blob(answer).unwrap();
        assert_eq!(first, b"a\nb");
        let (second, rest) = take_blob(rest).unwrap();
        assert_eq!((second, rest), (b"".as_slice(), b"".as_slice()));
        assert!(take_blob(b"aa missing\n").is_none());
    }
}
