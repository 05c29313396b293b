//! Opens a project: its configuration, sources and site.

use std::path::{Path, PathBuf};

use crate::build::Book;
use crate::check::check;
use crate::cli::Talk;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::report::clean::without_controls;
use crate::report::finding::fault_message;
use crate::report::human::human;
use crate::source::{SourceSet, load};
use crate::strings::Strings;

/// A project that was read.
pub(super) struct Project {
    /// Its folder; `None` for a content folder without a project.
    pub root: Option<PathBuf>,
    /// The folder of its documents.
    pub folder: PathBuf,
    /// Its configuration.
    pub config: Config,
    /// Its words.
    pub strings: Strings,
    /// Its documents.
    pub sources: SourceSet,
    /// Its site.
    pub book: Book,
}

impl Project {
    /// Reads the project in `root`, or the folder `content` with the defaults.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be read, [`Error::Config`] when the configuration is not
    /// valid, [`Error::Request`] when there is no content folder.
    pub fn open(root: Option<&Path>, content: Option<&Path>, talk: Talk) -> Result<Self, Error> {
        let root = match (root, content) {
            (None, Some(_)) => None,
            (root, _) => Some(root.unwrap_or(Path::new(".")).to_path_buf()),
        };
        let mut config = match &root {
            Some(root) => Config::load(root)?,
            None => Config::defaults(),
        };
        if let Some(lang) = talk.lang {
            config.lang = lang;
        }
        let strings = Strings::load(config.lang);
        let folder = match (content, &root) {
            (Some(content), _) => content.to_path_buf(),
            (None, Some(root)) => root.join(&config.content),
            (None, None) => PathBuf::from(&config.content),
        };
        if !folder.is_dir() {
            let path = folder.display().to_string();
            return Err(Error::Request(
                strings.cli("no_content", &[("path", &path)]),
            ));
        }
        let sources = load(&folder)?;
        let book = Book::read(&sources, &config)?;
        Ok(Self {
            root,
            folder,
            config,
            strings,
            sources,
            book,
        })
    }

    /// Whether the checker finds what misleads a reader; says what.
    ///
    /// # Errors
    /// [`Error::Config`] when the configuration names a rule that does not exist.
    pub fn misleads(&self, talk: Talk) -> Result<bool, Error> {
        let read = self.book.diagnostics.clone();
        let found = check(&self.book.site, &self.sources, &self.config, read)?;
        let errors: Vec<&Diagnostic> = found
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .collect();
        if !errors.is_empty() {
            talk.warn(&human(&errors, &self.sources, &self.strings, talk.color));
        }
        Ok(!errors.is_empty())
    }

    /// Whether something must be mended before anything is written; says what.
    pub fn report(&self, talk: Talk) -> bool {
        for fault in &self.sources.faults {
            let text = self.strings.message(&fault_message(fault));
            talk.warn(&without_controls(&format!("error[{}]: {text}", fault.rule)));
        }
        let least = if talk.is_verbose {
            Severity::Info
        } else {
            Severity::Fatal
        };
        let shown: Vec<&Diagnostic> = self
            .book
            .diagnostics
            .iter()
            .filter(|found| found.severity >= least)
            .collect();
        if !shown.is_empty() {
            talk.warn(&human(&shown, &self.sources, &self.strings, talk.color));
        }
        self.book.is_fatal() || !self.sources.faults.is_empty()
    }
}
