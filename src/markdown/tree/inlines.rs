//! Inlines that are put right once their place is known.

use crate::markdown::node::{Block, Children, Inline};
use crate::source::Span;

/// A line end inside an attribute's Markdown is one the author meant.
pub(super) fn harden_blocks(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Heading(node) => harden_inlines(&mut node.inlines),
            Block::Paragraph(node) => harden_inlines(&mut node.inlines),
            Block::Quote(node) => harden_blocks(&mut node.blocks),
            Block::List(node) => {
                node.items
                    .iter_mut()
                    .for_each(|item| harden_blocks(&mut item.blocks));
            }
            Block::Component(node) => {
                if let Children::Blocks(blocks) = &mut node.children {
                    harden_blocks(blocks);
                }
            }
            _ => {}
        }
    }
}

fn harden_inlines(inlines: &mut [Inline]) {
    for inline in inlines {
        match inline {
            Inline::SoftBreak(span) => *inline = Inline::HardBreak(*span),
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                harden_inlines(&mut node.inlines);
            }
            Inline::Link(node) => harden_inlines(&mut node.inlines),
            _ => {}
        }
    }
}

/// Takes tabs off a heading's end, which pulldown-cmark leaves in its text and its marks.
pub(super) fn end_at(inlines: &mut Vec<Inline>, end: usize) {
    let Some(last) = inlines.last_mut().filter(|last| last.span().end > end) else {
        return;
    };
    match last {
        Inline::Text(node) => {
            node.text
                .truncate(node.text.trim_end_matches([' ', '\t']).len());
            node.span.end = end;
            if node.text.is_empty() {
                inlines.pop();
            }
        }
        Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
            node.span.end = end;
            end_at(&mut node.inlines, end);
        }
        Inline::Link(node) | Inline::Image(node) => {
            node.span.end = end;
            end_at(&mut node.inlines, end);
        }
        Inline::Component(node) => {
            node.span.end = end;
            if let Children::Inlines(inlines) = &mut node.children {
                end_at(inlines, end);
            }
        }
        Inline::Code(node) | Inline::Html(node) | Inline::Comment(node) => node.span.end = end,
        Inline::Element(node) => {
            node.span.end = end;
            end_at(&mut node.inlines, end);
        }
        Inline::FootnoteMark(node) => node.span.end = end,
        Inline::SoftBreak(_) | Inline::HardBreak(_) => {}
    }
}

/// The bytes from the first inline to the last.
pub(in crate::markdown) fn cover(inlines: &[Inline]) -> Span {
    let spans = inlines.iter().map(Inline::span);
    spans.reduce(Span::cover).unwrap_or_default()
}
