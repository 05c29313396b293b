//! The live preview: the site from memory, read again as its files change.
//!
//! ```text
//! files ─watch→ changed paths ─preview→ pages read again ─news→ open pages ─http→ the page anew
//! ```
//!
//! Nothing is written. A page is rendered when somebody looks at it; a change is taken in, and
//! then each open page is notified if it has changed.

pub mod files;
pub mod guard;
pub mod http;
pub mod inject;
pub mod preview;
pub mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::server::http::{Shared, router};
use crate::server::preview::{Change, Preview};
use crate::server::watch::Watch;

/// Ports that are tried one after the other when none was asked for.
const PORTS: u16 = 20;

/// Called after a change with what was read again and how long it took.
pub type OnChange = Box<dyn Fn(Change, Duration) + Send>;

/// Opens a place to listen at: `port`, or where none is asked for the first free one from
/// `usual` on.
///
/// # Errors
/// [`Error::Io`] when none can be listened at.
pub fn listen(host: &str, port: Option<u16>, usual: u16) -> Result<TcpListener, Error> {
    let bind = |port: u16| TcpListener::bind((host, port));
    let bound = match port {
        Some(port) => bind(port),
        None => (usual..usual.saturating_add(PORTS))
            .map(bind)
            .find(|bound| !is_taken(bound))
            .unwrap_or_else(|| bind(0)),
    };
    let place = format!("{host}:{}", port.unwrap_or(usual));
    bound.map_err(|error| Error::io("listen at", Path::new(&place), error))
}

fn is_taken(bound: &io::Result<TcpListener>) -> bool {
    matches!(bound, Err(error) if error.kind() == io::ErrorKind::AddrInUse)
}

/// The address that a listener has.
///
/// # Errors
/// [`Error::Io`] when the system does not report it.
pub fn address(listener: &TcpListener) -> Result<SocketAddr, Error> {
    listener
        .local_addr()
        .map_err(|error| Error::io("listen at", Path::new(""), error))
}

/// Serves a preview until the user ends it.
///
/// # Errors
/// [`Error::Io`] when files cannot be watched or the listener fails.
pub fn serve(
    listener: TcpListener,
    host: &str,
    preview: Preview,
    is_polling: bool,
    on_change: OnChange,
) -> Result<(), Error> {
    let watch = Watch::new(preview.roots(), is_polling)?;
    let shared = Shared::new(preview, host);
    let watched = Arc::clone(&shared);
    thread::spawn(move || keep_fresh(&watched, watch, &on_change));
    let failed = |error| Error::io("serve", Path::new(host), error);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(failed)?.block_on(async {
        listener.set_nonblocking(true).map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        tokio::select! {
            ended = axum::serve(listener, router(shared)) => ended.map_err(failed),
            ended = tokio::signal::ctrl_c() => ended.map_err(failed),
        }
    })
}

/// Takes in changes as they come, and has the checker look whenever there was one.
fn keep_fresh(shared: &Arc<Shared>, mut watch: Watch, on_change: &OnChange) {
    let checker = Checker::start(shared);
    // Changes between reading and watching were not reported.
    let roots = shared.read().roots().iter().cloned().collect();
    take_in(shared, &roots, Instant::now(), on_change);
    checker.look();
    while let Some((paths, start)) = watch.wait() {
        checker.stop();
        take_in(shared, &paths, start, on_change);
        checker.look();
    }
}

fn take_in(shared: &Shared, paths: &BTreeSet<PathBuf>, start: Instant, on_change: &OnChange) {
    let change = shared.write().update(paths);
    if change != Change::None {
        shared.notify();
        on_change(change, start.elapsed());
    }
}

/// Looks at the site beside everything else, for it takes longer than a page is waited for.
struct Checker {
    /// Counts up whenever what the checker looks at is about to change.
    turn: Arc<AtomicUsize>,
    wake: Sender<usize>,
}

impl Checker {
    fn start(shared: &Arc<Shared>) -> Self {
        let (wake, woken) = channel();
        let (shared, turn) = (Arc::clone(shared), Arc::new(AtomicUsize::new(0)));
        let turns = Arc::clone(&turn);
        thread::spawn(move || woken.iter().for_each(|turn| check(&shared, &turns, turn)));
        Self { turn, wake }
    }

    fn look(&self) {
        // The checker ends when this does, and not before.
        let _ = self.wake.send(self.turn.load(Ordering::SeqCst));
    }

    /// Has the checker leave the site alone after the rule it is at.
    fn stop(&self) {
        self.turn.fetch_add(1, Ordering::SeqCst);
    }
}

/// Stores and reports what the checker finds, as long as it is this turn.
fn check(shared: &Shared, turns: &AtomicUsize, turn: usize) {
    let is_wanted = || turns.load(Ordering::SeqCst) == turn;
    let checked = shared.read().check(&is_wanted);
    // Rules that cannot be run leave what the reader found; `tickbook check` states why.
    let Ok(Some(checked)) = checked else {
        return;
    };
    let mut preview = shared.write();
    if is_wanted() {
        preview.set_checked(checked);
        drop(preview);
        shared.notify();
    }
}
