//! A PDF for every scenario and mode.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::error::Error;
use crate::output::{Artifact, Output, Sink};
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

    /// Sheets are printed on all cores and taken in their own order.
    fn emit(&self, view: &View<'_>, sink: &mut Sink<'_>) -> Result<(), Error> {
        let printer = Printer::new(view)?;
        let next = AtomicUsize::new(0);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(cores);
            for _ in 0..cores.min(view.sheets.len()) {
                let (sender, printer, next) = (sender.clone(), &printer, &next);
                scope.spawn(move || {
                    while let Some((index, sheet)) = take(view.sheets, next) {
                        let printed = printer
                            .look_at(sheet)
                            .and_then(|sheet| printer.sheet(&sheet));
                        if sender.send((index, printed)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut waiting = BTreeMap::new();
            let mut wanted = 0;
            for (index, printed) in receiver {
                waiting.insert(index, printed);
                while let Some(printed) = waiting.remove(&wanted) {
                    sink(Artifact::bytes(pdf_address(&view.sheets[wanted]), printed?))?;
                    wanted += 1;
                }
            }
            Ok(())
        })
    }
}

fn take<'s>(sheets: &'s [SheetRef], next: &AtomicUsize) -> Option<(usize, &'s SheetRef)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, sheets.get(index)?))
}

/// The printed sheet stands beside its page.
fn pdf_address(sheet: &SheetRef) -> String {
    sheet.address.replace(".html", ".pdf")
}
