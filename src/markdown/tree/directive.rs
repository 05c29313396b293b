//! Directives in the tree: a line of colons opens one, a line of as many or more closes it.

use crate::markdown::admonition::{ADMONITION, FIXED, OPEN};
use crate::markdown::attribute;
use crate::markdown::directive::{Directive, Marks};
use crate::markdown::node::{
    Attribute, Block, Children, Component, Content, Inline, Literal, Placement, Syntax,
};
use crate::markdown::offsets::Locator;
use crate::markdown::scan::Tag;
use crate::markdown::tag::TagKind;
use crate::markdown::tree::alert::title_attribute;
use crate::markdown::tree::frame::Kind;
use crate::markdown::tree::{Builder, MAX_ATTRIBUTE_DEPTH};

impl Builder<'_, '_, '_> {
    /// Whether a tag is no tag of HTML: a directive or a shortcode. It has no text of its own.
    pub(super) fn is_marked(&self, tag: usize) -> bool {
        let tag = &self.tags[tag];
        matches!(tag.kind, TagKind::Directive(_)) || self.text[tag.span.clone()].starts_with('{')
    }

    /// Closes the innermost directive of this container that these marks close, and what is
    /// open inside it. A line that closes none has no text of its own.
    pub(super) fn close_directive(&mut self, closing: usize, marks: Marks) {
        self.end_text();
        let frames = self.stack.iter().enumerate().rev();
        let open = frames
            .take_while(|(_, frame)| frame.is_component())
            .find(|(_, frame)| match frame.kind {
                Kind::Component { tag } => matches!(
                    &self.tags[tag].kind, TagKind::Directive(open) if marks.close(open.marks)
                ),
                _ => false,
            })
            .map(|(index, _)| index);
        if let Some(frame) = open {
            self.close_down_to(frame + 1, self.tags[closing].span.start);
            self.close_component(Some(closing));
        }
    }

    /// The component of a directive's opening line.
    pub(super) fn directive(
        &mut self,
        tag: &Tag,
        directive: &Directive,
        end: usize,
        blocks: Vec<Block>,
    ) -> Component {
        let name_span = self.span(directive.name.clone());
        let title = self.directive_title(tag, directive);
        let mut attributes: Vec<Attribute> = title.into_iter().collect();
        if let Some(range) = &directive.attributes {
            attributes.extend(self.directive_attributes(range.clone()));
        }
        let syntax = self.admonition(&mut attributes, directive);
        Component {
            name: self.text[directive.name.clone()].to_string(),
            name_span,
            syntax,
            attributes,
            placement: Placement::Flow,
            children: Children::Blocks(blocks),
            paired: end > tag.span.end,
            span: self.span(tag.span.start..end),
        }
    }

    /// How a directive was written. The attribute that was added to an admonition is replaced by
    /// whether it is open, where it can be closed, and by the title of a kind that nobody knows: its
    /// name.
    fn admonition(&self, attributes: &mut Vec<Attribute>, directive: &Directive) -> Syntax {
        let is_added =
            |own: &Attribute| own.name == ADMONITION && own.value_span.range().is_empty();
        let Some(place) = attributes.iter().position(is_added) else {
            return Syntax::Directive;
        };
        let mut state = attributes.remove(place);
        if state.value.as_deref() != Some(FIXED) {
            let is_open = state.value.as_deref() == Some(OPEN);
            state.name = "open".to_string();
            state.value = Some(is_open.to_string());
            attributes.push(state);
        }
        let name = &self.text[directive.name.clone()];
        let schema = self.reader.schema;
        let is_known = schema.role(name).or(schema.role(&name.to_lowercase()));
        if directive.title.is_none() && is_known.is_none() {
            let span = self.span(directive.name.clone());
            let text = capitalised(name);
            let title = Inline::Text(Literal { text, span });
            attributes.push(title_attribute(vec![title], span));
        }
        Syntax::Admonition
    }

    fn directive_title(&mut self, tag: &Tag, directive: &Directive) -> Option<Attribute> {
        let range = directive.title.clone()?;
        if self.depth >= MAX_ATTRIBUTE_DEPTH {
            return None;
        }
        let derived = attribute::inline_text(self.text, range, &tag.containers);
        let parent = self.locator;
        let locator = Locator {
            derived: &derived,
            parent: Some(&parent),
        };
        let title = self.reader.inlines(locator, self.depth + 1);
        Some(title_attribute(title, self.span(directive.name.clone())))
    }

    /// The pairs of name and value among a directive's attributes; classes and ids mean nothing
    /// here.
    fn directive_attributes(&self, range: std::ops::Range<usize>) -> Vec<Attribute> {
        let text = &self.text[range.clone()];
        let mut attributes = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find('=') {
            let equals = at + found;
            let name_start = text[..equals]
                .rfind([' ', '\t'])
                .map_or(0, |blank| blank + 1);
            let value = &text[equals + 1..];
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (start, length) = match quote {
                Some(quote) => (1, value[1..].find(quote).unwrap_or(value.len() - 1)),
                None => (0, value.find([' ', '\t']).unwrap_or(value.len())),
            };
            let value_start = equals + 1 + start;
            let place = |from: usize, to: usize| range.start + from..range.start + to;
            attributes.push(Attribute {
                name: text[name_start..equals].to_string(),
                name_span: self.span(place(name_start, equals)),
                value: Some(text[value_start..value_start + length].to_string()),
                value_span: self.span(place(value_start, value_start + length)),
                literal: None,
                content: Content::Plain,
            });
            at = value_start + length;
        }
        attributes
    }
}

/// A name as a title: `known-issue` is `Known issue`.
fn capitalised(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
