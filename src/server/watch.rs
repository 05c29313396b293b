//! Hears of changed files and waits until whoever changes them is done.
//!
//! One save is several events: an editor empties the file and fills it, or writes another one and
//! gives it the name. A change on its own is taken in as soon as its file is closed; one that
//! follows closely on another, as of a copied folder, when it has been quiet for longer.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;

/// How long it must be quiet after a change on its own.
const QUIET: Duration = Duration::from_millis(4);

/// How long a file that is being written is waited for.
const OPEN: Duration = Duration::from_millis(50);

/// How long it must be quiet after a change that follows closely on another.
const BUSY_QUIET: Duration = Duration::from_millis(200);

/// How close that is.
const CLOSE: Duration = Duration::from_millis(500);

/// Longest wait while it does not get quiet.
const LONGEST: Duration = Duration::from_secs(4);

/// How often files are checked where the system does not report changes.
const POLL: Duration = Duration::from_millis(300);

/// Tells of changes below some files and folders.
pub struct Watch {
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<notify::Result<Event>>,
    /// Each with whether all below it is watched too.
    watched: BTreeSet<(PathBuf, bool)>,
    /// When the last changes were handed out.
    last: Option<Instant>,
    roots: Vec<PathBuf>,
}

impl Watch {
    /// Watches `roots`; those that do not exist are waited for in the folder above them. With
    /// `is_polling` the files are looked at again and again, for folders of whose changes the
    /// system does not report, such as those on a network.
    ///
    /// # Errors
    /// [`Error::Io`] when a folder cannot be watched.
    pub fn new(roots: &[PathBuf], is_polling: bool) -> Result<Self, Error> {
        let (sender, events) = channel();
        let failed = |error: notify::Error| {
            let path = error.paths.first().cloned().unwrap_or_default();
            Error::io("watch", &path, std::io::Error::other(error))
        };
        let watcher: Box<dyn Watcher + Send> = if is_polling {
            let config = Config::default()
                .with_poll_interval(POLL)
                .with_compare_contents(true);
            Box::new(PollWatcher::new(sender, config).map_err(failed)?)
        } else {
            Box::new(RecommendedWatcher::new(sender, Config::default()).map_err(failed)?)
        };
        let mut watch = Self {
            watcher,
            events,
            watched: BTreeSet::new(),
            last: None,
            roots: roots.to_vec(),
        };
        watch.watch_new().map_err(failed)?;
        Ok(watch)
    }

    /// Watches what has come to exist since the last time.
    fn watch_new(&mut self) -> notify::Result<()> {
        let places = places(&self.roots);
        for (path, is_deep) in places.difference(&self.watched) {
            let mode = if *is_deep {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            self.watcher.watch(path, mode)?;
        }
        self.watched = places;
        Ok(())
    }

    /// Waits for changes: the paths they happened at, and when the first came. `None` when there
    /// will be no more.
    pub fn wait(&mut self) -> Option<(BTreeSet<PathBuf>, Instant)> {
        let mut changes = Changes::default();
        while changes.paths.is_empty() {
            let event = self.events.recv().ok()?;
            changes.add(event, &self.roots);
        }
        let start = Instant::now();
        let is_busy = self.last.is_some_and(|last| start - last < CLOSE);
        while let Some(wait) = changes.wait(start, is_busy) {
            match self.events.recv_timeout(wait) {
                Ok(event) => changes.add(event, &self.roots),
                Err(RecvTimeoutError::Timeout) if !changes.is_open() || is_busy => break,
                Err(RecvTimeoutError::Timeout) => changes.open.clear(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        self.last = Some(Instant::now());
        // A folder that is gone again cannot be watched; its own end is reported next.
        let _ = self.watch_new();
        Some((changes.paths, start))
    }
}

/// What to watch for these roots, and whether with all that is below it: a file is watched by its
/// folder, for a file that is replaced is another file.
fn places(roots: &[PathBuf]) -> BTreeSet<(PathBuf, bool)> {
    let place = |root: &PathBuf| {
        if root.is_dir() {
            return Some((root.clone(), true));
        }
        let parent = root.ancestors().skip(1).find(|folder| folder.is_dir());
        parent.map(|folder| (folder.to_path_buf(), false))
    };
    let places: BTreeSet<_> = roots.iter().filter_map(place).collect();
    let is_needed =
        |(path, is_deep): &&(PathBuf, bool)| *is_deep || !places.contains(&(path.clone(), true));
    places.iter().filter(is_needed).cloned().collect()
}

/// Changes that came together.
#[derive(Default)]
struct Changes {
    paths: BTreeSet<PathBuf>,
    /// Files that somebody is writing to.
    open: BTreeSet<PathBuf>,
}

impl Changes {
    fn add(&mut self, event: notify::Result<Event>, roots: &[PathBuf]) {
        let Ok(event) = event else {
            // What was missed nobody knows, so everything is looked at.
            self.paths.extend(roots.iter().cloned());
            return;
        };
        if event.need_rescan() {
            self.paths.extend(roots.iter().cloned());
        }
        let is_closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && !is_closed {
            return;
        }
        let paths = event.paths.into_iter();
        for path in paths.filter(|path| roots.iter().any(|root| path.starts_with(root))) {
            match event.kind {
                EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => {
                    self.open.insert(path.clone());
                }
                _ => _ = self.open.remove(&path),
            }
            self.paths.insert(path);
        }
    }

    fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// How long to wait for more; `None` when it was long enough.
    fn wait(&self, start: Instant, is_busy: bool) -> Option<Duration> {
        let left = LONGEST.checked_sub(start.elapsed())?;
        let quiet = match (is_busy, self.is_open()) {
            (true, _) => BUSY_QUIET,
            (false, true) => OPEN,
            (false, false) => QUIET,
        };
        Some(quiet.min(left))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(watch: &mut Watch) -> Vec<String> {
        let (paths, _) = watch.wait().unwrap();
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_string();
        paths.iter().map(name).collect()
    }

    #[test]
    fn a_save_is_one_change() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "a").unwrap();
        for is_polling in [false, true] {
            let mut watch = Watch::new(&[folder.path().to_path_buf()], is_polling).unwrap();
            fs::write(&file, format!("b {is_polling}")).unwrap();
            assert!(names(&mut watch).contains(&"a.md".to_string()));
        }
    }

    #[test]
    fn what_lies_beside_a_watched_file_is_not_reported() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("tickbook.yaml");
        let mut watch = Watch::new(std::slice::from_ref(&root), false).unwrap();
        fs::write(folder.path().join("other.yaml"), "a").unwrap();
        fs::write(&root, "a").unwrap();
        assert_eq!(names(&mut watch), ["tickbook.yaml"]);
    }
}
