//! `<ul>` and `<ol>` as lists, and what is right inside an element.

use crate::markdown::element::{children, is_named, resolve, split};
use crate::markdown::node::{Block, Children, Component, Inline, Item, List};
use crate::source::Span;

/// The list of an element. What is in it beside its items becomes items, so that nothing is lost.
pub(super) fn list(component: Component) -> Vec<Block> {
    let span = component.span;
    let start = (component.name == "ol").then(|| {
        let start = component
            .value("start")
            .and_then(|start| start.parse().ok());
        start.unwrap_or(1)
    });
    let items: Vec<Item> = parts(component, &["li"]).into_iter().map(item).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let is_single = |item: &Item| matches!(item.blocks.as_slice(), [] | [Block::Paragraph(_)]);
    vec![Block::List(List {
        start,
        tight: items.iter().all(is_single),
        items,
        span,
    })]
}

fn item(part: Part) -> Item {
    let span = part.span();
    let blocks = match part {
        Part::Element(component) => children(component),
        Part::Other(block) => vec![block],
    };
    Item {
        checked: None,
        blocks,
        span,
    }
}

/// One thing right inside an element.
pub(super) enum Part {
    /// An element that was asked for.
    Element(Component),
    /// Anything else.
    Other(Block),
}

impl Part {
    pub fn span(&self) -> Span {
        match self {
            Self::Element(component) => component.span,
            Self::Other(block) => block.span(),
        }
    }
}

/// What is right inside an element, in order; elements of these names stay elements.
pub(super) fn parts(component: Component, names: &[&str]) -> Vec<Part> {
    let mut parts = Vec::new();
    match component.children {
        Children::Blocks(blocks) => {
            for block in blocks {
                match block {
                    Block::Component(node) if is_one(&node, names) => {
                        parts.push(Part::Element(*node));
                    }
                    Block::Paragraph(node) => take(node.inlines, names, &mut parts),
                    other => parts.extend(resolve(vec![other]).into_iter().map(Part::Other)),
                }
            }
        }
        Children::Inlines(inlines) => take(inlines, names, &mut parts),
    }
    parts
}

fn is_one(component: &Component, names: &[&str]) -> bool {
    names.iter().any(|name| is_named(component, name))
}

fn take(inlines: Vec<Inline>, names: &[&str], parts: &mut Vec<Part>) {
    let mut run = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Component(node) if is_one(&node, names) => {
                let before = split(std::mem::take(&mut run));
                parts.extend(before.into_iter().map(Part::Other));
                parts.push(Part::Element(*node));
            }
            other => run.push(other),
        }
    }
    parts.extend(split(run).into_iter().map(Part::Other));
}
