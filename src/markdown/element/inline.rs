//! Elements in running text.

use std::mem;

use crate::markdown::element::{
    LEFT_OUT, MEDIA, flatten, flow, inlines, is_block_element, link, media, resolve_inside,
};
use crate::markdown::node::{
    Children, Component, Element, ElementKind, Group, Inline, Link, Literal, Syntax,
};
use crate::markdown::text::inline_text;
use crate::source::Span;

/// Whether an element marks the text in it.
pub(super) fn is_mark(name: &str) -> bool {
    matches!(
        name,
        "b" | "strong" | "i" | "em" | "s" | "del" | "strike" | "a"
    ) || ElementKind::of(name).is_some()
}

/// Makes nodes of the elements in a text.
pub(super) fn resolve(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut resolved = Vec::with_capacity(inlines.len());
    for inline in inlines {
        for inline in one(inline) {
            push(&mut resolved, inline);
        }
    }
    resolved
}

/// Adds a node; texts side by side are one.
fn push(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), inline) {
        (Some(Inline::Text(last)), Inline::Text(next)) => {
            last.text.push_str(&next.text);
            last.span = last.span.cover(next.span);
        }
        (_, inline) => inlines.push(inline),
    }
}

fn one(inline: Inline) -> Vec<Inline> {
    match inline {
        Inline::Component(component) => phrase(*component),
        Inline::Emphasis(node) => vec![Inline::Emphasis(group(node))],
        Inline::Strong(node) => vec![Inline::Strong(group(node))],
        Inline::Strikethrough(node) => vec![Inline::Strikethrough(group(node))],
        Inline::Link(node) => vec![Inline::Link(link_of(node))],
        Inline::Image(node) => vec![Inline::Image(link_of(node))],
        other => vec![other],
    }
}

fn group(mut node: Group) -> Group {
    node.inlines = resolve(node.inlines);
    node
}

fn link_of(mut node: Box<Link>) -> Box<Link> {
    node.inlines = resolve(mem::take(&mut node.inlines));
    node
}

fn phrase(mut component: Component) -> Vec<Inline> {
    if component.name.is_empty() {
        return inlines(component);
    }
    if component.syntax != Syntax::Element {
        resolve_inside(&mut component);
        return vec![Inline::Component(Box::new(component))];
    }
    let span = component.span;
    match component.name.as_str() {
        name if LEFT_OUT.contains(&name) => vec![Inline::Comment(Literal {
            text: String::new(),
            span,
        })],
        name if MEDIA.contains(&name) => vec![Inline::Component(Box::new(media(component)))],
        "br" | "hr" => vec![Inline::HardBreak(span)],
        "wbr" | "source" | "col" => Vec::new(),
        "img" => vec![image(&component)],
        name if is_mark(name) => {
            let shell = Component {
                children: Children::Inlines(Vec::new()),
                ..component.clone()
            };
            mark(&shell, inlines(component))
        }
        // Words of a drawing are apart, wherever it shows them.
        "text" | "title" | "desc" => {
            let text = " ".to_string();
            let span = Span::new(span.end, span.end);
            let mut inlines = inlines(component);
            inlines.push(Inline::Text(Literal { text, span }));
            inlines
        }
        _ if is_block_element(&component) => flatten(flow(component)),
        _ => inlines(component),
    }
}

/// The node of an element that marks this text.
pub(super) fn mark(component: &Component, inlines: Vec<Inline>) -> Vec<Inline> {
    let span = component.span;
    let group = |inlines| Group { inlines, span };
    let node = match component.name.as_str() {
        "b" | "strong" => Inline::Strong(group(inlines)),
        "i" | "em" => Inline::Emphasis(group(inlines)),
        "s" | "del" | "strike" => Inline::Strikethrough(group(inlines)),
        "a" => match link(component, inlines.clone()) {
            Some(link) => link,
            None => return inlines,
        },
        "code" | "tt" if is_plain(&inlines) => Inline::Code(Literal {
            text: inline_text(&inlines),
            span,
        }),
        name => match ElementKind::of(name) {
            Some(kind) => Inline::Element(Box::new(Element {
                kind,
                inlines,
                span,
            })),
            None => return inlines,
        },
    };
    vec![node]
}

/// Whether inlines are text without marks.
fn is_plain(inlines: &[Inline]) -> bool {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_) | Inline::SoftBreak(_));
    inlines.iter().all(is_text)
}

/// The image of an `<img>`.
pub(super) fn image(component: &Component) -> Inline {
    let attribute = component.attribute("alt");
    let alternative = attribute.and_then(|attribute| {
        let text = attribute.value.clone().filter(|text| !text.is_empty())?;
        let span: Span = attribute.value_span;
        Some(Inline::Text(Literal { text, span }))
    });
    Inline::Image(Box::new(Link {
        url: component.value("src").unwrap_or_default().to_string(),
        title: component.value("title").unwrap_or_default().to_string(),
        inlines: alternative.into_iter().collect(),
        span: component.span,
    }))
}
