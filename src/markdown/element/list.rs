//! `<ul>` and `<ol>` as lists.

use crate::markdown::element::{children, is_named, resolve, split};
use crate::markdown::node::{Block, Children, Component, Inline, Item, List};

/// The list of an element; what is in it beside its items comes after them.
pub(super) fn list(component: Component) -> Vec<Block> {
    let span = component.span;
    let start = (component.name == "ol").then(|| {
        let start = component
            .value("start")
            .and_then(|start| start.parse().ok());
        start.unwrap_or(1)
    });
    let (items, rest) = parts(component, &["li"]);
    let items: Vec<Item> = items.into_iter().map(item).collect();
    let is_single = |item: &Item| matches!(item.blocks.as_slice(), [] | [Block::Paragraph(_)]);
    let tight = items.iter().all(is_single);
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::List(List {
            start,
            tight,
            items,
            span,
        }));
    }
    blocks.extend(rest);
    blocks
}

fn item(component: Component) -> Item {
    let span = component.span;
    Item {
        checked: None,
        blocks: children(component),
        span,
    }
}

/// The elements of these names right inside an element, and everything else in it.
pub(super) fn parts(component: Component, names: &[&str]) -> (Vec<Component>, Vec<Block>) {
    let mut found = Vec::new();
    let mut rest = Vec::new();
    match component.children {
        Children::Blocks(blocks) => {
            for block in blocks {
                match block {
                    Block::Component(node) if is_one(&node, names) => found.push(*node),
                    Block::Paragraph(node) => take(node.inlines, names, &mut found, &mut rest),
                    other => rest.extend(resolve(vec![other])),
                }
            }
        }
        Children::Inlines(inlines) => take(inlines, names, &mut found, &mut rest),
    }
    (found, rest)
}

fn is_one(component: &Component, names: &[&str]) -> bool {
    names.iter().any(|name| is_named(component, name))
}

fn take(inlines: Vec<Inline>, names: &[&str], found: &mut Vec<Component>, rest: &mut Vec<Block>) {
    let mut run = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Component(node) if is_one(&node, names) => found.push(*node),
            other => run.push(other),
        }
    }
    rest.extend(split(run));
}
