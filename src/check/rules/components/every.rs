//! All components of all documents, and findings about them.

use crate::check::context::Context;
use crate::markdown::node::{Attribute, Block, Children, Component, Inline};
use crate::markdown::schema::{AttributeKind, Role};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// A component and its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    /// The document.
    pub file: FileId,
    /// The component.
    pub component: &'a Component,
}

/// Every component, those in attributes too, in document order.
pub(super) fn components<'a>(context: &Context<'a>) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            if let Node::Block(Block::Component(component))
            | Node::Inline(Inline::Component(component)) = node
            {
                placed.push(Placed { file, component });
            }
        });
    }
    placed
}

/// Whether a component is a notice with a template of its own. What is only shown as one has the
/// attributes that its own site gave it.
pub(super) fn is_notice(component: &Component, context: &Context<'_>) -> bool {
    let schema = context.conventions.schema.get(&component.name);
    schema.is_some_and(|schema| schema.role == Some(Role::Notice))
}

/// Whether this attribute of a component has content.
pub(super) fn has_value(component: &Component, name: &str) -> bool {
    component
        .value(name)
        .is_some_and(|value| !value.trim().is_empty())
}

/// Whether a component that should have content has neither a value nor children.
pub(super) fn is_empty(placed: Placed<'_>, context: &Context<'_>) -> bool {
    let component = placed.component;
    let holds_children = match &component.children {
        Children::Blocks(blocks) => !blocks.is_empty(),
        Children::Inlines(inlines) => !inlines.is_empty(),
    };
    let mut attributes = component.attributes.iter();
    let is_said = attributes.any(|attribute| {
        let value = attribute.value.as_deref();
        value.is_none_or(|value| !value.trim().is_empty())
    });
    let says_text =
        |kind: &AttributeKind| matches!(kind, AttributeKind::Inline | AttributeKind::Markdown);
    let schema = context.conventions.schema.get(&component.name);
    let is_for_text = schema.is_some_and(|schema| schema.attributes.values().any(says_text));
    is_for_text && !holds_children && !is_said
}

/// The bytes of a quoted attribute with the spaces before it; `None` when it is not quoted.
///
/// ```text
/// <Callout icon="" title="a" />
///         ^^^^^^^^
/// ```
pub(super) fn removal(attribute: &Attribute, text: &str) -> Option<Span> {
    let value = attribute.value_span;
    let quote = text[value.end..].chars().next()?;
    let is_quoted = matches!(quote, '"' | '\'') && text[..value.start].ends_with(quote);
    let start = text[..attribute.name_span.start].trim_end().len();
    is_quoted.then(|| Span::new(start, value.end + 1))
}
