//! From the view to files: one output a kind, every one a row of [`OUTPUTS`].

pub mod checklist;
pub mod collision;
pub mod hosting;
pub mod json;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod search;
pub mod site;
pub mod write;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::page::Page;
use crate::render::page::View;
use crate::source::file::ContentFile;

/// A file of the built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// What it contains.
    pub content: ArtifactContent,
}

/// What a file contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtifactContent {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same as this file of the content.
    Copy(ContentFile),
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
/// Their order has no meaning.
pub type Sink<'s> = dyn Fn(Artifact) -> Result<(), Error> + Sync + 's;

/// How the bytes of a planned artifact are made.
type Make<'v> = Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + 'v>;

/// An artifact that is yet to be made. A build makes all that are planned, a preview only what is
/// looked at.
pub struct Planned<'v> {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Path of the document that has its place here: of a page, of its twin, and of what is at its
    /// former addresses. `None` for what a build makes by itself, such as a checklist.
    pub document: Option<&'v str>,
    make: Make<'v>,
}

impl<'v> Planned<'v> {
    /// An artifact whose bytes `make` makes; they depend on nothing but the content.
    pub fn new(
        path: impl Into<String>,
        make: impl FnOnce() -> Result<Vec<u8>, Error> + Send + 'v,
    ) -> Self {
        Self {
            path: path.into(),
            document: None,
            make: Box::new(make),
        }
    }

    /// The same artifact, at a place of this page.
    pub fn of(self, page: &'v Page) -> Self {
        Self {
            document: Some(&page.path),
            ..self
        }
    }

    /// Makes it.
    ///
    /// # Errors
    /// [`Error::Template`] when a template fails.
    pub fn make(self) -> Result<Artifact, Error> {
        let (path, bytes) = self.make_bytes()?;
        Ok(Artifact::bytes(path, bytes))
    }

    /// Makes its bytes, with its path.
    ///
    /// # Errors
    /// [`Error::Template`] when a template fails.
    pub fn make_bytes(self) -> Result<(String, Vec<u8>), Error> {
        Ok((self.path, (self.make)()?))
    }
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

    /// Whether planning its artifacts makes them all.
    fn is_made_together(&self) -> bool {
        false
    }

    /// Whether an artifact of this path may be one of its own, or below this path where it ends in
    /// `/`.
    fn may_make(&self, _path: &str) -> bool {
        true
    }

    /// Its artifacts, each with a path of its own.
    ///
    /// # Errors
    /// [`Error::Template`] when a template is needed to know them, and fails.
    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error>;

    /// Makes its artifacts and hands them on, on every processor. What the content does not let be
    /// made is left out and returned as findings, in the order of the plan.
    ///
    /// # Errors
    /// The first failure in the order of the plan, of an artifact or of the sink.
    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<Vec<Diagnostic>, Error> {
        let planned = self.plan(view)?.into_par_iter();
        let made = planned.map(|planned| planned.make().and_then(sink));
        let made: Vec<Result<(), Error>> = made.collect();
        made.into_iter().collect::<Result<(), Error>>()?;
        Ok(Vec::new())
    }
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
