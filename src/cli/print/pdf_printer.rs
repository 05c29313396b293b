//! The PDF engine for requests: one engine, however many files are printed.

use crate::error::Error;
use crate::render::checklist::ChecklistView;
use crate::render::page::View;
#[cfg(feature = "pdf")]
use crate::render::print::Printer;
use crate::render::sheet::SheetRef;

/// Prints filled sheets as PDF.
pub(super) struct PdfPrinter<'v> {
    #[cfg(feature = "pdf")]
    printer: Printer<'v>,
    view: &'v View<'v>,
}

#[cfg(feature = "pdf")]
impl<'v> PdfPrinter<'v> {
    /// Sets up the engine.
    ///
    /// # Errors
    /// Those of [`Printer::new`].
    pub fn new(view: &'v View<'v>) -> Result<Self, Error> {
        let printer = Printer::new(view)?;
        Ok(Self { printer, view })
    }

    /// The same engine for another view of the same theme.
    pub fn with_view<'w>(&self, view: &'w View<'w>) -> PdfPrinter<'w> {
        let printer = self.printer.with_view(view);
        PdfPrinter { printer, view }
    }

    /// One sheet, or several as a booklet; `printed` is called for each sheet of a booklet.
    ///
    /// # Errors
    /// [`Error::Request`] with where in a guide something cannot be printed.
    pub fn print(
        &self,
        sheets: &[&SheetRef],
        filled: &[ChecklistView],
        printed: impl Fn(),
    ) -> Result<Vec<u8>, Error> {
        let pdf = match filled {
            [sheet] => self.printer.sheet(sheet).map_err(|fault| (0, fault)),
            several => self.printer.booklet(several, |_| printed()),
        };
        pdf.map_err(|(index, fault)| fault.error(sheets[index], self.view))
    }
}

#[cfg(not(feature = "pdf"))]
impl<'v> PdfPrinter<'v> {
    /// # Errors
    /// [`Error::Request`] always.
    pub fn new(view: &'v View<'v>) -> Result<Self, Error> {
        Err(Error::Request(view.strings.cli("no_pdf", &[])))
    }

    /// Another one that prints nothing.
    pub fn with_view<'w>(&self, view: &'w View<'w>) -> PdfPrinter<'w> {
        PdfPrinter { view }
    }

    /// # Errors
    /// [`Error::Request`] always.
    pub fn print(
        &self,
        _sheets: &[&SheetRef],
        _filled: &[ChecklistView],
        _printed: impl Fn(),
    ) -> Result<Vec<u8>, Error> {
        Err(Error::Request(self.view.strings.cli("no_pdf", &[])))
    }
}
