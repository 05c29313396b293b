//! List items made of other blocks that can contain fields: rows of tables, and paragraphs.

use crate::markdown::node::{Block, Inline, Item, Literal, Paragraph, Table};
use crate::source::Span;

/// A list item that contains one block.
pub(super) fn item_of(block: Block, span: Span) -> Item {
    Item {
        checked: None,
        blocks: vec![block],
        span,
    }
}

/// The rows of a table as items: the first cell is the label, the second the value, and each other
/// cell is a line `column : cell`.
pub(super) fn rows(table: &Table) -> Vec<Item> {
    let items = table.rows.iter().filter_map(|row| {
        let span = row.iter().map(|cell| cell.span).reduce(Span::cover)?;
        let mut cells = row.iter().filter(|cell| !cell.inlines.is_empty());
        let mut inlines = cells.next()?.inlines.clone();
        if let Some(value) = row.get(1).filter(|cell| !cell.inlines.is_empty()) {
            inlines.push(text(" : ", value.span));
            inlines.extend(value.inlines.iter().cloned());
        }
        for (cell, head) in row.iter().zip(&table.head).skip(2) {
            if !cell.inlines.is_empty() {
                inlines.push(Inline::HardBreak(cell.span));
                inlines.extend(head.inlines.iter().cloned());
                inlines.push(text(" : ", cell.span));
                inlines.extend(cell.inlines.iter().cloned());
            }
        }
        let paragraph = Block::Paragraph(Paragraph { inlines, span });
        Some(item_of(paragraph, span))
    });
    items.collect()
}

fn text(text: &str, span: Span) -> Inline {
    Inline::Text(Literal {
        text: text.to_string(),
        span,
    })
}
