//! The live preview: the site from memory, read again as its files change.
//!
//! ```text
//! files ─watch→ changed paths ─preview→ pages read again ─news→ open pages ─http→ the page anew
//! ```
//!
//! Nothing is written. A page is rendered when somebody looks at it; a change is taken in, and
//! then each open page is told whether it is another one now.

pub mod files;
pub mod guard;
pub mod http;
pub mod inject;
pub mod preview;
pub mod watch;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

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
/// [`Error::Io`] when the system does not tell it.
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

/// Takes in changes as they come, then lets the checker look.
fn keep_fresh(shared: &Shared, mut watch: Watch, on_change: &OnChange) {
    check(shared);
    while let Some((paths, start)) = watch.wait() {
        let change = shared.write().update(&paths);
        if change == Change::None {
            continue;
        }
        shared.tell();
        on_change(change, start.elapsed());
        check(shared);
    }
}

/// The checker takes longer than a page is waited for, so open pages are told twice.
fn check(shared: &Shared) {
    // Rules that cannot be run leave what the reader found; `check` says why.
    let checked = shared.read().check();
    if let Ok(checked) = checked {
        shared.write().set_checked(checked);
        shared.tell();
    }
}
