//! The overview of all checklists: guide × scenario × mode.

use crate::model::tick;
use crate::render::page::View;
use crate::render::page_data::{Cell, Column, Named, Row};
use crate::render::sheet::mode_view;
use crate::render::url::{fragment, relative};

impl View<'_> {
    /// Columns and rows of the overview.
    pub fn matrix(&self, from: &str) -> (Vec<Column>, Vec<Row>) {
        let mut columns: Vec<Column> = Vec::new();
        for sheet in self.sheets {
            let (_, mode) = sheet.parts(self.site);
            if columns.iter().all(|column| column.key != mode.key) {
                let known = self.config.conventions.mode(&mode.key);
                let view = mode_view(known, mode);
                columns.push(Column {
                    key: view.key,
                    title: view.title,
                    tone: view.tone,
                });
            }
        }
        let order = |key: &str| {
            self.config
                .conventions
                .modes
                .iter()
                .position(|known| known.key == key)
        };
        columns.sort_by_key(|column| order(&column.key).unwrap_or(usize::MAX));
        let mut rows = Vec::new();
        for (index, page) in self.site.pages.iter().enumerate() {
            let Some(guide) = &page.guide else { continue };
            let sheets = self.sheets_of(index);
            let with_sheets: Vec<usize> = (0..guide.scenarios.len())
                .filter(|scenario| sheets.iter().any(|sheet| sheet.scenario == *scenario))
                .collect();
            for scenario in &with_sheets {
                rows.push(self.row(
                    index,
                    *scenario,
                    with_sheets[0],
                    with_sheets.len(),
                    &columns,
                    from,
                ));
            }
        }
        (columns, rows)
    }

    fn row(
        &self,
        page: usize,
        scenario: usize,
        first: usize,
        span: usize,
        columns: &[Column],
        from: &str,
    ) -> Row {
        let document = &self.site.pages[page];
        let guide_url = relative(from, &document.address);
        let sheets = self
            .sheets_of(page)
            .iter()
            .filter(|sheet| sheet.scenario == scenario);
        let sheets: Vec<_> = sheets.collect();
        let cell = |column: &Column| {
            let sheet = sheets
                .iter()
                .find(|sheet| sheet.parts(self.site).1.key == column.key)?;
            let (scenario, mode) = sheet.parts(self.site);
            Some(Cell {
                url: relative(from, &sheet.address),
                items: tick::count(scenario, mode),
            })
        };
        let shown = document
            .guide
            .as_ref()
            .map(|guide| &guide.scenarios[scenario]);
        let (title, id, versions) = shown.map_or_else(Default::default, |scenario| {
            (
                scenario.title.clone(),
                scenario.id.clone(),
                scenario.versions.clone(),
            )
        });
        Row {
            name: self.bare(&title),
            guide: Named {
                title: document.title.clone(),
                url: guide_url.clone(),
            },
            first: scenario == first,
            span,
            scenario: Named {
                title,
                url: guide_url + &fragment(&id),
            },
            versions,
            cells: columns.iter().map(cell).collect(),
        }
    }
}
