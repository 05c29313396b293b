//! The overview of all checklists: guide × scenario × mode.
//!
//! Modes of the conventions have a column each, and so have the first few others. What comes
//! after those shares one column, or a site whose every mode has a name of its own would have as
//! many cells as the square of its scenarios.

use std::collections::HashMap;

use crate::model::tick::ticked;
use crate::render::nav::shortened;
use crate::render::page::View;
use crate::render::page_data::{Cell, Column, Named, Overview, Row};
use crate::render::sheet::{SheetRef, mode_view};
use crate::render::url::{fragment, relative};

/// Most columns of modes that the conventions do not know.
const OTHERS_SHOWN: usize = 6;

/// The columns, with the one of each mode's key.
struct Columns {
    list: Vec<Column>,
    by_key: HashMap<String, usize>,
}

impl View<'_> {
    /// The overview, with addresses from the page at `from`.
    pub fn overview(&self, from: &str) -> Overview {
        let columns = self.columns();
        let mut rows: Vec<Row> = Vec::new();
        for page in self.sheets.chunk_by(|a, b| a.page == b.page) {
            let first = rows.len();
            let scenarios = page.chunk_by(|a, b| a.scenario == b.scenario);
            rows.extend(scenarios.map(|sheets| self.row(sheets, &columns, from)));
            let is_alone = rows.len() == first + 1;
            if let Some(row) = rows.get_mut(first) {
                row.first = true;
                row.is_whole = is_alone && row.scenario.title == row.guide.title;
            }
        }
        let has_modes = !columns.list.is_empty();
        Overview {
            has_modes,
            has_versions: rows.iter().any(|row| !row.versions.is_empty()),
            columns: match has_modes {
                true => columns.list,
                false => vec![self.only_column()],
            },
            rows,
        }
    }

    /// The column of sheets where no scenario has modes.
    fn only_column(&self) -> Column {
        Column {
            title: self.strings.page("checklist_link").to_string(),
            tone: "neutral",
            is_shared: false,
        }
    }

    fn columns(&self) -> Columns {
        let order = |key: &str| {
            let mut modes = self.config.conventions.modes.iter();
            modes.position(|known| known.key == key)
        };
        let mut met = HashMap::new();
        for (index, sheet) in self.sheets.iter().enumerate() {
            let (_, mode) = sheet.parts(self.site);
            if self.has_name(sheet) {
                met.entry(mode.key.as_str()).or_insert(index);
            }
        }
        let mut met: Vec<(Option<usize>, usize, &str)> = met
            .into_iter()
            .map(|(key, index)| (order(key), index, key))
            .collect();
        met.sort_by_key(|(order, index, _)| (order.unwrap_or(usize::MAX), *index));
        let known = met.iter().filter(|(order, ..)| order.is_some()).count();
        let own = met.len().min(known + OTHERS_SHOWN);
        let mut list: Vec<Column> = met[..own]
            .iter()
            .map(|(_, index, _)| self.column(&self.sheets[*index]))
            .collect();
        if own < met.len() {
            list.push(Column {
                title: self.strings.page("matrix_others").to_string(),
                tone: "neutral",
                is_shared: true,
            });
        }
        let by_key = met.into_iter().enumerate();
        let by_key = by_key.map(|(at, (.., key))| (key.to_string(), at.min(own)));
        Columns {
            by_key: by_key.collect(),
            list,
        }
    }

    fn column(&self, sheet: &SheetRef) -> Column {
        let (scenario, mode) = sheet.parts(self.site);
        let view = mode_view(self.config.conventions.mode(&mode.key), mode, scenario);
        Column {
            title: shortened(&view.title),
            tone: view.tone,
            is_shared: false,
        }
    }

    /// The row of one scenario's sheets.
    fn row(&self, sheets: &[SheetRef], columns: &Columns, from: &str) -> Row {
        let document = &self.site.pages[sheets[0].page];
        let (scenario, _) = sheets[0].parts(self.site);
        let guide_url = relative(from, document.address.file());
        let mut cells: Vec<Vec<Cell>> = columns.list.iter().map(|_| Vec::new()).collect();
        let mut single = None;
        for sheet in sheets {
            let (_, mode) = sheet.parts(self.site);
            match columns
                .by_key
                .get(&mode.key)
                .map(|at| (*at, &columns.list[*at]))
            {
                // A second mode of one name is reached from its guide.
                Some((at, column)) if cells[at].is_empty() || column.is_shared => {
                    cells[at].push(self.cell(sheet, from));
                }
                Some(_) => {}
                None => single = Some(self.cell(sheet, from)),
            }
        }
        Row {
            name: self.bare(&scenario.title),
            guide: Named {
                title: document.title.clone(),
                url: guide_url.clone(),
            },
            first: false,
            is_whole: false,
            scenario: Named {
                title: scenario.title.clone(),
                url: guide_url + &fragment(&scenario.id),
            },
            versions: scenario.versions.clone(),
            cells,
            single,
        }
    }

    fn cell(&self, sheet: &SheetRef, from: &str) -> Cell {
        let (_, mode) = sheet.parts(self.site);
        Cell {
            title: shortened(&self.mode_name(sheet)),
            url: relative(from, sheet.address.file()),
            store: sheet.store(),
            items: ticked(mode).count(),
        }
    }

    /// Whether a sheet is of a mode with a name; a scenario without modes has one without.
    fn has_name(&self, sheet: &SheetRef) -> bool {
        !self.mode_name(sheet).is_empty()
    }

    fn mode_name(&self, sheet: &SheetRef) -> String {
        let (scenario, mode) = sheet.parts(self.site);
        mode_view(self.config.conventions.mode(&mode.key), mode, scenario).title
    }
}
