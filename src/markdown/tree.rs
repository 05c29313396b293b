//! From pulldown-cmark's events to nodes.
//!
//! A stack of frames follows the events; each frame gathers blocks or inlines until it is closed.
//! Tags are met as HTML events and known by their offset, never by their content. An opening tag
//! pushes a frame of its own, which its closing tag or the end of the Markdown container around
//! it closes: components never reach across a container's end.

use std::ops::Range;

use pulldown_cmark::{Alignment as MarkdownAlignment, CodeBlockKind, Event, LinkType};
use pulldown_cmark::{Tag as Start, TagEnd};

use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::markdown::attribute::{self, INLINE_GUARD};
use crate::markdown::containers::readable_end;
use crate::markdown::mask::{Events, Masked, mask};
use crate::markdown::node::{
    Alignment, Attribute, Block, Cell, Children, CodeBlock, Component, Content, Group, Heading,
    Inline, Item, Link, List, Literal, Paragraph, Placement, Quote, Table,
};
use crate::markdown::offsets::{Derived, Locator};
use crate::markdown::scan::Tag;
use crate::markdown::schema::{AttributeKind, Schema};
use crate::markdown::tag::{RawAttribute, TagKind};
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
                    title: title.into_string(),
                }
            }
            Start::Image {
                dest_url, title, ..
            } => Kind::Image {
                url: dest_url.into_string(),
                title: title.into_string(),
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
        self.push_inline(Inline::Text(Literal {
            text: text.to_string(),
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

    fn tags_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self
            .tags
            .partition_point(|tag| tag.span.start < range.start);
        let last = self.tags.partition_point(|tag| tag.span.start < range.end);
        first..last
    }

    /// An HTML block is one or more flow tags, or raw HTML that is shown as text.
    fn html_block(&mut self, range: Range<usize>) {
        self.flush_text();
        let mut start = range.start;
        for index in self.tags_in(&range) {
            let tag = self.tags[index].span.clone();
            self.raw_block(start..tag.start);
            start = tag.end;
            self.is_flow[index] = true;
            self.flow_tag(index);
        }
        self.raw_block(start..range.end.max(start));
    }

    fn raw_block(&mut self, range: Range<usize>) {
        let text = self.text[range.clone()].trim();
        if text.is_empty() {
            return;
        }
        self.end_text();
        let start = range.start + self.text[range.clone()].find(text).unwrap_or(0);
        let span = self.span(start..start + text.len());
        let node = Literal {
            text: text.to_string(),
            span,
        };
        if text.starts_with("<!--") && text.ends_with("-->") {
            self.push_block(Block::Comment(node));
        } else {
            self.reader.report("raw-html", Severity::Warning, span);
            self.push_block(Block::Html(node));
        }
    }

    fn flow_tag(&mut self, index: usize) {
        let tag = &self.tags[index];
        if !matches!(tag.kind, TagKind::Close { .. }) {
            self.end_text();
        }
        match &tag.kind {
            TagKind::Comment => {
                let node = self.literal(index);
                self.push_block(Block::Comment(node));
            }
            TagKind::Close { name } if self.is_component_name(name) => self.close_flow(index),
            TagKind::Open {
                name, self_closing, ..
            } if self.is_component_name(name) => {
                if *self_closing {
                    let component = self.component(index, None, Vec::new(), Vec::new());
                    self.push_built(index, component);
                } else {
                    self.push_component(index);
                }
            }
            _ => self.raw_block(tag.span.clone()),
        }
    }

    fn inline_html(&mut self, range: Range<usize>) {
        // Raw HTML may hold a tag in a value of its own.
        let tag = self.tags_in(&range).next();
        let Some(index) = tag.filter(|index| self.tags[*index].span.start == range.start) else {
            self.raw_inline(&self.text[range.clone()], range);
            return;
        };
        self.is_flow[index] = false;
        let tag = &self.tags[index];
        match &tag.kind {
            TagKind::Comment => {
                let node = self.literal(index);
                self.push_inline(Inline::Comment(node));
            }
            TagKind::Close { name } if self.is_component_name(name) => self.close_phrasing(index),
            TagKind::Open {
                name, self_closing, ..
            } if self.is_component_name(name) => {
                if *self_closing {
                    let component = self.component(index, None, Vec::new(), Vec::new());
                    self.push_built(index, component);
                } else {
                    self.push_component(index);
                }
            }
            _ => self.raw_inline(&self.text[tag.span.clone()], tag.span.clone()),
        }
        // The filler of the shortest tags, `<?>`, can reach as far as the next one.
        let rest = tag.span.end..range.end;
        if !rest.is_empty() {
            self.raw_inline(&self.text[rest.clone()], rest);
        }
    }

    fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        let span = self.span(range);
        let node = Literal {
            text: html.to_string(),
            span,
        };
        if html.starts_with("<!--") {
            self.push_inline(Inline::Comment(node));
        } else {
            self.reader.report("raw-html", Severity::Warning, span);
            self.push_inline(Inline::Html(node));
        }
    }

    fn literal(&self, index: usize) -> Literal {
        let range = self.tags[index].span.clone();
        Literal {
            text: self.text[range.clone()].to_string(),
            span: self.span(range),
        }
    }

    fn is_component_name(&self, name: &Range<usize>) -> bool {
        self.text.as_bytes()[name.start].is_ascii_uppercase()
    }

    fn push_component(&mut self, index: usize) {
        let range = self.tags[index].span.clone();
        if self.stack.len() > MAX_NESTING {
            self.report_nesting(range);
            let component = self.component(index, None, Vec::new(), Vec::new());
            return self.push_built(index, component);
        }
        if self.is_flow[index] {
            self.flush_text();
        }
        self.stack.push(Frame::new(Kind::Component { tag: index }));
    }

    fn name(&self, index: usize) -> &str {
        match &self.tags[index].kind {
            TagKind::Open { name, .. } | TagKind::Close { name } => &self.text[name.clone()],
            TagKind::Comment => "",
        }
    }

    /// Frame of the innermost open component with the closing tag's name, in this container.
    fn open_frame(&self, closing: usize) -> Option<usize> {
        let name = self.name(closing);
        let frames = self.stack.iter().enumerate().rev();
        frames
            .take_while(|(_, frame)| frame.is_component())
            .find(|(_, frame)| matches!(frame.kind, Kind::Component { tag } if self.name(tag) == name))
            .map(|(index, _)| index)
    }

    fn close_flow(&mut self, closing: usize) {
        if let Some(frame) = self.open_frame(closing) {
            self.close_down_to(frame + 1, self.tags[closing].span.start);
            self.close_component(Some(closing));
        } else if !self.close_across_lines(closing) {
            self.stray(closing);
        }
    }

    fn close_phrasing(&mut self, closing: usize) {
        if let Some(frame) = self.open_frame(closing) {
            self.close_down_to(frame + 1, self.tags[closing].span.start);
            self.close_component(Some(closing));
            return;
        }
        // The opening tag may stand on a line of its own, above this paragraph.
        let around = self
            .stack
            .len()
            .checked_sub(2)
            .map(|index| &self.stack[index]);
        let is_around = matches!(
            around, Some(Frame { kind: Kind::Component { tag }, .. }) if self.name(*tag) == self.name(closing)
        );
        if is_around && matches!(self.top().kind, Kind::Paragraph) {
            self.top().closes = Some(closing);
        } else {
            self.stray(closing);
        }
    }

    /// Joins a closing tag on a line of its own to an opening tag inside the paragraph above it.
    ///
    /// ```text
    /// <Indent>text
    /// </Indent>
    /// ^^^^^^^^^
    /// ```
    fn close_across_lines(&mut self, closing: usize) -> bool {
        self.end_text();
        let end = self.span(self.tags[closing].span.clone()).end;
        let name = self.name(closing).to_string();
        let Some(Block::Paragraph(paragraph)) = self.target_frame().blocks.last_mut() else {
            return false;
        };
        match paragraph.inlines.last_mut() {
            Some(Inline::Component(open)) if open.name == name && !open.paired => {
                open.paired = true;
                open.span.end = end;
                paragraph.span.end = end;
                true
            }
            _ => false,
        }
    }

    /// A closing tag without an opening one is shown as the text it is.
    fn stray(&mut self, closing: usize) {
        let node = self.literal(closing);
        let name = self.name(closing).to_string();
        let found = self
            .reader
            .report("unbalanced-component", Severity::Error, node.span);
        found.message = Message::new("unbalanced-component.stray").with("name", name);
        found.help = Some(Message::new("unbalanced-component.stray.help"));
        if self.is_flow[closing] {
            self.push_block(Block::Html(node));
        } else {
            self.push_inline(Inline::Html(node));
        }
    }

    /// Closes the components that are open above the innermost Markdown container.
    fn close_components(&mut self, end: usize) {
        while self.stack.last().is_some_and(Frame::is_component) {
            self.close_unclosed(end);
        }
    }

    fn close_down_to(&mut self, frames: usize, end: usize) {
        while self.stack.len() > frames {
            self.close_unclosed(end);
        }
    }

    /// Closes a component whose closing tag is missing. One that takes no children lets go of
    /// what follows it; an unknown one becomes the text it is.
    fn close_unclosed(&mut self, end: usize) {
        let Some(Frame {
            kind: Kind::Component { tag },
            ..
        }) = self.stack.last()
        else {
            return;
        };
        let tag = *tag;
        let name = self.name(tag).to_string();
        let schema = self.reader.schema.get(&name);
        let takes_children = schema.is_some_and(|schema| schema.children);
        let is_known = schema.is_some();
        let has_attributes = matches!(&self.tags[tag].kind, TagKind::Open { attributes, .. } if !attributes.is_empty());
        let holds_what_follows = takes_children && !self.is_void_use(tag);
        let slash = self.slash(tag);
        let span = self.span(self.tags[tag].span.clone());
        if is_known || has_attributes {
            let found = self
                .reader
                .report("unbalanced-component", Severity::Error, span);
            found.message = Message::new("unbalanced-component").with("name", name);
            if is_known && !holds_what_follows {
                found.fix = vec![slash];
            }
        } else {
            let span = Span::new(span.start + 1, span.start + 1 + name.len());
            self.report_unknown("unknown-component", &name, span, None);
        }
        if holds_what_follows {
            self.flush_text();
            self.close_component_at(tag, end);
            return;
        }
        self.flush_text();
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let is_flow = self.is_flow[tag];
        if is_known || has_attributes {
            let component = self.component(tag, None, Vec::new(), Vec::new());
            self.push_built(tag, component);
        } else {
            let node = self.literal(tag);
            if is_flow {
                self.push_block(Block::Html(node))
            } else {
                self.push_inline(Inline::Html(node))
            }
        }
        self.target_frame().blocks.extend(frame.blocks);
        frame
            .inlines
            .into_iter()
            .for_each(|inline| self.push_inline(inline));
    }

    /// The edit that ends an opening tag with `/>`.
    fn slash(&self, tag: usize) -> Edit {
        let bracket = self.tags[tag].span.end - 1;
        let at = self.span(bracket..bracket + 1).start;
        let is_apart = self.text[..bracket].ends_with([' ', '\t', '\n']);
        Edit {
            span: Span::new(at, at),
            text: if is_apart { "/" } else { " /" }.to_string(),
        }
    }

    /// Whether an opening tag already says all it has to say, so that its closing tag is missing
    /// rather than its slash.
    fn is_void_use(&self, tag: usize) -> bool {
        let TagKind::Open { attributes, .. } = &self.tags[tag].kind else {
            return false;
        };
        let name = self.name(tag);
        attributes.iter().any(|attribute| {
            let kind = self
                .reader
                .schema
                .attribute(name, &self.text[attribute.name.clone()]);
            matches!(kind, Some(AttributeKind::Markdown | AttributeKind::Inline))
        })
    }

    fn close_component_at(&mut self, tag: usize, end: usize) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let start = self.tags[tag].span.start;
        // A no-break space is text, and text in a line keeps the blanks at its end.
        let text = self.text[start..end].trim_end_matches([' ', '\t', '\n']);
        let end = self.span(start..start + text.len()).end;
        let inlines_end = frame.inlines.last().map_or(end, |last| last.span().end);
        let mut component = self.component(tag, None, frame.blocks, frame.inlines);
        component.span.end = component.span.end.max(end).max(inlines_end);
        self.push_built(tag, component);
    }

    /// Closes the innermost component, which is open on top of the stack.
    fn close_component(&mut self, closing: Option<usize>) {
        self.flush_text();
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let Kind::Component { tag } = frame.kind else {
            return;
        };
        let blocks_end = frame.blocks.last().map_or(0, |last| last.span().end);
        let mut component = self.component(tag, closing, frame.blocks, frame.inlines);
        // A closing tag inside the last paragraph may have text behind it.
        component.span.end = component.span.end.max(blocks_end);
        self.push_built(tag, component);
    }

    fn push_built(&mut self, tag: usize, component: Component) {
        if self.is_flow[tag] {
            self.push_block(Block::Component(component));
        } else {
            self.push_inline(Inline::Component(component));
        }
    }

    fn component(
        &mut self,
        index: usize,
        closing: Option<usize>,
        blocks: Vec<Block>,
        inlines: Vec<Inline>,
    ) -> Component {
        let tags = self.tags;
        let tag = &tags[index];
        let TagKind::Open {
            name, attributes, ..
        } = &tag.kind
        else {
            unreachable!("only opening tags become components")
        };
        let end = closing.map_or(tag.span.end, |closing| tags[closing].span.end);
        let written = self.text[name.clone()].to_string();
        let name_span = self.span(name.clone());
        if self.reader.schema.get(&written).is_none() {
            self.report_unknown("unknown-component", &written, name_span, None);
        }
        let attributes = attributes
            .iter()
            .map(|raw| self.attribute(&written, raw, tag))
            .collect();
        let placement = if self.is_flow[index] {
            Placement::Flow
        } else {
            Placement::Phrasing
        };
        let children = if self.is_flow[index] {
            Children::Blocks(blocks)
        } else {
            Children::Inlines(inlines)
        };
        Component {
            name: written,
            name_span,
            attributes,
            placement,
            children,
            paired: closing.is_some(),
            span: self.span(tag.span.start..end),
        }
    }

    fn report_unknown(&mut self, rule: &'static str, name: &str, span: Span, of: Option<&str>) {
        let schema = self.reader.schema;
        let suggestion = match of.and_then(|component| schema.get(component)) {
            Some(component) => crate::markdown::schema::nearest(
                name,
                component.attributes.keys().map(String::as_str),
            ),
            None => schema.nearest(name),
        };
        let help = suggestion
            .map(|suggestion| Message::new("did-you-mean").with("suggestion", suggestion));
        let found = self.reader.report(rule, Severity::Error, span);
        found.message = Message::new(rule)
            .with("name", name)
            .with("component", of.unwrap_or_default());
        if help.is_some() {
            found.help = help;
        }
    }

    fn attribute(&mut self, component: &str, raw: &RawAttribute, tag: &Tag) -> Attribute {
        let name = self.text[raw.name.clone()].to_string();
        let name_span = self.span(raw.name.clone());
        let kind = self.reader.schema.attribute(component, &name);
        if kind.is_none() && self.reader.schema.get(component).is_some() {
            self.report_unknown("unknown-attribute", &name, name_span, Some(component));
        }
        let Some(range) = raw.value.clone() else {
            return Attribute {
                name,
                name_span,
                value: None,
                value_span: name_span,
                content: Content::Plain,
            };
        };
        let value = attribute::decode(self.text, range.clone(), &tag.containers).text;
        let content = if self.depth < MAX_ATTRIBUTE_DEPTH {
            self.content(kind, range.clone(), tag)
        } else {
            Content::Plain
        };
        Attribute {
            name,
            name_span,
            value: Some(value),
            value_span: self.span(range),
            content,
        }
    }

    fn content(&mut self, kind: Option<AttributeKind>, range: Range<usize>, tag: &Tag) -> Content {
        let (text, containers) = (self.text, &tag.containers);
        let parent = self.locator;
        let locate = |derived: &Derived, reader: &mut Reader<'_>, depth, is_block| {
            let locator = Locator {
                derived,
                parent: Some(&parent),
            };
            if is_block {
                let mut blocks = reader.blocks(locator, depth);
                harden_blocks(&mut blocks);
                Content::Blocks(blocks)
            } else {
                Content::Inlines(reader.inlines(locator, depth))
            }
        };
        match kind {
            Some(AttributeKind::Markdown) => {
                let derived = attribute::block_text(text, range, containers, tag.indent);
                locate(&derived, self.reader, self.depth + 1, true)
            }
            Some(AttributeKind::Inline) => {
                let derived = attribute::inline_text(text, range, containers);
                locate(&derived, self.reader, self.depth + 1, false)
            }
            _ => Content::Plain,
        }
    }
}

/// A line end inside an attribute's Markdown is one the author meant.
fn harden_blocks(blocks: &mut [Block]) {
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
            Block::Component(Component {
                children: Children::Blocks(blocks),
                ..
            }) => harden_blocks(blocks),
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

/// Takes tabs off a heading's end, which pulldown-cmark leaves in its text and its marks.
fn end_at(inlines: &mut Vec<Inline>, end: usize) {
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
        Inline::SoftBreak(_) | Inline::HardBreak(_) => {}
    }
}

fn cover(inlines: &[Inline]) -> Span {
    let spans = inlines.iter().map(Inline::span);
    spans.reduce(Span::cover).unwrap_or_default()
}

fn alignment(alignment: MarkdownAlignment) -> Alignment {
    match alignment {
        MarkdownAlignment::None => Alignment::None,
        MarkdownAlignment::Left => Alignment::Left,
        MarkdownAlignment::Center => Alignment::Center,
        MarkdownAlignment::Right => Alignment::Right,
    }
}
