//! The addresses that stand in a document, wherever they stand.

use crate::markdown::node::{Block, Component, Inline, Link};
use crate::markdown::schema::{AttributeKind, Schema};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::Span;

/// The attribute whose address is where a component leads; others name a file that is shown.
pub const LINK_ATTRIBUTE: &str = "url";

/// An address of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// As it is read.
    pub url: &'a str,
    /// The bytes that show it.
    pub span: Span,
    /// Whether the page itself shows what is there, as it does an image.
    pub is_shown: bool,
}

/// Addresses of links, images and component attributes, parents first.
pub(super) fn addresses<'a>(blocks: &'a [Block], schema: &Schema) -> Vec<Address<'a>> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| match node {
        Node::Inline(Inline::Link(link)) => found.push(of_link(link, false)),
        Node::Inline(Inline::Image(image)) => found.push(of_link(image, true)),
        Node::Inline(Inline::Component(component)) | Node::Block(Block::Component(component)) => {
            found.extend(of_attributes(component, schema));
        }
        _ => {}
    });
    found
}

fn of_link(link: &Link, is_shown: bool) -> Address<'_> {
    Address {
        url: &link.url,
        span: link.span,
        is_shown,
    }
}

fn of_attributes<'a>(
    component: &'a Component,
    schema: &Schema,
) -> impl Iterator<Item = Address<'a>> {
    let is_address = |name: &str| schema.attribute(&component.name, name);
    component
        .attributes
        .iter()
        .filter(move |attribute| is_address(&attribute.name) == Some(AttributeKind::Url))
        .filter_map(|attribute| {
            Some(Address {
                url: attribute.value.as_deref()?.trim(),
                span: attribute.value_span,
                is_shown: attribute.name != LINK_ATTRIBUTE,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    #[test]
    fn addresses_are_found_in_text_and_attributes() {
        let text = "# [a](b)\n\n![c](d)\n\n<Highlight text=\"[e](f)\" url=\" g \" />\n\n`[h](i)`\n\n<Accordion image=\"j\" />";
        let config = Config::defaults();
        let (document, _) = parse(text, FileId(0), &config.components);
        let found = addresses(&document.blocks, &config.components);
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.url, &text[found.span.range()], found.is_shown))
            .collect();
        assert_eq!(
            found,
            [
                ("b", "[a](b)", false),
                ("d", "![c](d)", true),
                ("g", " g ", false),
                ("f", "[e](f)", false),
                ("j", "j", true)
            ]
        );
    }
}
