//! Puts a finished stage in the place of the output, at once.

use std::ffi::OsStr;
use std::io;

use crate::disk::Folder;
use crate::output::write::stage::Filled;

/// What became of an attempt to put a stage in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swap {
    /// The stage is the output now; there was none before.
    Moved,
    /// The stage is the output now, and what was the output has the stage's name.
    Exchanged,
    /// Nothing happened: the two cannot be exchanged here.
    Unable,
}

/// Puts `stage` in the place of the output `name` in `parent`, which is there or not.
///
/// # Errors
/// The system's reason, when it is not that the two cannot be exchanged.
pub(super) fn swap(
    stage: &Filled,
    parent: &Folder,
    name: &OsStr,
    is_there: bool,
) -> io::Result<Swap> {
    let result = if is_there {
        let exchanged = stage.parent.exchange(&stage.name, parent, name);
        exchanged.map(|()| Swap::Exchanged)
    } else {
        let moved = stage.parent.rename(&stage.name, parent, name);
        moved.map(|()| Swap::Moved)
    };
    match result {
        Err(error) if is_unable(&error) => Ok(Swap::Unable),
        done => done,
    }
}

/// A mount point is busy, another file system is across devices, and some know no exchange.
fn is_unable(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ResourceBusy
            | io::ErrorKind::CrossesDevices
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::Unsupported
    )
}
