//! The whole line from sources to artifacts, without touching the disk.

pub mod inputs;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::check::check_values;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::model::page::Page;
use crate::model::site::Site;
use crate::output::{Artifact, ArtifactContent, OUTPUTS, Output, Sink};
use crate::render::page::View;
use crate::render::sheet::fault::mark;
use crate::render::sheet::{SheetRef, sheets};
use crate::render::theme::{EditionKey, Theme};
use crate::source::{FileId, SourceSet};
use crate::strings::Strings;

/// A site that was read, ready to be shown.
pub struct Book {
    /// The site.
    pub site: Site,
    /// Every sheet, in page order.
    pub sheets: Vec<SheetRef>,
    /// What was found in the content, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of a build besides its artifacts.
#[derive(Debug)]
pub struct Made {
    /// How long each output took.
    pub timings: Vec<Timing>,
    /// What the content did not let be made, such as sheets that cannot be printed.
    pub missing: Vec<Diagnostic>,
}

/// How long a part of a build took.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Name of the part.
    pub name: &'static str,
    /// Its time.
    pub time: Duration,
}

impl Book {
    /// Reads sources into a site.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn read(sources: &SourceSet, config: &Config) -> Result<Self, Error> {
        let (site, diagnostics) = Site::build(sources, config)?;
        let sheets = sheets(&site);
        Ok(Self {
            site,
            sheets,
            diagnostics,
        })
    }

    /// Reads some documents again whose texts have changed. On failure the book is empty.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn reread(
        &mut self,
        files: &[FileId],
        sources: &SourceSet,
        config: &Config,
    ) -> Result<(), Error> {
        let (site, known) = (mem::take(&mut self.site), mem::take(&mut self.diagnostics));
        (self.site, self.diagnostics) = site.reread(files, known, sources, config)?;
        self.sheets = sheets(&self.site);
        Ok(())
    }

    /// Gives each sheet the errors among `found` that concern it.
    pub fn mark_sheets(&mut self, sources: &SourceSet, found: &[Diagnostic]) {
        mark(&mut self.sheets, &self.site, sources, found);
    }

    /// Gives each sheet the errors that make a value on it wrong.
    ///
    /// # Errors
    /// [`Error::Config`] when the configuration names a rule that does not exist.
    pub fn mark_wrong_values(&mut self, sources: &SourceSet, config: &Config) -> Result<(), Error> {
        if !self.sheets.is_empty() {
            let found = check_values(&self.site, sources, config)?;
            self.mark_sheets(sources, &found);
        }
        Ok(())
    }

    /// The sheets that an error makes a value of wrong.
    pub fn wrong_sheets(&self) -> impl Iterator<Item = &SheetRef> {
        self.sheets.iter().filter(|sheet| sheet.is_wrong())
    }

    /// Whether a finding would make the output wrong or unsafe.
    pub fn is_fatal(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Fatal)
    }

    /// What pages and sheets are made of.
    pub fn view<'v>(
        &'v self,
        sources: &'v SourceSet,
        config: &'v Config,
        theme: &'v Theme,
        strings: &'v Strings,
    ) -> View<'v> {
        View {
            site: &self.site,
            sources,
            config,
            theme,
            strings,
            sheets: &self.sheets,
        }
    }
}

/// Gives templates the words and the site they all use.
pub fn prepare_theme(
    theme: &mut Theme,
    book: &Book,
    sources: &SourceSet,
    config: &Config,
    strings: &Strings,
) {
    theme.clear_editions();
    let site = book.view(sources, config, theme, strings).site_data();
    theme.set_global("t", &words(strings, config));
    theme.set_global("site", &site);
    let usual = (config.lang, None);
    let keys: BTreeSet<EditionKey> = book.site.pages.iter().map(Page::edition).collect();
    for key in keys.into_iter().filter(|key| *key != usual) {
        let words = words(strings.in_language(key.0), config);
        let view = book.view(sources, config, theme, strings);
        let site = view.site_data_in(&key);
        theme.add_edition(key, &[("t", &words), ("site", &site)]);
    }
}

/// The words of templates, with those that the project has for a case.
fn words<'w>(strings: &'w Strings, config: &'w Config) -> BTreeMap<&'w str, &'w str> {
    let mut words = strings.templates();
    let own = config.checklist.case_words.get(&strings.language());
    words.extend(
        own.into_iter()
            .flatten()
            .map(|(word, text)| (word.key(), text.as_str())),
    );
    words
}

/// Makes every artifact of the outputs named in `only`, or of all when it is empty.
///
/// # Errors
/// [`Error::Template`] when a template fails, and whatever the sink returns.
pub fn emit(view: &View<'_>, only: &[String], sink: &Sink<'_>) -> Result<Made, Error> {
    let is_wanted = |output: &&&dyn Output| match only {
        [] => output.is_made_unasked(),
        names => names.iter().any(|name| name == output.name()),
    };
    let wanted: Vec<&dyn Output> = OUTPUTS.iter().filter(is_wanted).copied().collect();
    let made: Vec<Result<(Timing, Vec<Diagnostic>), Error>> = wanted
        .par_iter()
        .map(|output| timed(*output, view, sink))
        .collect();
    let made: Vec<(Timing, Vec<Diagnostic>)> = made.into_iter().collect::<Result<_, _>>()?;
    let (timings, missing): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    if wanted.iter().any(|output| output.needs_files()) {
        for (path, bytes) in view.theme.files() {
            sink(Artifact::bytes(path, bytes.to_vec()))?;
        }
    }
    for asset in &view.sources.assets {
        sink(Artifact {
            path: asset.path.clone(),
            content: ArtifactContent::Copy(asset.file.clone()),
        })?;
    }
    let missing = missing.into_iter().flatten().collect();
    Ok(Made { timings, missing })
}

/// Makes one output. The outputs share the processors, so their times overlap.
fn timed(
    output: &dyn Output,
    view: &View<'_>,
    sink: &Sink<'_>,
) -> Result<(Timing, Vec<Diagnostic>), Error> {
    let start = Instant::now();
    let missing = output.emit(view, sink)?;
    let timing = Timing {
        name: output.name(),
        time: start.elapsed(),
    };
    Ok((timing, missing))
}
