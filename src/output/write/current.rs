//! Whether an output is what would be made again, from the lengths and times of its files alone:
//! nothing is removed or replaced by that.

use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::disk::open_parent;
use crate::output::write::Written;
use crate::output::write::fingerprint::Fingerprint;
use crate::output::write::manifest::{List, MANIFEST, Manifest, Origin};

/// What became of the files of `output`, when a build made them of the same `inputs` and nobody has
/// changed one since, and what they were made of. It waits for no other build, changes nothing, and
/// knows nothing of a folder that is not ours.
pub fn unchanged(output: &Path, inputs: &str) -> Option<(Written, Origin)> {
    let (parent, name) = open_parent(output).ok()?;
    match Manifest::read(&parent.folder(name).ok()?) {
        Ok(Manifest::Ours(list)) => as_before(output, &list, inputs),
        _ => None,
    }
}

/// What became of the files on the list `before` of `output`, when they were made of these `inputs`
/// and have the length and an older time than the list; `None` otherwise.
pub(super) fn as_before(output: &Path, before: &List, inputs: &str) -> Option<(Written, Origin)> {
    let origin = &before.origin;
    if origin.inputs != inputs {
        return None;
    }
    // The list is written last, so what is newer was changed by others.
    let end = output.join(MANIFEST).symlink_metadata();
    let end = end.and_then(|list| list.modified()).ok()?;
    let is_kept = |(path, prints): (&String, &Vec<Fingerprint>)| {
        let Ok(file) = output.join(path).symlink_metadata() else {
            return false;
        };
        let is_size = prints.iter().any(|print| print.size == file.len());
        is_size && file.is_file() && file.modified().is_ok_and(|time| time <= end)
    };
    let written = Written {
        files: before.files.len(),
        ..Written::default()
    };
    let is_current = before.files.par_iter().all(is_kept);
    is_current.then(|| (written, origin.clone()))
}
