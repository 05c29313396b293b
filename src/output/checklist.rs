//! A page for every scenario and mode, to tick off on the screen and to print.

use crate::error::Error;
use crate::model::language::language_of_words;
use crate::output::{Output, Planned};
use crate::render::checklist::ChecklistView;
use crate::render::html::Destination;
use crate::render::page::View;
use crate::render::policy::style_source;
use crate::render::sheet::{SheetRef, view as sheet_view};
use crate::render::theme::Shown;

/// Pages of checklists.
pub struct Checklists;

impl Output for Checklists {
    fn name(&self) -> &'static str {
        "checklist"
    }

    fn needs_files(&self) -> bool {
        true
    }

    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let sheets = view.sheets.iter();
        let plan =
            |sheet: &'v SheetRef| Planned::new(sheet.address.file(), || site_page(sheet, view));
        Ok(sheets.map(plan).collect())
    }
}

/// The page of a sheet within the site.
fn site_page(sheet: &SheetRef, view: &View<'_>) -> Result<Vec<u8>, Error> {
    let destination = Destination::File(sheet.address.file());
    let checklist = sheet_view(sheet, view.sheets, view.context(sheet.page, destination))?;
    let (page, scenarios) = view.sheet_page(sheet);
    let values: [(&'static str, &dyn Shown); 3] = [
        ("page", &page),
        ("checklist", &checklist),
        ("scenarios", &scenarios),
    ];
    let edition = view.site.pages[sheet.page].edition();
    let theme = view.theme.edition(&edition);
    theme.render_bytes("checklist_page.html", &values)
}

/// One sheet as a page that needs no other file.
///
/// # Errors
/// [`Error::Template`] when a template fails.
pub fn page(
    sheet: &SheetRef,
    view: &View<'_>,
    style: &str,
    destination: Destination<'_>,
) -> Result<String, Error> {
    let checklist = sheet_view(sheet, view.sheets, view.context(sheet.page, destination))?;
    filled_page(&checklist, view, style)
}

/// A sheet as it was filled in, as a page that needs no other file.
///
/// # Errors
/// [`Error::Template`] when a template fails.
pub fn filled_page(
    checklist: &ChecklistView,
    view: &View<'_>,
    style: &str,
) -> Result<String, Error> {
    // Where the template has it: on lines of its own.
    let style = format!("\n{}\n", style.trim_end());
    let values: [(&'static str, &dyn Shown); 3] = [
        ("checklist", checklist),
        ("css_text_html", &style),
        ("style_source", &style_source(&style)),
    ];
    let edition = (language_of_words(&checklist.lang), None);
    let theme = view.theme.edition(&edition);
    theme.render("checklist.html", &values)
}
