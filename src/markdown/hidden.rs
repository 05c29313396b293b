//! Components that are not shown leave the tree, so that no page, no list of headings, no search and
//! no checklist has anything of them. A part whose conditions hold is what is in it: a list there is
//! one like any other, also to a checklist. The same is true of the panel of tabs that is chosen.

use std::mem;

use crate::markdown::node::{Block, Children, Component, Content, Inline, Literal};
use crate::markdown::schema::Schema;
use crate::markdown::schema::role::ComponentRole;
use crate::source::Span;

/// Makes comments of the components that are not shown, and puts what is in parts whose conditions
/// hold in their place.
pub(super) fn hide(blocks: &mut Vec<Block>, schema: &Schema) {
    let parts = mem::take(blocks);
    open_parts(parts, schema, blocks);
    hide_each(blocks, schema);
}

/// Adds blocks to others, those in parts whose conditions hold without the part around them.
fn open_parts(blocks: Vec<Block>, schema: &Schema, opened: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Component(node) if !schema.panels.is_empty() && is_chosen(&node, schema) => {
                open_part(chosen_panel(&node, schema), node.span, schema, opened);
            }
            Block::Component(node) if is_open(&node, schema) => {
                if let Children::Blocks(own) = node.children {
                    open_part(own, node.span, schema, opened);
                }
            }
            block => opened.push(block),
        }
    }
}

/// The same for one part; comments are in place of its tags, which are not shown.
fn open_part(own: Vec<Block>, span: Span, schema: &Schema, opened: &mut Vec<Block>) {
    let start = own.first().map_or(span.end, |first| first.span().start);
    let end = own.last().map_or(span.end, |last| last.span().end);
    opened.push(Block::Comment(nothing(Span::new(span.start, start))));
    open_parts(own, schema, opened);
    opened.push(Block::Comment(nothing(Span::new(end, span.end))));
}

fn hide_each(blocks: &mut [Block], schema: &Schema) {
    for block in blocks {
        match block {
            Block::Component(node) if is_hidden(node, schema) => {
                *block = Block::Comment(nothing(node.span));
            }
            Block::Component(node) => children(node, schema),
            Block::Heading(node) => inlines(&mut node.inlines, schema),
            Block::Paragraph(node) => inlines(&mut node.inlines, schema),
            Block::Quote(node) => hide(&mut node.blocks, schema),
            Block::Footnote(node) => hide(&mut node.blocks, schema),
            Block::List(node) => {
                for item in &mut node.items {
                    hide(&mut item.blocks, schema);
                }
            }
            Block::Table(node) => {
                let cells = node.head.iter_mut().chain(node.rows.iter_mut().flatten());
                cells.for_each(|cell| inlines(&mut cell.inlines, schema));
            }
            _ => {}
        }
    }
}

fn inlines(all: &mut [Inline], schema: &Schema) {
    for inline in all {
        match inline {
            Inline::Component(node) if is_hidden(node, schema) => {
                *inline = Inline::Comment(nothing(node.span));
            }
            Inline::Component(node) => children(node, schema),
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                inlines(&mut node.inlines, schema);
            }
            Inline::Link(node) => inlines(&mut node.inlines, schema),
            Inline::Element(node) => inlines(&mut node.inlines, schema),
            _ => {}
        }
    }
}

fn children(component: &mut Component, schema: &Schema) {
    match &mut component.children {
        Children::Blocks(blocks) => hide(blocks, schema),
        Children::Inlines(all) => inlines(all, schema),
    }
    for attribute in &mut component.attributes {
        match &mut attribute.content {
            Content::Plain => {}
            Content::Inlines(all) => inlines(all, schema),
            Content::Blocks(blocks) => hide(blocks, schema),
        }
    }
}

fn is_hidden(component: &Component, schema: &Schema) -> bool {
    let resolved = schema.resolve(component);
    resolved.is_some_and(|resolved| resolved.role == ComponentRole::Hidden)
}

/// Whether a part of a text has conditions that all hold, and contains blocks.
fn is_open(component: &Component, schema: &Schema) -> bool {
    let has_blocks = matches!(component.children, Children::Blocks(_));
    has_blocks && schema.resolve(component).is_some_and(|own| own.holds())
}

/// Whether one panel of a component is chosen.
fn is_chosen(component: &Component, schema: &Schema) -> bool {
    schema
        .resolve(component)
        .is_some_and(|tabs| tabs.chosen().is_some())
}

/// What is in the panel that is chosen.
fn chosen_panel(component: &Component, schema: &Schema) -> Vec<Block> {
    let panel = schema
        .resolve(component)
        .and_then(|tabs| tabs.chosen().map(<[Block]>::to_vec));
    panel.unwrap_or_default()
}

/// A comment without text.
fn nothing(span: Span) -> Literal {
    let text = String::new();
    Literal { text, span }
}
