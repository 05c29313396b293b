//! Components of the tree: their attributes, whose values are text or Markdown, and what is inside.

use std::ops::Range;

use crate::diagnostic::{Message, Severity};
use crate::literal::{self, Value};
use crate::markdown::attribute;
use crate::markdown::node::{
    Attribute, Block, Children, Component, Content, Inline, Placement, Syntax,
};
use crate::markdown::offsets::{Derived, Locator};
use crate::markdown::scan::Tag;
use crate::markdown::schema::{AttributeKind, Dialect};
use crate::markdown::tag::{RawAttribute, TagKind, is_component_name};
use crate::markdown::tree::inlines::harden_blocks;
use crate::markdown::tree::{Builder, MAX_ATTRIBUTE_DEPTH, Reader};
use crate::nearness::nearest;
use crate::source::Span;

impl Builder<'_, '_, '_> {
    /// The component of an opening tag.
    pub(super) fn component(
        &mut self,
        index: usize,
        closing: Option<usize>,
        blocks: Vec<Block>,
        inlines: Vec<Inline>,
    ) -> Component {
        let tags = self.tags;
        let tag = &tags[index];
        let end = closing.map_or(tag.span.end, |closing| tags[closing].span.end);
        let (name, attributes) = match &tag.kind {
            TagKind::Open {
                name, attributes, ..
            } => (name, attributes),
            TagKind::Directive(directive) => return self.directive(tag, directive, end, blocks),
            _ => unreachable!("only opening tags become components"),
        };
        let written = self.text[name.clone()].to_string();
        let name_span = self.span(name.clone());
        let is_shortcode = self.text[tag.span.clone()].starts_with('{');
        let syntax = match is_component_name(&written) {
            _ if is_shortcode => Syntax::Shortcode,
            true => Syntax::Tag,
            false => Syntax::Element,
        };
        if syntax == Syntax::Tag {
            self.report_unknown_name(&written, name_span);
        }
        let attributes = attributes
            .iter()
            .enumerate()
            .map(|(number, raw)| self.attribute(&written, raw, number, tag))
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
            syntax,
            attributes,
            placement,
            children,
            paired: closing.is_some(),
            span: self.span(tag.span.start..end),
        }
    }

    /// Reports a name that nobody declared. In documents of others, where most are none of ours,
    /// each is reported once.
    pub(super) fn report_unknown_name(&mut self, name: &str, span: Span) {
        let schema = self.reader.schema;
        if !schema.is_unknown(name) || name.is_empty() {
            return;
        }
        let is_new = self.reader.unknown_names.insert(name.to_string());
        if is_new || !schema.is_lenient() {
            self.report_unknown("unknown-component", name, span, None);
        }
    }

    /// Reports a component or attribute that nobody declared, with the name that is meant.
    pub(super) fn report_unknown(
        &mut self,
        rule: &'static str,
        name: &str,
        span: Span,
        of: Option<&str>,
    ) {
        let schema = self.reader.schema;
        let suggestion = match of.and_then(|component| schema.get(component)) {
            Some(component) => nearest(name, component.attributes.keys().map(String::as_str)),
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

    fn attribute(
        &mut self,
        component: &str,
        raw: &RawAttribute,
        number: usize,
        tag: &Tag,
    ) -> Attribute {
        let name = match raw.name.is_empty() {
            true => number.to_string(),
            false => self.text[raw.name.clone()].to_string(),
        };
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
                literal: None,
                content: Content::Plain,
            };
        };
        let source = &self.text[range.clone()];
        let is_mdx = self.reader.schema.dialect == Dialect::Mdx;
        if let Some(inner) = braced(source).filter(|_| is_mdx) {
            let literal = literal::read(inner);
            let value = match &literal {
                Value::String(text) => text.clone(),
                Value::Unread(_) => source.to_string(),
                value => value.text(),
            };
            return Attribute {
                name,
                name_span,
                value: Some(value),
                value_span: self.span(range),
                literal: Some(literal),
                content: Content::Plain,
            };
        }
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
            literal: None,
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

/// What is between the braces of an expression.
fn braced(source: &str) -> Option<&str> {
    source.strip_prefix('{')?.strip_suffix('}')
}
