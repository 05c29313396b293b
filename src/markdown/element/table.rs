//! `<table>` as a table. A cell contains text only; blocks in it are put one below the other.

use crate::markdown::element::list::parts;
use crate::markdown::element::{inlines, trimmed};
use crate::markdown::node::{Alignment, Block, Cell, Component, Table};
use crate::source::Span;

/// Most columns that a cell is repeated over.
const MAX_SPAN: usize = 100;

/// The table of an element; what is in it beside its rows comes before it, as a caption does.
pub(super) fn table(component: Component) -> Vec<Block> {
    let span = component.span;
    let mut found = Found::default();
    found.collect(component, false);
    let Found {
        mut head,
        mut rows,
        rest: mut blocks,
    } = found;
    if head.is_empty() && rows.first().is_some_and(|row| row.is_head) {
        head.push(rows.remove(0));
    }
    let mut head = head.into_iter().map(|row| row.cells);
    let mut first = head.next().unwrap_or_default();
    let mut rows: Vec<Vec<Cell>> = head.chain(rows.into_iter().map(|row| row.cells)).collect();
    let widths = rows.iter().map(Vec::len).chain([first.len()]);
    let width = widths.max().unwrap_or_default();
    if width > 0 {
        fill(&mut first, width, span);
        rows.iter_mut().for_each(|row| fill(row, width, span));
        blocks.push(Block::Table(Table {
            alignments: vec![Alignment::None; width],
            head: first,
            rows,
            span,
        }));
    }
    blocks
}

struct Row {
    cells: Vec<Cell>,
    /// Whether all its cells are `<th>`.
    is_head: bool,
}

/// The parts of a table.
#[derive(Default)]
struct Found {
    head: Vec<Row>,
    rows: Vec<Row>,
    rest: Vec<Block>,
}

impl Found {
    fn collect(&mut self, component: Component, is_head: bool) {
        let (found, others) = parts(component, &["thead", "tbody", "tfoot", "tr"]);
        self.rest.extend(others);
        for part in found {
            match part.name.as_str() {
                "tr" => {
                    let row = self.row(part);
                    match is_head {
                        true => self.head.push(row),
                        false => self.rows.push(row),
                    }
                }
                name => {
                    let is_head = name == "thead";
                    self.collect(part, is_head);
                }
            }
        }
    }

    fn row(&mut self, component: Component) -> Row {
        let (found, others) = parts(component, &["td", "th"]);
        self.rest.extend(others);
        let is_head = !found.is_empty() && found.iter().all(|cell| cell.name == "th");
        let mut cells = Vec::new();
        for cell in found {
            let span = cell.span;
            let columns = cell.value("colspan").and_then(|count| count.parse().ok());
            let columns: usize = columns.unwrap_or(1);
            let inlines = trimmed(inlines(cell));
            cells.push(Cell { inlines, span });
            let width = cells.len() + columns.clamp(1, MAX_SPAN) - 1;
            fill(&mut cells, width, span);
        }
        Row { cells, is_head }
    }
}

/// Adds empty cells up to a number of columns.
fn fill(cells: &mut Vec<Cell>, width: usize, span: Span) {
    let end = Span::new(span.end, span.end);
    while cells.len() < width {
        cells.push(Cell {
            inlines: Vec::new(),
            span: end,
        });
    }
}
