//! The text before a list.

use crate::config::procedures::ProcedureConvention;
use crate::markdown::node::Block;
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::words_of;
use crate::model::procedure::label::{is_labelled_notice, is_quoted_notice};
use crate::model::procedure::list::is_picture;

/// The paragraph before an entry, behind which nothing but pictures and notices is; empty for none.
pub(super) fn lead(flow: &Flow<'_>, entry: usize) -> String {
    for before in flow.entries[..entry].iter().rev() {
        match &before.kind {
            Kind::Paragraph(paragraph)
                if !is_picture(&paragraph.inlines)
                    && !is_labelled_notice(before.block, flow.vocabulary) =>
            {
                return words_of(&paragraph.inlines);
            }
            Kind::Paragraph(_) | Kind::Notice | Kind::Other => {}
            Kind::Heading(..) | Kind::List(_) | Kind::Code(_) => return String::new(),
        }
    }
    String::new()
}

/// The last sentence of a text.
pub(super) fn last_sentence(text: &str) -> &str {
    let ends = text.match_indices(['.', '!', '?', '。']);
    let starts = ends.map(|(at, mark)| at + mark.len());
    let mut starts = starts.filter(|at| {
        let rest = &text[*at..];
        rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()
    });
    text[starts.next_back().unwrap_or(0)..].trim()
}

/// Whether a block is a notice: a callout is one already, and so are a quote and a paragraph with
/// the label of one.
pub(super) fn is_notice_block(
    block: &Block,
    flow: &Flow<'_>,
    convention: &ProcedureConvention,
) -> bool {
    match block {
        Block::Quote(quote) => is_quoted_notice(&quote.blocks, flow.vocabulary, convention),
        Block::Paragraph(_) => is_labelled_notice(block, flow.vocabulary),
        _ => false,
    }
}
