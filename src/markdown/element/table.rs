//! `<table>` as a table. A cell contains text only; blocks in it are put one below the other.

use std::mem;

use crate::markdown::element::list::{Part, parts};
use crate::markdown::element::{flatten, inlines, join, trimmed};
use crate::markdown::node::{Alignment, Block, Cell, Component, Table};
use crate::source::Span;

/// Most columns that a cell spans by its own account; one that spans more is as wide as the table is without it.
const MAX_SPAN: usize = 32;

/// Most columns of a table: every row is filled up to the longest one. Further cells of a row are part of the last.
const MAX_COLUMNS: usize = 64;

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
    let width = head.iter().chain(&rows).map(Row::width).max();
    let width = width.unwrap_or_default();
    if width > 0 {
        if let Some(last) = blocks.last() {
            span.start = last.span().end;
        }
        let mut head = head.into_iter();
        let first = head.next().unwrap_or_default();
        let rows = head.chain(rows).map(|row| row.filled(width, span));
        blocks.push(Block::Table(Table {
            alignments: vec![Alignment::None; width],
            rows: rows.collect(),
            head: first.filled(width, span),
            span,
        }));
    }
    blocks
}

#[derive(Default)]
struct Row {
    /// Cells with the number of columns that each spans.
    cells: Vec<(Cell, usize)>,
    /// Whether all its cells are `<th>`.
    is_head: bool,
}

impl Row {
    /// Columns that it asks for.
    fn width(&self) -> usize {
        let spans = self.cells.iter().map(|(_, columns)| *columns);
        let spans = spans.map(|columns| if columns > MAX_SPAN { 1 } else { columns });
        spans.sum::<usize>().min(MAX_COLUMNS)
    }

    /// Its cells, each followed by empty ones for the columns that it spans, as many as the table has columns.
    fn filled(self, width: usize, span: Span) -> Vec<Cell> {
        let mut room = width.saturating_sub(self.cells.len());
        let mut cells: Vec<Cell> = Vec::with_capacity(width);
        for (cell, columns) in self.cells {
            let is_full = cells.len() == width;
            match cells.last_mut().filter(|_| is_full) {
                Some(last) => last.inlines = join(mem::take(&mut last.inlines), cell.inlines),
                None => {
                    let (further, span) = ((columns - 1).min(room), cell.span);
                    room -= further;
                    cells.push(cell);
                    let width = cells.len() + further;
                    fill(&mut cells, width, span);
                }
            }
        }
        fill(&mut cells, width, span);
        cells
    }
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
                    cells: vec![(cell_of(block), 1)],
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
                cells.push((cell_of(block), 1));
                continue;
            }
        };
        is_head &= cell.name == "th";
        let span = cell.span;
        let columns = cell.value("colspan").and_then(|count| count.parse().ok());
        let columns = columns.unwrap_or(1_usize).max(1);
        let inlines = trimmed(inlines(cell));
        cells.push((Cell { inlines, span }, columns));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::node::Inline;

    fn cell(text: &str) -> Cell {
        let span = Span::new(0, 0);
        let text = text.to_string();
        Cell {
            inlines: vec![Inline::Text(crate::markdown::node::Literal { text, span })],
            span,
        }
    }

    fn row(columns: &[usize]) -> Row {
        let cells = columns.iter().map(|columns| (cell("a"), *columns));
        Row {
            cells: cells.collect(),
            is_head: false,
        }
    }

    fn check(rows: &[&[usize]], width: usize) {
        let rows: Vec<Row> = rows.iter().map(|columns| row(columns)).collect();
        assert_eq!(rows.iter().map(Row::width).max(), Some(width));
        for row in rows {
            let count = row.cells.len();
            let cells = row.filled(width, Span::new(0, 0));
            assert_eq!(cells.len(), width);
            let texts = cells.iter().flat_map(|cell| &cell.inlines);
            let texts = texts.filter(|inline| matches!(inline, Inline::Text(_)));
            assert_eq!(texts.count(), count, "no cell is lost");
        }
    }

    #[test]
    fn a_cell_spans_the_columns_there_are() {
        check(&[&[2, 1], &[1, 1, 1]], 3);
        check(&[&[1000, 1], &[1, 1, 1]], 3);
        check(&[&[usize::MAX]], 1);
    }

    #[test]
    fn a_table_has_a_bounded_number_of_columns() {
        check(&[&[32; 100], &[1]], MAX_COLUMNS);
        check(&[&[1; 1000], &[1]], MAX_COLUMNS);
    }
}
