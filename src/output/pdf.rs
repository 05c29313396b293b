//! A PDF for every scenario and mode.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::output::{Artifact, Output, Planned, Sink};
use crate::render::page::View;
use crate::render::print::{Printer, SheetFault};
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
            let printed = printer.sheet(&printer.look_at(sheet)?);
            printed.map_err(|fault| fault.error(sheet, view))
        };
        let sheets = view.sheets.iter();
        let plan = |sheet: &'v SheetRef| Planned::new(sheet.address.print(), move || print(sheet));
        Ok(sheets.map(plan).collect())
    }

    /// Each thread prints one sheet at a time. The pool that makes the pages would begin further
    /// sheets while the engine waits within one, and hold them all.
    fn emit(&self, view: &View<'_>, sink: &Sink<'_>) -> Result<Vec<Diagnostic>, Error> {
        let printer = Printer::new(view)?;
        let next = AtomicUsize::new(0);
        let print = || print_next(view, &printer, &next, sink);
        let threads = rayon::current_num_threads().min(view.sheets.len());
        let done: Vec<Done> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(print)).collect();
            let done = workers.into_iter().map(thread::ScopedJoinHandle::join);
            done.map(|done| done.expect("printing does not panic"))
                .collect()
        });
        let stopped = done.iter().enumerate().filter_map(|(worker, done)| {
            let (index, _) = done.stopped.as_ref()?;
            Some((*index, worker))
        });
        let stopped = stopped.min().map(|(_, worker)| worker);
        let mut done = done;
        if let Some((_, error)) = stopped.and_then(|worker| done[worker].stopped.take()) {
            return Err(error);
        }
        let mut unprinted: Vec<(usize, Diagnostic)> =
            done.into_iter().flat_map(|done| done.unprinted).collect();
        unprinted.sort_by_key(|(index, _)| *index);
        Ok(unprinted.into_iter().map(|(_, found)| found).collect())
    }
}

/// What became of the sheets of one thread, each with its index.
#[derive(Default)]
struct Done {
    /// Those that cannot be printed.
    unprinted: Vec<(usize, Diagnostic)>,
    /// The one at which printing had to stop.
    stopped: Option<(usize, Error)>,
}

/// Prints sheets until none is left. One that cannot be printed costs no other.
fn print_next(view: &View<'_>, printer: &Printer<'_>, next: &AtomicUsize, sink: &Sink<'_>) -> Done {
    let mut done = Done::default();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(sheet) = view.sheets.get(index) else {
            return done;
        };
        let printed = printer.look_at(sheet).map_err(SheetFault::Other);
        let printed = printed.and_then(|looked_at| printer.sheet(&looked_at));
        let taken = match printed {
            Ok(bytes) => sink(Artifact::bytes(sheet.address.print(), bytes)),
            Err(fault) => fault
                .finding(sheet, view)
                .map(|found| done.unprinted.push((index, found))),
        };
        if let Err(error) = taken {
            done.stopped = Some((index, error));
            return done;
        }
    }
}
