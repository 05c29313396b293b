//! Cuts running text behind its first sentence.

use crate::markdown::node::{Block, Inline, Literal, Paragraph};
use crate::markdown::text::inline_text;
use crate::model::procedure::instruct::{begins_sentence, first_sentence, words_of};
use crate::source::Span;

/// Inlines up to the end of their first sentence or line, and the rest as a paragraph.
pub(super) fn after_first_sentence(inlines: &[Inline]) -> (Vec<Inline>, Option<Block>) {
    let whole = || (inlines.to_vec(), None);
    let Some((mut label, mut rest)) = cut_at(inlines, end_of_sentence(inlines)) else {
        return whole();
    };
    while matches!(
        rest.first(),
        Some(Inline::SoftBreak(_) | Inline::HardBreak(_))
    ) {
        rest.remove(0);
    }
    while matches!(
        label.last(),
        Some(Inline::SoftBreak(_) | Inline::HardBreak(_))
    ) {
        label.pop();
    }
    if words_of(&label).is_empty() || words_of(&rest).is_empty() {
        return whole();
    }
    let span = rest.iter().map(Inline::span).reduce(Span::cover);
    let rest = span.map(|span| {
        Block::Paragraph(Paragraph {
            inlines: rest,
            span,
        })
    });
    (label, rest)
}

/// A paragraph without blanks before its text, such as one behind a first sentence.
pub(super) fn without_blank(block: Block) -> Block {
    match block {
        Block::Paragraph(mut paragraph) => {
            trim_start(&mut paragraph.inlines);
            Block::Paragraph(paragraph)
        }
        other => other,
    }
}

/// Takes the blanks before the first text off.
pub(super) fn trim_start(inlines: &mut [Inline]) {
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        first.text = first.text.trim_start().to_string();
    }
}

/// The byte in the text of inlines at which their first sentence ends.
fn end_of_sentence(inlines: &[Inline]) -> usize {
    let text = inline_text(inlines);
    let sentence = first_sentence(&text);
    let start = text.len() - text.trim_start_matches(|c: char| !begins_sentence(c)).len();
    start + sentence.len()
}

/// Cuts inlines at a byte of their text, or at the first line end that the author meant; `None` where
/// that is within a mark.
fn cut_at(inlines: &[Inline], end: usize) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let mut passed = 0;
    for (index, inline) in inlines.iter().enumerate() {
        if matches!(inline, Inline::HardBreak(_)) {
            return Some((inlines[..index].to_vec(), inlines[index + 1..].to_vec()));
        }
        let length = inline_text(std::slice::from_ref(inline)).len();
        if end > passed + length {
            passed += length;
            continue;
        }
        let mut label = inlines[..index].to_vec();
        let mut rest = inlines[index + 1..].to_vec();
        match inline {
            Inline::Text(text) if text.text.is_char_boundary(end - passed) => {
                label.push(Inline::Text(part_of(text, 0, end - passed)));
                let behind = part_of(text, end - passed, text.text.len());
                if !behind.text.trim().is_empty() {
                    rest.insert(0, Inline::Text(behind));
                }
            }
            _ if end == passed + length => label.push(inline.clone()),
            _ => return None,
        }
        return Some((label, rest));
    }
    None
}

/// A part of a text.
fn part_of(text: &Literal, start: usize, end: usize) -> Literal {
    Literal {
        text: text.text[start..end].to_string(),
        span: text.span,
    }
}
