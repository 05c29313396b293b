//! A paragraph of components only is no paragraph: its components are blocks, as MDX has it.
//!
//! ```text
//! <Card title="가">글</Card>      a card with a paragraph in it, not a line of text
//! ```
//!
//! Components that are words, such as badges in a row, stay in their line.

use std::mem;

use crate::markdown::node::{Block, Children, Component, Inline, Paragraph, Placement, Syntax};
use crate::markdown::schema::Schema;
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::tree::inlines::cover;

/// Makes blocks of the components that are alone in their paragraphs.
pub(super) fn unravel(blocks: Vec<Block>, schema: &Schema) -> Vec<Block> {
    let mut all = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Paragraph(node) if is_of_components(&node.inlines, schema) => {
                all.extend(of_inlines(node.inlines, schema));
            }
            Block::Component(mut node) => {
                children(&mut node, schema);
                all.push(Block::Component(node));
            }
            Block::Quote(mut node) => {
                node.blocks = unravel(mem::take(&mut node.blocks), schema);
                all.push(Block::Quote(node));
            }
            Block::List(mut node) => {
                for item in &mut node.items {
                    item.blocks = unravel(mem::take(&mut item.blocks), schema);
                }
                all.push(Block::List(node));
            }
            other => all.push(other),
        }
    }
    all
}

fn children(component: &mut Component, schema: &Schema) {
    if let Children::Blocks(blocks) = &mut component.children {
        *blocks = unravel(mem::take(blocks), schema);
    }
}

fn of_inlines(inlines: Vec<Inline>, schema: &Schema) -> Vec<Block> {
    let components = inlines.into_iter().filter_map(|inline| match inline {
        Inline::Component(component) => Some(*component),
        _ => None,
    });
    let blocks = components.map(|component| Block::Component(Box::new(flow(component, schema))));
    blocks.collect()
}

/// A component of a line as one of blocks.
fn flow(mut component: Component, schema: &Schema) -> Component {
    component.placement = Placement::Flow;
    component.children = match component.children {
        Children::Inlines(inlines) if inlines.is_empty() => Children::Blocks(Vec::new()),
        Children::Inlines(inlines) if is_of_components(&inlines, schema) => {
            Children::Blocks(of_inlines(inlines, schema))
        }
        Children::Inlines(inlines) => {
            let span = cover(&inlines);
            Children::Blocks(vec![Block::Paragraph(Paragraph { inlines, span })])
        }
        blocks => blocks,
    };
    component
}

/// Whether inlines are components and blanks, and a component is more than a word.
fn is_of_components(inlines: &[Inline], schema: &Schema) -> bool {
    let mut is_block = false;
    for inline in inlines {
        match inline {
            Inline::Component(component) if component.syntax == Syntax::Tag => {
                is_block |= !is_word(component, schema);
            }
            Inline::SoftBreak(_) | Inline::Comment(_) => {}
            Inline::Text(node) if node.text.trim().is_empty() => {}
            _ => return false,
        }
    }
    is_block
}

fn is_word(component: &Component, schema: &Schema) -> bool {
    let role = schema.resolve(component).map(|resolved| resolved.role);
    matches!(
        role,
        Some(
            ComponentRole::Badge
                | ComponentRole::Icon
                | ComponentRole::Link
                | ComponentRole::Button
                | ComponentRole::Term
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    fn check(text: &str, expected: &[&str]) {
        let config = Config::read("preset: mdx", "a").unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let kinds: Vec<&str> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Component(component) => component.name.as_str(),
                Block::Paragraph(_) => "paragraph",
                _ => "other",
            })
            .collect();
        assert_eq!(kinds, expected, "{text}");
    }

    #[test]
    fn components_alone_in_a_paragraph_are_blocks() {
        check("<Card title=\"a\">b</Card>", &["Card"]);
        check(
            "<Card title=\"a\">b</Card>\n<Card title=\"c\">d</Card>",
            &["Card", "Card"],
        );
        check("<Card title=\"a\">b</Card> c", &["paragraph"]);
        check("<Badge>a</Badge> <Badge>b</Badge>", &["paragraph"]);
        check("<Nobody>a</Nobody>", &["Nobody"]);
    }
}
