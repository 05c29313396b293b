//! A printable page for every scenario and mode.

use crate::error::Error;
use crate::output::{Artifact, Output, Sink, each};
use crate::render::html::Output as Standing;
use crate::render::page::View;
use crate::render::sheet::{ChecklistView, SheetRef, view as sheet_view};

/// Printable pages.
pub struct Checklists;

impl Output for Checklists {
    fn name(&self) -> &'static str {
        "checklist"
    }

    fn emit(&self, view: &View<'_>, sink: &mut Sink<'_>) -> Result<(), Error> {
        let style = view.theme.sheet_style();
        let make = |sheet: &SheetRef| {
            let html = page(sheet, view, &style, Standing::File(&sheet.address))?;
            Ok(Artifact::text(sheet.address.clone(), html))
        };
        each(view.sheets, make, sink)
    }
}

/// One sheet as a page that needs no other file.
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
    view.theme.render(
        "checklist.html",
        &[("checklist", checklist), ("css_text_html", &style)],
    )
}
