//! Opens a project: its configuration, sources and site.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::build::{Book, prepare_theme};
use crate::check::check_on;
use crate::check::fix::withhold_unproven;
use crate::check::levels::Levels;
use crate::cli::Console;
use crate::cli::files::read;
use crate::cli::git::dates::{Dates, dates};
use crate::cli::inferred::{ToolFiles, infer, interface_language, read_tool_files, shown};
use crate::cli::print_options::PrintOptions;
use crate::config::site::DateSource;
use crate::config::{Config, DEFAULT_PRESET};
use crate::diagnostic::{Diagnostic, Severity, written};
#[cfg(feature = "pdf")]
use crate::disk::leads_down;
use crate::disk::{Folder, open_below};
use crate::error::Error;
use crate::font::FontSet;
use crate::include::expand;
use crate::markdown::schema::choice::PanelChoices;
use crate::markdown::schema::variables::Variables;
use crate::model::lock::{LOCK_FILE, MAX_LOCK_BYTES};
use crate::output::collision::collisions;
use crate::output::hosting::hosting_files;
use crate::render::page::View;
#[cfg(feature = "pdf")]
use crate::render::print_settings::{Letterhead, PageSetup, PrintSettings, unreadable};
use crate::render::theme::Theme;
use crate::report::finding::fault_lines;
use crate::report::human::human;
use crate::source::{FileId, Source, SourceSet, load_from};
use crate::strings::Strings;

/// Environment variable with the time, in seconds since 1970.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// How often documents are read again without those that cannot be.
pub(super) const MOST_READINGS: usize = 8;

/// A project whose documents are loaded and not yet read.
pub(super) struct Unread {
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
    /// What was found out about the content from files of another tool, in lines.
    pub finding_out: Vec<String>,
}

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

impl Unread {
    /// Loads the project in `root`, or the folder `content` with the defaults.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be read, [`Error::Config`] when the configuration is not
    /// valid, [`Error::Request`] when there is no content folder.
    pub fn open(
        root: Option<&Path>,
        content: Option<&Path>,
        console: Console,
    ) -> Result<Self, Error> {
        let root = Project::root(root, content).map(Path::to_path_buf);
        let mut config = match &root {
            Some(root) => Config::load(root)?,
            None => Config::defaults(),
        };
        // A misspelt rule is an error of every command, not of `check` alone.
        Levels::new(&config.check)?;
        let strings = Strings::load(console.lang.unwrap_or(config.lang));
        let folder = match (content, &root) {
            (Some(content), _) => content.to_path_buf(),
            (None, Some(root)) => root.join(&config.content),
            (None, None) => PathBuf::from(&config.content),
        };
        let opened = match (content, &root) {
            (None, Some(root)) => open_below(root, Path::new(&config.content)),
            _ => Folder::open(&folder),
        };
        let opened = opened.map_err(|error| no_content(&folder, error, &strings))?;
        let mut sources = load_from(opened, &folder)?;
        let inferred = match root {
            Some(_) => None,
            None => Some(infer(&folder, &sources, config.clone())?),
        };
        let found = inferred.map(|found| {
            config = found.config;
            (found.preset, found.file)
        });
        let files = read_tool_files(&mut config, &folder, &sources);
        sources
            .assets
            .retain(|asset| !config.tool.has_file(&asset.path));
        if let Some(lang) = console.lang {
            config.lang = lang;
        } else if let (Some(_), Some(lang)) = (&found, interface_language(&config)) {
            config.lang = lang;
        }
        let strings = strings.in_language(config.lang).clone();
        let found = found.filter(|(preset, _)| *preset != DEFAULT_PRESET);
        let mut finding_out = Vec::new();
        finding_out.extend(
            files
                .code
                .as_ref()
                .map(|file| strings.cli("navigation_not_data", &[("path", &file.path)])),
        );
        finding_out.extend(
            found.map(|(preset, file)| {
                found_out(&strings, &config, preset, file.as_deref(), &files)
            }),
        );
        sources.navigation = files.code;
        config.keep_pages(&mut sources);
        expand(&mut sources, &config);
        if let Some(root) = &root {
            sources.lock = read_lock(root, &strings)?;
        }
        sources.fonts = fonts(&config.print.fonts, root.as_deref(), &strings)?;
        let around = root.as_deref().unwrap_or(&folder);
        finding_out.extend(add_dates(&mut sources, &config, around, &folder, &strings));
        Ok(Self {
            root,
            folder,
            config,
            strings,
            sources,
            finding_out,
        })
    }

    /// Reads the documents.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn read(self) -> Result<Project, Error> {
        let Self {
            root,
            folder,
            config,
            strings,
            mut sources,
            finding_out: _,
        } = self;
        let book = Book::read(&sources, &config)?;
        let hosting = hosting_files(&book.site, &sources, &config.assets);
        sources.faults.extend(hosting);
        Ok(Project {
            root,
            folder,
            config,
            strings,
            sources,
            book,
        })
    }
}

impl Project {
    /// Reads the project in `root`, or the folder `content` with the defaults.
    ///
    /// # Errors
    /// Those of [`Unread::open`] and [`Unread::read`].
    pub fn open(
        root: Option<&Path>,
        content: Option<&Path>,
        console: Console,
    ) -> Result<Self, Error> {
        Unread::open(root, content, console)?.read()
    }

    /// The project as it is with more values of conditions and with chosen panels of tabs, with the
    /// errors of its sheets.
    ///
    /// # Errors
    /// Those of [`Unread::read`] and [`Project::check`].
    pub fn with_choices(&self, variables: Variables, panels: &PanelChoices) -> Result<Self, Error> {
        let unread = Unread {
            root: self.root.clone(),
            folder: self.folder.clone(),
            config: self.config.with_choices(variables, panels),
            strings: self.strings.clone(),
            sources: self.sources.clone(),
            finding_out: Vec::new(),
        };
        let mut project = unread.read()?;
        let found = project.check()?;
        project.book.mark_sheets(&project.sources, &found);
        Ok(project)
    }

    /// The folder of the project that is asked for; `None` for a content folder without one.
    pub fn root<'p>(root: Option<&'p Path>, content: Option<&Path>) -> Option<&'p Path> {
        match (root, content) {
            (None, Some(_)) => None,
            (root, _) => Some(root.unwrap_or(Path::new("."))),
        }
    }

    /// The theme with the words of the site.
    ///
    /// # Errors
    /// [`Error::Template`] when a template is not valid, [`Error::Io`] when a file cannot be read.
    pub fn theme(&self) -> Result<Theme, Error> {
        let root = self.root.as_deref();
        let theme = Theme::load(root)?.with_brand(root, &self.config.site)?;
        let mut theme = theme.with_paper(&self.config.print);
        let Self { book, sources, .. } = self;
        prepare_theme(&mut theme, book, sources, &self.config, &self.strings);
        Ok(theme)
    }

    /// Finds files of the content that are where a build with this theme writes another one.
    ///
    /// # Errors
    /// [`Error::Template`] when an output cannot be planned.
    pub fn find_collisions(&mut self, theme: &Theme) -> Result<(), Error> {
        let met = collisions(&self.view(theme))?;
        self.sources.faults.extend(met);
        Ok(())
    }

    /// What pages and sheets are made of.
    pub fn view<'v>(&'v self, theme: &'v Theme) -> View<'v> {
        let Self { book, sources, .. } = self;
        book.view(sources, &self.config, theme, &self.strings)
    }

    /// Gives the theme what PDF sheets need, some of it from the command line. Fonts that are
    /// named there lie where it is used, others below the root.
    ///
    /// # Errors
    /// [`Error::Request`] when a font file cannot be read, or `SOURCE_DATE_EPOCH` is no time.
    #[cfg(feature = "pdf")]
    pub fn load_print_settings(
        &self,
        theme: &mut Theme,
        given: &PrintOptions,
    ) -> Result<(), Error> {
        let (names, root) = match given.font.as_slice() {
            [] => (self.config.print.fonts.as_slice(), self.root.as_deref()),
            fonts => (fonts, None),
        };
        let config = given.over(&self.config.print);
        let epoch = self.given_time()?;
        let day = config.date.then(|| self.today()).transpose()?;
        let day = day.map(|day| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)));
        let epoch = epoch.or(day.and_then(Result::ok));
        let mut print_settings = PrintSettings::load(names, root, &self.strings)?;
        print_settings.epoch = epoch.map(Timestamp::as_second);
        print_settings.page = PageSetup::new(&config);
        print_settings.letterhead = Letterhead::load(&config, self.root.as_deref())?;
        print_settings.is_fillable = given.fillable;
        theme.set_print_settings(print_settings);
        Ok(())
    }

    /// Says how to get PDF sheets.
    ///
    /// # Errors
    /// [`Error::Request`] always.
    #[cfg(not(feature = "pdf"))]
    pub fn load_print_settings(
        &self,
        _theme: &mut Theme,
        _given: &PrintOptions,
    ) -> Result<(), Error> {
        Err(Error::Request(self.strings.cli("no_pdf", &[])))
    }

    /// Everything that the checker finds.
    ///
    /// # Errors
    /// [`Error::Config`] when the configuration names a rule that does not exist,
    /// [`Error::Request`] when `SOURCE_DATE_EPOCH` is no time.
    pub fn check(&self) -> Result<Vec<Diagnostic>, Error> {
        let read = self.book.diagnostics.clone();
        let today = Some(self.today()?);
        check_on(today, &self.book.site, &self.sources, &self.config, read)
    }

    /// Gives each sheet the errors that make a value on it wrong.
    ///
    /// # Errors
    /// [`Error::Config`] when the configuration names a rule that does not exist.
    pub fn mark_wrong_values(&mut self) -> Result<(), Error> {
        self.book.mark_wrong_values(&self.sources, &self.config)
    }

    /// Whether the checker finds anything that misleads a reader; reports it.
    ///
    /// # Errors
    /// Those of [`Project::check`].
    pub fn misleads(&self, console: Console) -> Result<bool, Error> {
        let found = self.check()?;
        let errors: Vec<Diagnostic> = found
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .cloned()
            .collect();
        let misleads = !errors.is_empty();
        self.show(errors, console)?;
        let counted = found
            .iter()
            .filter(|found| found.severity >= Severity::Warning);
        self.report_checked(counted.count(), console);
        Ok(misleads)
    }

    /// Takes back the fixes of findings that would change more than their rules announce.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn withhold_unproven_fixes(&self, found: &mut [Diagnostic]) -> Result<(), Error> {
        withhold_unproven(&self.book.site, &self.sources, &self.config, found)
    }

    /// Shows findings to people, with the fixes that are proven.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn show(&self, mut found: Vec<Diagnostic>, console: Console) -> Result<(), Error> {
        if found.is_empty() {
            return Ok(());
        }
        self.withhold_unproven_fixes(&mut found)?;
        let found = written(found, &self.sources);
        let found: Vec<&Diagnostic> = found.iter().collect();
        console.show(&human(&found, &self.sources, &self.strings, console.color));
        Ok(())
    }

    /// Says how many findings there are; files that could not be read are some.
    pub fn report_checked(&self, findings: usize, console: Console) {
        let documents = self.sources.documents.len().to_string();
        let findings = (findings + self.sources.faults.len()).to_string();
        let counts = [("documents", &*documents), ("findings", &findings)];
        console.status(&self.strings.cli("checked", &counts));
    }

    /// The day of the project: today, or that of `SOURCE_DATE_EPOCH`, so that a check can be
    /// repeated.
    ///
    /// # Errors
    /// [`Error::Request`] when the variable is no time.
    pub fn today(&self) -> Result<Date, Error> {
        let time = match self.given_time()? {
            Some(time) => Some(time),
            None => Timestamp::try_from(SystemTime::now()).ok(),
        };
        let offset = self.config.utc_offset.offset();
        let day = time.map(|time| offset.to_datetime(time).date());
        day.ok_or_else(|| self.no_time())
    }

    /// The time in the variable; `None` when it is not set.
    fn given_time(&self) -> Result<Option<Timestamp>, Error> {
        let Some(given) = std::env::var_os(EPOCH) else {
            return Ok(None);
        };
        let seconds = given.to_str().and_then(|given| given.parse().ok());
        let seconds = seconds.filter(|seconds| *seconds >= 0);
        let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        time.map(Some).ok_or_else(|| self.no_time())
    }

    fn no_time(&self) -> Error {
        Error::Request(self.strings.cli("no_time", &[("variable", EPOCH)]))
    }

    /// Leaves out the documents and files that would stop a build, and reports them; whether there
    /// were none.
    ///
    /// # Errors
    /// Those of [`Unread::read`].
    pub fn leave_out_unreadable(&mut self, console: Console) -> Result<bool, Error> {
        let mut is_whole = true;
        // Without one document another may have a fault, such as an address that is now its own.
        for _ in 0..MOST_READINGS {
            let found = self.book.diagnostics.iter();
            let fatal = found.filter(|found| found.severity == Severity::Fatal);
            let files: BTreeSet<FileId> = fatal.map(|found| found.file).collect();
            if files.is_empty() && self.sources.faults.is_empty() {
                return Ok(is_whole);
            }
            is_whole = false;
            self.report(console)?;
            let refused: BTreeSet<String> = self
                .sources
                .faults
                .drain(..)
                .map(|fault| fault.path)
                .collect();
            let mut index = 0;
            self.sources.documents.retain(|document| {
                let file = FileId(index);
                index += 1;
                !files.contains(&file) && !refused.contains(&document.path)
            });
            let assets = &mut self.sources.assets;
            assets.retain(|asset| !refused.contains(&asset.path));
            self.read_again()?;
        }
        Ok(is_whole)
    }

    fn read_again(&mut self) -> Result<(), Error> {
        self.book = Book::read(&self.sources, &self.config)?;
        let Self {
            book,
            sources,
            config,
            ..
        } = self;
        let hosting = hosting_files(&book.site, sources, &config.assets);
        sources.faults.extend(hosting);
        Ok(())
    }

    /// Whether something must be fixed before anything is written; reports it.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn report(&self, console: Console) -> Result<bool, Error> {
        for fault in &self.sources.faults {
            console.warn(&fault_lines(fault, &self.strings));
        }
        let least = if console.is_verbose {
            Severity::Info
        } else {
            Severity::Fatal
        };
        let shown = self.book.diagnostics.iter();
        let shown = shown.filter(|found| found.severity >= least).cloned();
        self.show(shown.collect(), console)?;
        Ok(self.book.is_fatal() || !self.sources.faults.is_empty())
    }
}

/// Adds when documents were last changed, as the history of the project says; returns why it does
/// not. A site is built without it all the same.
fn add_dates(
    sources: &mut SourceSet,
    config: &Config,
    around: &Path,
    folder: &Path,
    strings: &Strings,
) -> Option<String> {
    if config.site.dates == DateSource::Frontmatter {
        return None;
    }
    match dates(around, folder, strings) {
        Ok(Dates::None) => None,
        Ok(Dates::Known(changed)) => {
            sources.changed = changed;
            None
        }
        Ok(Dates::Shallow) => Some(strings.cli("dates_shallow", &[])),
        Err(error) => Some(strings.cli("dates_unknown", &[("reason", &error.to_string())])),
    }
}

/// The fonts of printed sheets: none without an engine that prints them.
///
/// # Errors
/// Never.
#[cfg(not(feature = "pdf"))]
fn fonts(
    _names: &[String],
    _root: Option<&Path>,
    _strings: &Strings,
) -> Result<Option<FontSet>, Error> {
    Ok(Some(FontSet::built_in()))
}

/// The fonts of printed sheets; `None` where a file of the machine cannot be read, which may be
/// another machine than the one that prints.
///
/// # Errors
/// [`Error::Request`] when a file of the project cannot be read.
#[cfg(feature = "pdf")]
fn fonts(
    names: &[String],
    root: Option<&Path>,
    strings: &Strings,
) -> Result<Option<FontSet>, Error> {
    match FontSet::read(names, root) {
        Ok(fonts) => Ok(Some(fonts)),
        Err(font) if leads_down(Path::new(&font.name)) => Err(unreadable(&font, strings)),
        Err(_) => Ok(None),
    }
}

/// What was found out about a content folder, in a line.
fn found_out(
    strings: &Strings,
    config: &Config,
    preset: &str,
    file: Option<&Path>,
    files: &ToolFiles,
) -> String {
    let reason = file.map_or_else(|| strings.cli("inferred_by_documents", &[]), shown);
    let navigation = files.navigation.as_deref();
    let folders = || strings.cli("inferred_folders", &[]);
    let values = [
        ("preset", preset),
        ("reason", &reason),
        ("navigation", &navigation.map_or_else(folders, shown)),
        ("lang", config.lang.tag()),
    ];
    strings.cli("inferred", &values)
}

/// Why there is no content folder.
fn no_content(folder: &Path, error: io::Error, strings: &Strings) -> Error {
    let key = match error.kind() {
        io::ErrorKind::NotFound => "no_content",
        io::ErrorKind::NotADirectory => "content_is_no_folder",
        _ => return Error::io("read", folder, error),
    };
    let path = folder.display().to_string();
    Error::Request(strings.cli(key, &[("path", &path)]))
}

/// The list of addresses in a project's folder.
fn read_lock(root: &Path, strings: &Strings) -> Result<Option<Source>, Error> {
    let text = read(&root.join(LOCK_FILE), MAX_LOCK_BYTES, strings)?;
    Ok(text.map(|text| Source {
        path: LOCK_FILE.to_string(),
        text,
    }))
}
