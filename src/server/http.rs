//! Answers requests from memory: a path is a key, never a path on the disk.

use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use tokio::task::spawn_blocking;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt, once};

use crate::error::Error;
use crate::model::page_address::{NOT_FOUND, PageAddress};
use crate::normal::composed;
use crate::render::html::escape;
use crate::report::finding::Finding;
use crate::server::guard::{Asking, is_allowed};
use crate::server::inject::{OWN, with_script};
use crate::server::preview::{Preview, SheetLink};

/// Changes that a page may miss before it is asked to check everything.
const WAITING: usize = 16;

/// Headers of every answer, refusals too: it is asked for again every time, is taken for nothing else than it is, and
/// neither loaded, framed nor reached through its window by another site.
const GUARDS: [(header::HeaderName, HeaderValue); 7] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("frame-ancestors 'none'"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What all answers share.
pub struct Shared {
    preview: RwLock<Preview>,
    /// Tells open pages that the site or what is known of it is another.
    news: broadcast::Sender<()>,
    /// The name that the user asked to listen at.
    host: String,
}

impl Shared {
    /// Serves `preview` at `host`.
    pub fn new(preview: Preview, host: &str) -> Arc<Self> {
        Arc::new(Self {
            preview: RwLock::new(preview),
            news: broadcast::channel(WAITING).0,
            host: host.to_string(),
        })
    }

    /// The site as it is.
    pub fn read(&self) -> RwLockReadGuard<'_, Preview> {
        // An answer that panicked changed nothing.
        self.preview.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site, to be changed.
    pub fn write(&self) -> RwLockWriteGuard<'_, Preview> {
        self.preview.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has open pages look whether they are still as they were.
    pub fn notify(&self) {
        // Nobody may be looking, and that is no failure.
        let _ = self.news.send(());
    }
}

/// All addresses.
pub fn router(shared: Arc<Shared>) -> Router {
    let own = |name: &str| format!("/{OWN}{name}");
    let script = || {
        file(
            "text/javascript",
            include_bytes!("client/preview.js").to_vec(),
        )
    };
    let style = || file("text/css", include_bytes!("client/preview.css").to_vec());
    Router::new()
        .route(&own("events"), get(events))
        .route(&own("preview.js"), get(async move || script()))
        .route(&own("preview.css"), get(async move || style()))
        .fallback(any(page))
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&shared),
            guarded,
        ))
        .with_state(shared)
}

/// Refuses what other sites ask, and everything that is no question.
async fn guarded(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let mut answer = match refusal(&shared, &request) {
        Some(code) => code.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in GUARDS {
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn refusal(shared: &Shared, request: &Request) -> Option<StatusCode> {
    let text = |name: &str| header_text(request.headers(), name);
    let asking = Asking {
        host: text("host"),
        origin: text("origin"),
        site: text("sec-fetch-site"),
        mode: text("sec-fetch-mode"),
        destination: text("sec-fetch-dest"),
    };
    if !is_allowed(asking, &shared.host) {
        return Some(StatusCode::FORBIDDEN);
    }
    let is_question = matches!(*request.method(), Method::GET | Method::HEAD);
    (!is_question).then_some(StatusCode::METHOD_NOT_ALLOWED)
}

fn header_text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    // A header that is no text is as wrong as one that is empty.
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}

async fn page(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_string();
    let answer = spawn_blocking(move || find(&shared.read(), &path));
    answer
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// What is at an address.
fn find(preview: &Preview, address: &str) -> Response {
    let Ok(decoded) = percent_decode_str(address).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let path = composed(decoded.trim_start_matches('/')).into_owned();
    match look_up(preview, &path) {
        Ok(Some(answer)) => answer,
        Ok(None) => not_found(preview, &path),
        Err(error) => failed(preview, &path, &error),
    }
}

/// The file of this path; a folder means its index, and a page's ending may be left out.
fn look_up(preview: &Preview, path: &str) -> Result<Option<Response>, Error> {
    if path.is_empty() || path.ends_with('/') {
        let index = PageAddress::index_of(path);
        let bytes = preview.file(index.file())?;
        return Ok(bytes.map(|bytes| shown(preview, index.file(), &bytes)));
    }
    for path in [path, PageAddress::of_stem(path).file()] {
        if let Some(bytes) = preview.file(path)? {
            return Ok(Some(shown(preview, path, &bytes)));
        }
    }
    let index = preview.file(PageAddress::index_of(path).file())?;
    Ok(index.and_then(|_| {
        let folder = format!("/{}/", crate::render::url::encode(path));
        let place = HeaderValue::from_str(&folder).ok()?;
        Some((StatusCode::FOUND, [(header::LOCATION, place)]).into_response())
    }))
}

fn shown(preview: &Preview, path: &str, bytes: &[u8]) -> Response {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if kind == mime_guess::mime::TEXT_HTML {
        let page = with_script(bytes, path, preview.mark(path), preview.strings());
        return file("text/html", page);
    }
    file(kind.essence_str(), bytes.to_vec())
}

fn not_found(preview: &Preview, path: &str) -> Response {
    let page = preview.file(NOT_FOUND).ok().flatten().unwrap_or_default();
    let page = with_script(&page, path, preview.mark(path), preview.strings());
    (StatusCode::NOT_FOUND, file("text/html", page)).into_response()
}

/// The reason why a page cannot be shown, as a page that is read again once it can.
fn failed(preview: &Preview, path: &str, error: &Error) -> Response {
    let title = escape(preview.strings().page("preview_failure"));
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><title>{title}</title><body><h1>{title}</h1><pre>{}</pre></body>",
        escape(&error.to_string())
    );
    let page = with_script(page.as_bytes(), path, preview.mark(path), preview.strings());
    (StatusCode::INTERNAL_SERVER_ERROR, file("text/html", page)).into_response()
}

/// A file with its kind.
fn file(kind: &str, bytes: Vec<u8>) -> Response {
    let kind = if kind.starts_with("text/") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.into()
    };
    ([(header::CONTENT_TYPE, kind)], Body::from(bytes)).into_response()
}

/// What an open page asks.
#[derive(Debug, Clone, Deserialize)]
struct Asked {
    /// Its address below the root.
    page: String,
    /// Its state when it was served.
    mark: String,
}

/// What an open page is notified of.
#[derive(Debug, Serialize)]
struct News {
    /// Whether it is shown otherwise now.
    reload: bool,
    /// Why the last change could not be taken in.
    failure: Option<String>,
    findings: Vec<Finding>,
    /// Its checklists.
    sheets: Vec<SheetLink>,
    /// Whether they can be had on paper too.
    has_paper: bool,
}

/// Tells an open page at once how it is, and again at every change.
async fn events(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Asked>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // A page that is late looks at the site as it is, so what it missed does no harm.
    let changes = BroadcastStream::new(shared.news.subscribe()).map(|_| ());
    let reported = once(()).chain(changes).then(move |()| {
        let (shared, asked) = (Arc::clone(&shared), asked.clone());
        async move { spawn_blocking(move || news(&shared.read(), &asked)).await }
    });
    let events = reported.filter_map(|news| {
        let json = serde_json::to_string(&news.ok()?).ok()?;
        Some(Ok(Event::default().data(json)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn news(preview: &Preview, asked: &Asked) -> News {
    let page = asked.page.as_str();
    News {
        reload: format!("{:016x}", preview.mark(page)) != asked.mark,
        failure: preview.failure().map(str::to_string),
        findings: preview.findings(page),
        sheets: preview.sheets(page),
        has_paper: cfg!(feature = "pdf"),
    }
}
