//! `tickbook print`: sheets found by a few words, as HTML or PDF, empty or filled in for a case.

mod case_set;
mod cases;
mod conditions;
mod find;
mod pdf_printer;
mod request;
mod seal;
mod variants;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::ptr;

use clap::Args;

use crate::cli::print::case_set::print_cases;
use crate::cli::print::cases::CaseText;
use crate::cli::print::conditions::{Choices, decided, projects};
use crate::cli::print::find::{describe, find};
use crate::cli::print::pdf_printer::PdfPrinter;
use crate::cli::print::request::Request;
use crate::cli::print::variants::ChosenVariants;
use crate::cli::print::write::{Overwrite, named_stream, write_one};
use crate::cli::print_options::PrintOptions;
use crate::cli::progress::Progress;
use crate::cli::project::Project;
use crate::cli::{Console, ContentArguments, Outcome};
use crate::diagnostic::{Diagnostic, sort};
use crate::disk::named::Stream;
use crate::error::Error;
use crate::markdown::frontmatter::UNCLEAR_DRAFT;
use crate::model::page_address::PageAddress;
use crate::output::checklist::filled_page;
use crate::render::case::CaseFiller;
use crate::render::checklist::ChecklistView;
use crate::render::html::Destination;
use crate::render::page::View;
use crate::render::sheet::{SheetRef, view as sheet_view};
use crate::render::theme::Theme;

/// Name of several sheets in one file.
const BOOKLET: &str = "checklists.pdf";

/// Arguments of `tickbook print`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Guides: slug, title, or a word of them; several make one booklet
    #[arg(value_name = "GUIDE")]
    guides: Vec<String>,
    /// Words of the scenario, enough to identify one
    #[arg(long, value_name = "WORDS")]
    scenario: Option<String>,
    /// Only scenarios for this version, such as V2
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The mode's key, such as test or live; `test,live` makes one booklet
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    mode: Vec<String>,
    /// Print one panel of tabs, such as os=linux or linux; `os=all` prints all of them
    #[arg(long, value_name = "NAME=LABEL")]
    variant: Vec<String>,
    /// Print every sheet that matches, as one booklet; without GUIDE, those of all guides
    #[arg(long)]
    all: bool,
    /// Fill in a box or a field, such as `merchant=…`, or decide a condition; secrets are refused
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Keep only the choices and conditional items for this case
    #[arg(long, value_name = "WORDS")]
    choose: Vec<String>,
    /// Read guide, mode, choices and values from this YAML file, or from standard input for `-`
    #[arg(long, value_name = "FILE", conflicts_with = "cases")]
    case: Option<PathBuf>,
    /// Print a PDF for each YAML file in this folder, into the folder given by `-o`
    #[arg(long, value_name = "DIR", requires = "output")]
    cases: Option<PathBuf>,
    #[command(flatten)]
    options: PrintOptions,
    /// Write to this .html or .pdf file, or HTML to standard output for `-` [default: named after the sheet]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print a checklist even if the checker found a wrong value on it, with a warning at the top
    #[arg(long)]
    with_findings: bool,
    /// Replace existing files that `print` did not write or that were changed since
    #[arg(long)]
    force: bool,
    /// Folder with the project's tickbook.yaml
    #[arg(long, value_name = "ROOT")]
    root: Option<PathBuf>,
    #[command(flatten)]
    content: ContentArguments,
}

impl Arguments {
    fn overwrite(&self) -> Overwrite {
        if self.force {
            Overwrite::All
        } else {
            Overwrite::Ours
        }
    }
}

/// Prints the requested sheets.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let content = arguments.content.content.as_deref();
    let mut project = Project::open(arguments.root.as_deref(), content, console)?;
    let found = project.check()?;
    project.book.mark_sheets(&project.sources, &found);
    match (&arguments.cases, &arguments.output) {
        (Some(cases), Some(output)) => print_cases(arguments, &project, cases, output, console),
        _ => {
            let strings = &project.strings;
            let case = arguments.case.as_deref();
            let case = case.map(|file| CaseText::read(file, strings));
            let mut request = Request::read(arguments, case.transpose()?.as_ref(), strings)?;
            let (chosen, variants) = choices(&project, &mut request)?;
            let own = projects(&project, [&chosen])?;
            let asked = Asked {
                site: &project,
                project: own.get(&chosen).unwrap_or(&project),
                request,
                variants,
            };
            print_one(arguments, &asked, console)
        }
    }
}

/// A request with the project that its sheets are made from.
struct Asked<'p> {
    /// The project without the request's choices.
    site: &'p Project,
    project: &'p Project,
    request: Request,
    variants: ChosenVariants,
}

impl Asked<'_> {
    /// The sheets filled in with what is known of the case.
    fn fill(&self, theme: &Theme, sheets: &[&SheetRef]) -> Result<Vec<ChecklistView>, Error> {
        let view = self.project.view(theme);
        let mut filled = fill(self.project, &view, sheets, &self.request)?;
        if !ptr::eq(self.site, self.project) {
            take_revisions(self.site, theme, sheets, &mut filled)?;
            let variants = &self.variants;
            variants.name(self.site, self.project, sheets, &mut filled);
        }
        Ok(filled)
    }
}

/// What the documents are read with for a request; values of conditions are taken out of it.
fn choices(project: &Project, request: &mut Request) -> Result<(Choices, ChosenVariants), Error> {
    let variants = ChosenVariants::read(project, request)?;
    let choices = Choices {
        variables: decided(project, request)?,
        panels: variants.panels(),
    };
    Ok((choices, variants))
}

/// Whether the sheets may be printed; otherwise reports what is wrong with them.
fn may_be_printed<'s>(
    arguments: &Arguments,
    project: &Project,
    sheets: impl Iterator<Item = &'s SheetRef>,
    console: Console,
) -> Result<bool, Error> {
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let mut files = BTreeSet::new();
    for sheet in sheets {
        files.insert(project.book.site.pages[sheet.page].document.file);
        for fault in sheet.faults.iter().filter(|fault| fault.makes_wrong) {
            if !wrong.contains(&fault.found) {
                wrong.push(fault.found.clone());
            }
        }
    }
    let drafts = project.book.diagnostics.iter();
    let drafts = drafts.filter(|found| found.rule == UNCLEAR_DRAFT && files.contains(&found.file));
    let drafts: Vec<Diagnostic> = drafts.cloned().collect();
    if !drafts.is_empty() {
        project.show(drafts, console)?;
        return Ok(false);
    }
    if wrong.is_empty() || arguments.with_findings {
        return Ok(true);
    }
    sort(&mut wrong);
    let count = wrong.len().to_string();
    project.show(wrong, console)?;
    console.warn(&project.strings.cli("not_printed", &[("findings", &count)]));
    Ok(false)
}

/// Prints one request to the file that is named, or to one named after the sheet.
fn print_one(arguments: &Arguments, asked: &Asked<'_>, console: Console) -> Result<Outcome, Error> {
    let project = asked.project;
    let sheets = find(project, &asked.request)?;
    let printed = sheets.iter().map(|sheet| (project, *sheet));
    asked.variants.check(asked.site, printed)?;
    let file = match (&arguments.output, sheets.as_slice()) {
        (Some(file), _) => file.clone(),
        (None, [sheet]) => PathBuf::from(PageAddress::of_stem(&stem(project, sheet)).file()),
        (None, _) => PathBuf::from(BOOKLET),
    };
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    let is_pdf = ending.as_ref().is_some_and(|ending| ending == "pdf");
    if ending.is_some_and(|ending| ending != "html") && !is_pdf {
        return Err(refuse(project, "unknown_form", &file));
    }
    if !is_pdf && arguments.options.fillable {
        return Err(refuse(project, "fillable_is_pdf", &file));
    }
    if !may_be_printed(arguments, project, sheets.iter().copied(), console)? {
        return Ok(Outcome::Findings);
    }
    let mut theme = project.theme()?;
    if is_pdf {
        project.load_print_settings(&mut theme, &arguments.options)?;
    }
    let view = project.view(&theme);
    let filled = asked.fill(&theme, &sheets)?;
    let bytes = if is_pdf {
        let progress = Progress::new(sheets.len(), console);
        PdfPrinter::new(&view)?.print(&sheets, &filled, || progress.count())?
    } else {
        let [sheet] = filled.as_slice() else {
            return Err(refuse(project, "booklet_is_pdf", &file));
        };
        filled_page(sheet, &view, &theme.sheet_style())?.into_bytes()
    };
    write_one(&file, bytes, arguments.overwrite(), &project.strings)?;
    if named_stream(&file) != Some(Stream::Output) {
        report_printed(project, &sheets, &file, console);
    }
    Ok(Outcome::Done)
}

/// Gives sheets the revision of their pages on the site, which have the parts for all conditions:
/// a sheet is outdated when its page has changed.
fn take_revisions(
    site: &Project,
    theme: &Theme,
    sheets: &[&SheetRef],
    filled: &mut [ChecklistView],
) -> Result<(), Error> {
    let view = site.view(theme);
    for (sheet, filled) in sheets.iter().zip(filled) {
        let mut known = site.book.sheets.iter();
        let Some(known) = known.find(|known| known.address == sheet.address) else {
            continue;
        };
        let context = view.context(known.page, Destination::Alone);
        let whole = sheet_view(known, view.sheets, context)?;
        (filled.print, filled.revision) = (whole.print, whole.revision);
    }
    Ok(())
}

/// Sheets filled in with the known values of the case.
fn fill(
    project: &Project,
    view: &View<'_>,
    sheets: &[&SheetRef],
    request: &Request,
) -> Result<Vec<ChecklistView>, Error> {
    let look_at = |sheet: &&SheetRef| {
        let context = view.context(sheet.page, Destination::Alone);
        sheet_view(sheet, view.sheets, context)
    };
    let mut filled = sheets.iter().map(look_at).collect::<Result<Vec<_>, _>>()?;
    let filler = CaseFiller {
        words: &project.config.conventions.fields,
        strings: &project.strings,
    };
    filler.fill(&request.case, &mut filled)?;
    Ok(filled)
}

fn refuse(project: &Project, key: &str, path: &Path) -> Error {
    let path = path.display().to_string();
    Error::Request(project.strings.cli(key, &[("path", &path)]))
}

/// Reports which sheets are in which file.
fn report_printed(project: &Project, sheets: &[&SheetRef], file: &Path, console: Console) {
    let path = file.display().to_string();
    for sheet in sheets {
        let name = describe(project, sheet);
        let values = [("sheet", name.as_str()), ("path", &path)];
        console.status(&project.strings.cli("printed", &values));
    }
}

/// A sheet's name without ending.
fn stem(project: &Project, sheet: &SheetRef) -> String {
    let name = sheet.address.name();
    format!("{}-{name}", project.book.site.pages[sheet.page].slug)
}
