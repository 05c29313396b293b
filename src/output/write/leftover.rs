//! What builds left that were killed: it is cleared as far as it is proven to be theirs.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;

use crate::disk::{Folder, Kind};
use crate::error::Error;
use crate::output::write::clear::{Proof, clear};
use crate::output::write::manifest::{List, Manifest, is_new_list};
use crate::output::write::stage::{StageLocation, is_stage};

/// Clears what killed builds left in `places`, as far as it is theirs; returns what stays, also
/// because it cannot be read or removed. `output` is the output as it is.
///
/// # Errors
/// [`Error::Io`] when a place cannot be read.
pub(super) fn clear_leftovers(
    places: &[StageLocation],
    output: Option<&Folder>,
) -> Result<Vec<PathBuf>, Error> {
    let mut left = Vec::new();
    for place in places {
        let entries = place.folder.entries();
        for (name, kind) in entries.map_err(|error| Error::io("read", &place.path, error))? {
            let is_gone = if is_stage(&name, &place.name) {
                kind == Kind::Folder
                    && clear_leftover(&place.folder, &name, output).unwrap_or(false)
            } else {
                !place.is_output || clear_new_list(&place.folder, &name).unwrap_or(false)
            };
            if !is_gone {
                left.push(place.path.join(name));
            }
        }
    }
    left.sort();
    Ok(left)
}

/// Clears one folder that has the name of a stage. Without a list of ours there is no proof, but
/// an empty folder goes, for nothing is lost.
fn clear_leftover(parent: &Folder, name: &OsStr, output: Option<&Folder>) -> io::Result<bool> {
    let folder = parent.folder(name)?;
    let (list, twins) = match Manifest::read(&folder)? {
        Manifest::Ours(list) | Manifest::Unfinished(list) => (list, output),
        Manifest::Foreign => (List::default(), None),
    };
    let proof = Proof {
        twins,
        ..Proof::of(&list)
    };
    clear(parent, name, &folder, &proof)
}

/// Removes a list that was left half written; whatever else there is stays and is no leftover.
fn clear_new_list(output: &Folder, name: &OsStr) -> io::Result<bool> {
    if is_new_list(output, name)? {
        output.remove_file(name)?;
    }
    Ok(true)
}
