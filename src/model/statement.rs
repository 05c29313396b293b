//! Cuts documents into statements, each of which a sheet may have a row for.
//!
//! A numbered line or a bullet starts a statement, a paragraph is one, and so is each line of a
//! callout. A line that starts with a bracket or an example, or follows one that does not end like
//! a sentence, continues the one before.

use crate::config::signal_matcher::SignalSet;
use crate::config::signals::Signal;
use crate::markdown::node::{
    Block, Children, Component, Content, Inline, Item, List, Literal, Paragraph,
};
use crate::markdown::text::{block_text, collapse_blanks, inline_text};
use crate::model::conventions::Conventions;
use crate::model::limit::repeated;
use crate::model::notice::title;
use crate::model::related::{Related, related};
use crate::source::Span;

/// What a statement is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// An item of a list.
    Item,
    /// A paragraph.
    Paragraph,
    /// A line of a callout.
    Line,
    /// A link alone.
    Link(Related),
    /// A block that explains: a table, a picture, a component.
    Reference,
}

/// A statement of a document.
#[derive(Debug, Clone)]
pub(super) struct Statement<'a> {
    pub form: Form,
    /// Its text.
    pub inlines: Vec<Inline>,
    /// The same on one line.
    pub text: String,
    /// The signals in its text.
    pub signals: SignalSet,
    /// The signals in its last line.
    last_signals: SignalSet,
    /// Whether its text has changed since its signals were found.
    is_changed: bool,
    /// Blocks after its text, without nested lists.
    pub rest: Vec<Block>,
    /// Later lines of an item that order something else.
    pub own: Vec<Statement<'a>>,
    /// Nested items.
    pub children: Vec<Statement<'a>>,
    /// Title of its callout; empty outside one and without one.
    pub title: String,
    /// Whether it is a line of a callout without a number or bullet.
    pub is_plain: bool,
    /// Its list item; `None` for other forms.
    pub item: Option<&'a Item>,
    pub span: Span,
    /// The bytes of its block.
    pub node: Span,
}

impl<'a> Statement<'a> {
    /// A statement that has only a text.
    fn new(form: Form, inlines: Vec<Inline>, text: String, signals: SignalSet, span: Span) -> Self {
        Self {
            form,
            signals,
            last_signals: signals,
            is_changed: false,
            text,
            inlines,
            rest: Vec::new(),
            own: Vec::new(),
            children: Vec::new(),
            title: String::new(),
            is_plain: false,
            item: None,
            span,
            node: span,
        }
    }

    /// Finds the signals in its text again if that has changed.
    fn update_signals(&mut self, conventions: &Conventions<'_>) {
        if std::mem::take(&mut self.is_changed) {
            self.signals = conventions.signals_in(&self.text);
        }
    }

    /// Its text and that of all statements below it, on one line.
    pub fn whole_text(&self) -> String {
        let mut text = self.text.clone();
        for child in self.own.iter().chain(&self.children) {
            text.push(' ');
            text.push_str(&child.whole_text());
        }
        text
    }

    /// The statement without the lines for which `is_left_out`; `None` when nothing is left.
    pub fn without(
        &self,
        is_left_out: impl Fn(&str) -> bool,
        conventions: &Conventions<'_>,
    ) -> Option<Self> {
        let mut kept = lines(&self.inlines);
        let count = kept.len();
        kept.retain(|line| !is_left_out(&line.text));
        if kept.len() == count {
            return Some(self.clone());
        }
        let mut kept = kept.into_iter();
        let first = kept.next();
        let mut left = self.clone();
        left.inlines.clear();
        left.text.clear();
        match first {
            Some(line) => {
                left.inlines = line.inlines;
                left.text = line.text;
            }
            None if self.own.is_empty() && self.children.is_empty() && self.rest.is_empty() => {
                return None;
            }
            None => {}
        }
        for line in kept {
            grow(&mut left, line);
        }
        left.is_changed = true;
        left.update_signals(conventions);
        Some(left)
    }
}

/// Cuts blocks into statements.
pub(super) fn statements<'a>(
    blocks: &'a [Block],
    conventions: &Conventions<'_>,
) -> Vec<Statement<'a>> {
    let mut cutter = Cutter {
        conventions,
        found: Vec::new(),
    };
    blocks.iter().for_each(|block| cutter.block(block));
    cutter.found
}

struct Cutter<'c, 'w, 'a> {
    conventions: &'c Conventions<'w>,
    found: Vec<Statement<'a>>,
}

impl<'a> Cutter<'_, '_, 'a> {
    fn block(&mut self, block: &'a Block) {
        if let Some(links) = related(block, self.conventions) {
            let links = links.into_iter().map(|link| self.link(link));
            let links: Vec<Statement<'a>> = links.collect();
            return self.found.extend(links);
        }
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Heading(heading) => {
                let whole = self.statement(Form::Paragraph, heading.inlines.clone(), heading.span);
                self.found.push(whole);
            }
            Block::List(list) => {
                for item in &list.items {
                    let item = self.item(item);
                    self.found.push(item);
                }
            }
            Block::Quote(quote) => quote.blocks.iter().for_each(|block| self.block(block)),
            Block::Component(component) => self.component(component, block),
            Block::Rule(_) | Block::Comment(_) | Block::Esm(_) => {}
            Block::Footnote(_) => self.reference(block),
            Block::Code(_) => match self.found.last_mut() {
                Some(before) if before.form == Form::Item => before.rest.push(block.clone()),
                _ => self.reference(block),
            },
            Block::Table(_) | Block::Html(_) => self.reference(block),
        }
    }

    fn component(&mut self, component: &'a Component, block: &'a Block) {
        if self.conventions.is_notice(component) {
            return self.notice(component);
        }
        match &component.children {
            // A component without a title only groups its content, which belongs to the item before.
            Children::Blocks(children)
                if title(component, self.conventions.schema).is_empty() && !children.is_empty() =>
            {
                let below = statements(children, self.conventions);
                match self.found.last_mut().filter(|last| last.form == Form::Item) {
                    Some(last) => last.children.extend(below),
                    None => self.found.extend(below),
                }
            }
            _ => self.reference(block),
        }
    }

    fn reference(&mut self, block: &Block) {
        let span = block.span();
        let mut found = self.statement(Form::Reference, Vec::new(), span);
        found.text = collapse_blanks(&block_text(std::slice::from_ref(block)));
        found.is_changed = true;
        if let Block::Component(component) = block {
            let name = title(component, self.conventions.schema);
            if !name.is_empty() {
                found.inlines = vec![text_node(name, span)];
            }
        }
        found.rest.push(block.clone());
        self.found.push(found);
    }

    fn link(&self, link: Related) -> Statement<'a> {
        let span = link.span;
        let label = vec![text_node(link.label.clone(), span)];
        self.statement(Form::Link(link), label, span)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let found = self.statement(Form::Paragraph, paragraph.inlines.clone(), paragraph.span);
        self.found.push(found);
    }

    fn statement(&self, form: Form, inlines: Vec<Inline>, span: Span) -> Statement<'a> {
        let text = collapse_blanks(&inline_text(&inlines));
        let signals = self.conventions.signals_in(&text);
        Statement::new(form, inlines, text, signals, span)
    }

    /// The statement of an item, with those below it.
    fn item(&self, item: &'a Item) -> Statement<'a> {
        let (first, others) = match item.blocks.split_first() {
            Some((Block::Paragraph(first), others)) => (first.inlines.as_slice(), others),
            Some((Block::Heading(first), others)) => (first.inlines.as_slice(), others),
            _ => ([].as_slice(), item.blocks.as_slice()),
        };
        if others.is_empty()
            && let Some(link) = self.only_link(item)
        {
            return self.link(link);
        }
        let mut lines = self.lines(first).into_iter();
        let mut found = match lines.next() {
            Some(head) => head.statement(Form::Item),
            None => self.statement(Form::Item, Vec::new(), item.span),
        };
        let mut before = found.signals;
        for line in lines {
            let goes_on = line.is_hard || goes_on(line.signals, before);
            before = line.signals;
            let is_order = line.signals.has(Signal::Order) && !line.signals.has(Signal::Aside);
            if goes_on || !is_order {
                grow(&mut found, line);
            } else {
                found.own.push(line.statement(Form::Line));
            }
        }
        for block in others {
            self.below(block, &mut found);
        }
        found.update_signals(self.conventions);
        found.span = item.span;
        found.node = item.span;
        found.item = Some(item);
        found
    }

    fn only_link(&self, item: &Item) -> Option<Related> {
        let links = related(item.blocks.first()?, self.conventions)?;
        let mut link = links.into_iter().next()?;
        link.span = item.span;
        Some(link)
    }

    fn below(&self, block: &'a Block, found: &mut Statement<'a>) {
        match block {
            Block::List(list) => {
                for item in &list.items {
                    found.children.push(self.item(item));
                }
            }
            Block::Component(component) if self.conventions.is_notice(component) => {
                let mut inner = Cutter {
                    conventions: self.conventions,
                    found: Vec::new(),
                };
                inner.notice(component);
                found.children.extend(inner.found);
            }
            Block::Rule(_) | Block::Comment(_) | Block::Esm(_) => {}
            other => found.rest.push(other.clone()),
        }
    }

    fn notice(&mut self, component: &'a Component) {
        let name = title(component, self.conventions.schema);
        let start = self.found.len();
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Blocks(blocks) => self.notice_blocks(blocks, start),
                Content::Inlines(inlines) if attribute.name != "title" => {
                    self.notice_lines(inlines, start, None);
                }
                _ => {}
            }
        }
        match &component.children {
            Children::Blocks(blocks) => self.notice_blocks(blocks, start),
            Children::Inlines(inlines) => self.notice_lines(inlines, start, None),
        }
        if self.found.len() == start && !name.is_empty() {
            let label = vec![text_node(name.clone(), component.span)];
            let mut found = self.statement(Form::Line, label, component.span);
            found.is_plain = true;
            self.found.push(found);
        }
        for found in &mut self.found[start..] {
            found.title = repeated(&name).to_string();
            if found.form == Form::Reference {
                found.form = Form::Line;
            }
            found.update_signals(self.conventions);
        }
    }

    fn notice_blocks(&mut self, blocks: &'a [Block], start: usize) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.notice_lines(&paragraph.inlines, start, Some((paragraph.span, false)));
                }
                Block::List(list) => self.notice_list(list, start),
                Block::Rule(_) | Block::Comment(_) | Block::Esm(_) => {}
                other => match self.found[start..].last_mut() {
                    Some(before) => before.rest.push(other.clone()),
                    None => self.reference(other),
                },
            }
        }
    }

    /// Adds a list in a callout. Bullets below a line that announces cases belong to that line.
    fn notice_list(&mut self, list: &'a List, start: usize) {
        let announced = self.found[start..].last();
        let are_cases = list.start.is_none()
            && announced.is_some_and(|line| line.last_signals.has(Signal::Cases));
        if are_cases && let Some(before) = self.found.last_mut() {
            before.span = before.span.cover(list.span);
            before.rest.push(Block::List(list.clone()));
            return;
        }
        for item in &list.items {
            let (first, others) = match item.blocks.split_first() {
                Some((Block::Paragraph(first), others)) => (first.inlines.as_slice(), others),
                _ => ([].as_slice(), item.blocks.as_slice()),
            };
            self.notice_lines(first, start, Some((item.span, true)));
            if let Some(last) = self.found[start..].last_mut() {
                for block in others {
                    last.span = last.span.cover(block.span());
                    last.rest.push(block.clone());
                }
            }
        }
    }

    /// Adds the lines of a callout's paragraph or item; `node` is its span and whether it is an
    /// item.
    fn notice_lines(&mut self, inlines: &[Inline], start: usize, node: Option<(Span, bool)>) {
        let is_item = node.is_some_and(|(_, is_item)| is_item);
        for (index, mut line) in self.lines(inlines).into_iter().enumerate() {
            let is_marked = (is_item && index == 0) || line.take_number(self.conventions);
            let before = self.found[start..].last().map(|before| before.last_signals);
            let goes_on = !is_marked
                && before
                    .is_some_and(|before| goes_on(line.signals, before) || is_call(&line.text));
            match self.found[start..].last_mut().filter(|_| goes_on) {
                Some(before) => grow(before, line),
                None => {
                    let mut found = line.statement(Form::Line);
                    found.is_plain = !is_marked;
                    found.node = node.map_or(found.span, |(node, _)| node);
                    self.found.push(found);
                }
            }
        }
    }

    /// The lines of inlines, with their signals.
    fn lines(&self, inlines: &[Inline]) -> Vec<StatementLine> {
        let mut lines = lines(inlines);
        for line in &mut lines {
            line.signals = self.conventions.signals_in(&line.text);
        }
        lines
    }
}

/// Whether a line continues the one before: it starts like a bracket, or the other is not a whole
/// sentence.
fn goes_on(line: SignalSet, before: SignalSet) -> bool {
    line.has(Signal::GoesOn) || !before.has(Signal::SentenceEnd)
}

/// Adds a line to a statement.
fn grow(statement: &mut Statement<'_>, line: StatementLine) {
    statement.span = statement.span.cover(line.span);
    statement.inlines.push(Inline::SoftBreak(line.span));
    statement.inlines.extend(line.inlines);
    statement.text.push(' ');
    statement.text.push_str(&line.text);
    statement.last_signals = line.signals;
    statement.is_changed = true;
}

/// The items of a list, or the rows of a table, as statements.
pub(super) fn item_statements<'a>(
    items: &'a [Item],
    conventions: &Conventions<'_>,
) -> Vec<Statement<'a>> {
    let cutter = Cutter {
        conventions,
        found: Vec::new(),
    };
    items.iter().map(|item| cutter.item(item)).collect()
}

/// A line of inlines.
struct StatementLine {
    inlines: Vec<Inline>,
    text: String,
    span: Span,
    /// Whether the author broke the line before it.
    is_hard: bool,
    signals: SignalSet,
}

impl StatementLine {
    /// A statement that starts with this line.
    fn statement<'a>(self, form: Form) -> Statement<'a> {
        Statement::new(form, self.inlines, self.text, self.signals, self.span)
    }

    /// Removes a number from its start that CommonMark reads as text, such as `4,` or `4)`; whether
    /// there was one.
    fn take_number(&mut self, conventions: &Conventions<'_>) -> bool {
        let Some(Inline::Text(first)) = self.inlines.first_mut() else {
            return false;
        };
        let text = first.text.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(rest) = text[digits..].strip_prefix(['.', ',', ')']) else {
            return false;
        };
        if !(1..=2).contains(&digits) || rest.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        first.text = rest.trim_start().to_string();
        self.text = collapse_blanks(&inline_text(&self.inlines));
        self.signals = conventions.signals_in(&self.text);
        true
    }
}

/// The lines of inlines; a bullet inside a line also starts a new one.
fn lines(inlines: &[Inline]) -> Vec<StatementLine> {
    let mut lines: Vec<(Vec<Inline>, bool)> = vec![(Vec::new(), false)];
    for inline in inlines {
        match inline {
            Inline::SoftBreak(_) => lines.push((Vec::new(), false)),
            Inline::HardBreak(_) => lines.push((Vec::new(), true)),
            Inline::Text(text) if text.text.contains(LOST_BULLET) => {
                for (index, piece) in text.text.split(LOST_BULLET).enumerate() {
                    if index > 0 {
                        lines.push((Vec::new(), true));
                    }
                    push_to(&mut lines, text_node(piece.to_string(), text.span));
                }
            }
            other => push_to(&mut lines, other.clone()),
        }
    }
    let made = lines.into_iter().filter_map(|(inlines, is_hard)| {
        let text = collapse_blanks(&inline_text(&inlines));
        let span = inlines.iter().map(Inline::span).reduce(Span::cover)?;
        (!text.is_empty()).then_some(StatementLine {
            inlines,
            text,
            span,
            is_hard,
            signals: SignalSet::default(),
        })
    });
    made.collect()
}

/// What remains of a bullet that an editor escaped.
const LOST_BULLET: &str = " * ";

fn push_to(lines: &mut [(Vec<Inline>, bool)], inline: Inline) {
    if let Some((line, _)) = lines.last_mut() {
        line.push(inline);
    }
}

/// Whether a line is code such as `pg : {…}`, which explains the line before.
fn is_call(text: &str) -> bool {
    let name = text.trim_start_matches(['-', '*', ' ']);
    let end = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    let Some(end) = end.filter(|end| *end > 0) else {
        return false;
    };
    let rest = name[end..].trim_start();
    let Some(rest) = rest.strip_prefix([':', '=']) else {
        return false;
    };
    let next = rest.trim_start().chars().next();
    next.is_some_and(|c| c == '{' || c.is_ascii_alphanumeric())
}

fn text_node(text: String, span: Span) -> Inline {
    Inline::Text(Literal { text, span })
}
