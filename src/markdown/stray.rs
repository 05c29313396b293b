//! Emphasis marks that are read as text, which their writer did not mean.
//!
//! ```text
//! **a **b      a blank before the mark that was to close
//! ** a**       a blank behind the mark that was to open
//! a **b c      a mark that nothing closes
//! _a_가        an underline inside a word, which marks nothing
//! ```
//!
//! Marks that mean something else are left alone: stars of footnotes and products, names of
//! code, patterns of files, and tildes that draw out a word.

use memchr::memchr3;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Children, Component, Content, Inline};
use crate::source::{FileId, Span};

const RULE: &str = "stray-emphasis-marks";

/// A run of marks that is shown.
#[derive(Debug, Clone, Copy)]
struct Mark {
    mark: u8,
    /// How many there are.
    length: usize,
    span: Span,
    /// The characters beside it; a space where its line starts or ends.
    before: char,
    behind: char,
}

impl Mark {
    /// Whether it is before a word, as an opening mark does.
    fn leads(self) -> bool {
        is_outside(self.before) && !self.behind.is_whitespace() && !is_path(self.behind)
    }

    /// Whether it is after a word, as a closing mark does.
    fn trails(self) -> bool {
        is_outside(self.behind) && !self.before.is_whitespace() && !is_path(self.before)
    }

    /// Whether spaces are on both sides.
    fn is_loose(self) -> bool {
        self.before.is_whitespace() && self.behind.is_whitespace()
    }
}

/// What may be on the outer side of a mark.
fn is_outside(character: char) -> bool {
    character.is_whitespace() || !character.is_ascii_alphanumeric() && !is_path(character)
}

/// Characters of patterns such as `**/*.ts`.
fn is_path(character: char) -> bool {
    matches!(character, '/' | '\\' | '.' | '*' | '_')
}

/// A letter of a script that puts particles after words without a space.
fn is_particle(character: char) -> bool {
    character.is_alphabetic() && !character.is_ascii()
}

/// Finds such marks in a tree; `text` is the whole file.
pub(super) fn find(blocks: &[Block], text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut finder = Finder {
        text,
        file,
        found: Vec::new(),
        footnotes: Vec::new(),
        has_reference: false,
    };
    finder.blocks(blocks);
    if !finder.has_reference {
        let footnotes = std::mem::take(&mut finder.footnotes);
        finder.found.extend(footnotes);
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    file: FileId,
    found: Vec<Diagnostic>,
    /// Findings at the start of a text, which may be a footnote's.
    footnotes: Vec<Diagnostic>,
    /// Whether a word ends in two stars, as a reference to a footnote does.
    has_reference: bool,
}

impl Finder<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(node) => self.unit(&node.inlines),
                Block::Paragraph(node) => self.unit(&node.inlines),
                Block::Quote(node) => self.blocks(&node.blocks),
                Block::List(node) => node.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Table(node) => {
                    for cell in node.head.iter().chain(node.rows.iter().flatten()) {
                        self.unit(&cell.inlines);
                    }
                }
                Block::Component(node) => {
                    let mut marks = Vec::new();
                    self.component(node, &mut marks);
                    self.pairs(&marks);
                }
                Block::Footnote(node) => self.blocks(&node.blocks),
                Block::Code(_)
                | Block::Rule(_)
                | Block::Html(_)
                | Block::Comment(_)
                | Block::Esm(_) => {}
            }
        }
    }

    /// Running text as a whole.
    fn unit(&mut self, inlines: &[Inline]) {
        let mut marks = Vec::new();
        self.inlines(inlines, &mut marks);
        self.pairs(&marks);
    }

    fn inlines(&mut self, inlines: &[Inline], marks: &mut Vec<Mark>) {
        for inline in inlines {
            match inline {
                Inline::Text(node) if has_mark(&node.text) => {
                    marks.extend(marks_in(self.text, node.span));
                }
                Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                    self.inlines(&node.inlines, marks);
                }
                Inline::Element(node) => self.inlines(&node.inlines, marks),
                Inline::Link(node) => self.unit(&node.inlines),
                Inline::Component(node) => self.component(node, marks),
                _ => {}
            }
        }
    }

    fn component(&mut self, component: &Component, marks: &mut Vec<Mark>) {
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => self.unit(inlines),
                Content::Blocks(blocks) => self.blocks(blocks),
            }
        }
        match &component.children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => self.inlines(inlines, marks),
        }
    }

    /// Reports what was meant as a pair, and stars that are alone.
    fn pairs(&mut self, marks: &[Mark]) {
        let mut marks = marks.iter().copied().peekable();
        let mut is_first = true;
        while let Some(mark) = marks.next() {
            let partner = marks.next_if(|next| self.is_pair(mark, *next));
            match partner {
                Some(partner) => {
                    let is_word = mark.mark == b'_';
                    let help = if is_word { "underline" } else { "blank" };
                    self.report(mark, mark.span.cover(partner.span), help);
                }
                None if is_stars(mark) => self.single(mark, is_first),
                None => {}
            }
            is_first = false;
        }
    }

    /// Whether two marks that follow each other were to enclose what is between them.
    fn is_pair(&self, open: Mark, close: Mark) -> bool {
        let inner = &self.text[open.span.end..close.span.start];
        let is_equal = open.mark == close.mark && open.length == close.length;
        if !is_equal || !inner.contains(char::is_alphabetic) || inner.contains('\n') {
            return false;
        }
        match open.mark {
            b'_' => {
                let is_text = inner.contains(is_particle) || inner.contains(' ');
                open.leads() && is_text && is_particle(close.behind) && close.trails()
            }
            _ if open.length != 2 => false,
            _ => {
                let misses_close = open.leads() && close.before.is_whitespace();
                let misses_open = open.is_loose() && !is_path(close.before) && close.trails();
                (misses_close || misses_open) && !is_path(close.behind)
            }
        }
    }

    fn single(&mut self, mark: Mark, is_first: bool) {
        if mark.trails() && mark.behind.is_whitespace() {
            self.has_reference = true;
        }
        let is_open = mark.leads() && mark.behind.is_alphanumeric();
        if !is_open {
            return;
        }
        let before = self.found.len();
        self.report(mark, mark.span, "single");
        if is_first && mark.before.is_whitespace() {
            self.footnotes.extend(self.found.drain(before..));
        }
    }

    fn report(&mut self, mark: Mark, span: Span, help: &str) {
        let marks = &self.text[mark.span.range()];
        let help = Message::new(format!("{RULE}.{help}.help")).with("marks", marks);
        let found = Diagnostic::new(RULE, Severity::Warning, self.file, span);
        self.found.push(found.with("marks", marks).help(help));
    }
}

fn is_stars(mark: Mark) -> bool {
    mark.mark == b'*' && mark.length == 2
}

/// Whether a text contains a mark; most hold none.
fn has_mark(text: &str) -> bool {
    memchr3(b'*', b'_', b'~', text.as_bytes()).is_some()
}

/// Runs of marks in a text that no backslash escapes.
fn marks_in(text: &str, place: Span) -> Vec<Mark> {
    let source = &text[place.range()];
    let mut marks = Vec::new();
    let mut end = 0;
    for (at, mark) in source.match_indices(['*', '_', '~']) {
        if at < end {
            continue;
        }
        let length = source[at..].len() - source[at..].trim_start_matches(mark).len();
        end = at + length;
        let backslashes = source[..at].bytes().rev().take_while(|byte| *byte == b'\\');
        if backslashes.count() % 2 == 1 {
            continue;
        }
        let span = Span::new(place.start + at, place.start + end);
        marks.push(Mark {
            mark: mark.as_bytes()[0],
            length,
            span,
            before: text[..span.start].chars().next_back().unwrap_or(' '),
            behind: text[span.end..].chars().next().unwrap_or(' '),
        });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;

    fn check(text: &str, expected: &[&str]) {
        let (_, found) = parse(text, FileId(0), &Config::defaults().components);
        let found = found.iter().filter(|found| found.rule == RULE);
        let shown: Vec<&str> = found.map(|found| &text[found.span.range()]).collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn blanks_inside_a_pair_keep_it_from_marking() {
        check("값을 **굵게 **는 적지", &["**굵게 **"]);
        check("값을 ** 굵게**로 적지", &["** 굵게**"]);
        check("**굵게 ** 는 적지", &["**굵게 **"]);
        check("~~지난 값 ~~은 쓰지", &["~~지난 값 ~~"]);
    }

    #[test]
    fn mark_that_nothing_closes_is_found() {
        check("여기 **하나만 열렸습니다.", &["**"]);
        check("**하나만 열렸습니다.", &["**"]);
        check("- 가\n- **나\n", &["**"]);
    }

    #[test]
    fn underlines_inside_a_word_mark_nothing() {
        check("__굵게(예)__를 씁니다", &["__굵게(예)__"]);
        check("__가__를 _나_로 바꿉니다", &["__가__", "_나_"]);
    }

    #[test]
    fn amended_emphasis_is_none() {
        check("*기울임(예)*은 ~~지난 값(예)~~은 **굵게(예)**를", &[]);
        check("**[안내](u)**를 **`값`**이 **![](a.png)**은", &[]);
    }

    #[test]
    fn marks_that_stand_for_something_else_are_none() {
        for text in [
            "2 * 3 * 4",
            "2 ** 3 ** 4",
            "2**3 4**5",
            "a_b_c snake_case_을",
            "__init__을 _private_은",
            "**/*.ts 와 src/**/*.js",
            "가 *** 나",
            "*필수 항목 *선택 항목",
            "`**` 를 ``__a__``를",
            "네~~ 그렇군요~~ 1~~3",
            "\\*\\*글자\\*\\*로",
            "가격** 안내\n\n**부가세 별도",
        ] {
            check(text, &[]);
        }
    }
}
