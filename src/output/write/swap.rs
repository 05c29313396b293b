//! Puts a finished stage in the place of the output, at once.

use std::fs;
use std::io;
use std::path::Path;

/// What became of an attempt to put a stage in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swap {
    /// The stage is the output now; there was none before.
    Moved,
    /// The stage is the output now, and what was the output lies in the stage's place.
    Exchanged,
    /// Nothing happened: the two cannot be exchanged here.
    Unable,
}

/// Puts `stage` in the place of `output`.
///
/// # Errors
/// The system's reason, when it is not that the two cannot be exchanged.
pub(super) fn swap(stage: &Path, output: &Path) -> io::Result<Swap> {
    let result = if output.exists() {
        exchange(stage, output).map(|()| Swap::Exchanged)
    } else {
        fs::rename(stage, output).map(|()| Swap::Moved)
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

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(stage: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(
        CWD,
        stage,
        CWD,
        output,
        RenameFlags::EXCHANGE,
    )?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_stage: &Path, _output: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
