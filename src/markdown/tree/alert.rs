//! Block quotes that are alerts.
//!
//! ```text
//! > [!WARNING] 취소할 수 없습니다
//! > 글
//! ```

use crate::markdown::node::{
    Attribute, Block, Children, Component, Content, Inline, Placement, Quote, Syntax,
};
use crate::markdown::schema::Dialect;
use crate::markdown::text::inline_text;
use crate::markdown::tree::Builder;
use crate::markdown::tree::inlines::cover;
use crate::source::Span;

/// Longest word of an alert, in bytes.
const LONGEST_WORD: usize = 32;

impl Builder<'_, '_, '_> {
    /// The quote of these blocks, or the alert that it is.
    pub(super) fn quote(&self, mut blocks: Vec<Block>, span: Span) -> Block {
        if self.reader.schema.dialect == Dialect::Help {
            return Block::Quote(Quote { blocks, span });
        }
        let Some(Block::Paragraph(first)) = blocks.first_mut() else {
            return Block::Quote(Quote { blocks, span });
        };
        let Some((name, length)) = marker(&first.inlines) else {
            return Block::Quote(Quote { blocks, span });
        };
        let start = first.span.start;
        let name_span = Span::new(start + 2, start + 2 + name.len());
        let title = take_title(&mut first.inlines, length);
        first.span = cover(&first.inlines);
        if first.inlines.is_empty() {
            blocks.remove(0);
        }
        let attributes = title.map(|title| title_attribute(title, name_span));
        Block::Component(Box::new(Component {
            name,
            name_span,
            syntax: Syntax::Alert,
            attributes: attributes.into_iter().collect(),
            placement: Placement::Flow,
            children: Children::Blocks(blocks),
            paired: true,
            span,
        }))
    }
}

/// The word of an alert and the length of its marker, which a line of text starts with.
fn marker(inlines: &[Inline]) -> Option<(String, usize)> {
    let Inline::Text(first) = inlines.first()? else {
        return None;
    };
    let inner = first.text.strip_prefix("[!")?;
    let end = inner.find(']').filter(|end| *end <= LONGEST_WORD)?;
    let word = &inner[..end];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if word.is_empty() || !word.chars().all(is_word) {
        return None;
    }
    // A title may follow a sign or a blank; text right after the marker makes it none.
    let rest = inner[end + 1..].trim_start_matches(['+', '-']);
    let is_apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    let is_known = word
        .chars()
        .all(|c| c.is_uppercase() || matches!(c, '-' | '_'));
    let is_alone = rest.trim().is_empty()
        && matches!(
            inlines.get(1),
            None | Some(Inline::SoftBreak(_) | Inline::HardBreak(_))
        );
    (is_apart && (is_known || is_alone)).then(|| (word.to_string(), first.text.len() - rest.len()))
}

/// Takes the first line off, which has a marker of `length` bytes; what follows the marker is the
/// title.
fn take_title(inlines: &mut Vec<Inline>, length: usize) -> Option<Vec<Inline>> {
    let is_break = |inline: &Inline| matches!(inline, Inline::SoftBreak(_) | Inline::HardBreak(_));
    let end = inlines.iter().position(is_break).unwrap_or(inlines.len());
    let mut title: Vec<Inline> = inlines.drain(..end).collect();
    if !inlines.is_empty() {
        inlines.remove(0);
    }
    if let Some(Inline::Text(first)) = title.first_mut() {
        let rest = first.text[length..].trim_start();
        let cut = first.text.len() - rest.len();
        first.text = rest.to_string();
        first.span.start = (first.span.start + cut).min(first.span.end);
        if first.text.is_empty() {
            title.remove(0);
        }
    }
    (!title.is_empty()).then_some(title)
}

/// The title of a component that is not written as an attribute.
pub(in crate::markdown) fn title_attribute(title: Vec<Inline>, name_span: Span) -> Attribute {
    let value_span = match title.is_empty() {
        true => name_span,
        false => cover(&title),
    };
    Attribute {
        name: "title".to_string(),
        name_span,
        value: Some(inline_text(&title)),
        value_span,
        literal: None,
        content: Content::Inlines(title),
    }
}
