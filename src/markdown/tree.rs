//! From pulldown-cmark's events to nodes.
//!
//! A stack of frames follows the events; each frame gathers blocks or inlines until it is closed.
//! Tags are met as HTML events and known by their offset, never by their content. An opening tag
//! pushes a frame of its own, which its closing tag or the end of the Markdown container around
//! it closes: components never reach across a container's end.

mod inlines;
mod tags;

use std::ops::Range;

use pulldown_cmark::{Alignment as MarkdownAlignment, CodeBlockKind, Event, LinkType};
use pulldown_cmark::{Tag as Start, TagEnd};

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::attribute::INLINE_GUARD;
use crate::markdown::containers::readable_end;
use crate::markdown::mask::{Events, Masked, mask};
use crate::markdown::node::{
    Alignment, Block, Cell, CodeBlock, Group, Heading, Inline, Item, Link, List, Literal,
    Paragraph, Quote, Table,
};
use crate::markdown::offsets::{Locator, dropped, without_dropped};
use crate::markdown::scan::Tag;
use crate::markdown::schema::Schema;
use crate::markdown::tree::inlines::{cover, end_at};
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
}

impl Reader<'_> {
    /// Reads a text as block Markdown.
    pub fn blocks(&mut self, locator: Locator<'_>, depth: usize) -> Vec<Block> {
        let whole = &locator.derived.text;
        let end = readable_end(whole);
        let text = &whole[..end];
        mask(text, |masked, events| {
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

/// What a frame will become.
enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Row {
        is_head: bool,
        cells: Vec<Cell>,
    },
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        url: String,
        title: String,
    },
    Image {
        url: String,
        title: String,
    },
    Code {
        info: Option<String>,
        text: String,
    },
    Html,
    Component {
        tag: usize,
    },
    /// A container beyond [`MAX_NESTING`]; what it holds goes to the frame `into`, straight away,
    /// so that nothing is carried up through thousands of frames.
    Flattened {
        into: usize,
    },
}

struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    /// Text of a block container here waits to become a paragraph.
    inlines: Vec<Inline>,
    /// Whether a list below holds an item with paragraphs of its own.
    is_loose: bool,
    /// A closing tag inside a paragraph for the flow component around that paragraph.
    closes: Option<usize>,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            inlines: Vec::new(),
            is_loose: false,
            closes: None,
        }
    }

    fn is_component(&self) -> bool {
        matches!(self.kind, Kind::Component { .. })
    }
}

struct Builder<'r, 'a, 'd> {
    reader: &'r mut Reader<'a>,
    locator: Locator<'d>,
    text: &'d str,
    tags: &'d [Tag],
    depth: usize,
    /// Where each tag stands; pulldown-cmark's word counts, not the scan's.
    is_flow: Vec<bool>,
    stack: Vec<Frame>,
    is_too_deep: bool,
    /// The offset last asked about, and how many backslashes stand before it.
    backslashes: (usize, usize),
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
                _ => {}
            }
        }
    }

    /// Closes what is open; `unread` is the text behind that nests too deep, shown as it is.
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
        self.stack.pop().map(|root| root.blocks).unwrap_or_default()
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

    /// Span of a block without the line end behind it.
    fn block_span(&self, range: Range<usize>) -> Span {
        // A no-break space is text, not a line's end.
        let text = self.text[range.clone()].trim_end_matches([' ', '\t', '\n']);
        self.span(range.start..range.start + text.len())
    }

    fn start(&mut self, tag: Start<'_>, range: Range<usize>) {
        let kind = match tag {
            Start::Paragraph => Kind::Paragraph,
            Start::Heading { level, .. } => Kind::Heading(level as u8),
            Start::BlockQuote(_) => Kind::Quote,
            Start::List(start) => Kind::List {
                start,
                items: Vec::new(),
            },
            Start::Item => Kind::Item { checked: None },
            Start::Table(alignments) => Kind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Start::TableHead => Kind::Row {
                is_head: true,
                cells: Vec::new(),
            },
            Start::TableRow => Kind::Row {
                is_head: false,
                cells: Vec::new(),
            },
            Start::TableCell => Kind::Cell,
            Start::Emphasis => Kind::Emphasis,
            Start::Strong => Kind::Strong,
            Start::Strikethrough => Kind::Strikethrough,
            Start::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let scheme = if link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                Kind::Link {
                    url: format!("{scheme}{dest_url}"),
                    title: without_dropped(&title).into_owned(),
                }
            }
            Start::Image {
                dest_url, title, ..
            } => Kind::Image {
                url: dest_url.into_string(),
                title: without_dropped(&title).into_owned(),
            },
            Start::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::Code {
                info: Some(info.into_string()),
                text: String::new(),
            },
            Start::CodeBlock(CodeBlockKind::Indented) => Kind::Code {
                info: None,
                text: String::new(),
            },
            Start::HtmlBlock => {
                self.html_block(range.clone());
                Kind::Html
            }
            _ => Kind::Flattened {
                into: self.target(),
            },
        };
        self.push_frame(kind, range);
    }

    fn push_frame(&mut self, kind: Kind, range: Range<usize>) {
        let is_block = matches!(
            kind,
            Kind::Paragraph
                | Kind::Heading(_)
                | Kind::Quote
                | Kind::List { .. }
                | Kind::Table { .. }
                | Kind::Code { .. }
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

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
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

    fn close_frame(&mut self, frame: Frame, range: Range<usize>) {
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

    fn close_inline(&mut self, frame: Frame, range: Range<usize>) {
        let span = self.span(range);
        let Frame { kind, inlines, .. } = frame;
        let inline = match kind {
            Kind::Emphasis => Inline::Emphasis(Group { inlines, span }),
            Kind::Strong => Inline::Strong(Group { inlines, span }),
            Kind::Strikethrough => Inline::Strikethrough(Group { inlines, span }),
            Kind::Link { url, title } => Inline::Link(Link {
                url,
                title,
                inlines,
                span,
            }),
            Kind::Image { url, title } => Inline::Image(Link {
                url,
                title,
                inlines,
                span,
            }),
            _ => return,
        };
        self.push_inline(inline);
    }

    /// Closes what is part of the list, table or row in the frame below.
    fn close_part(&mut self, frame: Frame, range: Range<usize>) {
        let span = match frame.kind {
            Kind::Cell => self.cell_span(range),
            _ => self.block_span(range),
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
            (Kind::Row { cells, .. }, Kind::Table { rows, .. }) => rows.push(cells),
            (Kind::Cell, Kind::Row { cells, .. }) => cells.push(Cell { inlines, span }),
            _ => {}
        }
    }

    /// A cell that its row lacks stands behind the row's line end.
    fn cell_span(&self, range: Range<usize>) -> Span {
        if !range.is_empty() {
            return self.block_span(range);
        }
        let row = self.text[..range.start].trim_end_matches([' ', '\t', '\n']);
        // Characters that were dropped there stand behind the row.
        let end = self.span(0..row.len()).end;
        Span::new(end, end)
    }

    fn close_block(&mut self, frame: Frame, range: Range<usize>) {
        let span = self.block_span(range);
        let Frame {
            kind,
            blocks,
            mut inlines,
            is_loose,
            ..
        } = frame;
        let block = match kind {
            Kind::Paragraph => {
                self.loosen();
                Block::Paragraph(Paragraph { inlines, span })
            }
            Kind::Heading(level) => {
                end_at(&mut inlines, span.end);
                Block::Heading(Heading {
                    level,
                    inlines,
                    span,
                })
            }
            Kind::Quote => Block::Quote(Quote { blocks, span }),
            Kind::List { start, items } => {
                self.close_list(start, items, !is_loose, span);
                self.target_frame().blocks.extend(blocks);
                return;
            }
            Kind::Table {
                alignments,
                head,
                rows,
            } => Block::Table(Table {
                alignments,
                head,
                rows,
                span,
            }),
            Kind::Code { info, text } => Block::Code(CodeBlock { info, text, span }),
            _ => return,
        };
        self.push_block(block);
    }

    /// A list whose items all went elsewhere is none.
    fn close_list(&mut self, start: Option<u64>, items: Vec<Item>, tight: bool, span: Span) {
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
    fn loosen(&mut self) {
        if let [.., list, item] = self.stack.as_mut_slice()
            && matches!(item.kind, Kind::Item { .. })
        {
            list.is_loose = true;
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

    /// Makes a paragraph of text that stands in a block container without one, as in tight lists.
    fn flush_text(&mut self) {
        let frame = self.target_frame();
        let holds_blocks = match frame.kind {
            Kind::Root | Kind::Quote | Kind::List { .. } | Kind::Item { .. } => true,
            Kind::Component { tag } => self.is_flow[tag],
            _ => false,
        };
        let frame = self.target_frame();
        if !holds_blocks || frame.inlines.is_empty() {
            return;
        }
        let inlines = std::mem::take(&mut frame.inlines);
        let span = cover(&inlines);
        frame
            .blocks
            .push(Block::Paragraph(Paragraph { inlines, span }));
    }

    /// Ends text that stands in a tight item before a block below it; a tag that is open in the
    /// text does not reach into that block.
    ///
    /// ```text
    /// - <Indent>text
    ///   - item
    /// ```
    fn end_text(&mut self) {
        while let Some(Kind::Component { tag }) = self.stack.last().map(|frame| &frame.kind)
            && !self.is_flow[*tag]
        {
            let end = self.tags[*tag].span.end;
            self.close_unclosed(end);
        }
        self.flush_text();
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Kind::Code { text: code, .. } = &mut self.top().kind {
            code.push_str(text);
            return;
        }
        if range.is_empty() {
            return;
        }
        // A backslash in front is part of the character's source.
        let start = range.start - usize::from(self.is_escaped(&range));
        let span = self.span(start..range.end);
        let is_reference = self.text.as_bytes()[range.start] == b'&';
        let shown = without_dropped(text);
        if is_reference && shown != text {
            let file = self.reader.file;
            let found = text.chars().map(|character| dropped(file, span, character));
            self.reader.found.extend(found);
        }
        self.push_inline(Inline::Text(Literal {
            text: shown.into_owned(),
            span,
        }));
    }

    fn is_escaped(&mut self, range: &Range<usize>) -> bool {
        let first = self.text.as_bytes().get(range.start);
        first.is_some_and(u8::is_ascii_punctuation) && self.backslashes_before(range.start) % 2 == 1
    }

    /// How many backslashes stand right before `at`. A long run is asked about again and again,
    /// so the count starts from the last answer.
    fn backslashes_before(&mut self, at: usize) -> usize {
        let (last, before_last) = self.backslashes;
        let from = if last <= at { last } else { 0 };
        let bytes = &self.text.as_bytes()[from..at];
        let run = bytes
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        let count = if run == bytes.len() && from == last {
            run + before_last
        } else {
            run
        };
        self.backslashes = (at, count);
        count
    }

    fn check_item(&mut self, state: bool) {
        for frame in self.stack.iter_mut().rev() {
            if let Kind::Item { checked } = &mut frame.kind {
                *checked = Some(state);
                return;
            }
        }
    }
}

/// Whether nesting this kind counts; the others hold no containers.
fn is_container(kind: &Kind) -> bool {
    is_inline(kind) || matches!(kind, Kind::Quote | Kind::List { .. } | Kind::Item { .. })
}

fn is_inline(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link { .. }
            | Kind::Image { .. }
    )
}

fn alignment(alignment: MarkdownAlignment) -> Alignment {
    match alignment {
        MarkdownAlignment::None => Alignment::None,
        MarkdownAlignment::Left => Alignment::Left,
        MarkdownAlignment::Center => Alignment::Center,
        MarkdownAlignment::Right => Alignment::Right,
    }
}
