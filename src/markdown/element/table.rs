//! `<table>` as a table. A cell contains text only; blocks in it are put one below the other.

use crate::markdown::element::list::{Part, parts};
use crate::markdown::element::{flatten, inlines, trimmed};
use crate::markdown::node::{Alignment, Block, Cell, Component, Table};
use crate::source::Span;

/// Most columns that a cell is repeated over.
const MAX_SPAN: usize = 100;

/// The table of an element, after what is in it before its first row, such as a caption. What is
/// between its rows and cells becomes cells, so that nothing is lost.
pub(super) fn table(component: Component) -> Vec<Block> {
    let mut span = component.span;
    let mut found = Found::default();
    found.collect(component, false);
    let Found {
        mut head,
        mut rows,
        before: mut blocks,
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
        if let Some(last) = blocks.last() {
            span.start = last.span().end;
        }
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
    /// Blocks before the first row.
    before: Vec<Block>,
}

impl Found {
    fn collect(&mut self, component: Component, is_head: bool) {
        for part in parts(component, &["thead", "tbody", "tfoot", "tr"]) {
            match part {
                Part::Element(part) if part.name == "tr" => {
                    let row = row(part);
                    match is_head {
                        true => self.head.push(row),
                        false => self.rows.push(row),
                    }
                }
                Part::Element(part) => {
                    let is_head = part.name == "thead";
                    self.collect(part, is_head);
                }
                Part::Other(block) if self.head.is_empty() && self.rows.is_empty() => {
                    self.before.push(block);
                }
                Part::Other(block) => self.rows.push(Row {
                    cells: vec![cell_of(block)],
                    is_head: false,
                }),
            }
        }
    }
}

fn row(component: Component) -> Row {
    let mut is_head = true;
    let mut cells = Vec::new();
    for part in parts(component, &["td", "th"]) {
        let cell = match part {
            Part::Element(cell) => cell,
            Part::Other(block) => {
                cells.push(cell_of(block));
                continue;
            }
        };
        is_head &= cell.name == "th";
        let span = cell.span;
        let columns = cell.value("colspan").and_then(|count| count.parse().ok());
        let columns: usize = columns.unwrap_or(1);
        let inlines = trimmed(inlines(cell));
        cells.push(Cell { inlines, span });
        let width = cells.len() + columns.clamp(1, MAX_SPAN) - 1;
        fill(&mut cells, width, span);
    }
    let is_head = is_head && !cells.is_empty();
    Row { cells, is_head }
}

/// A block that is in no cell.
fn cell_of(block: Block) -> Cell {
    let span = block.span();
    let inlines = flatten(vec![block]);
    Cell { inlines, span }
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
