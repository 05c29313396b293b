//! What `tickbook inspect` shows of a document: everything that was read, as JSON.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::markdown::frontmatter::Frontmatter;
use crate::markdown::node::{Block, Component, Content, Inline, Placement};
use crate::markdown::text::{block_text, inline_text};
use crate::markdown::walk::{Attributes, Node, walk, walk_inlines};
use crate::markdown::{Document, parse_as_written};
use crate::model::anchor::{Anchor, anchors};
use crate::model::conventions::Conventions;
use crate::model::export::GuideData;
use crate::model::guide;
use crate::model::page::title;
use crate::source::{FileId, Lines, Source, Span};
use crate::strings::Strings;

/// The document in `source` as `tickbook inspect` prints it.
///
/// # Errors
/// [`Error::Config`] when the conventions are not valid.
pub fn inspect(source: &Source, config: &Config, strings: &Strings) -> Result<Value, Error> {
    let conventions = Conventions::new(config)?;
    let (document, mut found) =
        parse_as_written(&source.text, FileId(0), config.schema_of(&source.path));
    let anchors = anchors(&document.blocks, &conventions);
    let title = title(&document, &source.path);
    let (guide, guide_found) = guide::read(&document, &title, &anchors, &conventions);
    found.extend(guide_found);
    let mut shown = Map::new();
    shown.insert("path".into(), json!(source.path));
    shown.insert("frontmatter".into(), frontmatter(&document.frontmatter));
    let Document { blocks, .. } = &document;
    shown.extend(content(blocks, Some(&anchors)));
    shown.insert("guide".into(), json!(guide.as_ref().map(GuideData::from)));
    let lines = Lines::of(&source.text);
    let found: Vec<Value> = found
        .iter()
        .map(|found| diagnostic(found, &source.path, &lines, strings))
        .collect();
    shown.insert("diagnostics".into(), json!(found));
    Ok(Value::Object(shown))
}

/// The frontmatter with the keys that documents have.
fn frontmatter(frontmatter: &Frontmatter) -> Value {
    let Value::Object(shown) = json!(frontmatter) else {
        return Value::Null;
    };
    let renamed = shown.into_iter().filter_map(|(key, value)| match &*key {
        "companies" => Some((frontmatter.company_key.clone()?, value)),
        _ => Some((key, value)),
    });
    Value::Object(renamed.collect())
}

/// Headings, components, links, images, counts and text of blocks.
fn content(blocks: &[Block], anchors: Option<&[Anchor]>) -> Map<String, Value> {
    let mut parts = Parts::default();
    walk(blocks, Attributes::Skip, &mut |node| {
        parts.add(node, anchors)
    });
    parts.finish(block_text(blocks))
}

#[derive(Default)]
struct Parts {
    headings: Vec<Value>,
    components: Vec<Value>,
    links: Vec<Value>,
    images: Vec<Value>,
    list_items: usize,
    tables: usize,
    code: usize,
}

impl Parts {
    fn add(&mut self, node: Node<'_>, anchors: Option<&[Anchor]>) {
        match node {
            Node::Block(Block::Heading(heading)) => {
                let anchor = anchors.and_then(|anchors| at(heading.span, anchors));
                self.headings.push(json!({
                    "level": heading.level,
                    "text": inline_text(&heading.inlines),
                    "id": anchor.map(|anchor| &anchor.id),
                    "span": heading.span,
                }));
            }
            Node::Block(Block::List(list)) => self.list_items += list.items.len(),
            Node::Block(Block::Table(_)) => self.tables += 1,
            Node::Block(Block::Code(_)) => self.code += 1,
            Node::Inline(Inline::Link(link)) => self.links.push(json!({
                "url": link.url,
                "text": inline_text(&link.inlines),
                "span": link.span,
            })),
            Node::Inline(Inline::Image(image)) => self.images.push(json!({
                "url": image.url,
                "text": inline_text(&image.inlines),
                "span": image.span,
            })),
            Node::Block(Block::Component(component))
            | Node::Inline(Inline::Component(component)) => {
                self.components.push(self::component(component));
            }
            _ => {}
        }
    }

    fn finish(self, text: String) -> Map<String, Value> {
        let mut shown = Map::new();
        shown.insert("headings".into(), json!(self.headings));
        shown.insert("components".into(), json!(self.components));
        shown.insert("links".into(), json!(self.links));
        shown.insert("images".into(), json!(self.images));
        shown.insert("list_items".into(), json!(self.list_items));
        shown.insert("tables".into(), json!(self.tables));
        shown.insert("code".into(), json!(self.code));
        shown.insert("text".into(), json!(text));
        shown
    }
}

/// The anchor of the heading at these bytes.
fn at(heading: Span, anchors: &[Anchor]) -> Option<&Anchor> {
    let next = anchors.partition_point(|anchor| anchor.span < heading);
    let anchor = anchors.get(next);
    anchor.filter(|anchor| anchor.span == heading)
}

fn component(component: &Component) -> Value {
    let mut attributes = Map::new();
    for attribute in &component.attributes {
        let value = match (&attribute.literal, &attribute.value) {
            (Some(literal), _) => literal.to_json(),
            (None, Some(value)) => json!(value),
            (None, None) => Value::Bool(true),
        };
        attributes.insert(attribute.name.clone(), value);
    }
    let placement = match component.placement {
        Placement::Flow => "flow",
        Placement::Phrasing => "phrasing",
    };
    json!({
        "name": component.name,
        "syntax": component.syntax.name(),
        "attributes": attributes,
        "placement": placement,
        "paired": component.paired,
        "span": component.span,
        "markdown": attribute_markdown(component),
    })
}

/// What is in the Markdown-valued attributes, in source order.
fn attribute_markdown(component: &Component) -> Map<String, Value> {
    let mut parts = Parts::default();
    let mut text = String::new();
    for attribute in &component.attributes {
        match &attribute.content {
            Content::Plain => {}
            Content::Inlines(inlines) => {
                walk_inlines(inlines, Attributes::Skip, &mut |node| parts.add(node, None));
                text.push_str(&inline_text(inlines));
                text.push('\n');
            }
            Content::Blocks(blocks) => {
                walk(blocks, Attributes::Skip, &mut |node| parts.add(node, None));
                text.push_str(&block_text(blocks));
            }
        }
    }
    parts.finish(text)
}

/// A finding as JSON; lines and columns count from 1, columns in characters.
pub fn diagnostic(found: &Diagnostic, path: &str, lines: &Lines<'_>, strings: &Strings) -> Value {
    let start = lines.position(found.span.start);
    let end = lines.position(found.span.end);
    json!({
        "rule": found.rule,
        "severity": found.severity.name(),
        "path": path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": strings.message(&found.message),
        "help": found.help.as_ref().and_then(|help| strings.help(help)),
        "span": found.span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guide_without_frontmatter_goes_by_its_first_heading() {
        let text = "# 안내\n\n**참고**\n\n# 테스트 연동\n\n## 설정방법\n\n- MID : 가\n";
        let source = Source {
            path: "a.md".into(),
            text: text.into(),
        };
        let config = Config::defaults();
        let shown = inspect(&source, &config, &Strings::load(config.lang)).unwrap();
        assert_eq!(shown["guide"]["scenarios"][0]["title"], "안내");
    }
}
