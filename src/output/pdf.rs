//! A PDF for every scenario and mode.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::error::Error;
use crate::output::{Artifact, Output, Planned, Sink};
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

    /// The engine is set up for each; [`Pdfs::emit`] does so once.
    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let print = move |sheet| {
            let printer = Printer::new(view)?;
            printer.sheet(&printer.look_at(sheet)?)
        };
        let sheets = view.sheets.iter();
        let plan = |sheet: &'v SheetRef| Planned::new(pdf_address(sheet), move || print(sheet));
        Ok(sheets.map(plan).collect())
    }

    /// Each thread prints one sheet at a time. The pool that makes the pages would begin further
    /// sheets while the engine waits within one, and hold them all.
    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<(), Error> {
        let printer = Printer::new(view)?;
        let next = AtomicUsize::new(0);
        let print = || print_next(view, &printer, &next, sink);
        let threads = rayon::current_num_threads().min(view.sheets.len());
        let failures: Vec<(usize, Error)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(print)).collect();
            let done = workers.into_iter().map(thread::ScopedJoinHandle::join);
            done.filter_map(|failure| failure.expect("printing does not panic"))
                .collect()
        });
        let first = failures.into_iter().min_by_key(|(index, _)| *index);
        first.map_or(Ok(()), |(_, error)| Err(error))
    }
}

/// Prints sheets until none is left, or until one fails: its index and why.
fn print_next(
    view: &View<'_>,
    printer: &Printer<'_>,
    next: &AtomicUsize,
    sink: &Sink<'_>,
) -> Option<(usize, Error)> {
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let sheet = view.sheets.get(index)?;
        let printed = printer
            .look_at(sheet)
            .and_then(|looked_at| printer.sheet(&looked_at));
        let taken = printed.and_then(|bytes| sink(Artifact::bytes(pdf_address(sheet), bytes)));
        if let Err(error) = taken {
            return Some((index, error));
        }
    }
}

/// The printed sheet stands beside its page.
fn pdf_address(sheet: &SheetRef) -> String {
    sheet.address.replace(".html", ".pdf")
}
