//! Elements of HTML as nodes. The tree is built with each element as a component; here it becomes
//! what Markdown has for it, or its content alone. No source of an element reaches a page.
//!
//! ```text
//! <p align="center">                 the paragraph
//!   <img src="/a.png" alt="가" />     an image
//! </p>
//! ```

mod inline;
mod list;
mod table;

use std::mem;

use crate::markdown::node::{
    Attribute, Block, Children, CodeBlock, Component, Content, Heading, Inline, Link, Literal,
    Paragraph, Placement, Quote, Syntax,
};
use crate::markdown::text::block_text;
use crate::markdown::tree::alert::title_attribute;
use crate::markdown::tree::inlines::cover;
use crate::source::Span;

/// Elements that have no closing tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that have nothing for a reader: the source of a formula in MathML is one, too.
const LEFT_OUT: [&str; 11] = [
    "script",
    "style",
    "input",
    "link",
    "meta",
    "head",
    "base",
    "track",
    "area",
    "annotation",
    "annotation-xml",
];

/// Elements that show a file or another page in a frame.
const MEDIA: [&str; 5] = ["video", "audio", "iframe", "embed", "object"];

/// Elements that are blocks; text around them is a paragraph of its own.
const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "table",
    "template",
    "textarea",
    "ul",
];

/// Elements that are their content in running text.
const TRANSPARENT: [&str; 36] = [
    "b", "strong", "i", "em", "s", "del", "strike", "a", "picture", "span", "font", "button",
    "title", "label", "bdi", "bdo", "big", "tt", "time", "data", "ruby", "rt", "rp", "nobr",
    "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "th", "td", "summary", "video", "svg",
    "math",
];

/// Whether an element has no closing tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether HTML has an element of this name.
pub(super) fn is_known(name: &str) -> bool {
    is_void(name)
        || LEFT_OUT.contains(&name)
        || MEDIA.contains(&name)
        || BLOCKS.contains(&name)
        || TRANSPARENT.contains(&name)
        || crate::markdown::node::ElementKind::of(name).is_some()
}

/// Makes nodes of the elements in a tree.
pub(super) fn resolve(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().flat_map(block).collect()
}

fn block(block: Block) -> Vec<Block> {
    match block {
        Block::Component(component) => flow(*component),
        Block::Paragraph(node) => paragraph(node),
        Block::Heading(mut node) => {
            node.inlines = inline::resolve(node.inlines);
            vec![Block::Heading(node)]
        }
        Block::Quote(mut node) => {
            node.blocks = resolve(node.blocks);
            vec![Block::Quote(node)]
        }
        Block::List(mut node) => {
            for item in &mut node.items {
                item.blocks = resolve(mem::take(&mut item.blocks));
            }
            vec![Block::List(node)]
        }
        Block::Table(mut node) => {
            for cell in node.head.iter_mut().chain(node.rows.iter_mut().flatten()) {
                cell.inlines = inline::resolve(mem::take(&mut cell.inlines));
            }
            vec![Block::Table(node)]
        }
        Block::Footnote(mut node) => {
            node.blocks = resolve(node.blocks);
            vec![Block::Footnote(node)]
        }
        other => vec![other],
    }
}

/// A component among blocks. One that is no element stays, with what is in it.
fn flow(mut component: Component) -> Vec<Block> {
    if component.name.is_empty() {
        return children(component);
    }
    if component.syntax != Syntax::Element {
        resolve_inside(&mut component);
        return vec![Block::Component(Box::new(component))];
    }
    let span = component.span;
    match component.name.as_str() {
        name if LEFT_OUT.contains(&name) => vec![left_out(span)],
        name if MEDIA.contains(&name) => vec![Block::Component(Box::new(media(component)))],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => vec![heading(component)],
        "ul" | "ol" => list::list(component),
        "dl" => children(component),
        "dt" => vec![term(component)],
        "table" => table::table(component),
        "blockquote" => vec![Block::Quote(Quote {
            blocks: children(component),
            span,
        })],
        "pre" => code(component),
        "hr" => vec![Block::Rule(span)],
        "br" | "wbr" | "source" | "col" => Vec::new(),
        "img" => of_inlines(vec![inline::image(&component)], span),
        "details" => vec![details(component)],
        name if inline::is_mark(name) => marked(component),
        _ => children(component),
    }
}

fn resolve_inside(component: &mut Component) {
    match &mut component.children {
        Children::Blocks(blocks) => *blocks = resolve(mem::take(blocks)),
        Children::Inlines(inlines) => *inlines = inline::resolve(mem::take(inlines)),
    }
    for attribute in &mut component.attributes {
        match &mut attribute.content {
            Content::Plain => {}
            Content::Inlines(inlines) => *inlines = inline::resolve(mem::take(inlines)),
            Content::Blocks(blocks) => *blocks = resolve(mem::take(blocks)),
        }
    }
}

/// What is between the tags, as blocks.
fn children(component: Component) -> Vec<Block> {
    match component.children {
        Children::Blocks(blocks) => resolve(blocks),
        Children::Inlines(inlines) => split(inlines),
    }
}

/// What is between the tags, on one line.
fn inlines(component: Component) -> Vec<Inline> {
    match component.children {
        Children::Blocks(blocks) => flatten(resolve(blocks)),
        Children::Inlines(inlines) => inline::resolve(inlines),
    }
}

/// A paragraph, parted where an element in it is a block.
fn paragraph(node: Paragraph) -> Vec<Block> {
    if !node.inlines.iter().any(is_block) {
        return of_inlines(inline::resolve(node.inlines), node.span);
    }
    split(node.inlines)
}

/// Text as paragraphs, with the elements that are blocks between them.
fn split(inlines: Vec<Inline>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut run = Vec::new();
    for inline in inlines {
        if is_block(&inline)
            && let Inline::Component(component) = inline
        {
            push_run(&mut run, &mut blocks);
            blocks.extend(flow(*component));
        } else {
            run.push(inline);
        }
    }
    push_run(&mut run, &mut blocks);
    blocks
}

fn push_run(run: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let run = mem::take(run);
    let span = cover(&run);
    blocks.extend(of_inlines(trimmed(inline::resolve(run)), span));
}

fn is_block(inline: &Inline) -> bool {
    matches!(inline, Inline::Component(component) if is_block_element(component))
}

fn is_block_element(component: &Component) -> bool {
    component.syntax == Syntax::Element && BLOCKS.contains(&component.name.as_str())
}

/// A paragraph of these inlines; comments alone if they show nothing.
fn of_inlines(inlines: Vec<Inline>, span: Span) -> Vec<Block> {
    let is_unseen = |inline: &Inline| matches!(inline, Inline::Comment(_)) || is_blank(inline);
    if !inlines.iter().all(is_unseen) {
        return vec![Block::Paragraph(Paragraph { inlines, span })];
    }
    let comments = inlines.into_iter().filter_map(|inline| match inline {
        Inline::Comment(node) => Some(Block::Comment(node)),
        _ => None,
    });
    comments.collect()
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::SoftBreak(_) | Inline::HardBreak(_) => true,
        Inline::Text(node) => node.text.trim().is_empty(),
        _ => false,
    }
}

/// Without the blanks and the line ends at both ends.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    let blanks = inlines.iter().take_while(|inline| is_blank(inline)).count();
    inlines.drain(..blanks);
    inlines
}

/// Blocks on one line, for places that contain text only: paragraphs and items one below the
/// other.
fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut all = Vec::new();
    for block in blocks {
        let span = block.span();
        let inlines = match block {
            Block::Paragraph(node) => node.inlines,
            Block::Heading(node) => node.inlines,
            Block::Quote(node) => flatten(node.blocks),
            Block::List(node) => {
                let items = node.items.into_iter();
                items.fold(Vec::new(), |all, item| join(all, flatten(item.blocks)))
            }
            Block::Table(node) => {
                let cells = [node.head].into_iter().chain(node.rows).flatten();
                cells.fold(Vec::new(), |all, cell| join(all, cell.inlines))
            }
            Block::Code(node) => {
                let text = node.text.trim_end_matches('\n').to_string();
                vec![Inline::Code(Literal { text, span })]
            }
            Block::Html(node) => vec![Inline::Html(node)],
            Block::Comment(node) | Block::Esm(node) => {
                all.push(Inline::Comment(node));
                continue;
            }
            Block::Component(node) => vec![Inline::Component(Box::new(phrasing(*node)))],
            Block::Footnote(node) => flatten(node.blocks),
            Block::Rule(_) => Vec::new(),
        };
        all = join(all, inlines);
    }
    all
}

/// A component of a block as one of running text.
fn phrasing(mut component: Component) -> Component {
    component.placement = Placement::Phrasing;
    component.children = match component.children {
        Children::Blocks(blocks) => Children::Inlines(flatten(blocks)),
        inlines => inlines,
    };
    component
}

fn join(mut first: Vec<Inline>, second: Vec<Inline>) -> Vec<Inline> {
    if let Some(last) = first.last().filter(|_| !second.is_empty()) {
        let end = last.span().end;
        first.push(Inline::HardBreak(Span::new(end, end)));
    }
    first.extend(second);
    first
}

fn left_out(span: Span) -> Block {
    let text = String::new();
    Block::Comment(Literal { text, span })
}

fn heading(component: Component) -> Block {
    let (span, level) = (component.span, component.name.as_bytes()[1] - b'0');
    let ids = ids(&component);
    let inlines = trimmed(inlines(component));
    Block::Heading(Heading {
        level,
        inlines,
        ids,
        span,
    })
}

/// The id that an element has.
fn ids(component: &Component) -> Vec<Literal> {
    let attribute = component.attribute("id");
    let id = attribute.and_then(|attribute| {
        let text = crate::markdown::heading_id::id_of(attribute.value.as_deref()?)?;
        let span = attribute.value_span;
        Some(Literal { text, span })
    });
    id.into_iter().collect()
}

/// The term of a list of definitions.
fn term(component: Component) -> Block {
    let span = component.span;
    let inlines = trimmed(inlines(component));
    let strong = Inline::Strong(crate::markdown::node::Group { inlines, span });
    Block::Paragraph(Paragraph {
        inlines: vec![strong],
        span,
    })
}

/// Preformatted text. A code block in it is already one.
fn code(component: Component) -> Vec<Block> {
    let span = component.span;
    let blocks = children(component);
    if blocks.iter().any(|block| matches!(block, Block::Code(_))) {
        return blocks;
    }
    let text = block_text(&blocks);
    vec![Block::Code(CodeBlock {
        info: Some(String::new()),
        text,
        marks: Vec::new(),
        span,
    })]
}

/// `<details>`, whose `<summary>` is its title.
fn details(mut component: Component) -> Block {
    let mut blocks = match mem::replace(&mut component.children, Children::Blocks(Vec::new())) {
        Children::Blocks(blocks) => blocks,
        Children::Inlines(inlines) => {
            let span = component.span;
            vec![Block::Paragraph(Paragraph { inlines, span })]
        }
    };
    if let Some(summary) = take_summary(&mut blocks) {
        let name_span = summary.name_span;
        let inlines = trimmed(inlines(summary));
        component
            .attributes
            .push(title_attribute(inlines, name_span));
    }
    component.children = Children::Blocks(resolve(blocks));
    Block::Component(Box::new(component))
}

fn take_summary(blocks: &mut Vec<Block>) -> Option<Component> {
    for index in 0..blocks.len() {
        match &mut blocks[index] {
            Block::Component(node) if is_named(node, "summary") => {
                let Block::Component(node) = blocks.remove(index) else {
                    return None;
                };
                return Some(*node);
            }
            Block::Paragraph(node) => {
                let is_summary = |inline: &Inline| matches!(inline, Inline::Component(node) if is_named(node, "summary"));
                if let Some(at) = node.inlines.iter().position(is_summary) {
                    let Inline::Component(summary) = node.inlines.remove(at) else {
                        return None;
                    };
                    return Some(*summary);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a component is this element.
fn is_named(component: &Component, name: &str) -> bool {
    component.syntax == Syntax::Element && component.name == name
}

/// A video, a sound or a frame. Where it has no address of its own, its first source's is.
fn media(mut component: Component) -> Component {
    if component.value("src").is_none() {
        let source = source_of(&component);
        component.attributes.extend(source);
    }
    let blocks = match component.children {
        Children::Blocks(blocks) => Children::Blocks(resolve(blocks)),
        Children::Inlines(inlines) => Children::Inlines(inline::resolve(inlines)),
    };
    component.children = blocks;
    component
}

fn source_of(component: &Component) -> Option<Attribute> {
    let sources: Vec<&Component> = match &component.children {
        Children::Blocks(blocks) => blocks
            .iter()
            .filter_map(|block| match block {
                Block::Component(node) => Some(&**node),
                _ => None,
            })
            .collect(),
        Children::Inlines(inlines) => inlines
            .iter()
            .filter_map(|inline| match inline {
                Inline::Component(node) => Some(&**node),
                _ => None,
            })
            .collect(),
    };
    let source = sources.into_iter().find(|node| is_named(node, "source"));
    source?.attribute("src").cloned()
}

/// A mark of running text whose tags have lines to themselves: it marks every paragraph in it.
fn marked(component: Component) -> Vec<Block> {
    let mut shell = Component {
        children: Children::Inlines(Vec::new()),
        ..component.clone()
    };
    let blocks = children(component);
    let is_alone = blocks.len() == 1;
    let mut mark = |block: Block| match block {
        Block::Paragraph(node) => {
            if !is_alone {
                shell.span = node.span;
            }
            let inlines = inline::mark(&shell, node.inlines);
            let span = shell.span;
            Block::Paragraph(Paragraph { inlines, span })
        }
        other => other,
    };
    blocks.into_iter().map(&mut mark).collect()
}

/// A link with the text and the address of an element.
fn link(component: &Component, inlines: Vec<Inline>) -> Option<Inline> {
    let url = component.value("href")?.to_string();
    Some(Inline::Link(Box::new(Link {
        url,
        title: component.value("title").unwrap_or_default().to_string(),
        inlines,
        span: component.span,
    })))
}
