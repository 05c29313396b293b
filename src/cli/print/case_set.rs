//! A file for each case of a folder.
//!
//! Everything is read and printed before anything is written, so that a fault in one case does not
//! leave half of the set; and every case is looked at, so that all faults are reported together.

use std::collections::BTreeSet;
use std::path::Path;
use std::ptr;

use crate::cli::Console;
use crate::cli::Outcome;
use crate::cli::print::cases::CaseText;
use crate::cli::print::conditions::{Choices, projects};
use crate::cli::print::find::find;
use crate::cli::print::pdf_printer::PdfPrinter;
use crate::cli::print::request::Request;
use crate::cli::print::variants::ChosenVariants;
use crate::cli::print::write::write_set;
use crate::cli::print::{Arguments, Asked, choices, may_be_printed, refuse, report_printed, stem};
use crate::cli::progress::Progress;
use crate::cli::project::Project;
use crate::error::Error;
use crate::render::checklist::ChecklistView;
use crate::render::sheet::SheetRef;
use crate::report::clean::on_one_line;
use crate::strings::Strings;

/// Longest part of a file's name that a case gives, in characters.
const LONGEST_WORD: usize = 60;

/// A case with its request and the sheets for it.
type CaseSheets<'p> = (CaseText, Asked<'p>, Vec<&'p SheetRef>);

/// Prints the cases of a folder.
///
/// # Errors
/// [`Error::Request`] with what is wrong with each case; nothing is written then.
pub(super) fn print_cases(
    arguments: &Arguments,
    project: &Project,
    cases: &Path,
    output: &Path,
    console: Console,
) -> Result<Outcome, Error> {
    let mut faults = Faults::default();
    let read = read(arguments, project, cases, &mut faults)?;
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
        if let Some(sheets) = faults.in_case(&case.file, sheets)? {
            asked.push((case, one, sheets));
        }
    }
    check_variants(arguments, &asked, &mut faults)?;
    for printed in own.values().chain([project]) {
        let own = asked.iter();
        let own = own.filter(|(_, one, _)| ptr::eq(one.project, printed));
        let sheets = own.flat_map(|(_, _, sheets)| sheets.iter().copied());
        if !may_be_printed(arguments, printed, sheets, console)? {
            return Ok(Outcome::Findings);
        }
    }
    let printed = print(arguments, project, &asked, &mut faults, console)?;
    faults.none(&project.strings)?;
    let files = printed.iter().map(|(name, _)| output.join(name));
    let files: Vec<_> = files.collect();
    write_set(output, printed, arguments.overwrite(), &project.strings)?;
    for (file, (_, _, sheets)) in files.iter().zip(&asked) {
        report_printed(project, sheets, file, console);
    }
    Ok(Outcome::Done)
}

/// A case that was understood: its text, its request, and what the documents are read with for it.
type ReadCase = (CaseText, Request, Choices, ChosenVariants);

fn read(
    arguments: &Arguments,
    project: &Project,
    cases: &Path,
    faults: &mut Faults,
) -> Result<Vec<ReadCase>, Error> {
    let strings = &project.strings;
    // What is wrong with the arguments is not reported for each case.
    Request::read(arguments, None, strings)?;
    let texts = CaseText::read_folder(cases, strings)?;
    if texts.is_empty() {
        return Err(refuse(project, "no_cases", cases));
    }
    let mut read = Vec::with_capacity(texts.len());
    for case in texts {
        let request = Request::read(arguments, Some(&case), strings);
        let Some(mut request) = faults.keep(request)? else {
            continue;
        };
        let chosen = choices(project, &mut request);
        if let Some((chosen, variants)) = faults.in_case(&case.file, chosen)? {
            read.push((case, request, chosen, variants));
        }
    }
    Ok(read)
}

/// Prints each case by one engine.
fn print(
    arguments: &Arguments,
    project: &Project,
    asked: &[CaseSheets<'_>],
    faults: &mut Faults,
    console: Console,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut theme = project.theme()?;
    project.load_print_settings(&mut theme, &arguments.options)?;
    let view = project.view(&theme);
    let printer = PdfPrinter::new(&view)?;
    let progress = Progress::new(asked.len(), console);
    let mut names = BTreeSet::new();
    let mut printed = Vec::with_capacity(asked.len());
    for (case, one, sheets) in asked {
        let own = one.project.view(&theme);
        let pdf = one.fill(&theme, sheets).and_then(|filled| {
            let pdf = printer.with_view(&own).print(sheets, &filled, || ())?;
            Ok((
                case_name(one.project, &case.file, sheets, &filled, &mut names),
                pdf,
            ))
        });
        printed.extend(faults.in_case(&case.file, pdf)?);
        progress.count();
    }
    Ok(printed)
}

/// What is wrong with cases, each fault on a line with its file.
#[derive(Default)]
struct Faults {
    lines: Vec<String>,
}

impl Faults {
    /// The value, or nothing where the request cannot be met; other errors end the work.
    fn keep<T>(&mut self, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::Request(text)) => {
                self.lines.push(text);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The same with the name of the case file that it is about.
    fn in_case<T>(&mut self, file: &Path, result: Result<T, Error>) -> Result<Option<T>, Error> {
        let path = on_one_line(&file.display().to_string());
        let named = result.map_err(|error| match error {
            Error::Request(text) => Error::Request(format!("{path}: {text}")),
            other => other,
        });
        self.keep(named)
    }

    /// # Errors
    /// [`Error::Request`] with all faults, if there are any.
    fn none(self, strings: &Strings) -> Result<(), Error> {
        match self.lines.len() {
            0 => Ok(()),
            count => {
                let values = [("faults", &*count.to_string())];
                let count = strings.cli("cases_not_printed", &values);
                Err(Error::Request(format!(
                    "{}\n{count}",
                    self.lines.join("\n")
                )))
            }
        }
    }
}

fn with_project<'p>((_, one, sheets): &CaseSheets<'p>) -> Vec<(&'p Project, &'p SheetRef)> {
    sheets.iter().map(|sheet| (one.project, *sheet)).collect()
}

/// Refuses choices that no sheet has: those of the arguments, if no sheet of any case has them, and
/// those of a case file, if none of its own sheets has them.
fn check_variants(
    arguments: &Arguments,
    asked: &[CaseSheets<'_>],
    faults: &mut Faults,
) -> Result<(), Error> {
    if let (false, Some((_, first, _))) = (arguments.variant.is_empty(), asked.first()) {
        let sheets = asked.iter().flat_map(with_project);
        return first.variants.check(first.site, sheets);
    }
    for entry in asked {
        let (case, one, _) = entry;
        let checked = one.variants.check(one.site, with_project(entry));
        faults.in_case(&case.file, checked)?;
    }
    Ok(())
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
