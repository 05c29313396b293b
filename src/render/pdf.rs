//! The engine that makes PDF: typst as a library, which is named here only.
//!
//! A template and data go in, pages come out. The engine sees the templates and the data and
//! nothing else: no file, no network, no clock. Whatever it warns of is an error, for a warning
//! mostly means a page without its text.

pub mod bind;

use std::collections::{BTreeMap, HashMap};

use serde_json::json;
use typst::comemo::evict;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Label, Smart};
use typst::introspection::Introspector;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::Error;
use crate::font::{FontFile, FontSet};

/// Name of the data in the template.
const DATA: &str = "data.json";

/// Label of the place in a template where a sheet's closing part begins.
const CLOSING: &str = "closing";

/// Name of an image that is measured.
const PICTURE: &str = "picture";

/// The template that measures an image: a page of its size.
const MEASURE: (&str, &str) = (
    "measure.typ",
    r#"#let data = json("data.json")
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: data.fonts, fallback: false)
#image("picture", format: data.format, alt: "a")
"#,
);

/// Sheets whose results are kept for the next ones; without a limit, memory grows with each.
const KEPT: usize = 4;

/// An engine with its fonts and templates.
pub struct PdfEngine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    /// Fonts for text, and behind them those for code.
    fonts: Vec<Font>,
    /// How many fonts are for text.
    text_fonts: usize,
    sources: HashMap<FileId, Source>,
    main: FileId,
    measure: FileId,
    standards: PdfStandards,
}

/// Pages that were laid out.
pub struct Layout(PagedDocument);

/// Metadata of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Stable name of the document.
    pub id: String,
    /// Date and time, UTC, as year, month, day, hour, minute and second.
    pub time: Option<(i32, u8, u8, u8, u8, u8)>,
}

impl PdfEngine {
    /// Sets up the engine with fonts and with templates by name, of which `main` is printed.
    ///
    /// # Errors
    /// [`Fault::NotAFont`] with the name of the font file that is none; [`Fault::Template`] when
    /// a template's name is no path.
    pub fn new(
        fonts: &FontSet,
        templates: &BTreeMap<String, String>,
        main: &str,
    ) -> Result<Self, Fault> {
        let mut read = read(fonts.files())?;
        let text_fonts = read.len();
        read.extend(self::read(fonts.code())?);
        let mut sources = HashMap::new();
        for (name, text) in templates {
            let id = file_id(name)?;
            sources.insert(id, Source::new(id, text.clone()));
        }
        let measure = file_id(MEASURE.0)?;
        sources.insert(measure, Source::new(measure, MEASURE.1.to_string()));
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| Fault::template(error.message().to_string()))?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&read)),
            fonts: read,
            text_fonts,
            sources,
            main: file_id(main)?,
            measure,
            standards,
        })
    }

    /// Names of the font families for text, in the order they are to be tried: those for code have
    /// signs that the others lack.
    pub fn families(&self) -> Vec<String> {
        names(&self.fonts)
    }

    /// Names of the font families for code: those of its own, then those for text.
    pub fn code_families(&self) -> Vec<String> {
        let (text, code) = self.fonts.split_at(self.text_fonts);
        names(code.iter().chain(text))
    }

    /// Lays out the template with its data, which is JSON, and with images by their names.
    ///
    /// # Errors
    /// [`Error::Template`] with what the engine says and where.
    pub fn lay_out(&self, data: String, files: Vec<(String, Vec<u8>)>) -> Result<Layout, Error> {
        let layout = self.compile(self.main, data, files);
        evict(KEPT);
        layout
    }

    /// Width and height of an image as it would be laid out; `None` where the engine cannot read
    /// it, or it wants another file.
    pub fn measure(&self, bytes: &[u8], format: &str) -> Option<(f64, f64)> {
        let data = json!({"fonts": self.families(), "format": format});
        let files = vec![(PICTURE.to_string(), bytes.to_vec())];
        let layout = self.compile(self.measure, data.to_string(), files).ok()?;
        let size = layout.0.pages().first()?.frame.size();
        let is_seen = size.x.to_pt() > 0.0 && size.y.to_pt() > 0.0;
        is_seen.then(|| (size.x.to_pt(), size.y.to_pt()))
    }

    fn compile(
        &self,
        main: FileId,
        data: String,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Layout, Error> {
        let mut known = HashMap::from([(file_id(DATA)?, Bytes::from_string(data))]);
        for (name, bytes) in files {
            known.insert(file_id(&name)?, Bytes::new(bytes));
        }
        let job = Job {
            engine: self,
            main,
            files: known,
        };
        let compiled = typst::compile::<PagedDocument>(&job);
        let document = compiled.output.map_err(|errors| job.error(&errors))?;
        if compiled.warnings.is_empty() {
            Ok(Layout(document))
        } else {
            Err(job.error(&compiled.warnings))
        }
    }

    /// The pages as PDF/UA-1.
    ///
    /// # Errors
    /// [`Error::Template`] when the pages are not accessible as the standard asks.
    pub fn print(&self, layout: &Layout, info: &DocumentInfo) -> Result<Vec<u8>, Error> {
        let creator = concat!("tickbook ", env!("CARGO_PKG_VERSION"));
        let options = PdfOptions {
            ident: Smart::Custom(info.id.clone()),
            creator: Smart::Custom(Some(creator.to_string())),
            timestamp: info.time.and_then(timestamp),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&layout.0, &options).map_err(|errors| {
            let reasons: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
            Error::Template {
                reason: reasons.join("; "),
            }
        })
    }
}

impl Layout {
    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// Height of what is above the sheet's closing part, in pages. `None` when the template
    /// does not mark that place by [`CLOSING`].
    pub fn height(&self) -> Option<f64> {
        let label = Label::new(PicoStr::intern(CLOSING))?;
        let introspector = self.0.introspector();
        let location = introspector.query_label(label).ok()?.location()?;
        let place = introspector.position(location)?;
        let page = self.0.pages().get(place.page.get() - 1)?;
        let before = f64::from(u32::try_from(place.page.get() - 1).ok()?);
        Some(before + place.point.y / page.frame.height())
    }
}

/// The fonts in files.
fn read(files: &[FontFile]) -> Result<Vec<Font>, Fault> {
    let mut fonts = Vec::new();
    for file in files {
        let before = fonts.len();
        fonts.extend(Font::iter(Bytes::new(file.bytes.clone())));
        if fonts.len() == before {
            return Err(Fault::NotAFont(file.name.clone()));
        }
    }
    Ok(fonts)
}

/// Names of the families of fonts, each once.
fn names<'f>(fonts: impl IntoIterator<Item = &'f Font>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for font in fonts {
        let family = font.info().family.to_string();
        if !names.contains(&family) {
            names.push(family);
        }
    }
    names
}

/// Why an engine cannot be set up.
#[derive(Debug)]
pub enum Fault {
    /// The file of this name contains no font.
    NotAFont(String),
    /// A template is at fault.
    Template(Error),
}

impl Fault {
    fn template(reason: String) -> Self {
        Self::Template(Error::Template { reason })
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Template(error)
    }
}

/// One run of the engine.
struct Job<'p> {
    engine: &'p PdfEngine,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl Job<'_> {
    /// What the engine says, with the template's line.
    fn error(&self, found: &[SourceDiagnostic]) -> Error {
        let reasons: Vec<String> = found
            .iter()
            .map(|fault| match self.place(fault) {
                Some(place) => format!("{place}: {}", fault.message),
                None => fault.message.to_string(),
            })
            .collect();
        Error::Template {
            reason: reasons.join("; "),
        }
    }

    fn place(&self, fault: &SourceDiagnostic) -> Option<String> {
        let id = fault.span.id()?;
        let source = self.engine.sources.get(&id)?;
        let start = self.range(fault.span)?.start;
        let line = source.text().get(..start)?.matches('\n').count() + 1;
        Some(format!("{}:{line}", id.vpath().get_without_slash()))
    }
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.engine.sources.get(&id).cloned();
        source.ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.get(&id).cloned();
        file.ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(name: &str) -> Result<FileId, Error> {
    let path = VirtualPath::new(name).map_err(|_| Error::Template {
        reason: format!("`{name}` is not a template path"),
    })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn timestamp(time: (i32, u8, u8, u8, u8, u8)) -> Option<Timestamp> {
    let (year, month, day, hour, minute, second) = time;
    Datetime::from_ymd_hms(year, month, day, hour, minute, second).map(Timestamp::new_utc)
}
