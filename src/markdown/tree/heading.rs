//! Headings and the ids that their writers gave them.

use std::ops::Range;

use crate::literal::Value;
use crate::markdown::heading_id::{AnchorTag, anchor_tag, attributes, id_of, of_comment, short};
use crate::markdown::node::{Heading, Inline, Literal};
use crate::markdown::schema::Dialect;
use crate::markdown::tree::frame::Kind;
use crate::markdown::tree::inlines::end_at;
use crate::markdown::tree::{Builder, MAX_NESTING};
use crate::source::Span;

/// What is no text at the ends of a heading.
const BLANKS: [char; 2] = [' ', '\t'];

impl Builder<'_, '_, '_> {
    /// The heading of these inlines; attributes at its end become ids.
    pub(super) fn heading(
        &mut self,
        level: u8,
        mut ids: Vec<Literal>,
        mut inlines: Vec<Inline>,
        range: Range<usize>,
    ) -> Heading {
        let span = self.block_span(range.clone());
        end_at(&mut inlines, span.end);
        ids.extend(self.take_attributes(&mut inlines, range));
        if !ids.is_empty() {
            trim(&mut inlines);
        }
        Heading {
            level,
            inlines,
            ids,
            span,
        }
    }

    /// Takes the attributes off the text that a heading ends with.
    ///
    /// ```text
    /// ## 설치하기 {#install} ##
    ///            ^^^^^^^^^^
    /// ```
    fn take_attributes(&self, inlines: &mut Vec<Inline>, range: Range<usize>) -> Vec<Literal> {
        if let Some(Inline::Comment(comment)) = inlines.last()
            && let Some(text) = of_comment(&comment.text)
        {
            let span = comment.span;
            inlines.pop();
            return vec![Literal { text, span }];
        }
        let Some(Inline::Text(last)) = inlines.last_mut() else {
            return Vec::new();
        };
        let end = self.text_end.clamp(range.start, range.end);
        let source = self.text[range.start..end].trim_end_matches(BLANKS);
        let dialect = self.reader.schema.dialect;
        let short = || short(source).filter(|_| dialect != Dialect::Help);
        let Some((at, ids)) = attributes(source, dialect).or_else(short) else {
            return Vec::new();
        };
        // Text that does not end in the same bytes is written with references or escapes.
        let written = &source[at..];
        let Some(kept) = last.text.trim_end_matches(BLANKS).strip_suffix(written) else {
            return Vec::new();
        };
        last.text.truncate(kept.len());
        let place = range.start + at..range.start + source.len();
        let span = self.span(place);
        last.span.end = span.start;
        let ids = ids.into_iter().map(|text| Literal { text, span });
        ids.collect()
    }

    /// Takes an id that a map in braces gives the heading around it.
    ///
    /// ```text
    /// ## 설치하기 {{ id: 'install' }}
    /// ```
    pub(super) fn take_heading_id(&mut self, value: &Value, span: Span) -> bool {
        let Value::Map(entries) = value else {
            return false;
        };
        let id = entries.iter().find(|(key, _)| key == "id");
        let Some((_, Value::String(id))) = id else {
            return false;
        };
        let Some(text) = id_of(id) else {
            return false;
        };
        let frames = self.stack.iter_mut().rev().take(MAX_NESTING);
        let heading = frames
            .map(|frame| &mut frame.kind)
            .find_map(|kind| match kind {
                Kind::Heading { ids, .. } => Some(ids),
                _ => None,
            });
        heading.is_some_and(|ids| {
            ids.push(Literal { text, span });
            true
        })
    }

    /// Takes a tag that is an anchor of the heading around it; whether it is one.
    pub(super) fn take_anchor(&mut self, html: &str, range: Range<usize>) -> bool {
        let span = self.span(range);
        let frames = self.stack.iter_mut().rev().take(MAX_NESTING);
        let heading = frames
            .map(|frame| &mut frame.kind)
            .find_map(|kind| match kind {
                Kind::Heading {
                    ids, open_anchors, ..
                } => Some((ids, open_anchors)),
                _ => None,
            });
        let Some((ids, open_anchors)) = heading else {
            return false;
        };
        match anchor_tag(html) {
            Some(AnchorTag::Open { id, is_closed }) => {
                ids.push(Literal { text: id, span });
                *open_anchors += usize::from(!is_closed);
                true
            }
            Some(AnchorTag::Close) if *open_anchors > 0 => {
                *open_anchors -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Takes spaces and line ends off both ends that were between the text and an id.
fn trim(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Text(node) => {
                let kept = node.text.trim_end_matches(BLANKS).len();
                let blanks = node.text.len() - kept;
                node.text.truncate(kept);
                node.span.end = node.span.end.saturating_sub(blanks).max(node.span.start);
                if kept > 0 {
                    break;
                }
            }
            Inline::SoftBreak(_) | Inline::HardBreak(_) => {}
            _ => break,
        }
        inlines.pop();
    }
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        let blanks = first.text.len() - first.text.trim_start_matches(BLANKS).len();
        first.text.replace_range(..blanks, "");
        first.span.start = (first.span.start + blanks).min(first.span.end);
    }
}
