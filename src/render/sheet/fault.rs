//! Assigns errors of the checker to the sheets that they concern.
//!
//! An error in a mode's part concerns that mode's sheet; an error above the modes of a scenario
//! concerns all its sheets. Errors that make a value wrong come first: a sheet with such an error
//! is printed only when this is asked for.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::rule::Suspect;
use crate::check::rules::misprint;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::item::Item;
use crate::model::site::Site;
use crate::render::sheet::SheetRef;
use crate::source::{FileId, Lines, SourceSet, Span};

/// Most errors on one sheet; more would push the procedure off the page.
pub const MOST_FAULTS: usize = 12;

/// An error in what a sheet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What the checker found.
    pub found: Diagnostic,
    /// Its line in the document, from 1.
    pub line: usize,
    /// Whether it makes a value on the sheet wrong.
    pub makes_wrong: bool,
}

impl Fault {
    /// Whether it is in the bytes of an item and not in those of an item within it.
    pub fn concerns(&self, item: &Item) -> bool {
        let is_in = |item: &Item, at: usize| (item.span.start..item.span.end).contains(&at);
        let at = |place: Span| {
            let is_of_part = item.items.iter().any(|part| is_in(part, place.start));
            is_in(item, place.start) && !is_of_part
        };
        places(&self.found).any(at)
    }
}

/// Adds to each sheet the errors among `found` that concern it, at most [`MOST_FAULTS`].
pub fn mark(sheets: &mut [SheetRef], site: &Site, sources: &SourceSet, found: &[Diagnostic]) {
    let mut marker = Marker {
        sheets,
        site,
        shared: HashMap::new(),
    };
    let mut lines = HashMap::new();
    let errors = found
        .iter()
        .filter(|found| found.severity >= Severity::Error);
    let (wrong, others): (Vec<_>, Vec<_>) =
        errors.partition(|error| misprint(error.rule).is_some());
    let wrong = wrong.into_iter().map(|error| (error, true));
    let others = others.into_iter().map(|error| (error, false));
    for (error, makes_wrong) in wrong.chain(others) {
        let (file, span) = sources.written(error.file, error.span);
        let lines: &Lines<'_> = lines
            .entry(file)
            .or_insert_with(|| Lines::of(&sources.get(file).text));
        marker.add(&Fault {
            found: error.clone(),
            line: lines.position(span.start).line,
            makes_wrong,
        });
    }
}

struct Marker<'s> {
    sheets: &'s mut [SheetRef],
    site: &'s Site,
    /// How many errors above its modes a scenario has, by page and scenario.
    shared: HashMap<(usize, usize), usize>,
}

impl Marker<'_> {
    fn add(&mut self, fault: &Fault) {
        for place in places(&fault.found) {
            self.add_at(place.start, fault);
        }
    }

    /// Adds an error to the sheets that show the text at `offset`, in bytes.
    fn add_at(&mut self, offset: usize, fault: &Fault) {
        let site = self.site;
        let range = self.sheets_at(fault.found.file, offset);
        let sheets = &mut self.sheets[range];
        let Some(first) = sheets.first() else { return };
        let key = (first.page, first.scenario);
        let (scenario, _) = first.parts(site);
        let modes_start = scenario.modes.first().map_or(0, |mode| mode.span.start);
        if (scenario.span.start..modes_start).contains(&offset) {
            let shared = self.shared.entry(key).or_default();
            *shared += 1;
            if *shared <= MOST_FAULTS {
                sheets.iter_mut().for_each(|sheet| push(sheet, fault));
            }
            return;
        }
        let mode = |sheet: &SheetRef| sheet.parts(site).1.span;
        let at = sheets.partition_point(|sheet| mode(sheet).end <= offset);
        let sheet = sheets.get_mut(at);
        if let Some(sheet) = sheet.filter(|sheet| mode(sheet).start <= offset) {
            push(sheet, fault);
        }
    }

    /// Indices of the sheets of the scenario that ends first after `offset`. Sheets are sorted by
    /// file and offset, so a binary search finds them.
    fn sheets_at(&self, file: FileId, offset: usize) -> Range<usize> {
        let site = self.site;
        let end = |sheet: &SheetRef| {
            let file = site.pages[sheet.page].document.file;
            (file, sheet.parts(site).0.span.end)
        };
        let start = self
            .sheets
            .partition_point(|sheet| end(sheet) <= (file, offset));
        let of_scenario = |sheet: &SheetRef| (sheet.page, sheet.scenario);
        match self.sheets.get(start) {
            Some(first) if end(first).0 == file => {
                let behind = &self.sheets[start..];
                let count =
                    behind.partition_point(|sheet| of_scenario(sheet) == of_scenario(first));
                start..start + count
            }
            _ => start..start,
        }
    }
}

fn push(sheet: &mut SheetRef, fault: &Fault) {
    if sheet.faults.len() < MOST_FAULTS && sheet.faults.last() != Some(fault) {
        sheet.faults.push(fault.clone());
    }
}

/// The spans that an error casts doubt on.
fn places(error: &Diagnostic) -> impl Iterator<Item = Span> {
    let is_either = misprint(error.rule).is_some_and(|row| row.suspect == Suspect::Related);
    let others = error.related.iter().filter(move |_| is_either);
    let others = others.filter(|other| other.file == error.file);
    std::iter::once(error.span).chain(others.map(|other| other.span))
}
