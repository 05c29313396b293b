//! Items of fields, and list items made of other blocks that can contain fields: rows of tables, and
//! paragraphs.

use crate::markdown::node::{Block, Inline, Item, Literal, Paragraph, Table};
use crate::model::field::{Field, FieldKind};
use crate::model::item::{Confidence, Item as Asked, Role, Section};
use crate::source::Span;

/// The item of a field, without a condition.
pub(super) fn setting(field: Field, section: Section) -> Asked {
    let mut item = Asked::new(section, role_of(&field), field.label.clone(), field.span);
    item.evidence = vec![evidence_of(&field)];
    item.confidence = match field.evidence.by {
        "nothing" => Confidence::Doubtful,
        _ => Confidence::Sure,
    };
    item.setting = Some(field);
    item
}

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

/// The role of a field, by its kind; a choice with one value is a fixed value.
fn role_of(field: &Field) -> Role {
    match field.kind() {
        FieldKind::Fixed => Role::SetFixed,
        FieldKind::Choose if field.answer.only_choice().is_some() => Role::SetFixed,
        FieldKind::Choose => Role::Choose,
        FieldKind::IssuedPublic => Role::EnterIssued,
        FieldKind::IssuedSecret => Role::EnterSecret,
        FieldKind::FreeText => Role::EnterFree,
        FieldKind::LeaveBlank => Role::LeaveBlank,
        FieldKind::Optional => Role::Optional,
        FieldKind::Unset => Role::Unset,
    }
}

fn evidence_of(field: &Field) -> String {
    match field.evidence.word.as_str() {
        "" => field.evidence.by.to_string(),
        word => format!("{}: {word}", field.evidence.by),
    }
}
