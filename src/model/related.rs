//! Related links of a procedure: developer guides, explanations, test data.
//!
//! In the sources they are list items that are only a link, highlights with an address, and
//! callouts with nothing but a title that promises a link, whose address is often lost.

use crate::markdown::node::{Block, Component, Inline, List};
use crate::markdown::text::{collapse_blanks, inline_text, label_text};
use crate::markdown::walk::{Attributes, Node, walk_inlines};
use crate::model::conventions::Conventions;
use crate::model::notice::title;
use crate::source::Span;

/// A related link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its text, without arrow.
    pub label: String,
    /// Its address; `None` when the source has none.
    pub url: Option<String>,
    /// Its bytes.
    pub span: Span,
}

/// Reads a block that contains only related links; `None` when it contains anything else.
pub(super) fn related(block: &Block, conventions: &Conventions<'_>) -> Option<Vec<Related>> {
    match block {
        Block::Component(component) => {
            component_link(component, conventions).map(|link| vec![link])
        }
        Block::List(list) => list_links(list, conventions),
        Block::Paragraph(paragraph) => {
            let link = only_link(&paragraph.inlines, paragraph.span, conventions)?;
            Some(vec![link])
        }
        _ => None,
    }
}

fn component_link(component: &Component, conventions: &Conventions<'_>) -> Option<Related> {
    let text = match component
        .attribute("text")
        .map(|attribute| &attribute.content)
    {
        Some(crate::markdown::node::Content::Inlines(inlines)) => label_text(inlines),
        _ => title(component, conventions.schema),
    };
    let resolved = conventions.schema.resolve(component);
    let url = match resolved {
        Some(resolved) => resolved.href(),
        None => component.value("url"),
    };
    let says_more = component.attribute("content").is_some() || component.paired;
    let is_link =
        !text.is_empty() && !says_more && (url.is_some() || conventions.promises_link(&text));
    is_link.then(|| Related {
        label: conventions.without_arrows(&text),
        url: url.map(str::to_string),
        span: component.span,
    })
}

fn list_links(list: &List, conventions: &Conventions<'_>) -> Option<Vec<Related>> {
    let mut links = Vec::new();
    for item in &list.items {
        let [Block::Paragraph(paragraph)] = item.blocks.as_slice() else {
            return None;
        };
        links.push(only_link(&paragraph.inlines, item.span, conventions)?);
    }
    Some(links)
}

/// Reads a text that consists of one link; `None` for other texts.
fn only_link(inlines: &[Inline], span: Span, conventions: &Conventions<'_>) -> Option<Related> {
    let mut links = Vec::new();
    walk_inlines(inlines, Attributes::Skip, &mut |node| match node {
        Node::Inline(Inline::Link(link)) => {
            links.push((link.url.clone(), label_text(&link.inlines)))
        }
        Node::Inline(Inline::Component(component)) => {
            if let Some(link) = component_link(component, conventions) {
                links.push((link.url.unwrap_or_default(), link.label));
            }
        }
        _ => {}
    });
    let [(url, label)] = links.as_slice() else {
        return None;
    };
    let text = collapse_blanks(&inline_text(inlines));
    let says_more = conventions.without_arrows(&text).chars().count() > label.chars().count() + 2;
    let url = Some(url.clone()).filter(|url| !url.is_empty());
    (!says_more).then(|| Related {
        label: conventions.without_arrows(label),
        url,
        span,
    })
}
