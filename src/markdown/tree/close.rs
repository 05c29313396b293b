//! Frames that end become nodes.

use std::mem;
use std::ops::Range;

use pulldown_cmark::TagEnd;

use crate::markdown::node::{
    Block, Cell, CodeBlock, Footnote, Group, Inline, Item, Link, List, Paragraph,
};
use crate::markdown::tree::Builder;
use crate::markdown::tree::frame::{Frame, Kind};
use crate::markdown::tree::inlines::cover;
use crate::markdown::tree::table::table;
use crate::source::Span;

impl Builder<'_, '_, '_> {
    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::HtmlBlock {
            self.stack.pop();
            return;
        }
        self.close_components(range.end);
        self.flush_text();
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let closes = frame.closes;
        self.close_frame(frame, range.clone());
        if let Some(tag) = closes {
            self.close_flow(tag);
        }
    }

    pub(super) fn close_frame(&mut self, mut frame: Frame, range: Range<usize>) {
        frame.trim();
        match frame.kind {
            Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link { .. }
            | Kind::Image { .. } => self.close_inline(frame, range),
            Kind::Item { .. } | Kind::Row { .. } | Kind::Cell => self.close_part(frame, range),
            _ => self.close_block(frame, range),
        }
    }

    pub(super) fn close_inline(&mut self, frame: Frame, range: Range<usize>) {
        let span = self.span(range);
        let Frame { kind, inlines, .. } = frame;
        let inline = match kind {
            Kind::Emphasis => Inline::Emphasis(Group { inlines, span }),
            Kind::Strong => Inline::Strong(Group { inlines, span }),
            Kind::Strikethrough => Inline::Strikethrough(Group { inlines, span }),
            Kind::Link { url, title } => Inline::Link(Box::new(Link {
                url,
                title,
                inlines,
                span,
            })),
            Kind::Image { url, title } => Inline::Image(Box::new(Link {
                url,
                title,
                inlines,
                span,
            })),
            _ => return,
        };
        self.push_inline(inline);
    }

    /// Closes what is part of the list, table or row in the frame below.
    pub(super) fn close_part(&mut self, frame: Frame, range: Range<usize>) {
        let span = match frame.kind {
            Kind::Cell => self.cell_span(range.clone()),
            _ => self.block_span(range.clone()),
        };
        let rest = match frame.kind {
            Kind::Cell => {
                self.cell_end = range.end;
                None
            }
            Kind::Row { .. } => self.rest_of_row(range),
            _ => None,
        };
        let Frame {
            kind,
            blocks,
            inlines,
            ..
        } = frame;
        match (kind, &mut self.top().kind) {
            (Kind::Item { checked }, Kind::List { items, .. }) => items.push(Item {
                checked,
                blocks,
                span,
            }),
            (
                Kind::Row {
                    is_head: true,
                    cells,
                },
                Kind::Table { head, .. },
            ) => *head = cells,
            (Kind::Row { mut cells, .. }, Kind::Table { rows, .. }) => {
                cells.extend(rest);
                rows.push(cells);
            }
            (Kind::Cell, Kind::Row { cells, .. }) => cells.push(Cell { inlines, span }),
            _ => {}
        }
    }

    /// A cell that its row lacks is after the row's line end.
    pub(super) fn cell_span(&self, range: Range<usize>) -> Span {
        if !range.is_empty() {
            return self.block_span(range);
        }
        let row = self.text[..range.start].trim_end_matches([' ', '\t', '\n']);
        // Characters that were dropped there are after the row.
        let end = self.span(0..row.len()).end;
        Span::new(end, end)
    }

    pub(super) fn close_block(&mut self, frame: Frame, range: Range<usize>) {
        let span = self.block_span(range.clone());
        let Frame {
            kind,
            blocks,
            inlines,
            is_loose,
            ..
        } = frame;
        let block = match kind {
            Kind::Paragraph => {
                self.loosen();
                Block::Paragraph(Paragraph { inlines, span })
            }
            Kind::Heading { level, ids, .. } => {
                Block::Heading(self.heading(level, ids, inlines, range))
            }
            Kind::Quote => self.quote(blocks, span),
            Kind::Definitions => {
                self.flush_text();
                return self.target_frame().blocks.extend(blocks);
            }
            Kind::Term => {
                let strong = Inline::Strong(Group { inlines, span });
                Block::Paragraph(Paragraph {
                    inlines: vec![strong],
                    span,
                })
            }
            Kind::Footnote { label } => Block::Footnote(Footnote {
                label,
                blocks,
                span,
            }),
            Kind::List { start, items } => {
                self.close_list(start, items, !is_loose, span);
                self.target_frame().blocks.extend(blocks);
                return;
            }
            Kind::Table {
                alignments,
                head,
                rows,
            } => Block::Table(table(alignments, head, rows, span)),
            Kind::Code { info, text } => Block::Code(CodeBlock {
                info,
                text,
                marks: Vec::new(),
                span,
            }),
            _ => return,
        };
        self.push_block(block);
    }

    /// A list whose items all went elsewhere is none.
    pub(super) fn close_list(
        &mut self,
        start: Option<u64>,
        mut items: Vec<Item>,
        tight: bool,
        span: Span,
    ) {
        items.shrink_to_fit();
        if !items.is_empty() {
            self.push_block(Block::List(List {
                start,
                tight,
                items,
                span,
            }));
        }
    }

    /// Notes that the list around the current item has paragraphs of its own.
    pub(super) fn loosen(&mut self) {
        if let [.., list, item] = self.stack.as_mut_slice()
            && matches!(item.kind, Kind::Item { .. })
        {
            list.is_loose = true;
        }
    }

    /// Makes a paragraph of text that is in a block container without one, as in tight lists.
    pub(super) fn flush_text(&mut self) {
        let frame = self.target_frame();
        let holds_blocks = match frame.kind {
            Kind::Root
            | Kind::Quote
            | Kind::List { .. }
            | Kind::Item { .. }
            | Kind::Definitions
            | Kind::Footnote { .. } => true,
            Kind::Component { tag } => self.is_flow[tag],
            _ => false,
        };
        let frame = self.target_frame();
        if !holds_blocks || frame.inlines.is_empty() {
            return;
        }
        let mut inlines = mem::take(&mut frame.inlines);
        inlines.shrink_to_fit();
        let span = cover(&inlines);
        frame
            .blocks
            .push(Block::Paragraph(Paragraph { inlines, span }));
    }

    /// Ends text that is in a tight item before a block below it; a tag that is open in the
    /// text does not reach into that block.
    ///
    /// ```text
    /// - <Indent>text
    ///   - item
    /// ```
    pub(super) fn end_text(&mut self) {
        while let Some(Kind::Component { tag }) = self.stack.last().map(|frame| &frame.kind)
            && !self.is_flow[*tag]
        {
            let end = self.tags[*tag].span.end;
            self.close_unclosed(end);
        }
        self.flush_text();
    }
}
