//! `tickbook print`: sheets found by a few words, as HTML or PDF, empty or filled in for a case.

mod cases;
mod conditions;
mod find;
mod request;
mod seal;
mod variants;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::ptr;

use clap::Args;

use crate::cli::print::cases::CaseText;
use crate::cli::print::conditions::{Choices, decided, projects};
use crate::cli::print::find::{describe, find};
use crate::cli::print::request::Request;
use crate::cli::print::variants::ChosenVariants;
use crate::cli::print::write::{Overwrite, named_stream, write_one, write_set};
use crate::cli::print_options::PrintOptions;
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
#[cfg(feature = "pdf")]
use crate::render::print::Printer;
use crate::render::sheet::{SheetRef, view as sheet_view};
use crate::render::theme::Theme;
use crate::report::clean::on_one_line;

/// Name of several sheets in one file.
const BOOKLET: &str = "checklists.pdf";

/// Longest part of a file's name that a case gives, in characters.
const LONGEST_WORD: usize = 60;

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
    /// Print every sheet that matches, as one booklet
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
        print_pdf(&view, &sheets, &filled)?
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

/// Prints a file for each case of a folder. Everything is read and printed before anything is
/// written, so that a fault in one case does not leave half of the set.
fn print_cases(
    arguments: &Arguments,
    project: &Project,
    cases: &Path,
    output: &Path,
    console: Console,
) -> Result<Outcome, Error> {
    let mut read = Vec::new();
    for case in CaseText::read_folder(cases, &project.strings)? {
        let mut request = Request::read(arguments, Some(&case), &project.strings)?;
        let chosen = choices(project, &mut request);
        let (chosen, variants) = chosen.map_err(|error| in_case(&case.file, error))?;
        read.push((case, request, chosen, variants));
    }
    if read.is_empty() {
        return Err(refuse(project, "no_cases", cases));
    }
    let own = projects(project, read.iter().map(|(_, _, chosen, _)| chosen))?;
    let mut asked = Vec::new();
    for (case, request, chosen, variants) in read {
        let one = Asked {
            site: project,
            project: own.get(&chosen).unwrap_or(project),
            request,
            variants,
        };
        let sheets = find(one.project, &one.request);
        let sheets = sheets.map_err(|error| in_case(&case.file, error))?;
        asked.push((case, one, sheets));
    }
    check_variants(arguments, &asked)?;
    for printed in own.values().chain([project]) {
        let own = asked
            .iter()
            .filter(|(_, one, _)| ptr::eq(one.project, printed));
        let sheets = own.flat_map(|(_, _, sheets)| sheets.iter().copied());
        if !may_be_printed(arguments, printed, sheets, console)? {
            return Ok(Outcome::Findings);
        }
    }
    let mut theme = project.theme()?;
    project.load_print_settings(&mut theme, &arguments.options)?;
    let mut names = BTreeSet::new();
    let (mut printed, mut written) = (Vec::new(), Vec::new());
    for (case, one, sheets) in asked {
        let file = &case.file;
        let in_case = |error| in_case(file, error);
        let project = one.project;
        let view = project.view(&theme);
        let filled = one.fill(&theme, &sheets).map_err(in_case)?;
        let pdf = print_pdf(&view, &sheets, &filled).map_err(in_case)?;
        let name = case_name(project, file, &sheets, &filled, &mut names);
        written.push((output.join(&name), sheets));
        printed.push((name, pdf));
    }
    write_set(output, printed, arguments.overwrite(), &project.strings)?;
    for (file, sheets) in written {
        report_printed(project, &sheets, &file, console);
    }
    Ok(Outcome::Done)
}

/// A case with its request and the sheets for it.
type CaseSheets<'p> = (CaseText, Asked<'p>, Vec<&'p SheetRef>);

fn with_project<'p>((_, one, sheets): &CaseSheets<'p>) -> Vec<(&'p Project, &'p SheetRef)> {
    sheets.iter().map(|sheet| (one.project, *sheet)).collect()
}

/// Refuses choices that no sheet has: those of the arguments, if no sheet of any case has them, and
/// those of a case file, if none of its own sheets has them.
fn check_variants(arguments: &Arguments, asked: &[CaseSheets<'_>]) -> Result<(), Error> {
    if let (false, Some((_, first, _))) = (arguments.variant.is_empty(), asked.first()) {
        let sheets = asked.iter().flat_map(with_project);
        return first.variants.check(first.site, sheets);
    }
    asked.iter().try_for_each(|entry| {
        let (case, one, _) = entry;
        let checked = one.variants.check(one.site, with_project(entry));
        checked.map_err(|error| in_case(&case.file, error))
    })
}

/// An error with the name of the case file that it is about.
fn in_case(file: &Path, error: Error) -> Error {
    match error {
        Error::Request(text) => {
            let path = on_one_line(&file.display().to_string());
            Error::Request(format!("{path}: {text}"))
        }
        other => other,
    }
}

/// Named by merchant and scenario, `name-2` when there is such a name already. The merchant is
/// the first box at the head; without one, the case file's name.
fn case_name(
    project: &Project,
    file: &Path,
    sheets: &[&SheetRef],
    filled: &[ChecklistView],
    names: &mut BTreeSet<String>,
) -> String {
    let merchant = filled[0].case_fields.first();
    let merchant = merchant.map(|field| file_word(&field.value));
    let merchant = merchant.filter(|name| !name.is_empty());
    let own = || file_word(&file.file_stem().unwrap_or_default().to_string_lossy());
    let merchant = merchant.unwrap_or_else(own);
    let what = match sheets {
        [sheet] => stem(project, sheet),
        several => format!("{}-{}", stem(project, several[0]), several.len()),
    };
    let name = format!("{merchant}-{what}");
    let mut numbered = (1..).map(|number| match number {
        1 => format!("{name}.pdf"),
        number => format!("{name}-{number}.pdf"),
    });
    let free = numbered.find(|name| !names.contains(name));
    let free = free.unwrap_or_default();
    names.insert(free.clone());
    free
}

/// A word of a file's name: letters and digits, with `-` for anything between them.
fn file_word(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let word = words.join("-").to_lowercase();
    word.chars().take(LONGEST_WORD).collect()
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

#[cfg(feature = "pdf")]
fn print_pdf(
    view: &View<'_>,
    sheets: &[&SheetRef],
    filled: &[ChecklistView],
) -> Result<Vec<u8>, Error> {
    let printer = Printer::new(view)?;
    let printed = match filled {
        [sheet] => printer.sheet(sheet).map_err(|fault| (0, fault)),
        several => printer.booklet(several),
    };
    printed.map_err(|(index, fault)| fault.error(sheets[index], view))
}

#[cfg(not(feature = "pdf"))]
fn print_pdf(
    view: &View<'_>,
    _sheets: &[&SheetRef],
    _filled: &[ChecklistView],
) -> Result<Vec<u8>, Error> {
    Err(Error::Request(view.strings.cli("no_pdf", &[])))
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
