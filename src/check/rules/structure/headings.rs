//! Headings of a document and how their bold is laid out.

use crate::markdown::node::{Block, Group, Heading, Inline};
use crate::markdown::text::inline_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::source::Span;

/// Marks of bold.
const MARKS: [&str; 2] = ["**", "__"];

/// The headings of a page, in order; those inside attributes are none.
pub(super) fn headings(page: &Page) -> Vec<&Heading> {
    let mut headings = Vec::new();
    walk(&page.document.blocks, Attributes::Skip, &mut |node| {
        if let Node::Block(Block::Heading(heading)) = node {
            headings.push(heading);
        }
    });
    headings
}

/// The bold that is the whole heading.
pub(super) fn whole_bold(heading: &Heading) -> Option<&Group> {
    match heading.inlines.as_slice() {
        [Inline::Strong(group)] => Some(group),
        _ => None,
    }
}

/// The bold parts right in a heading.
pub(super) fn bold_parts(heading: &Heading) -> Vec<&Group> {
    let inlines = heading.inlines.iter();
    let bold = inlines.filter_map(|inline| match inline {
        Inline::Strong(group) => Some(group),
        _ => None,
    });
    bold.collect()
}

/// The marks around bold; `None` when taking them away would change more than the look.
///
/// ```text
/// **설정경로**
/// ^^       ^^
/// ```
pub(super) fn marks(group: &Group, text: &str) -> Option<[Span; 2]> {
    let (start, end) = (group.span.start, group.span.end);
    let source = &text[group.span.range()];
    let mark = MARKS
        .iter()
        .find(|mark| source.starts_with(**mark) && source.ends_with(**mark))?;
    let inner = source.get(mark.len()..source.len() - mark.len())?;
    // Separate marks would join, and a heading may not end in its own mark.
    let is_plain = !inner.starts_with(['*', '_']) && !inner.ends_with(['*', '_', '#']);
    (is_plain && !inline_text(&group.inlines).is_empty()).then(|| {
        [
            Span::new(start, start + mark.len()),
            Span::new(end - mark.len(), end),
        ]
    })
}
