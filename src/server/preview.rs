//! A site in memory, read again as its files change, and the part of it that somebody looks at.
//!
//! A saved document is read alone; the pages are joined to a site again, and pages are rendered
//! when they are asked for. So a change costs what it can touch, and every page is as a clean
//! build would make it.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use serde::Serialize;

use crate::build::{Book, prepare_theme};
use crate::check::check_while;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, written};
use crate::error::Error;
use crate::include::{expand, is_alone};
use crate::model::page_address::PageAddress;
use crate::output::collision::collisions;
use crate::output::hosting::hosting_files;
use crate::output::{OUTPUTS, Output};
use crate::render::page::View;
use crate::render::theme::Theme;
use crate::report::finding::{Finding, findings};
use crate::server::files::{Files, hash};
use crate::source::{FileId, SourceSet, is_document, load, relative_path, reload};
use crate::strings::Strings;

/// Bytes of made files that are kept, so that a page that is looked at twice is made once.
const KEPT_BYTES: usize = 64 << 20;

/// A project that was opened.
pub struct Opened {
    /// The folder of its documents.
    pub folder: PathBuf,
    /// Its other files and folders: configuration, templates, static files.
    pub others: Vec<PathBuf>,
    /// Its configuration.
    pub config: Config,
    /// Its words.
    pub strings: Strings,
    /// Its documents.
    pub sources: SourceSet,
    /// Its site.
    pub book: Book,
    /// Its theme, with the words of the site.
    pub theme: Theme,
    /// The day of the check.
    pub today: Option<Date>,
}

/// Opens a project from the disk.
pub type Open = Box<dyn Fn() -> Result<Opened, Error> + Send + Sync>;

/// A file's path below the site's root and its bytes.
type MadeFile = (String, Vec<u8>);

/// A project in memory.
pub struct Preview {
    open: Open,
    opened: Opened,
    files: Files,
    /// What the checker found, when it has looked at the site as it is.
    checked: Option<Vec<Diagnostic>>,
    failure: Option<String>,
    /// Changes with the files that pages show and do not name by their hash.
    assets: u64,
    made: Mutex<Made>,
}

/// Files that were made since the last change.
#[derive(Default)]
struct Made {
    files: HashMap<String, Arc<Vec<u8>>>,
    bytes: usize,
}

/// A checklist that a page is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLink {
    /// Scenario and mode.
    pub title: String,
    /// Address of its page.
    pub address: PageAddress,
}

/// What one change made necessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: no file that is read contains other bytes.
    None,
    /// Some documents were read again.
    Documents,
    /// The content folder was read again.
    Content,
    /// Everything was read again.
    Project,
}

impl Preview {
    /// Opens a project.
    ///
    /// # Errors
    /// Whatever `open` returns.
    pub fn new(open: Open) -> Result<Self, Error> {
        let opened = open()?;
        let roots = std::iter::once(&opened.folder).chain(&opened.others);
        let mut preview = Self {
            files: Files::of(roots.cloned().collect()),
            open,
            opened,
            checked: None,
            failure: None,
            assets: 0,
            made: Mutex::default(),
        };
        preview.assets = preview.assets_hash();
        Ok(preview)
    }

    /// Files and folders that are to be watched.
    pub fn roots(&self) -> &[PathBuf] {
        self.files.roots()
    }

    /// The folder of the documents.
    pub fn folder(&self) -> &Path {
        &self.opened.folder
    }

    /// Its words.
    pub fn strings(&self) -> &Strings {
        &self.opened.strings
    }

    /// Takes in what happened to files at or below `paths`. What cannot be read leaves the site as
    /// it was and is reported by [`Preview::failure`].
    pub fn update(&mut self, paths: &BTreeSet<PathBuf>) -> Change {
        let changed = self.files.changed(paths);
        if changed.is_empty() {
            return Change::None;
        }
        let change = self.kind(&changed);
        let result = match change {
            Change::Documents => self.read_documents(&changed),
            Change::Content => self.read_content(),
            Change::None | Change::Project => self.read_project(),
        };
        self.failure = result.err().map(|error| error.to_string());
        self.checked = None;
        self.assets = self.assets_hash();
        *self.made() = Made::default();
        change
    }

    /// What a change of these files makes necessary.
    fn kind(&self, changed: &BTreeSet<PathBuf>) -> Change {
        let Opened { folder, .. } = &self.opened;
        // After a failure nobody knows what was taken in.
        if self.failure.is_some() || !changed.iter().all(|file| file.starts_with(folder)) {
            return Change::Project;
        }
        let is_known = |file: &PathBuf| file.exists() && self.document(file).is_some();
        if changed.iter().all(is_known) {
            Change::Documents
        } else {
            Change::Content
        }
    }

    /// The document that is in this file.
    fn document(&self, file: &Path) -> Option<FileId> {
        let Opened {
            folder, sources, ..
        } = &self.opened;
        let path = relative_path(folder, file);
        let at = sources
            .documents
            .binary_search_by(|source| source.path.as_str().cmp(&path));
        at.ok().map(FileId)
    }

    fn read_documents(&mut self, changed: &BTreeSet<PathBuf>) -> Result<(), Error> {
        let mut files = Vec::new();
        for file in changed {
            let text = reload(&self.opened.folder, file)?;
            // A document that can no longer be taken, that lay in a file of the same path, or that
            // became a draft or ceased to be one.
            let path = relative_path(&self.opened.folder, file);
            let has_page = |text: &String| self.opened.config.has_page(&path, text);
            let text = text.filter(has_page);
            let (Some(id), Some(text)) = (self.document(file), text) else {
                return self.read_content();
            };
            if !is_alone(&path, &text, &self.opened.sources, &self.opened.config) {
                return self.read_content();
            }
            self.opened.sources.documents[id.0].text = text;
            files.push(id);
        }
        let Opened {
            book,
            sources,
            config,
            ..
        } = &mut self.opened;
        book.reread(&files, sources, config)?;
        self.join()
    }

    fn read_content(&mut self) -> Result<(), Error> {
        let lock = self.opened.sources.lock.take();
        let navigation = self.opened.sources.navigation.take();
        let fonts = self.opened.sources.fonts.take();
        let changed = std::mem::take(&mut self.opened.sources.changed);
        let mut sources = load(&self.opened.folder)?;
        self.opened.config.keep_pages(&mut sources);
        expand(&mut sources, &self.opened.config);
        sources.lock = lock;
        sources.navigation = navigation;
        sources.fonts = fonts;
        sources.changed = changed;
        self.opened.book = Book::read(&sources, &self.opened.config)?;
        self.opened.sources = sources;
        self.join()
    }

    fn read_project(&mut self) -> Result<(), Error> {
        self.opened = (self.open)()?;
        Ok(())
    }

    /// Does what follows on a change of documents: wrong values on sheets, words of the site, and
    /// files in each other's way.
    fn join(&mut self) -> Result<(), Error> {
        let Opened {
            theme,
            book,
            sources,
            config,
            strings,
            ..
        } = &mut self.opened;
        book.mark_wrong_values(sources, config)?;
        sources.faults.retain(|fault| fault.other.is_empty());
        let hosting = hosting_files(&book.site, sources, &config.assets);
        let met = collisions(&book.view(sources, config, theme, strings))?;
        sources.faults.extend(hosting.into_iter().chain(met));
        prepare_theme(theme, book, sources, config, strings);
        Ok(())
    }

    /// Files of the content that pages show under their own names.
    fn assets_hash(&self) -> u64 {
        let is_asset = |file: &Path| !is_document(&file.to_string_lossy());
        self.files.hash(&self.opened.folder, is_asset)
    }

    /// Why the last change could not be taken in.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// What the reader found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.opened.book.diagnostics
    }

    /// Keeps what the checker found in the site as it is.
    pub fn set_checked(&mut self, checked: Vec<Diagnostic>) {
        self.checked = Some(checked);
    }

    /// Runs the checker over the site as it is, as long as `is_wanted`.
    ///
    /// # Errors
    /// [`Error::Config`] when the configuration names a rule that does not exist.
    pub fn check(
        &self,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Vec<Diagnostic>>, Error> {
        let Opened {
            book,
            sources,
            config,
            today,
            ..
        } = &self.opened;
        check_while(
            is_wanted,
            *today,
            &book.site,
            sources,
            config,
            book.diagnostics.clone(),
        )
    }

    /// All that pages are made of.
    pub fn view(&self) -> View<'_> {
        let Opened {
            book,
            sources,
            config,
            theme,
            strings,
            ..
        } = &self.opened;
        book.view(sources, config, theme, strings)
    }

    /// The file at `path` below the site's root, as a build would make it; `None` where a build
    /// makes none.
    ///
    /// # Errors
    /// [`Error::Template`] when a template fails, [`Error::Io`] when a file cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<Arc<Vec<u8>>>, Error> {
        if let Some(kept) = self.made().files.get(path) {
            return Ok(Some(Arc::clone(kept)));
        }
        let Some(files) = self.make(path)? else {
            return Ok(None);
        };
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let mut made = self.made();
        if made.bytes + bytes > KEPT_BYTES {
            *made = Made::default();
        }
        made.bytes += bytes;
        let files = files
            .into_iter()
            .map(|(path, bytes)| (path, Arc::new(bytes)));
        made.files.extend(files);
        Ok(made.files.get(path).cloned())
    }

    /// Makes the file at `path`, and with it those that cannot be made without it.
    fn make(&self, path: &str) -> Result<Option<Vec<MadeFile>>, Error> {
        let Opened { theme, sources, .. } = &self.opened;
        if let Some(asset) = sources.assets.iter().find(|asset| asset.path == path) {
            return Ok(Some(vec![(path.to_string(), asset.read()?)]));
        }
        if let Some((_, bytes)) = theme.files().find(|(name, _)| *name == path) {
            return Ok(Some(vec![(path.to_string(), bytes.to_vec())]));
        }
        let view = self.view();
        for output in OUTPUTS.iter().filter(|output| output.may_make(path)) {
            if let Some(made) = make_of(*output, &view, path)? {
                return Ok(Some(made));
            }
        }
        Ok(None)
    }

    /// A number that changes when the page at `path` is shown otherwise than before.
    pub fn mark(&self, path: &str) -> u64 {
        let bytes = match self.file(path) {
            Ok(bytes) => bytes.map(|bytes| hash(&bytes)),
            Err(error) => Some(hash(error.to_string().as_bytes())),
        };
        bytes.unwrap_or_default() ^ self.assets
    }

    /// Files that could not be taken, and what was found in the document that the page at `path`
    /// shows; on a page that shows none, the errors of all documents.
    pub fn findings(&self, path: &str) -> Vec<Finding> {
        let Opened {
            sources,
            strings,
            book,
            ..
        } = &self.opened;
        let checked = self.checked.as_ref().unwrap_or(&book.diagnostics);
        let page = self.page(path).map(FileId);
        let is_reported = |found: &&Diagnostic| match page {
            Some(page) => found.file == page,
            None => found.severity >= Severity::Error,
        };
        let found: Vec<Diagnostic> = checked.iter().filter(is_reported).cloned().collect();
        let found = written(found, sources);
        let found: Vec<&Diagnostic> = found.iter().collect();
        findings(&sources.faults, &found, sources, strings)
    }

    /// The page that is at `path`, or whose checklist does.
    fn page(&self, path: &str) -> Option<usize> {
        let Book { site, sheets, .. } = &self.opened.book;
        let sheet = || sheets.iter().find(|sheet| sheet.address.file() == path);
        site.page_of_address(path)
            .or_else(|| sheet().map(|sheet| sheet.page))
    }

    /// The checklists of the guide at `path`.
    pub fn sheets(&self, path: &str) -> Vec<SheetLink> {
        let Book { site, sheets, .. } = &self.opened.book;
        let page = self.page(path);
        let own = sheets.iter().filter(|sheet| Some(sheet.page) == page);
        own.map(|sheet| {
            let (scenario, mode) = sheet.parts(site);
            SheetLink {
                title: format!("{} · {}", scenario.title, mode.title),
                address: sheet.address.clone(),
            }
        })
        .collect()
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        // What is kept can be made again, so a panic that poisoned the lock does no harm.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file at `path` where this output makes it; where its files are made together, all of them.
fn make_of(
    output: &dyn Output,
    view: &View<'_>,
    path: &str,
) -> Result<Option<Vec<MadeFile>>, Error> {
    let mut planned = output.plan(view)?;
    if !planned.iter().any(|planned| planned.path == path) {
        return Ok(None);
    }
    if !output.is_made_together() {
        planned.retain(|planned| planned.path == path);
    }
    let made = planned.into_iter().map(|planned| planned.make_bytes());
    made.collect::<Result<Vec<_>, Error>>().map(Some)
}
