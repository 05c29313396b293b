//! From the view to files: one output a kind, every one a row of [`OUTPUTS`].

pub mod checklist;
pub mod json;
pub mod markdown;
pub mod search;
pub mod site;
pub mod write;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::error::Error;
use crate::render::page::View;

/// A file of the built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// What it holds.
    pub content: ArtifactContent,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtifactContent {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same as this file on disk.
    Copy(std::path::PathBuf),
}

impl Artifact {
    /// A text file.
    pub fn text(path: impl Into<String>, text: String) -> Self {
        Self {
            path: path.into(),
            content: ArtifactContent::Bytes(text.into_bytes()),
        }
    }
}

/// Takes artifacts as they are made, so that they need not all be held at once.
pub type Sink<'s> = dyn FnMut(Artifact) -> Result<(), Error> + 's;

/// Artifacts that are made before any of them is handed on: enough to keep every processor busy,
/// few enough to hold.
const AT_ONCE: usize = 64;

/// Makes an artifact of every item, several at a time, and hands them on in the items' order.
///
/// # Errors
/// The first failure of `make`, in the items' order, and whatever the sink returns.
pub fn each<T: Sync>(
    items: &[T],
    make: impl Fn(&T) -> Result<Artifact, Error> + Sync,
    sink: &mut Sink<'_>,
) -> Result<(), Error> {
    for some in items.chunks(AT_ONCE) {
        let made: Vec<_> = some.par_iter().map(&make).collect();
        for artifact in made {
            sink(artifact?)?;
        }
    }
    Ok(())
}

/// A kind of output.
pub trait Output {
    /// Its name in `--only`.
    fn name(&self) -> &'static str;

    /// Makes its artifacts, in an order that depends on nothing but the content.
    ///
    /// # Errors
    /// [`Error::Template`] when a template fails, and whatever the sink returns.
    fn emit(&self, view: &View<'_>, sink: &mut Sink<'_>) -> Result<(), Error>;
}

/// Every kind of output, in the order they are made.
pub const OUTPUTS: [&dyn Output; 5] = [
    &site::SitePages,
    &checklist::Checklists,
    &json::Json,
    &markdown::MarkdownTwins,
    &search::SearchIndex,
];
