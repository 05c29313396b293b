//! From the view to files: one output a kind, every one a row of [`OUTPUTS`].

pub mod checklist;
pub mod collision;
pub mod json;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;
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
    /// A file of these bytes.
    pub fn bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            content: ArtifactContent::Bytes(bytes),
        }
    }

    /// A text file.
    pub fn text(path: impl Into<String>, text: String) -> Self {
        Self::bytes(path, text.into_bytes())
    }
}

/// Takes artifacts as they are made, on the thread that made them, so that few are held at once.
/// Their order says nothing.
pub type Sink<'s> = dyn Fn(Artifact) -> Result<(), Error> + Sync + 's;

/// Makes an artifact of every item and hands it on, on every processor.
///
/// # Errors
/// The first failure in the items' order, of `make` or of the sink.
pub fn each<T: Sync>(
    items: &[T],
    make: impl Fn(&T) -> Result<Artifact, Error> + Sync,
    sink: &Sink<'_>,
) -> Result<(), Error> {
    let made: Vec<Result<(), Error>> = items
        .par_iter()
        .map(|item| make(item).and_then(sink))
        .collect();
    made.into_iter().collect()
}

/// A kind of output.
pub trait Output: Sync {
    /// Its name in `--only`.
    fn name(&self) -> &'static str;

    /// Whether it is made when no output is named.
    fn is_made_unasked(&self) -> bool {
        true
    }

    /// Whether its pages need the theme's static files.
    fn needs_files(&self) -> bool {
        false
    }

    /// Makes its artifacts; what they hold depends on nothing but the content.
    ///
    /// # Errors
    /// [`Error::Template`] when a template fails, and whatever the sink returns.
    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error>;
}

/// Every kind of output, in the order they are made.
pub const OUTPUTS: &[&dyn Output] = &[
    &site::SitePages,
    &checklist::Checklists,
    &json::Json,
    &markdown::MarkdownTwins,
    #[cfg(feature = "pdf")]
    &pdf::Pdfs,
    &search::SearchIndex,
];
