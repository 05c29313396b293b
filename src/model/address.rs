//! The addresses in a document: of links, images and component attributes.

use crate::markdown::node::{Attribute, Block, Component, Inline, Link};
use crate::markdown::schema::{AttributeKind, Schema};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::anchor::slug;
use crate::source::Span;

/// Longest part of an address, in bytes: what file systems accept, less an ending.
pub(super) const MAX_SEGMENT_BYTES: usize = 200;

/// The title as a part of an address, cut to [`MAX_SEGMENT_BYTES`].
pub(super) fn segment(title: &str) -> String {
    let mut segment = slug(title);
    segment.truncate(segment.floor_char_boundary(MAX_SEGMENT_BYTES));
    segment
}

/// The file that an attribute of a component shows, such as an image; `None` if it shows none.
pub fn shown_file<'a>(
    component: &Component,
    attribute: &'a Attribute,
    schema: &Schema,
) -> Option<&'a str> {
    let is_shown = schema.is_shown(&component.name, &attribute.name);
    address_in(component, attribute, schema).filter(|url| is_shown && !url.is_empty())
}

/// The address that an attribute of a component contains; `None` if it contains none, or one that
/// only a program could know.
pub fn address_in<'a>(
    component: &Component,
    attribute: &'a Attribute,
    schema: &Schema,
) -> Option<&'a str> {
    let kind = schema.attribute(&component.name, &attribute.name);
    let is_known = match &attribute.literal {
        None => true,
        Some(literal) => literal.as_str().is_some(),
    };
    let url = attribute.value.as_deref().map(str::trim);
    url.filter(|_| kind == Some(AttributeKind::Url) && is_known)
}

/// An address of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The address, as parsed.
    pub url: &'a str,
    /// Its bytes.
    pub span: Span,
    /// Whether the page shows the file itself, such as an image.
    pub is_shown: bool,
}

/// Addresses of links, images and component attributes, parents first.
pub(super) fn addresses<'a>(blocks: &'a [Block], schema: &'a Schema) -> Vec<Address<'a>> {
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
    schema: &'a Schema,
) -> impl Iterator<Item = Address<'a>> {
    component.attributes.iter().filter_map(move |attribute| {
        Some(Address {
            url: address_in(component, attribute, schema)?,
            span: attribute.value_span,
            is_shown: schema.is_shown(&component.name, &attribute.name),
        })
    })
}

/// Schemes of addresses that become links.
const LINK_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The address if it may become a link: relative, or with a scheme that cannot run code.
pub fn harmless(url: &str) -> Option<&str> {
    let place = url.split('#').next().unwrap_or(url);
    let is_harmless = scheme(place).is_none_or(is_link_scheme);
    is_harmless.then_some(url)
}

/// Whether an address with this scheme may become a link.
pub(super) fn is_link_scheme(scheme: &str) -> bool {
    let mut known = LINK_SCHEMES.iter();
    known.any(|known| scheme.eq_ignore_ascii_case(known))
}

/// The scheme of an address; `None` for a relative one.
pub(super) fn scheme(place: &str) -> Option<&str> {
    let (scheme, _) = place.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // Text before a colon that is no scheme may hide one after blanks or control characters.
    if is_scheme {
        Some(scheme)
    } else if scheme.contains('/') {
        None
    } else {
        Some("")
    }
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

    #[test]
    fn addresses_that_can_run_code_are_distinguished() {
        for url in [
            "https://a.b",
            "TEL:1",
            "mailto:a@b",
            "a.md",
            "/a:b",
            "#a:b",
            "../a#b:c",
        ] {
            assert_eq!(harmless(url), Some(url));
        }
        for url in [
            "javascript:a",
            "JavaScript:a#b",
            " javascript:a",
            "data:a",
            "java\tscript:a",
        ] {
            assert_eq!(harmless(url), None, "{url}");
        }
    }
}
