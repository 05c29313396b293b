//! One build at a time: a lock that the system takes back when its holder ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::disk::Folder;
use crate::error::Error;

/// Holds off other builds to the same place until it is dropped.
pub(super) struct Lock(#[expect(dead_code, reason = "held, never read")] File);

/// Takes the lock of builds that write into `folder`, whose path is `path`; calls `on_wait` first
/// when it must wait. The folder itself is locked, so that nothing is left behind.
///
/// # Errors
/// [`Error::Io`] when the folder cannot be locked.
pub(super) fn lock(
    folder: &Folder,
    path: &Path,
    on_wait: impl FnOnce(),
) -> Result<Option<Lock>, Error> {
    let failed = |error| Error::io("lock", path, error);
    let file = folder.lockable().map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            on_wait();
            file.lock().map_err(failed)?;
        }
        // A network folder may know no locks; two builds at once are the caller's to avoid there.
        Err(TryLockError::Error(error)) if knows_no_locks(&error) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    Ok(Some(Lock(file)))
}

fn knows_no_locks(error: &io::Error) -> bool {
    const BAD_DESCRIPTOR: i32 = 9;
    error.kind() == io::ErrorKind::Unsupported || error.raw_os_error() == Some(BAD_DESCRIPTOR)
}
