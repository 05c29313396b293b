//! Visible text in units that a reader takes as one: a paragraph, a heading, a table cell, an
//! attribute, a text of the frontmatter.
//!
//! Marks are gone and pieces are joined, so a rule sees `정보을` in `**정보**을`; [`TextLine::span`]
//! leads back to the file.

use std::ops::Range;

use crate::markdown::frontmatter::Frontmatter;
use crate::markdown::node::{Block, Children, Component, Content, Inline, Literal};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// One unit of text.
#[derive(Debug, Clone)]
pub struct TextLine<'a> {
    /// The document.
    pub file: FileId,
    /// Its text; line ends the author made are `\n`, code and images are kept.
    pub text: String,
    /// What it is.
    pub kind: TextKind<'a>,
    /// Its bytes.
    pub span: Span,
    pieces: Vec<Piece>,
    source: &'a str,
}

/// What a line of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind<'a> {
    /// A heading of this level.
    Heading(u8),
    /// Running text, in a list item too.
    Paragraph,
    /// A table cell.
    Cell,
    /// An attribute that is plain text or inline Markdown; block Markdown gives lines of its own.
    Attribute {
        /// Name of the component.
        component: &'a str,
        /// Name of the attribute.
        name: &'a str,
    },
    /// A text of the frontmatter, by its key.
    Frontmatter(&'static str),
}

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Plain text.
    Text,
    /// A code span.
    Code,
    /// Text of a link.
    Link,
    /// Alternative text of an image.
    Image,
    /// An end of a line.
    Break,
}

/// Longest piece, in bytes of the file or of the text, that is searched for where a part of it
/// is when the file writes it in another way. Each question about such a piece reads all of
/// it, so a long one is pointed at as a whole.
const MAX_REWRITTEN_BYTES: usize = 2 << 10;

/// Texts of a list in the frontmatter that are looked for in vain before no other one is.
const MOST_MISSED: usize = 16;

#[derive(Debug, Clone)]
struct Piece {
    range: Range<usize>,
    span: Span,
    kind: PieceKind,
    /// Whether the file has the text letter for letter.
    is_literal: bool,
}

impl TextLine<'_> {
    /// The bytes of the file that show `range` of the text: exact where the text is there as
    /// it is shown, else the whole piece.
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self
            .pieces
            .partition_point(|piece| piece.range.end <= range.start);
        let touched = self.pieces[first..]
            .iter()
            .take_while(|piece| piece.range.start < range.end);
        let spans = touched.map(|piece| self.piece_span(piece, &range));
        spans.reduce(Span::cover).unwrap_or(self.span)
    }

    /// What the byte at `offset` of the text is part of.
    pub fn piece_kind(&self, offset: usize) -> PieceKind {
        let next = self
            .pieces
            .partition_point(|piece| piece.range.end <= offset);
        self.pieces
            .get(next)
            .map_or(PieceKind::Text, |piece| piece.kind)
    }

    /// Whether the text of `range` is in the file in one piece, letter for letter, so that an
    /// edit can replace it.
    pub fn is_literal(&self, range: Range<usize>) -> bool {
        self.source.get(self.span(range.clone()).range()) == self.text.get(range)
    }

    fn piece_span(&self, piece: &Piece, range: &Range<usize>) -> Span {
        let start = range.start.max(piece.range.start);
        let end = range.end.min(piece.range.end);
        if piece.is_literal {
            let at = piece.span.start;
            return Span::new(at + start - piece.range.start, at + end - piece.range.start);
        }
        let written = piece.span.end - piece.span.start;
        if written.max(piece.range.len()) > MAX_REWRITTEN_BYTES {
            return piece.span;
        }
        let shown = &self.text[piece.range.clone()];
        let needle = &self.text[start..end];
        let before = shown[..start - piece.range.start].matches(needle).count();
        let mut places = self.source[piece.span.range()].match_indices(needle);
        let is_certain = places.clone().count() == shown.matches(needle).count();
        match places.nth(before) {
            Some((at, _)) if is_certain => {
                let start = piece.span.start + at;
                Span::new(start, start + needle.len())
            }
            _ => piece.span,
        }
    }
}

/// The smallest span inside `span` of `text` that contains `needle`, or `span` itself.
pub fn locate(text: &str, span: Span, needle: &str) -> Span {
    match text[span.range()].find(needle) {
        Some(at) if !needle.is_empty() => {
            Span::new(span.start + at, span.start + at + needle.len())
        }
        _ => span,
    }
}

/// The bytes of a key with its value: up to the next line that is not indented and no item of a
/// list. The rest of the block where the key is written in another way.
fn frontmatter_value(source: &str, block: Span, key: &str) -> Span {
    let name = key.rsplit('.').next().unwrap_or(key);
    let start = locate(source, block, &format!("{name}:")).start;
    let mut end = start;
    for (number, line) in source[start..block.end].split_inclusive('\n').enumerate() {
        if number > 0 && line.starts_with(|c: char| !c.is_whitespace() && !"-]}#".contains(c)) {
            break;
        }
        end += line.len();
    }
    Span::new(start, end)
}

/// The lines of a page, the frontmatter's first.
pub(super) fn lines<'a>(page: &'a Page, source: &'a str) -> Vec<TextLine<'a>> {
    let mut collector = Collector {
        file: page.document.file,
        source,
        lines: Vec::new(),
    };
    collector.frontmatter(&page.document.frontmatter);
    collector.blocks(&page.document.blocks);
    collector.lines
}

struct Collector<'a> {
    file: FileId,
    source: &'a str,
    lines: Vec<TextLine<'a>>,
}

impl<'a> Collector<'a> {
    fn frontmatter(&mut self, frontmatter: &Frontmatter) {
        let single = [
            ("title", &frontmatter.title),
            ("seo.title", &frontmatter.seo.title),
            ("seo.description", &frontmatter.seo.description),
        ];
        let lists = [
            ("tags", &frontmatter.tags),
            ("searchTags", &frontmatter.search_tags),
            ("seo.keywords", &frontmatter.seo.keywords),
        ];
        for (key, text) in single {
            self.frontmatter_texts((key, key), text.as_slice(), frontmatter.span);
        }
        for (key, texts) in lists {
            self.frontmatter_texts((key, key), texts, frontmatter.span);
        }
        if let Some(key) = &frontmatter.company_key {
            let keys = ("companies", key.as_str());
            self.frontmatter_texts(keys, &frontmatter.companies, frontmatter.span);
        }
    }

    /// The texts of a key, by its name here and in the document. Each is looked for after the one before; where some are written in
    /// another way, the rest is not looked for.
    fn frontmatter_texts(
        &mut self,
        (name, key): (&'static str, &str),
        texts: &[String],
        block: Span,
    ) {
        if texts.is_empty() {
            return;
        }
        let all = frontmatter_value(self.source, block, key);
        let (mut rest, mut missed) = (all, 0);
        for text in texts {
            let looked_for = if missed < MOST_MISSED { text } else { "" };
            let found = locate(self.source, rest, looked_for);
            let is_found = !text.is_empty() && self.source[found.range()] == **text;
            if is_found {
                rest.start = found.end;
            } else {
                missed += 1;
            }
            self.frontmatter_line(name, text, if is_found { found } else { all });
        }
    }

    fn frontmatter_line(&mut self, key: &'static str, text: &str, span: Span) {
        let mut line = self.line(TextKind::Frontmatter(key), span);
        line.push(text, span, PieceKind::Text);
        self.lines.push(line);
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Heading(node) => {
                    self.inlines(TextKind::Heading(node.level), &node.inlines, node.span);
                }
                Block::Paragraph(node) => {
                    self.inlines(TextKind::Paragraph, &node.inlines, node.span)
                }
                Block::Quote(node) => self.blocks(&node.blocks),
                Block::List(node) => node.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Table(node) => {
                    for cell in node.head.iter().chain(node.rows.iter().flatten()) {
                        self.inlines(TextKind::Cell, &cell.inlines, cell.span);
                    }
                }
                Block::Component(node) => self.component(node),
                Block::Footnote(node) => self.blocks(&node.blocks),
                Block::Code(_)
                | Block::Rule(_)
                | Block::Html(_)
                | Block::Comment(_)
                | Block::Esm(_) => {}
            }
        }
    }

    fn component(&mut self, component: &'a Component) {
        for attribute in &component.attributes {
            let kind = TextKind::Attribute {
                component: &component.name,
                name: &attribute.name,
            };
            match &attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => self.inlines(kind, inlines, attribute.value_span),
                Content::Blocks(blocks) => self.blocks(blocks),
            }
        }
        match &component.children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => {
                self.inlines(TextKind::Paragraph, inlines, component.span);
            }
        }
    }

    fn inlines(&mut self, kind: TextKind<'a>, inlines: &'a [Inline], span: Span) {
        if inlines.is_empty() {
            return;
        }
        let mut line = self.line(kind, span);
        self.collect(&mut line, inlines, PieceKind::Text);
        self.lines.push(line);
    }

    fn line(&self, kind: TextKind<'a>, span: Span) -> TextLine<'a> {
        TextLine {
            file: self.file,
            text: String::new(),
            kind,
            span,
            pieces: Vec::new(),
            source: self.source,
        }
    }

    fn collect(&mut self, line: &mut TextLine<'a>, inlines: &'a [Inline], kind: PieceKind) {
        for inline in inlines {
            match inline {
                Inline::Text(Literal { text, span }) => line.push(text, *span, kind),
                Inline::Code(Literal { text, span }) => line.push(text, *span, PieceKind::Code),
                Inline::Html(Literal { text, span }) => line.push(text, *span, PieceKind::Code),
                Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                    self.collect(line, &node.inlines, kind);
                }
                Inline::Link(node) => self.collect(line, &node.inlines, PieceKind::Link),
                Inline::Image(node) => self.collect(line, &node.inlines, PieceKind::Image),
                Inline::SoftBreak(span) | Inline::HardBreak(span) => {
                    line.push("\n", *span, PieceKind::Break);
                }
                Inline::Element(node) => self.collect(line, &node.inlines, kind),
                Inline::Comment(_) | Inline::FootnoteMark(_) => {}
                Inline::Component(node) => self.phrasing(line, node, kind),
            }
        }
    }

    /// A component inside text: its inline Markdown is part of the line, its block Markdown gives
    /// lines of its own.
    fn phrasing(&mut self, line: &mut TextLine<'a>, component: &'a Component, kind: PieceKind) {
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => self.collect(line, inlines, kind),
                Content::Blocks(blocks) => self.blocks(blocks),
            }
        }
        match &component.children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => self.collect(line, inlines, kind),
        }
    }
}

impl TextLine<'_> {
    fn push(&mut self, text: &str, span: Span, kind: PieceKind) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece {
            range: start..self.text.len(),
            span,
            kind,
            is_literal: &self.source[span.range()] == text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::with_context;

    /// Shows the lines of a document as `text`, and what the file contains at `needle` in them.
    fn check(text: &str, expected: &[&str], needle: &str, found: &[&str]) {
        with_context(&[("a.md", text)], |context| {
            let texts: Vec<_> = context
                .lines()
                .iter()
                .map(|line| line.text.as_str())
                .collect();
            assert_eq!(texts, expected);
            let mut spans = Vec::new();
            for line in context.lines() {
                for (at, _) in line.text.match_indices(needle) {
                    let span = line.span(at..at + needle.len());
                    spans.push(context.slice(FileId(0), span));
                }
            }
            assert_eq!(spans, found);
        });
    }

    #[test]
    fn marks_join_and_lead_back_to_the_file() {
        check(
            "**정보**을 봅니다",
            &["정보을 봅니다"],
            "정보을",
            &["정보**을"],
        );
        check("a [나](u) `다`", &["a 나 다"], "나", &["나"]);
    }

    #[test]
    fn attributes_and_frontmatter_are_text_too() {
        check(
            "---\ntitle: 하나\ntags: [둘]\n---\n<Callout title=\"셋\" content=\"- 넷\n- 다섯\" />",
            &["하나", "둘", "셋", "넷", "다섯"],
            "다섯",
            &["다섯"],
        );
    }

    #[test]
    fn folded_text_is_found_by_the_order_of_its_words() {
        let text = "---\nseo:\n  description: >-\n    둘 하나\n    둘\n---\n";
        with_context(&[("a.md", text)], |context| {
            let line = &context.lines()[0];
            assert_eq!(line.text, "둘 하나 둘");
            let second = line.text.rfind("둘").unwrap();
            let span = line.span(second..line.text.len());
            assert_eq!(span.start, text.rfind("둘").unwrap());
        });
    }

    #[test]
    fn phrasing_components_are_part_of_their_line() {
        check(
            "- A <Tag text=\"나\" /> 다",
            &["A 나 다"],
            "나 다",
            &["나\" /> 다"],
        );
    }
}
