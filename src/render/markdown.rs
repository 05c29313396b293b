//! The Markdown twin of a page: the document with its components written as plain Markdown.
//!
//! Everything outside component tags is copied as it is. A notice becomes a quote, a link
//! component a link, paired tags go and leave their children. What a component without a template is
//! written as, its role says; alerts and elements of HTML are Markdown already.

mod role;

use std::ops::Range;

use crate::config::Config;
use crate::markdown::node::{
    Attribute, Block, Children, Component, Content, Inline, Literal, Placement,
};
use crate::markdown::schema::{AttributeKind, Role};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::markdown::without_dropped;
use crate::model::page::Page;
use crate::render::markdown::role::Written;

/// The twin of `page`, whose source is `text`.
pub fn twin(page: &Page, text: &str, config: &Config) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    walk(
        &page.document.blocks,
        Attributes::Skip,
        &mut |node| match node {
            Node::Block(Block::Component(component))
            | Node::Inline(Inline::Component(component)) => {
                push_edits(&mut edits, component, text, config);
            }
            Node::Inline(Inline::Text(node)) if is_filled_in(node, text) => {
                edits.push((node.span.range(), escaped(&node.text)));
            }
            Node::Block(Block::Esm(node)) => edits.push((node.span.range(), String::new())),
            Node::Block(Block::Comment(node)) | Node::Inline(Inline::Comment(node))
                if node.text.is_empty() || node.text.starts_with('{') =>
            {
                edits.push((node.span.range(), String::new()));
            }
            _ => {}
        },
    );
    // The title is at the head already.
    edits.extend(page.title_heading.map(|span| (span.range(), String::new())));
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut twin = format!("# {}\n\n", page.title);
    let mut start = page.document.frontmatter.span.end;
    for (range, replacement) in edits {
        if range.start < start {
            continue;
        }
        twin.push_str(&text[start..range.start]);
        twin.push_str(&replacement);
        start = range.end;
    }
    twin.push_str(&text[start..]);
    let twin = without_dropped(&twin).replace("\r\n", "\n");
    collapse_blank_lines(&twin)
}

/// Whether expressions in a text have values: its source has braces that are not shown.
fn is_filled_in(node: &Literal, text: &str) -> bool {
    let source = text.get(node.span.range()).unwrap_or_default();
    source.contains('{') && !node.text.contains('{')
}

/// A text of which no character is a mark.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_[]<".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn push_edits(
    edits: &mut Vec<(Range<usize>, String)>,
    component: &Component,
    text: &str,
    config: &Config,
) {
    let resolved = config.components.resolve(component);
    if let Some(resolved) = resolved {
        match role::of(resolved) {
            Written::AsItIs => return,
            Written::Hidden => return edits.push((component.span.range(), String::new())),
            Written::Shown => {}
        }
    }
    let (first, last) = match &component.children {
        Children::Blocks(blocks) => (
            blocks.first().map(Block::span),
            blocks.last().map(Block::span),
        ),
        Children::Inlines(inlines) => (
            inlines.first().map(Inline::span),
            inlines.last().map(Inline::span),
        ),
    };
    let (shown, after) = match resolved {
        Some(resolved) => (
            in_lines(role::shown(resolved), component, text),
            role::after(resolved),
        ),
        None => (shown(component, text, config), String::new()),
    };
    match (first, last) {
        (Some(first), Some(last)) => {
            edits.push((component.span.start..first.start, shown));
            edits.push((last.end..component.span.end.max(last.end), after));
        }
        _ => edits.push((component.span.range(), shown)),
    }
}

fn shown(component: &Component, text: &str, config: &Config) -> String {
    let schema = config.components.get(&component.name);
    let is_notice = schema.is_some_and(|schema| schema.role == Some(Role::Notice));
    let url = component
        .value("url")
        .map(str::trim)
        .filter(|url| !url.is_empty());
    let mut parts = Vec::new();
    for attribute in &component.attributes {
        let Some(value) = attribute
            .value
            .as_deref()
            .map(str::trim)
            .filter(|value| !value.is_empty())
        else {
            continue;
        };
        match schema.and_then(|schema| schema.attributes.get(&attribute.name)) {
            Some(AttributeKind::Markdown) => parts.push(markdown_value(attribute, value)),
            Some(AttributeKind::Inline) if url.is_some() => {
                parts.push(format!("[{value}](<{}>)", url.unwrap_or_default()));
            }
            Some(AttributeKind::Inline) if attribute.name == "title" => {
                parts.push(format!("**{value}**"))
            }
            Some(AttributeKind::Inline) => parts.push(value.to_string()),
            Some(AttributeKind::Url) if attribute.name == "image" => {
                parts.push(format!("![](<{value}>)"))
            }
            _ => {}
        }
    }
    if component.placement == Placement::Phrasing {
        return parts.join(" ").replace('\n', " ");
    }
    parts.sort_by_key(|part| !part.starts_with("**"));
    let body = parts.join("\n\n");
    let quoted = if is_notice && !body.is_empty() {
        quote(&body)
    } else {
        body
    };
    in_lines(quoted, component, text)
}

/// Markdown with what each of its lines must begin with where the component is.
fn in_lines(shown: String, component: &Component, text: &str) -> String {
    // A line may contain many components, and is not read for those that stay on it.
    if !shown.contains('\n') {
        return shown;
    }
    let prefix = line_prefix(text, component.span.start);
    shown.replace('\n', &format!("\n{prefix}"))
}

/// Block Markdown without fragment markers.
fn markdown_value(attribute: &Attribute, value: &str) -> String {
    let inner = value
        .strip_prefix("<>")
        .and_then(|inner| inner.strip_suffix("</>"))
        .unwrap_or(value);
    match attribute.content {
        Content::Blocks(_) => inner
            .lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_string(),
        _ => inner.to_string(),
    }
}

fn quote(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            ">".to_string()
        } else {
            format!("> {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What must be before each further line: the container prefix, list markers as spaces.
fn line_prefix(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let is_container = |character: &char| {
        character.is_whitespace() || character.is_ascii_digit() || ">-*+.)".contains(*character)
    };
    let prefix = text[start..at].chars().take_while(is_container);
    prefix
        .map(|character| if character == '>' { '>' } else { ' ' })
        .collect()
}

fn collapse_blank_lines(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut blanks = 0;
    let mut is_fenced = false;
    for line in text.lines() {
        is_fenced ^= line.trim_start().starts_with("```");
        blanks = if line.trim().is_empty() && !is_fenced {
            blanks + 1
        } else {
            0
        };
        if blanks < 2 {
            collapsed.push_str(if blanks == 1 { "" } else { line });
            collapsed.push('\n');
        }
    }
    collapsed.trim_end().to_string() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::model::conventions::Conventions;
    use crate::source::{FileId, Source};

    fn check(text: &str, expected: &str) {
        check_in(&Config::defaults(), text, expected);
    }

    fn check_in(config: &Config, text: &str, expected: &str) {
        let conventions = Conventions::new(config).unwrap();
        let source = Source {
            path: "a.md".into(),
            text: format!("---\ntitle: 제목\n---\n{text}"),
        };
        let (document, _) = parse(&source.text, FileId(0), &config.components);
        let (page, _) = Page::read(&source, document, config, &conventions);
        assert_eq!(
            twin(&page, &source.text, config),
            format!("# 제목\n\n{expected}\n")
        );
    }

    #[test]
    fn components_become_plain_markdown() {
        check(
            "<Callout icon=\"💡\" content=\"- a\n- b\" title=\"참고\" />",
            "> **참고**\n>\n> - a\n> - b",
        );
        check("## <Highlight text=\"통합인증\" />", "## 통합인증");
        check(
            "<Highlight url=\"#a b\" text=\"보기↓\" />",
            "[보기↓](<#a b>)",
        );
        check("<Indent level=\"1\">\n\n- a\n\n</Indent>\n\nb", "- a\n\nb");
        check("a <Tag text=\"V1\" /> b", "a V1 b");
    }

    #[test]
    fn roles_become_plain_markdown() {
        let config = Config::read("preset: mdx\nvariables: {sdk: vue}", "a").unwrap();
        let check = |text: &str, expected: &str| check_in(&config, text, expected);
        check("import A from 'a'\n\n<Warning>\na\n</Warning>", "> ⚠️\n\na");
        check(":::tip[b]\na\n:::", "> **b**\n\na");
        check("> [!NOTE]\n> a", "> [!NOTE]\n> a");
        check("<Card title=\"a\" href=\"b\">c</Card>", "[**a**](<b>)\n\nc");
        check(
            "<ParamField path=\"a\" type=\"b\" required>c</ParamField>",
            "**a** (b)\n\nc",
        );
        check("<If sdk=\"react\">a</If>\n\n<If sdk=\"vue\">b</If>", "b");
        check("<If os=\"c\">b</If>", "**os: c**\n\nb");
        check(
            "<Nobody title=\"a\" description=\"b\">c</Nobody>",
            "**a**\n\nb\n\nc",
        );
        check("a <Tooltip tip=\"b\">c</Tooltip> {/* d */}e", "a c (b) e");
        check("a <Link href=\"b\">c</Link>", "a [c](<b>)");
        check(
            "<Steps>\n<Step title=\"a\">\nb\n</Step>\n<Step title=\"c\">\nd\n</Step>\n</Steps>",
            "**a**\n\nb\n\n**c**\n\nd",
        );
        check(
            "<Tabs items={['a', 'b']}>\n<Tab>\nc\n</Tab>\n<Tab>\nd\n</Tab>\n</Tabs>",
            "a · b\n\nc\nd",
        );
    }
}
