//! A printable page for every scenario and mode.

use crate::error::Error;
use crate::output::{Artifact, Output, Sink, each};
use crate::render::html::Output as Standing;
use crate::render::page::View;
use crate::render::sheet::{ChecklistView, SheetRef, view as sheet_view};
use crate::render::theme::Shown;
use crate::render::url::relative;

/// Script of a sheet on the site, which tells what changed since it was printed.
const SCRIPT: &str = "revision.js";

/// Printable pages.
pub struct Checklists;

impl Output for Checklists {
    fn name(&self) -> &'static str {
        "checklist"
    }

    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
        let style = view.theme.sheet_style();
        let make = |sheet: &SheetRef| {
            let html = page(sheet, view, &style, Standing::File(&sheet.address))?;
            Ok(Artifact::text(sheet.address.clone(), html))
        };
        each(view.sheets, make, sink)
    }
}

/// One sheet as a page, which also needs the site's script when it stands there.
///
/// # Errors
/// [`Error::Template`] when a template fails.
pub fn page(
    sheet: &SheetRef,
    view: &View<'_>,
    style: &str,
    standing: Standing<'_>,
) -> Result<String, Error> {
    let checklist = sheet_view(sheet, view.sheets, view.place(sheet.page, standing))?;
    let script = match (standing, view.theme.file(SCRIPT)) {
        (Standing::File(from), script) if !script.is_empty() => relative(from, script),
        _ => String::new(),
    };
    write(&checklist, view, style, &script)
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
    write(checklist, view, style, "")
}

fn write(
    checklist: &ChecklistView,
    view: &View<'_>,
    style: &str,
    script: &str,
) -> Result<String, Error> {
    let values: [(&'static str, &dyn Shown); 3] = [
        ("checklist", checklist),
        ("css_text_html", &style),
        ("script", &script),
    ];
    view.theme.render("checklist.html", &values)
}
