//! Tags in the tree: components are opened and closed, and reported when they are not.

use std::ops::Range;

use crate::diagnostic::{Edit, Message, Severity};
use crate::markdown::element;
use crate::markdown::node::{Block, Component, Inline, Literal};
use crate::markdown::schema::{AttributeKind, Dialect};
use crate::markdown::tag::{TagKind, is_component_name};
use crate::markdown::tree::frame::{Frame, Kind};
use crate::markdown::tree::{Builder, MAX_NESTING};
use crate::source::Span;

impl Builder<'_, '_, '_> {
    fn tags_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self
            .tags
            .partition_point(|tag| tag.span.start < range.start);
        let last = self.tags.partition_point(|tag| tag.span.start < range.end);
        first..last
    }

    /// An HTML block is one or more flow tags, or raw HTML that is shown as text.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
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
            TagKind::Esm => {
                let node = self.literal(index);
                self.push_block(Block::Esm(node));
            }
            TagKind::Expression { inner } => self.flow_expression(index, inner.clone()),
            TagKind::Directive(_) => self.push_component(index),
            TagKind::DirectiveEnd { marks } => self.close_directive(index, *marks),
            TagKind::Close { name } if self.is_read(name) => self.close_flow(index),
            TagKind::Open {
                name, self_closing, ..
            } if self.is_read(name) => {
                if *self_closing || self.is_void(name) {
                    let component = self.component(index, None, Vec::new(), Vec::new());
                    self.push_built(index, component);
                } else {
                    self.push_component(index);
                }
            }
            _ => self.raw_block(tag.span.clone()),
        }
    }

    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        // Raw HTML may contain a tag in a value of its own.
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
            TagKind::Expression { inner } => self.inline_expression(index, inner.clone()),
            TagKind::Close { name } if self.is_read(name) => self.close_phrasing(index),
            TagKind::Open {
                name, self_closing, ..
            } if self.is_read(name) => {
                if *self_closing || self.is_void(name) {
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
        if self.take_anchor(html, range.clone()) {
            return;
        }
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

    pub(super) fn literal(&self, index: usize) -> Literal {
        let range = self.tags[index].span.clone();
        Literal {
            text: self.text[range.clone()].to_string(),
            span: self.span(range),
        }
    }

    /// Whether tags of this name are nodes; the others are shown as the text they are.
    fn is_read(&self, name: &Range<usize>) -> bool {
        self.reader.schema.dialect != Dialect::Help || is_component_name(&self.text[name.clone()])
    }

    fn is_void(&self, name: &Range<usize>) -> bool {
        element::is_void(&self.text[name.clone()])
    }

    pub(super) fn push_component(&mut self, index: usize) {
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
            TagKind::Directive(directive) => &self.text[directive.name.clone()],
            _ => "",
        }
    }

    /// Frame of the innermost open component with the closing tag's name, in this container.
    fn open_frame(&self, closing: usize) -> Option<usize> {
        let name = self.name(closing);
        let frames = self.stack.iter().enumerate().rev();
        frames
            .take_while(|(_, frame)| frame.is_component())
            .find(
                |(_, frame)| matches!(frame.kind, Kind::Component { tag } if self.opens(tag, name)),
            )
            .map(|(index, _)| index)
    }

    /// Whether a tag opens what a closing tag of this name ends.
    fn opens(&self, tag: usize, name: &str) -> bool {
        matches!(self.tags[tag].kind, TagKind::Open { .. }) && self.name(tag) == name
    }

    pub(super) fn close_flow(&mut self, closing: usize) {
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
        // The opening tag may be on a line of its own, above this paragraph.
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
        // A closing tag of an element has no text of its own.
        if name.is_empty() || element::is_known(&name) || self.is_marked(closing) {
            return;
        }
        if is_component_name(&name) {
            let found = self
                .reader
                .report("unbalanced-component", Severity::Error, node.span);
            found.message = Message::new("unbalanced-component.stray").with("name", name);
            found.help = Some(Message::new("unbalanced-component.stray.help"));
        }
        if self.is_flow[closing] {
            self.push_block(Block::Html(node));
        } else {
            self.push_inline(Inline::Html(node));
        }
    }

    /// Closes the components that are open above the innermost Markdown container.
    pub(super) fn close_components(&mut self, end: usize) {
        while self.stack.last().is_some_and(Frame::is_component) {
            self.close_unclosed(end);
        }
    }

    pub(super) fn close_down_to(&mut self, frames: usize, end: usize) {
        while self.stack.len() > frames {
            self.close_unclosed(end);
        }
    }

    /// Closes a component whose closing tag is missing. One that takes no children lets go of
    /// what follows it; an unknown one becomes the text it is.
    pub(super) fn close_unclosed(&mut self, end: usize) {
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
        if name.is_empty() || element::is_known(&name) || self.is_marked(tag) {
            self.report_unclosed_directive(tag);
            self.flush_text();
            return self.close_component_at(tag, end);
        }
        let has_attributes = matches!(&self.tags[tag].kind, TagKind::Open { attributes, .. } if !attributes.is_empty());
        let holds_what_follows = takes_children && !self.is_void_use(tag);
        let slash = self.slash(tag);
        let span = self.span(self.tags[tag].span.clone());
        let is_component = is_component_name(&name);
        let is_known_name = !self.reader.schema.is_unknown(&name);
        if is_component && (is_known_name || has_attributes) {
            let found = self
                .reader
                .report("unbalanced-component", Severity::Error, span);
            found.message = Message::new("unbalanced-component").with("name", name);
            if is_known && !holds_what_follows {
                found.fix = vec![slash];
            }
        } else if is_component_name(&name) {
            let span = Span::new(span.start + 1, span.start + 1 + name.len());
            self.report_unknown_name(&name, span);
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
        if is_component && (is_known || has_attributes) {
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

    /// Whether an opening tag already has all its content, so that its closing tag is missing
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

    fn report_unclosed_directive(&mut self, tag: usize) {
        let tag = &self.tags[tag];
        if let TagKind::Directive(directive) = &tag.kind {
            let name = self.text[directive.name.clone()].to_string();
            let span = self.span(tag.span.clone());
            let found = self
                .reader
                .report("directive-unclosed", Severity::Warning, span);
            found.message = Message::new("directive-unclosed").with("name", name);
        }
    }

    fn close_component_at(&mut self, tag: usize, end: usize) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let start = self.tags[tag].span.start;
        // A no-break space is text, and text in a line keeps the spaces at its end.
        let text = self.text[start..end].trim_end_matches([' ', '\t', '\n']);
        let end = self.span(start..start + text.len()).end;
        let inlines_end = frame.inlines.last().map_or(end, |last| last.span().end);
        let mut component = self.component(tag, None, frame.blocks, frame.inlines);
        component.span.end = component.span.end.max(end).max(inlines_end);
        self.push_built(tag, component);
    }

    /// Closes the innermost component, which is open on top of the stack.
    pub(super) fn close_component(&mut self, closing: Option<usize>) {
        self.flush_text();
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        let Kind::Component { tag } = frame.kind else {
            return;
        };
        frame.trim();
        let blocks_end = frame.blocks.last().map_or(0, |last| last.span().end);
        let mut component = self.component(tag, closing, frame.blocks, frame.inlines);
        // A closing tag inside the last paragraph may have text after it.
        component.span.end = component.span.end.max(blocks_end);
        self.push_built(tag, component);
    }

    fn push_built(&mut self, tag: usize, component: Component) {
        if self.is_flow[tag] {
            self.push_block(Block::Component(Box::new(component)));
        } else {
            self.push_inline(Inline::Component(Box::new(component)));
        }
    }
}
