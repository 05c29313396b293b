//! Puts values in place of the names that a document gives to them.
//!
//! ```text
//! import shot from './shot.png'
//! export const plan = { name: 'Pro' }
//!
//! The plan {plan.name} <img src={shot} />       Pro, ./shot.png
//! ```
//!
//! A name has a value where the document exports a literal by it, imports a file by it, or where the
//! project has chosen one in `variables`. An expression without a value keeps its source in a text
//! and is reported; as an address it is none, so a link is its text.

use std::collections::HashMap;
use std::mem;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::literal::Value;
use crate::markdown::node::{
    Attribute, Block, Children, Component, Content, Inline, Link, Literal,
};
use crate::markdown::parse_as_written;
use crate::markdown::schema::Schema;
use crate::markdown::schema::variables::Variables;
use crate::markdown::statement::{Statement, is_of_name, statements};
use crate::markdown::text::{block_text, collapse_blanks};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// The finding about expressions without a value.
const UNREAD: &str = "expression-unread";

/// Most bytes that names may stand for in one document. What exceeds it keeps its source, so that a
/// long text with a short name cannot fill a disk.
const MOST_BYTES: usize = 1 << 20;

/// Endings of files whose name is their path: what a page shows or leads to.
const SHOWN: [&str; 17] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "mp4", "webm", "mov", "mp3",
    "wav", "ogg", "pdf", "zip",
];

/// Fills in the names in the blocks of a document; `text` is the whole file.
pub(super) fn bind(
    blocks: &mut [Block],
    text: &str,
    schema: &Schema,
    found: &mut Vec<Diagnostic>,
    file: FileId,
) {
    let mut binder = Binder {
        text,
        schema,
        file,
        names: names(blocks),
        left: MOST_BYTES,
        unread: None,
    };
    binder.blocks(blocks);
    found.retain(|found| found.rule != UNREAD);
    found.extend(binder.unread);
}

/// The names of a document.
fn names(blocks: &[Block]) -> Names {
    let mut names = Names::default();
    walk(blocks, Attributes::Skip, &mut |node| {
        if let Node::Block(Block::Esm(node)) = node {
            let statements = statements(&node.text).into_iter();
            for (name, value) in statements.filter_map(named) {
                names.insert(name, value);
            }
        }
    });
    names
}

fn named(statement: Statement) -> Option<(String, Value)> {
    match statement {
        Statement::Constant { name, value } => Some((name, value)),
        Statement::Import(import) => {
            let is_shown = !import.is_raw && is_shown(&import.path);
            let name = import.name.filter(|_| is_shown)?;
            Some((name, Value::String(import.path)))
        }
    }
}

/// Whether a path is that of a file that a page shows.
pub fn is_shown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    SHOWN.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Values by their names.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, Known>);

impl Names {
    /// Gives a name to a value.
    pub fn insert(&mut self, name: String, value: Value) {
        self.0.insert(name, Known::of(value));
    }

    /// Whether something has this name.
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The value of an expression that is a name, or keys below one, such as `a.b`, with about as
    /// many bytes as it is shown with; `None` where it has none.
    pub fn value(&self, expression: &str) -> Option<(&Value, usize)> {
        let mut parts = expression.split('.').map(str::trim);
        let mut known = self.0.get(parts.next()?)?;
        for key in parts {
            match known.keys.get(key) {
                Some(inner) => known = inner,
                // `image.src` is the path of an image as well.
                None if key == "src" && known.keys.is_empty() => {}
                None => return None,
            }
        }
        let is_shown = !matches!(known.value, Value::Unread(_) | Value::Map(_));
        is_shown.then_some((&known.value, known.size))
    }
}

/// A value with its size, and where each key of it is.
#[derive(Debug)]
struct Known {
    value: Value,
    size: usize,
    keys: HashMap<String, Known>,
}

impl Known {
    /// The values of a map are in `keys` alone.
    fn of(value: Value) -> Self {
        let Value::Map(entries) = value else {
            let size = size(&value);
            return Self {
                value,
                size,
                keys: HashMap::new(),
            };
        };
        let keys = entries.into_iter();
        Self {
            value: Value::Map(Vec::new()),
            size: 0,
            keys: keys.map(|(key, value)| (key, Self::of(value))).collect(),
        }
    }
}

/// About how many bytes a value is shown with.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(|item| 1 + size(item)).sum(),
        Value::Map(entries) => entries.iter().map(|(_, item)| 1 + size(item)).sum(),
        _ => 8,
    }
}

struct Binder<'a> {
    text: &'a str,
    schema: &'a Schema,
    file: FileId,
    names: Names,
    /// How many bytes names may still be filled in with.
    left: usize,
    /// The first expression without a value.
    unread: Option<Diagnostic>,
}

impl Binder<'_> {
    /// The value of a name, or of a key below it: `a`, `a.b`.
    fn value(&mut self, expression: &str) -> Option<Value> {
        let expression = expression.trim();
        let is_path = |c: char| is_of_name(c) || c == '.' || c.is_whitespace();
        if !expression.chars().all(is_path) {
            return None;
        }
        let name = expression.split('.').next().unwrap_or(expression);
        if !self.names.has(name.trim()) {
            return chosen(&self.schema.variables, expression);
        }
        let (value, size) = self.names.value(expression)?;
        self.left = self.left.checked_sub(size)?;
        Some(value.clone())
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading(node) => self.inlines(&mut node.inlines),
                Block::Paragraph(node) => self.inlines(&mut node.inlines),
                Block::Quote(node) => self.blocks(&mut node.blocks),
                Block::Footnote(node) => self.blocks(&mut node.blocks),
                Block::Component(node) => self.component(node),
                Block::List(node) => {
                    for item in &mut node.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                Block::Table(node) => {
                    let cells = node.head.iter_mut().chain(node.rows.iter_mut().flatten());
                    cells.for_each(|cell| self.inlines(&mut cell.inlines));
                }
                _ => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut filled: Vec<Inline> = Vec::with_capacity(inlines.len());
        for inline in mem::take(inlines) {
            match inline {
                Inline::Code(node) => push(&mut filled, self.code(node)),
                Inline::Link(node) => self.link(node, Inline::Link, &mut filled),
                Inline::Image(node) => self.link(node, Inline::Image, &mut filled),
                mut other => {
                    self.inside(&mut other);
                    push(&mut filled, other);
                }
            }
        }
        *inlines = filled;
    }

    fn inside(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                self.inlines(&mut node.inlines);
            }
            Inline::Element(node) => self.inlines(&mut node.inlines),
            Inline::Component(node) => self.component(node),
            _ => {}
        }
    }

    /// An expression that is shown as its source is code that begins with a brace.
    fn code(&mut self, node: Literal) -> Inline {
        let source = &self.text[node.span.range()];
        let Some(expression) = braced(source) else {
            return Inline::Code(node);
        };
        match self.value(expression) {
            Some(value) => Inline::Text(Literal {
                text: value.text(),
                span: node.span,
            }),
            None => {
                self.report(expression, node.span);
                Inline::Code(node)
            }
        }
    }

    /// A link whose address is an expression is one where the expression has a value.
    fn link(
        &mut self,
        mut node: Box<Link>,
        make: fn(Box<Link>) -> Inline,
        filled: &mut Vec<Inline>,
    ) {
        self.inlines(&mut node.inlines);
        let Some(expression) = braced(&node.url) else {
            return filled.push(make(node));
        };
        match self.value(expression) {
            Some(value) => {
                node.url = value.text();
                filled.push(make(node));
            }
            None => {
                let span = node.span;
                self.report(expression, span);
                node.inlines.into_iter().for_each(|one| push(filled, one));
            }
        }
    }

    fn component(&mut self, component: &mut Component) {
        for attribute in &mut component.attributes {
            self.attribute(attribute);
            match &mut attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => self.inlines(inlines),
                Content::Blocks(blocks) => self.blocks(blocks),
            }
        }
        match &mut component.children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => self.inlines(inlines),
        }
    }

    fn attribute(&mut self, attribute: &mut Attribute) {
        let Some(Value::Unread(source)) = &attribute.literal else {
            return;
        };
        let value = match source.starts_with('<') && source.ends_with('>') {
            true => Some(Value::String(self.shown(source))),
            false => self.value(&source.clone()),
        };
        if let Some(value) = value {
            attribute.value = Some(value.text());
            attribute.literal = Some(value);
        }
    }

    /// The text of tags in an attribute.
    fn shown(&self, source: &str) -> String {
        let (document, _) = parse_as_written(source, self.file, self.schema);
        collapse_blanks(&block_text(&document.blocks))
    }

    /// Reports the first expression without a value.
    fn report(&mut self, expression: &str, span: Span) {
        let expression = expression.trim();
        let make = || {
            let help = Message::new(format!("{UNREAD}.help"));
            let found = Diagnostic::new(UNREAD, Severity::Info, self.file, span).help(help);
            found.with("expression", expression)
        };
        self.unread.get_or_insert_with(make);
    }
}

/// What the project has chosen for a name.
fn chosen(variables: &Variables, name: &str) -> Option<Value> {
    let value = variables.get(name)?.only()?;
    Some(Value::String(value.to_string()))
}

/// Adds a node; texts side by side are one.
fn push(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), inline) {
        (Some(Inline::Text(last)), Inline::Text(next)) => {
            last.text.push_str(&next.text);
            last.span = last.span.cover(next.span);
        }
        (_, inline) => inlines.push(inline),
    }
}

/// What is between the braces of an expression.
fn braced(source: &str) -> Option<&str> {
    source.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::markdown::text::inline_text;

    /// Shows the text, the addresses and the values of attributes of a document, and what is
    /// reported.
    fn check(text: &str, expected: &str) {
        let config = Config::read("preset: mdx\nvariables: {sdk: vue}", "a").unwrap();
        let (document, found) = parse(text, FileId(0), &config.components);
        let mut shown = block_text(&document.blocks).trim().to_string();
        walk(
            &document.blocks,
            Attributes::Enter,
            &mut |node| match node {
                Node::Inline(Inline::Link(node)) => {
                    shown.push_str(&format!(
                        " link {} {}",
                        node.url,
                        inline_text(&node.inlines)
                    ));
                }
                Node::Inline(Inline::Image(node)) => {
                    shown.push_str(&format!(" image {}", node.url))
                }
                Node::Inline(Inline::Component(node)) | Node::Block(Block::Component(node)) => {
                    for one in &node.attributes {
                        let json = one.literal.as_ref().map(Value::to_json);
                        shown.push_str(&format!(" {}={}", one.name, json.unwrap_or_default()));
                    }
                }
                _ => {}
            },
        );
        for found in &found {
            shown.push_str(&format!(" {}", found.rule));
        }
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn names_have_the_values_of_constants_files_and_variables() {
        check("A {a} B\n\nexport const a = 'x'", "A x B");
        check("export const o = {k: {l: 2}}\n\nA {o.k.l}", "A 2");
        check("A {sdk}", "A vue");
        check(
            "import p from './p.png'\n\n<img src={p} /><img src={p.src} />",
            " image ./p.png image ./p.png",
        );
        check("export const t = ['a']\n\n<Note t={t} />", " t=[\"a\"]");
        check("export const u = '/a'\n\n<a href={u}>b</a>", "b link /a b");
    }

    #[test]
    fn expressions_without_a_value_keep_their_source() {
        check("A {a.b} {c}", "A {a.b} {c} expression-unread");
        check(
            "export const o = {k: 1}\n\nA {o} {o.l}",
            "A {o} {o.l} expression-unread",
        );
        check(
            "import A from './a.tsx'\n\nA {A}",
            "A {A} expression-unread",
        );
    }

    #[test]
    fn an_expression_is_no_address() {
        check("<a href={url}>b</a> c", "b c expression-unread");
        check("<a href={url}>\n\nb\n\nc\n\n</a>", "b\nc expression-unread");
    }

    #[test]
    fn tags_in_an_attribute_are_their_text() {
        check("<Note t={<b>x <i>y</i></b>} />", " t=\"x y\"");
        check("<Note t={<svg><path d=\"M\"/></svg>} />", " t=\"\"");
    }

    #[test]
    fn a_short_name_for_a_long_text_is_limited() {
        let long = "x".repeat(MOST_BYTES / 2);
        let text = format!("export const a = '{long}'\n\n{}", "{a} ".repeat(1000));
        let config = Config::read("preset: mdx", "a").unwrap();
        let (document, _) = parse(&text, FileId(0), &config.components);
        let shown = block_text(&document.blocks);
        assert!(shown.len() < MOST_BYTES + 10_000, "{}", shown.len());
    }
}
