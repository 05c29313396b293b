//! Visible text of nodes.

use memchr::{memchr3, memmem};

use crate::markdown::node::{
    Attribute, Block, Cell, Children, Component, Content, Inline, Item, Syntax,
};

/// Says which components are left out.
type Apart<'a> = &'a dyn Fn(&Component) -> bool;

/// Attributes whose text is visible where nothing else is known of a component.
const VISIBLE_ATTRIBUTES: [&str; 15] = [
    "title",
    "content",
    "text",
    "icon",
    "label",
    "description",
    "caption",
    "summary",
    "heading",
    "header",
    "subtitle",
    "headline",
    "tip",
    "hint",
    "question",
];

/// The name of a shortcode's first argument without a key.
const FIRST_ARGUMENT: &str = "0";

/// Whether an attribute shows its text. An icon does when it is a pictograph: a name, such as
/// `rocket`, means a drawing.
pub fn is_visible(attribute: &Attribute) -> bool {
    let is_text = match &attribute.literal {
        None => true,
        Some(literal) => literal.as_str().is_some(),
    };
    // What a shortcode says without a key, unless it is the name of a file.
    if attribute.name == FIRST_ARGUMENT {
        let value = attribute.value.as_deref().unwrap_or_default();
        return !value.contains(['/', '.', '=']);
    }
    let is_drawing =
        attribute.name == "icon" && attribute.value.as_deref().is_some_and(str::is_ascii);
    is_text && !is_drawing && VISIBLE_ATTRIBUTES.contains(&attribute.name.as_str())
}

/// Text of inlines on one line: breaks are spaces, an image is its alternative text, a component
/// its visible attributes and children.
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_inlines(&mut text, inlines, " ", &|_| false);
    text
}

/// Text of inlines without icons, trimmed and with single spaces: the text of a heading or a label.
pub fn label_text(inlines: &[Inline]) -> String {
    collapse_blanks(&inline_text(inlines))
}

/// The words of a comment, without its marks: `<!-- … -->`, `{/* … */}`.
pub fn comment_text(comment: &str) -> &str {
    let without = |start: &str, end: &str| {
        let inner = comment.trim().strip_prefix(start)?;
        Some(inner.strip_suffix(end).unwrap_or(inner).trim())
    };
    let braces = || without("{", "}")?.strip_prefix("/*")?.strip_suffix("*/");
    let text = without("<!--", "-->").or_else(braces);
    text.unwrap_or(comment).trim()
}

/// Text of blocks, a line for each.
pub fn block_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    push_blocks(&mut text, blocks, &|_| false);
    text
}

/// The same without the components that `is_apart` names.
pub fn block_text_without(blocks: &[Block], is_apart: Apart<'_>) -> String {
    let mut text = String::new();
    push_blocks(&mut text, blocks, is_apart);
    text
}

/// Text of a component, a line for each of its attributes and blocks, without one attribute and without the
/// components in it that `is_apart` names.
pub fn component_text_without(
    component: &Component,
    attribute: Option<&str>,
    is_apart: Apart<'_>,
) -> String {
    let mut text = String::new();
    let attributes = component.attributes.iter();
    let attributes = attributes.filter(|one| Some(one.name.as_str()) != attribute);
    push_parts(&mut text, component, attributes, "\n", is_apart);
    text
}

/// The text with every run of spaces made one and none at the ends.
pub fn collapse_blanks(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    push_collapsed(&mut collapsed, text);
    collapsed
}

/// Adds a text to one that is empty or has ended a line, with single spaces and none at its ends.
pub fn push_collapsed(collapsed: &mut String, text: &str) {
    if is_collapsed(text) {
        collapsed.push_str(text);
        return;
    }
    let mut words = text.split_whitespace();
    collapsed.extend(words.next());
    for word in words {
        collapsed.push(' ');
        collapsed.push_str(word);
    }
}

/// Whether all spaces are single ones between words, as those of most texts are.
fn is_collapsed(text: &str) -> bool {
    if may_hold_other_blanks(text) {
        return is_collapsed_by_character(text);
    }
    match text.as_bytes() {
        [] | [b' ', ..] | [.., b' '] => false,
        bytes => memmem::find(bytes, b"  ").is_none(),
    }
}

/// Whether a text holds a byte that begins another blank than the usual one; `false` for nearly
/// every text in Korean or English.
fn may_hold_other_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3(b'\t', b'\n', b'\r', bytes).is_some()
        || memchr3(0x0b, 0x0c, 0xc2, bytes).is_some()
        || memchr3(0xe1, 0xe2, 0xe3, bytes).is_some()
}

fn is_collapsed_by_character(text: &str) -> bool {
    let mut before = ' ';
    let mut is_single = |character: char| {
        let is_double = character == ' ' && before == ' ';
        before = character;
        !is_double && (character == ' ' || !character.is_whitespace())
    };
    text.chars().all(&mut is_single) && before != ' '
}

fn push_blocks(text: &mut String, blocks: &[Block], is_apart: Apart<'_>) {
    for block in blocks {
        match block {
            Block::Heading(node) => push_line(text, &node.inlines, is_apart),
            Block::Paragraph(node) => push_line(text, &node.inlines, is_apart),
            Block::Quote(node) => push_blocks(text, &node.blocks, is_apart),
            Block::List(node) => node
                .items
                .iter()
                .for_each(|Item { blocks, .. }| push_blocks(text, blocks, is_apart)),
            Block::Table(node) => {
                push_row(text, &node.head, is_apart);
                node.rows
                    .iter()
                    .for_each(|row| push_row(text, row, is_apart));
            }
            Block::Code(node) => {
                text.push_str(&node.text);
                end_line(text);
            }
            Block::Rule(_) | Block::Comment(_) | Block::Esm(_) => {}
            Block::Footnote(node) => push_blocks(text, &node.blocks, is_apart),
            Block::Html(node) => {
                text.push_str(&node.text);
                end_line(text);
            }
            Block::Component(node) => {
                push_component(text, node, "\n", is_apart);
                end_line(text);
            }
        }
    }
}

fn push_row(text: &mut String, cells: &[Cell], is_apart: Apart<'_>) {
    for cell in cells {
        push_inlines(text, &cell.inlines, " ", is_apart);
        text.push(' ');
    }
    end_line(text);
}

fn push_line(text: &mut String, inlines: &[Inline], is_apart: Apart<'_>) {
    push_inlines(text, inlines, "\n", is_apart);
    end_line(text);
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn push_inlines(text: &mut String, inlines: &[Inline], line_end: &str, is_apart: Apart<'_>) {
    for inline in inlines {
        match inline {
            Inline::Text(node) | Inline::Code(node) | Inline::Html(node) => {
                text.push_str(&node.text)
            }
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                push_inlines(text, &node.inlines, line_end, is_apart);
            }
            Inline::Link(node) | Inline::Image(node) => {
                push_inlines(text, &node.inlines, line_end, is_apart)
            }
            Inline::SoftBreak(_) | Inline::HardBreak(_) => text.push_str(line_end),
            Inline::Element(node) => push_inlines(text, &node.inlines, line_end, is_apart),
            Inline::Comment(_) | Inline::FootnoteMark(_) => {}
            Inline::Component(node) => push_component(text, node, line_end, is_apart),
        }
    }
}

fn push_component(text: &mut String, component: &Component, line_end: &str, is_apart: Apart<'_>) {
    if !is_apart(component) {
        push_parts(
            text,
            component,
            component.attributes.iter(),
            line_end,
            is_apart,
        );
    }
}

fn push_parts<'a>(
    text: &mut String,
    component: &'a Component,
    attributes: impl Iterator<Item = &'a Attribute>,
    line_end: &str,
    is_apart: Apart<'_>,
) {
    let mut is_first = true;
    for attribute in attributes {
        let is_element = component.syntax == Syntax::Element;
        if !is_visible(attribute) || (is_element && attribute.content == Content::Plain) {
            continue;
        }
        if !is_first {
            text.push_str(line_end);
        }
        is_first = false;
        match &attribute.content {
            Content::Plain => text.push_str(attribute.value.as_deref().unwrap_or_default()),
            Content::Inlines(inlines) => push_inlines(text, inlines, line_end, is_apart),
            Content::Blocks(blocks) => push_blocks(text, blocks, is_apart),
        }
    }
    match &component.children {
        Children::Blocks(blocks) if !blocks.is_empty() => {
            end_line(text);
            push_blocks(text, blocks, is_apart);
        }
        Children::Inlines(inlines) if !inlines.is_empty() => {
            if !is_first {
                text.push_str(line_end);
            }
            push_inlines(text, inlines, line_end, is_apart);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(collapse_blanks(text), expected, "{text:?}");
    }

    #[test]
    fn blanks_of_any_kind_become_single_ones() {
        check("결제 취소", "결제 취소");
        check(" 결제  취소", "결제 취소");
        check("결제 취소 ", "결제 취소");
        check("결제\u{a0}취소\u{3000}pay\t1\n2", "결제 취소 pay 1 2");
        check("", "");
        check(" ", "");
    }
}
