//! What must hold of the tree of any text; the fuzz target and `tests/reader.rs` share it.

use std::sync::LazyLock;

use tickbook::config::Config;
use tickbook::markdown::node::{Block, Children, Component, Content, Inline};
use tickbook::markdown::text::inline_text;
use tickbook::markdown::walk::{Attributes, Node, walk};
use tickbook::markdown::{Document, parse};
use tickbook::source::{FileId, Span};

static CONFIG: LazyLock<Config> = LazyLock::new(Config::defaults);

static OTHERS: LazyLock<[Config; 2]> = LazyLock::new(|| {
    ["preset: mdx", "preset: markdown"].map(|text| Config::read(text, "tickbook.yaml").unwrap())
});

/// Reads `text` in every dialect; panics when a span leaves the text or its parent, or when text
/// is lost.
pub fn check(text: &str) {
    let document = check_spans(text, &CONFIG);
    if is_plain(text) {
        check_nothing_lost(text, &document.blocks);
    }
    OTHERS.iter().for_each(|config| {
        check_spans(text, config);
    });
}

fn check_spans(text: &str, config: &Config) -> Document {
    let (document, found) = parse(text, FileId(0), &config.components);
    for finding in &found {
        check_span(text, finding.span);
        finding
            .fix
            .iter()
            .for_each(|edit| check_span(text, edit.span));
    }
    check_blocks(text, &document.blocks, Span::new(0, text.len()));
    document
}

fn check_span(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} is not a piece of {text:?}"
    );
}

fn check_inside(text: &str, span: Span, parent: Span) {
    check_span(text, span);
    let is_inside = parent.start <= span.start && span.end <= parent.end;
    assert!(is_inside, "{span:?} is not inside {parent:?} of {text:?}");
}

/// Siblings stand one after the other, inside their parent.
fn check_siblings(text: &str, spans: impl Iterator<Item = Span>, parent: Span) {
    let mut end = parent.start;
    for span in spans {
        check_inside(text, span, parent);
        assert!(
            span.start >= end,
            "{span:?} overlaps what ends at {end} in {text:?}"
        );
        end = span.end;
    }
}

fn check_blocks(text: &str, blocks: &[Block], parent: Span) {
    check_siblings(text, blocks.iter().map(Block::span), parent);
    for block in blocks {
        let span = block.span();
        match block {
            Block::Heading(node) => {
                check_inlines(text, &node.inlines, span);
                node.ids
                    .iter()
                    .for_each(|id| check_inside(text, id.span, span));
            }
            Block::Paragraph(node) => check_inlines(text, &node.inlines, span),
            Block::Quote(node) => check_blocks(text, &node.blocks, span),
            Block::List(node) => {
                check_siblings(text, node.items.iter().map(|item| item.span), span);
                node.items
                    .iter()
                    .for_each(|item| check_blocks(text, &item.blocks, item.span));
            }
            Block::Table(node) => {
                for cell in node.head.iter().chain(node.rows.iter().flatten()) {
                    check_inside(text, cell.span, span);
                    check_inlines(text, &cell.inlines, cell.span);
                }
            }
            Block::Component(node) => check_component(text, node),
            Block::Footnote(node) => check_blocks(text, &node.blocks, span),
            Block::Code(_)
            | Block::Rule(_)
            | Block::Html(_)
            | Block::Comment(_)
            | Block::Esm(_) => {}
        }
    }
}

fn check_inlines(text: &str, inlines: &[Inline], parent: Span) {
    check_siblings(text, inlines.iter().map(Inline::span), parent);
    for inline in inlines {
        match inline {
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                check_inlines(text, &node.inlines, node.span);
            }
            Inline::Link(node) | Inline::Image(node) => {
                check_inlines(text, &node.inlines, node.span)
            }
            Inline::Component(node) => check_component(text, node),
            Inline::Element(node) => check_inlines(text, &node.inlines, node.span),
            _ => {}
        }
    }
}

fn check_component(text: &str, component: &Component) {
    check_inside(text, component.name_span, component.span);
    for attribute in &component.attributes {
        check_inside(text, attribute.name_span, component.span);
        check_inside(text, attribute.value_span, component.span);
        match &attribute.content {
            Content::Plain => {}
            Content::Inlines(inlines) => check_inlines(text, inlines, attribute.value_span),
            Content::Blocks(blocks) => check_blocks(text, blocks, attribute.value_span),
        }
    }
    match &component.children {
        Children::Blocks(blocks) => check_blocks(text, blocks, component.span),
        Children::Inlines(inlines) => {
            check_inlines(text, inlines, component.span);
        }
    }
}

/// Whether nothing in the text may hide text by CommonMark's own rules or as an id: frontmatter,
/// link reference definitions, attributes and anchors of headings, and references that stand for
/// other characters. The reader drops characters that steer and do not show before it looks for
/// any of them.
fn is_plain(text: &str) -> bool {
    let shown: String = text.chars().filter(|c| !is_dropped(*c)).collect();
    !shown.trim_start_matches('\u{feff}').starts_with("---")
        && !shown.contains("]:")
        && !shown.contains(['{', '&'])
        && !shown.contains("<a")
        && !shown.contains("<A")
}

fn is_dropped(character: char) -> bool {
    let is_line_or_tab = matches!(character, '\n' | '\t' | '\r');
    let is_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_direction || (character.is_control() && !is_line_or_tab)
}

/// The Hangul syllables of the text are in the tree in their order; none of them is markup. A link
/// may say its address twice, so the tree may hold more.
fn check_nothing_lost(text: &str, blocks: &[Block]) {
    let mut kept = String::new();
    walk(blocks, Attributes::Skip, &mut |node| match node {
        Node::Block(Block::Code(code)) => {
            kept += code.info.as_deref().unwrap_or_default();
            kept += &code.text;
        }
        Node::Block(Block::Html(literal) | Block::Comment(literal)) => kept += &literal.text,
        Node::Inline(
            Inline::Text(literal)
            | Inline::Code(literal)
            | Inline::Html(literal)
            | Inline::Comment(literal),
        ) => kept += &literal.text,
        // The address stands behind the text, which the walk reaches later.
        Node::Inline(Inline::Link(link) | Inline::Image(link)) => {
            let shown = inline_text(&link.inlines);
            kept.extend([&shown, &link.url, &link.title].map(String::as_str));
        }
        Node::Block(Block::Component(component)) | Node::Inline(Inline::Component(component)) => {
            kept.extend(
                component
                    .attributes
                    .iter()
                    .filter_map(|attribute| attribute.value.as_deref()),
            );
        }
        _ => {}
    });
    let mut kept = kept.chars().filter(is_syllable);
    let lost = text
        .chars()
        .filter(is_syllable)
        .find(|wanted| !kept.any(|kept| kept == *wanted));
    assert_eq!(lost, None, "a syllable is lost of {text:?}");
}

fn is_syllable(character: &char) -> bool {
    ('가'..='힣').contains(character)
}
