//! Shows a tree as the HTML that the CommonMark examples are written in.
//!
//! Raw HTML and comments are given back as they stand in the source. Component tags have no HTML
//! of their own and are shown as `<Name>`.

use tickbook::markdown::node::{
    Alignment, Block, Cell, Children, CodeBlock, Component, Inline, Item, Link, List, Table,
};

/// The HTML of `blocks`.
pub fn html(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(&mut out, blocks, false);
    out
}

fn push_blocks(out: &mut String, blocks: &[Block], tight: bool) {
    for block in blocks {
        push_block(out, block, tight);
        out.push('\n');
    }
}

fn push_block(out: &mut String, block: &Block, tight: bool) {
    match block {
        Block::Heading(node) => {
            let name = format!("h{}", node.level);
            element(out, &name, |out| push_inlines(out, &node.inlines));
        }
        Block::Paragraph(node) if tight => push_inlines(out, &node.inlines),
        Block::Paragraph(node) => element(out, "p", |out| push_inlines(out, &node.inlines)),
        Block::Quote(node) => {
            element(out, "blockquote", |out| {
                push_blocks(out, &node.blocks, false)
            });
        }
        Block::List(node) => push_list(out, node),
        Block::Table(node) => push_table(out, node),
        Block::Code(node) => push_code(out, node),
        Block::Rule(_) => out.push_str("<hr />"),
        Block::Html(node) | Block::Comment(node) => out.push_str(&node.text),
        Block::Component(node) => push_component(out, node),
        Block::Esm(_) => {}
        Block::Footnote(node) => push_blocks(out, &node.blocks, false),
    }
}

fn element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{name}>"));
    content(out);
    out.push_str(&format!("</{name}>"));
}

fn push_list(out: &mut String, list: &List) {
    let (name, start) = match list.start {
        None => ("ul", String::new()),
        Some(1) => ("ol", String::new()),
        Some(start) => ("ol", format!(" start=\"{start}\"")),
    };
    out.push_str(&format!("<{name}{start}>\n"));
    for item in &list.items {
        element(out, "li", |out| push_item(out, item, list.tight));
        out.push('\n');
    }
    out.push_str(&format!("</{name}>"));
}

fn push_item(out: &mut String, item: &Item, tight: bool) {
    match item.checked {
        None => {}
        Some(false) => out.push_str("<input disabled=\"\" type=\"checkbox\"> "),
        Some(true) => out.push_str("<input checked=\"\" disabled=\"\" type=\"checkbox\"> "),
    }
    push_blocks(out, &item.blocks, tight);
}

fn push_table(out: &mut String, table: &Table) {
    out.push_str("<table><thead>");
    push_row(out, "th", &table.head, &table.alignments);
    out.push_str("</thead>");
    if !table.rows.is_empty() {
        element(out, "tbody", |out| {
            for row in &table.rows {
                push_row(out, "td", row, &table.alignments);
            }
        });
    }
    out.push_str("</table>");
}

fn push_row(out: &mut String, name: &str, cells: &[Cell], alignments: &[Alignment]) {
    out.push_str("<tr>");
    for (cell, alignment) in cells.iter().zip(alignments) {
        let align = match alignment {
            Alignment::None => "",
            Alignment::Left => " align=\"left\"",
            Alignment::Center => " align=\"center\"",
            Alignment::Right => " align=\"right\"",
        };
        out.push_str(&format!("<{name}{align}>"));
        push_inlines(out, &cell.inlines);
        out.push_str(&format!("</{name}>"));
    }
    out.push_str("</tr>");
}

fn push_code(out: &mut String, code: &CodeBlock) {
    let word = code.info.as_deref().unwrap_or_default().split_whitespace();
    let class = word.take(1).map(|word| {
        let word = html_escape::encode_double_quoted_attribute(word);
        format!(" class=\"language-{word}\"")
    });
    let class: String = class.collect();
    let text = html_escape::encode_text(&code.text);
    out.push_str(&format!("<pre><code{class}>{text}</code></pre>"));
}

fn push_inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(node) => out.push_str(&html_escape::encode_text(&node.text)),
            Inline::Code(node) => element(out, "code", |out| {
                out.push_str(&html_escape::encode_text(&node.text));
            }),
            Inline::Emphasis(node) => element(out, "em", |out| push_inlines(out, &node.inlines)),
            Inline::Strong(node) => element(out, "strong", |out| push_inlines(out, &node.inlines)),
            Inline::Strikethrough(node) => {
                element(out, "del", |out| push_inlines(out, &node.inlines));
            }
            Inline::Link(node) => {
                out.push_str(&format!("<a href=\"{}\"{}>", href(&node.url), title(node)));
                push_inlines(out, &node.inlines);
                out.push_str("</a>");
            }
            Inline::Image(node) => {
                let (src, title) = (href(&node.url), title(node));
                let alt = plain(&node.inlines);
                let alt = html_escape::encode_double_quoted_attribute(&alt);
                out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\"{title} />"));
            }
            Inline::Element(node) => {
                element(out, node.kind.tag(), |out| push_inlines(out, &node.inlines));
            }
            Inline::FootnoteMark(node) => out.push_str(&node.text),
            Inline::SoftBreak(_) => out.push('\n'),
            Inline::HardBreak(_) => out.push_str("<br />\n"),
            Inline::Html(node) | Inline::Comment(node) => out.push_str(&node.text),
            Inline::Component(node) => push_component(out, node),
        }
    }
}

fn push_component(out: &mut String, component: &Component) {
    element(out, &component.name, |out| match &component.children {
        Children::Blocks(blocks) => push_blocks(out, blocks, false),
        Children::Inlines(inlines) => push_inlines(out, inlines),
    });
}

fn title(link: &Link) -> String {
    if link.title.is_empty() {
        return String::new();
    }
    let title = html_escape::encode_double_quoted_attribute(&link.title);
    format!(" title=\"{title}\"")
}

/// The address with everything but the characters of addresses as `%XX`.
fn href(url: &str) -> String {
    let is_kept =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/,$~'&".contains(&byte);
    let mut href = String::new();
    for byte in url.bytes() {
        match byte {
            b'&' => href.push_str("&amp;"),
            byte if is_kept(byte) => href.push(char::from(byte)),
            byte => href.push_str(&format!("%{byte:02X}")),
        }
    }
    href
}

/// What an image says in place of itself.
fn plain(inlines: &[Inline]) -> String {
    inlines.iter().map(plain_inline).collect()
}

fn plain_inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(node) | Inline::Code(node) => node.text.clone(),
        Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
            plain(&node.inlines)
        }
        Inline::Link(node) | Inline::Image(node) => plain(&node.inlines),
        Inline::SoftBreak(_) | Inline::HardBreak(_) => "\n".to_string(),
        Inline::Element(node) => plain(&node.inlines),
        Inline::FootnoteMark(node) => node.text.clone(),
        Inline::Html(_) | Inline::Comment(_) | Inline::Component(_) => String::new(),
    }
}
