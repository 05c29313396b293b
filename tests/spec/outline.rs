//! Shows a tree as its blocks' names: `list[item[paragraph] item[code]]`.

use tickbook::markdown::node::{Attribute, Block, Children, Component, Content};

/// The outline of `blocks`.
pub fn outline(blocks: &[Block]) -> String {
    join(blocks.iter().map(block))
}

fn join(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(_) => "heading".to_string(),
        Block::Paragraph(_) => "paragraph".to_string(),
        Block::Quote(node) => format!("quote[{}]", outline(&node.blocks)),
        Block::List(node) => {
            let items = node
                .items
                .iter()
                .map(|item| format!("item[{}]", outline(&item.blocks)));
            format!("list[{}]", join(items))
        }
        Block::Table(_) => "table".to_string(),
        Block::Code(_) => "code".to_string(),
        Block::Rule(_) => "rule".to_string(),
        Block::Html(_) => "html".to_string(),
        Block::Comment(_) => String::new(),
        Block::Esm(_) => "esm".to_string(),
        Block::Footnote(node) => format!("footnote[{}]", outline(&node.blocks)),
        Block::Component(node) => component(node),
    }
}

fn component(node: &Component) -> String {
    let mut shown = node.name.clone();
    for attribute in &node.attributes {
        if let Attribute {
            name,
            content: Content::Blocks(blocks),
            ..
        } = attribute
        {
            shown += &format!("({name}: {})", outline(blocks));
        }
    }
    match &node.children {
        Children::Blocks(blocks) if !blocks.is_empty() => shown + &format!("[{}]", outline(blocks)),
        _ => shown,
    }
}
