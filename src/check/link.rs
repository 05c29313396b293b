//! Every link of a document: in its body, in the Markdown of attributes, and attributes that are
//! addresses themselves.

use crate::markdown::node::{Attribute, Block, Component, Content, Inline};
use crate::markdown::schema::Schema;
use crate::markdown::text::label_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::address::address_in;
use crate::model::notice::title;
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// A text that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    /// The document.
    pub file: FileId,
    /// The address as it is read.
    pub url: &'a str,
    /// Bytes of the address; `None` where the file writes it in another way, or elsewhere.
    pub url_span: Option<Span>,
    /// Its text, on one line.
    pub text: String,
    /// Its text's nodes; empty for a component.
    pub inlines: &'a [Inline],
    /// The title after the address; empty when there is none.
    pub title: &'a str,
    /// Its bytes: brackets and address, or the value of the attribute.
    pub span: Span,
}

impl Link<'_> {
    /// The bytes to point at: the address where it is in the file, else the whole link.
    pub fn place(&self) -> Span {
        self.url_span
            .filter(|span| span.start < span.end)
            .unwrap_or(self.span)
    }

    /// Bytes of the address before and after its `#`, the mark in neither.
    pub fn halves(&self) -> Option<(Span, Span)> {
        let span = self.url_span?;
        let place = self.url.split('#').next().unwrap_or_default().len();
        let fragment = (span.start + place + 1).min(span.end);
        Some((
            Span::new(span.start, span.start + place),
            Span::new(fragment, span.end),
        ))
    }
}

/// The links of a page, in document order.
pub(super) fn links<'a>(page: &'a Page, source: &'a str, schema: &'a Schema) -> Vec<Link<'a>> {
    let file = page.document.file;
    let mut links = Vec::new();
    walk(
        &page.document.blocks,
        Attributes::Enter,
        &mut |node| match node {
            Node::Inline(Inline::Link(link)) => links.push(Link {
                file,
                url: &link.url,
                url_span: url_span(source, link.span, &link.url),
                text: label_text(&link.inlines),
                inlines: &link.inlines,
                title: &link.title,
                span: link.span,
            }),
            Node::Block(Block::Component(component))
            | Node::Inline(Inline::Component(component)) => {
                let addresses = addresses(component, schema);
                links.extend(addresses.map(|(attribute, url)| {
                    component_link((file, source), component, attribute, url, schema)
                }));
            }
            _ => {}
        },
    );
    links
}

fn addresses<'a>(
    component: &'a Component,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a Attribute, &'a str)> {
    component.attributes.iter().filter_map(move |attribute| {
        let is_link = !schema.is_shown(&component.name, &attribute.name);
        let url = address_in(component, attribute, schema).filter(|_| is_link)?;
        Some((attribute, url))
    })
}

fn component_link<'a>(
    (file, source): (FileId, &str),
    component: &'a Component,
    attribute: &'a Attribute,
    url: &'a str,
    schema: &Schema,
) -> Link<'a> {
    let span = attribute.value_span;
    Link {
        file,
        url,
        url_span: (&source[span.range()] == url).then_some(span),
        text: says(component, schema),
        inlines: &[],
        title: "",
        span,
    }
}

/// Text of a component that is a link: its text, else its title.
fn says(component: &Component, schema: &Schema) -> String {
    match component.attribute("text").map(|text| &text.content) {
        Some(Content::Inlines(inlines)) => label_text(inlines),
        _ => title(component, schema),
    }
}

/// Bytes of the address of a link or an image; `None` where the file writes it in another way, or
/// elsewhere.
///
/// ```text
/// [글](https://example.com "제목")
///      ^^^^^^^^^^^^^^^^^^^
/// ```
pub fn url_span(source: &str, link: Span, url: &str) -> Option<Span> {
    let text = &source[link.range()];
    let from = match text.rfind("](") {
        Some(at) => at + "](".len(),
        None if text.starts_with(['[', '!']) => return None,
        None => 0,
    };
    let at = link.start + from + text[from..].find(url)?;
    Some(Span::new(at, at + url.len()))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::with_context;

    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        with_context(&[("a.md", text)], |context| {
            let found: Vec<_> = context
                .links()
                .iter()
                .map(|link| {
                    let place = context.slice(link.file, link.place());
                    (link.text.as_str(), link.url, place)
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        });
    }

    #[test]
    fn links_stand_in_bodies_attributes_and_addresses() {
        check("[가](u#x \"t\")", &[("가", "u#x", "u#x")]);
        check(
            "> <Callout content=\"- [나](v)\n> - 다\" />",
            &[("나", "v", "v")],
        );
        check(
            "<Highlight text=\"라\" url=\"#w\" />",
            &[("라", "#w", "#w")],
        );
        check(
            "<Accordion title=\"마\" image=\"/a.png\" content=\"바\" />",
            &[],
        );
    }

    #[test]
    fn address_that_is_written_in_another_way_has_no_place_of_its_own() {
        check("[가](a&amp;b)", &[("가", "a&b", "[가](a&amp;b)")]);
    }
}
