//! A PDF for every scenario and mode.

use crate::error::Error;
use crate::output::{Artifact, Output, Sink, each};
use crate::render::page::View;
use crate::render::print::Printer;
use crate::render::sheet::SheetRef;

/// Printed sheets.
pub struct Pdfs;

impl Output for Pdfs {
    fn name(&self) -> &'static str {
        "pdf"
    }

    /// Takes fifty times as long as the page of the same sheet.
    fn is_made_unasked(&self) -> bool {
        false
    }

    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
        let printer = Printer::new(view)?;
        let print = |sheet: &SheetRef| {
            let bytes = printer.sheet(&printer.look_at(sheet)?)?;
            Ok(Artifact::bytes(pdf_address(sheet), bytes))
        };
        each(view.sheets, print, sink)
    }
}

/// The printed sheet stands beside its page.
fn pdf_address(sheet: &SheetRef) -> String {
    sheet.address.replace(".html", ".pdf")
}
