//! The addresses that stand in a document, wherever they stand.

use crate::markdown::node::{Block, Component, Inline};
use crate::markdown::schema::{AttributeKind, Schema};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::Span;

/// Addresses of links, images and component attributes with the bytes that show them, parents
/// first.
pub(super) fn addresses<'a>(blocks: &'a [Block], schema: &Schema) -> Vec<(&'a str, Span)> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| match node {
        Node::Inline(Inline::Link(link) | Inline::Image(link)) => {
            found.push((link.url.as_str(), link.span));
        }
        Node::Inline(Inline::Component(component)) | Node::Block(Block::Component(component)) => {
            found.extend(of_attributes(component, schema));
        }
        _ => {}
    });
    found
}

fn of_attributes<'a>(
    component: &'a Component,
    schema: &Schema,
) -> impl Iterator<Item = (&'a str, Span)> {
    let is_address = |name: &str| schema.attribute(&component.name, name);
    component
        .attributes
        .iter()
        .filter(move |attribute| is_address(&attribute.name) == Some(AttributeKind::Url))
        .filter_map(|attribute| Some((attribute.value.as_deref()?.trim(), attribute.value_span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    #[test]
    fn addresses_are_found_in_text_and_attributes() {
        let text = "# [a](b)\n\n![c](d)\n\n<Highlight text=\"[e](f)\" url=\" g \" />\n\n`[h](i)`";
        let config = Config::defaults();
        let (document, _) = parse(text, FileId(0), &config.components);
        let found = addresses(&document.blocks, &config.components);
        let found: Vec<_> = found
            .iter()
            .map(|(url, span)| (*url, &text[span.range()]))
            .collect();
        assert_eq!(
            found,
            [
                ("b", "[a](b)"),
                ("d", "![c](d)"),
                ("g", " g "),
                ("f", "[e](f)")
            ]
        );
    }
}
