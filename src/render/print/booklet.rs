//! Booklets: sheets that are laid out one at a time, after pages that list them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::render::checklist::ChecklistView;
use crate::render::pdf::Layout;
use crate::render::pdf::bind::Binder;
use crate::render::print::fields::Fields;
use crate::render::print::{Files, Printer, SheetFault, tidy, value};

/// What is shown of a sheet in the list of a booklet.
const LISTED: [&str; 8] = [
    "lang",
    "id",
    "guide",
    "scenario",
    "mode",
    "versions",
    "variants",
    "case_fields",
];

/// How often the list of a booklet is laid out again at most.
const MOST_COVER_PAGES: usize = 3;

impl Printer<'_> {
    /// Several sheets as one PDF, after pages that list them. Only one sheet is laid out at a time;
    /// `printed` is called with how many are done.
    ///
    /// # Errors
    /// [`SheetFault`] of the first sheet that cannot be printed, with its index.
    pub fn booklet(
        &self,
        sheets: &[ChecklistView],
        printed: impl Fn(usize),
    ) -> Result<Vec<u8>, (usize, SheetFault)> {
        let mut binder = Binder::default();
        let mut fields = self.fields(&sheets[0]);
        let (mut starts, mut pages) = (Vec::with_capacity(sheets.len()), 0);
        for (index, sheet) in sheets.iter().enumerate() {
            starts.push(pages);
            let added = self.add(sheet, &mut binder, &mut fields);
            pages += added.map_err(|fault| (index, fault))?;
            printed(index + 1);
        }
        let cover = self.cover(sheets, &starts, &mut fields);
        let bound = cover.and_then(|cover| {
            let pdf = binder.bound(&cover)?;
            Ok(self.with_fields(pdf, &fields)?)
        });
        bound.map_err(|fault| (0, fault))
    }

    /// Adds a sheet to a booklet; returns how many pages it has.
    fn add(
        &self,
        sheet: &ChecklistView,
        binder: &mut Binder,
        fields: &mut Fields<'_>,
    ) -> Result<usize, SheetFault> {
        let layout = self.closest(sheet, fields)?;
        binder.add(&self.engine.print(&layout, &self.info(&[sheet]))?)?;
        Ok(layout.pages())
    }

    /// The list of a booklet's sheets, whose first pages are `starts`, counted from 0 behind it. It
    /// is laid out again until it has as many pages as its own numbers count.
    fn cover(
        &self,
        sheets: &[ChecklistView],
        starts: &[usize],
        fields: &mut Fields<'_>,
    ) -> Result<Vec<u8>, SheetFault> {
        let mut listed = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let mut data = value(sheet)?;
            if let Value::Object(map) = &mut data {
                map.retain(|key, _| LISTED.contains(&key.as_str()));
            }
            tidy(&mut data);
            listed.push(data);
        }
        if self.is_fillable() {
            fields.cover(&mut listed);
        }
        let sheets: Vec<&ChecklistView> = sheets.iter().collect();
        let mut layout = self.listed(&sheets, &listed, starts, 1)?;
        for own in 1..=MOST_COVER_PAGES {
            if layout.pages() <= own {
                break;
            }
            layout = self.listed(&sheets, &listed, starts, layout.pages())?;
        }
        Ok(self.engine.print(&layout, &self.info(&sheets))?)
    }

    fn listed(
        &self,
        sheets: &[&ChecklistView],
        listed: &[Value],
        starts: &[usize],
        own: usize,
    ) -> Result<Layout, SheetFault> {
        let mut listed = listed.to_vec();
        for (data, start) in listed.iter_mut().zip(starts) {
            data["first_page"] = json!(start + own + 1);
        }
        let data = self.document(sheets, listed, BTreeMap::new(), true)?;
        Ok(self.engine.lay_out(data.to_string(), Files::new())?)
    }
}
