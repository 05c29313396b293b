//! Visits nodes in document order.

use crate::markdown::node::{Block, Children, Component, Content, Inline};

/// One node on the way through a tree.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A block.
    Block(&'a Block),
    /// An inline.
    Inline(&'a Inline),
}

/// Whether a walk goes into the Markdown inside attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attributes {
    /// Into attributes, too, before the component's children.
    Enter,
    /// Body and children only.
    Skip,
}

/// Calls `visit` for every node of `blocks`, parents first.
pub fn walk<'a>(blocks: &'a [Block], attributes: Attributes, visit: &mut dyn FnMut(Node<'a>)) {
    for block in blocks {
        visit(Node::Block(block));
        match block {
            Block::Heading(node) => walk_inlines(&node.inlines, attributes, visit),
            Block::Paragraph(node) => walk_inlines(&node.inlines, attributes, visit),
            Block::Quote(node) => walk(&node.blocks, attributes, visit),
            Block::List(node) => {
                node.items
                    .iter()
                    .for_each(|item| walk(&item.blocks, attributes, visit));
            }
            Block::Table(node) => {
                for cell in node.head.iter().chain(node.rows.iter().flatten()) {
                    walk_inlines(&cell.inlines, attributes, visit);
                }
            }
            Block::Component(node) => walk_component(node, attributes, visit),
            Block::Footnote(node) => walk(&node.blocks, attributes, visit),
            Block::Code(_)
            | Block::Rule(_)
            | Block::Html(_)
            | Block::Comment(_)
            | Block::Esm(_) => {}
        }
    }
}

/// Calls `visit` for every node of `inlines`, parents first.
pub fn walk_inlines<'a>(
    inlines: &'a [Inline],
    attributes: Attributes,
    visit: &mut dyn FnMut(Node<'a>),
) {
    for inline in inlines {
        visit(Node::Inline(inline));
        match inline {
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                walk_inlines(&node.inlines, attributes, visit);
            }
            Inline::Link(node) | Inline::Image(node) => {
                walk_inlines(&node.inlines, attributes, visit);
            }
            Inline::Component(node) => walk_component(node, attributes, visit),
            Inline::Element(node) => walk_inlines(&node.inlines, attributes, visit),
            _ => {}
        }
    }
}

fn walk_component<'a>(
    component: &'a Component,
    attributes: Attributes,
    visit: &mut dyn FnMut(Node<'a>),
) {
    if attributes == Attributes::Enter {
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => walk_inlines(inlines, attributes, visit),
                Content::Blocks(blocks) => walk(blocks, attributes, visit),
            }
        }
    }
    match &component.children {
        Children::Blocks(blocks) => walk(blocks, attributes, visit),
        Children::Inlines(inlines) => walk_inlines(inlines, attributes, visit),
    }
}
