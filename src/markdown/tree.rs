//! From pulldown-cmark's events to nodes.
//!
//! A stack of frames follows the events; each frame gathers blocks or inlines until it is closed.
//! Tags are met as HTML events and known by their offset, never by their content. An opening tag
//! pushes a frame of its own, which its closing tag or the end of the Markdown container around
//! it closes: components never reach across a container's end.

pub(super) mod alert;
mod close;
mod component;
mod directive;
mod expression;
mod frame;
mod heading;
pub(super) mod inlines;
mod table;
mod tags;
mod text;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as Start};

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::attribute::INLINE_GUARD;
use crate::markdown::containers::readable_end;
use crate::markdown::element;
use crate::markdown::mask::{Events, Masked, mask};
use crate::markdown::node::{Block, Inline, Literal};
use crate::markdown::offsets::Locator;
use crate::markdown::scan::Tag;
use crate::markdown::schema::{Dialect, Schema};
use crate::markdown::tree::frame::{Frame, Kind, is_container, kind};
use crate::source::{FileId, Span};

/// Deepest nesting of containers that is kept; deeper ones are flattened into their parent.
pub const MAX_NESTING: usize = 64;

/// Deepest nesting of Markdown inside attributes inside attributes.
const MAX_ATTRIBUTE_DEPTH: usize = 4;

/// What reading a text needs besides the text.
pub(super) struct Reader<'a> {
    /// The components that exist.
    pub schema: &'a Schema,
    /// The document, for its findings.
    pub file: FileId,
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
    /// Whether an expression that cannot be read was reported.
    pub has_unread_expression: bool,
    /// Names of components that nobody declared and that were reported.
    pub unknown_names: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads a text as block Markdown.
    pub fn blocks(&mut self, locator: Locator<'_>, depth: usize) -> Vec<Block> {
        let whole = &locator.derived.text;
        let end = readable_end(whole);
        let text = &whole[..end];
        let dialect = self.schema.dialect;
        mask(text, dialect, |masked, events| {
            self.build(locator, depth, end, &masked, events)
        })
    }

    /// Builds the blocks of a text that is readable up to `end`.
    fn build(
        &mut self,
        locator: Locator<'_>,
        depth: usize,
        end: usize,
        masked: &Masked,
        events: Events<'_>,
    ) -> Vec<Block> {
        let (text, unread) = locator.derived.text.split_at(end);
        for name in &masked.scan.broken {
            self.report_broken(text, name.clone(), locator);
        }
        for start in &masked.indented {
            self.report(
                "component-in-code",
                Severity::Warning,
                locator.span(*start..start + 1),
            );
        }
        let mut builder = Builder {
            reader: self,
            locator,
            text,
            tags: &masked.scan.tags,
            depth,
            is_flow: masked.scan.tags.iter().map(|tag| tag.is_flow).collect(),
            stack: vec![Frame::new(Kind::Root)],
            is_too_deep: false,
            backslashes: (0, 0),
            text_end: 0,
            cell_end: 0,
        };
        builder.run(events);
        builder.finish_with(unread)
    }

    fn inlines(&mut self, locator: Locator<'_>, depth: usize) -> Vec<Inline> {
        let mut blocks = self.blocks(locator, depth).into_iter();
        let mut inlines = match blocks.next() {
            Some(Block::Paragraph(paragraph)) => paragraph.inlines,
            _ => Vec::new(),
        };
        if let Some(Inline::Text(first)) = inlines.first_mut() {
            let guard = if first.text.len() > 1 {
                INLINE_GUARD
            } else {
                INLINE_GUARD.trim_end()
            };
            first.text.replace_range(..guard.len(), "");
            if first.text.is_empty() {
                inlines.remove(0);
            }
        }
        inlines
    }

    fn report(&mut self, rule: &'static str, severity: Severity, span: Span) -> &mut Diagnostic {
        let help = Message::new(format!("{rule}.help"));
        self.found
            .push(Diagnostic::new(rule, severity, self.file, span).help(help));
        self.found.last_mut().expect("a finding was just pushed")
    }

    fn report_broken(&mut self, text: &str, name: Range<usize>, locator: Locator<'_>) {
        let written = &text[name.clone()];
        if self.schema.get(written).is_some() || self.schema.nearest(written).is_some() {
            let span = locator.span(name.clone());
            let found = self.report("broken-component", Severity::Error, span);
            found.message = Message::new("broken-component").with("name", written);
        }
    }
}

struct Builder<'r, 'a, 'd> {
    reader: &'r mut Reader<'a>,
    locator: Locator<'d>,
    text: &'d str,
    tags: &'d [Tag],
    depth: usize,
    /// Where each tag is; pulldown-cmark's word counts, not the scan's.
    is_flow: Vec<bool>,
    stack: Vec<Frame>,
    is_too_deep: bool,
    /// The offset last asked about, and how many backslashes are before it.
    backslashes: (usize, usize),
    /// Where the last text ended.
    text_end: usize,
    /// Where the last cell of a table ended.
    cell_end: usize,
}

impl Builder<'_, '_, '_> {
    fn run(&mut self, events: Events<'_>) {
        for (event, range) in events {
            match event {
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag, range),
                Event::Text(text) => self.text(&text, range),
                Event::Code(code) => {
                    let span = self.span(range);
                    self.push_inline(Inline::Code(Literal {
                        text: code.into_string(),
                        span,
                    }));
                }
                Event::Html(_) => {}
                Event::InlineHtml(_) => self.inline_html(range),
                Event::SoftBreak => self.push_break(range, Inline::SoftBreak),
                Event::HardBreak => self.push_break(range, Inline::HardBreak),
                Event::Rule => {
                    self.end_text();
                    let span = self.block_span(range);
                    self.push_block(Block::Rule(span));
                }
                Event::TaskListMarker(checked) => self.check_item(checked),
                Event::FootnoteReference(label) => {
                    let text = label.into_string();
                    let span = self.span(range);
                    self.push_inline(Inline::FootnoteMark(Literal { text, span }));
                }
                _ => {}
            }
        }
    }

    /// Closes what is open; `unread` is the text after that nests too deep, shown as it is.
    fn finish_with(mut self, unread: &str) -> Vec<Block> {
        let end = self.text.len();
        self.close_components(end);
        self.flush_text();
        let shown = unread.trim_end_matches([' ', '\t', '\n']);
        if !shown.is_empty() {
            self.report_nesting(end..end + 1);
            let span = self.span(end..end + shown.len());
            let text = shown.to_string();
            self.push_block(Block::Html(Literal { text, span }));
        }
        let is_html = self.reader.schema.dialect != Dialect::Help;
        let root = self.stack.pop();
        root.map(|mut root| {
            root.trim();
            match is_html {
                true => element::resolve(root.blocks),
                false => root.blocks,
            }
        })
        .unwrap_or_default()
    }

    fn top(&mut self) -> &mut Frame {
        self.stack
            .last_mut()
            .expect("the root frame is popped only in `finish`")
    }

    /// Index of the frame that takes what is made now.
    fn target(&self) -> usize {
        match self.stack.last() {
            Some(Frame {
                kind: Kind::Flattened { into },
                ..
            }) => *into,
            _ => self.stack.len().saturating_sub(1),
        }
    }

    fn target_frame(&mut self) -> &mut Frame {
        let target = self.target();
        &mut self.stack[target]
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.locator.span(range)
    }

    /// Span of a block without the line end after it.
    fn block_span(&self, range: Range<usize>) -> Span {
        // A no-break space is text, not a line's end.
        let text = self.text[range.clone()].trim_end_matches([' ', '\t', '\n']);
        self.span(range.start..range.start + text.len())
    }

    fn start(&mut self, tag: Start<'_>, range: Range<usize>) {
        if matches!(tag, Start::HtmlBlock) {
            self.html_block(range.clone());
        }
        let kind = kind(tag).unwrap_or_else(|| Kind::Flattened {
            into: self.target(),
        });
        self.push_frame(kind, range);
    }

    fn check_item(&mut self, state: bool) {
        for frame in self.stack.iter_mut().rev() {
            if let Kind::Item { checked } = &mut frame.kind {
                *checked = Some(state);
                return;
            }
        }
    }

    fn push_frame(&mut self, kind: Kind, range: Range<usize>) {
        let is_block = matches!(
            kind,
            Kind::Paragraph
                | Kind::Heading { .. }
                | Kind::Quote
                | Kind::List { .. }
                | Kind::Table { .. }
                | Kind::Code { .. }
                | Kind::Footnote { .. }
                | Kind::Definitions
                | Kind::Term
        );
        if is_block {
            self.end_text();
        }
        let kind = if self.stack.len() > MAX_NESTING && is_container(&kind) {
            self.report_nesting(range.clone());
            Kind::Flattened {
                into: self.target(),
            }
        } else {
            kind
        };
        self.stack.push(Frame::new(kind));
    }

    fn report_nesting(&mut self, range: Range<usize>) {
        if !self.is_too_deep {
            self.is_too_deep = true;
            let span = self.span(range.start..range.start + 1);
            let found = self.reader.report("nesting", Severity::Fatal, span);
            found.message = Message::new("nesting").with("limit", MAX_NESTING.to_string());
        }
    }

    fn push_block(&mut self, block: Block) {
        self.flush_text();
        self.target_frame().blocks.push(block);
    }

    fn push_inline(&mut self, inline: Inline) {
        let inlines = &mut self.target_frame().inlines;
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(next)) => {
                last.text.push_str(&next.text);
                last.span = last.span.cover(next.span);
            }
            (_, inline) => inlines.push(inline),
        }
    }

    fn push_break(&mut self, range: Range<usize>, make: fn(Span) -> Inline) {
        let span = self.span(range);
        self.push_inline(make(span));
    }
}
