//! From the view to files: one output a kind, every one a row of [`OUTPUTS`].

pub mod checklist;
pub mod json;
pub mod markdown;
pub mod site;
pub mod write;

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
pub const OUTPUTS: [&dyn Output; 4] = [
    &site::SitePages,
    &checklist::Checklists,
    &json::Json,
    &markdown::MarkdownTwins,
];
