//! What a document shows, as a flat list: what is in the tree, in order, without places.
//!
//! Two documents with the same list look the same on the page. Comments are not in it, for they
//! are not shown.

use crate::markdown::Document;
use crate::markdown::frontmatter::Frontmatter;
use crate::markdown::node::{
    Attribute, Block, Cell, Children, Component, Content, Group, Inline, Link, List, Table,
};
use crate::markdown::schema::{AttributeKind, Schema};
use crate::source::Span;

/// One thing that is shown, or a part of the structure that opens or closes.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its content: text, code, an address, a marker.
    pub text: String,
    /// Its bytes, where an edit can be recognised in them.
    pub place: Option<Span>,
}

/// What an [`Item`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value of the frontmatter by its key, and whether it is an item of a list.
    Field(&'static str, bool),
    Text,
    SoftBreak,
    HardBreak,
    Code,
    /// A code block with the word after its fence.
    CodeBlock,
    Html,
    Rule,
    /// A title of a link or image.
    Title,
    /// A value of an attribute that is plain text.
    Value,
    /// A value of an attribute that is an address or a number.
    Address,
    /// An attribute without a value.
    Flag,
    Open(Part),
    Close(Part),
}

/// What may contain something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Heading(u8),
    Paragraph,
    Quote,
    /// Whether it is ordered and whether it is tight.
    List {
        is_ordered: bool,
        is_tight: bool,
    },
    /// Its marker is the text.
    ListItem,
    /// Its alignments are the text.
    Table,
    Row,
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    /// Its tag is the text.
    Element,
    /// Its label is the text.
    Footnote,
    /// Its address is the text.
    Link,
    /// Its address is the text.
    Image,
    /// Its name is the text.
    Component,
    /// Its name is the text.
    Attribute,
}

/// What `document` shows.
pub(super) fn shown(document: &Document, schema: &Schema) -> Vec<Item> {
    let mut lister = Lister {
        schema,
        items: Vec::new(),
    };
    lister.frontmatter(&document.frontmatter);
    lister.blocks(&document.blocks);
    lister.items
}

struct Lister<'a> {
    schema: &'a Schema,
    items: Vec<Item>,
}

impl Lister<'_> {
    fn push(&mut self, kind: Kind, text: impl Into<String>, place: Option<Span>) {
        let text = text.into();
        self.items.push(Item { kind, text, place });
    }

    fn within(&mut self, part: Part, text: impl Into<String>, inside: impl FnOnce(&mut Self)) {
        self.push(Kind::Open(part), text, None);
        inside(self);
        self.push(Kind::Close(part), "", None);
    }

    fn frontmatter(&mut self, frontmatter: &Frontmatter) {
        let place = Some(frontmatter.span);
        let seo = &frontmatter.seo;
        for (key, value) in [
            ("title", &frontmatter.title),
            ("category", &frontmatter.category),
            ("datetime", &frontmatter.datetime),
            ("slug", &frontmatter.slug),
            ("seo.title", &seo.title),
            ("seo.description", &seo.description),
        ] {
            if let Some(value) = value {
                self.push(Kind::Field(key, false), value, place);
            }
        }
        for (key, values) in [
            ("tags", &frontmatter.tags),
            ("companies", &frontmatter.companies),
            ("searchTags", &frontmatter.search_tags),
            ("aliases", &frontmatter.aliases),
            ("seo.keywords", &seo.keywords),
        ] {
            for value in values {
                self.push(Kind::Field(key, true), value, place);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(node) => self.within(Part::Heading(node.level), "", |lister| {
                    lister.inlines(&node.inlines);
                }),
                Block::Paragraph(node) => {
                    self.within(Part::Paragraph, "", |lister| lister.inlines(&node.inlines));
                }
                Block::Quote(node) => {
                    self.within(Part::Quote, "", |lister| lister.blocks(&node.blocks));
                }
                Block::List(node) => self.list(node),
                Block::Table(node) => self.table(node),
                Block::Code(node) => {
                    let info = node.info.as_deref().unwrap_or_default();
                    self.push(Kind::CodeBlock, format!("{info}\n{}", node.text), None);
                }
                Block::Rule(_) => self.push(Kind::Rule, "", None),
                Block::Html(node) => self.push(Kind::Html, &node.text, None),
                Block::Comment(_) | Block::Esm(_) => {}
                Block::Footnote(node) => {
                    self.within(Part::Footnote, &node.label, |lister| {
                        lister.blocks(&node.blocks)
                    });
                }
                Block::Component(node) => self.component(node),
            }
        }
    }

    fn list(&mut self, list: &List) {
        let part = Part::List {
            is_ordered: list.start.is_some(),
            is_tight: list.tight,
        };
        self.within(part, "", |lister| {
            let mut number = list.start;
            for item in &list.items {
                let task = match item.checked {
                    Some(true) => " [x]",
                    Some(false) => " [ ]",
                    None => "",
                };
                let marker = match number {
                    Some(number) => format!("{number}.{task}"),
                    None => format!("-{task}"),
                };
                lister.within(Part::ListItem, marker, |lister| lister.blocks(&item.blocks));
                number = number.map(|number| number.saturating_add(1));
            }
        });
    }

    fn table(&mut self, table: &Table) {
        self.within(Part::Table, format!("{:?}", table.alignments), |lister| {
            lister.row(&table.head);
            table.rows.iter().for_each(|row| lister.row(row));
        });
    }

    fn row(&mut self, cells: &[Cell]) {
        self.within(Part::Row, "", |lister| {
            for cell in cells {
                lister.within(Part::Cell, "", |lister| lister.inlines(&cell.inlines));
            }
        });
    }

    fn component(&mut self, component: &Component) {
        self.within(Part::Component, &component.name, |lister| {
            for attribute in &component.attributes {
                lister.within(Part::Attribute, &attribute.name, |lister| {
                    lister.attribute(component, attribute);
                });
            }
            match &component.children {
                Children::Blocks(blocks) => lister.blocks(blocks),
                Children::Inlines(inlines) => lister.inlines(inlines),
            }
        });
    }

    fn attribute(&mut self, component: &Component, attribute: &Attribute) {
        let kind = self.schema.attribute(&component.name, &attribute.name);
        match (&attribute.content, &attribute.value) {
            (Content::Inlines(inlines), _) => self.inlines(inlines),
            (Content::Blocks(blocks), _) => self.blocks(blocks),
            (Content::Plain, None) => self.push(Kind::Flag, "", None),
            (Content::Plain, Some(value)) => match kind {
                Some(AttributeKind::Url | AttributeKind::Number) => {
                    self.push(Kind::Address, value, None);
                }
                _ => self.push(Kind::Value, value, Some(attribute.value_span)),
            },
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(node) => self.push(Kind::Text, &node.text, Some(node.span)),
                Inline::Code(node) => self.push(Kind::Code, &node.text, None),
                Inline::Emphasis(node) => self.group(Part::Emphasis, node),
                Inline::Strong(node) => self.group(Part::Strong, node),
                Inline::Strikethrough(node) => self.group(Part::Strikethrough, node),
                Inline::Link(node) => self.link(Part::Link, node),
                Inline::Image(node) => self.link(Part::Image, node),
                Inline::SoftBreak(_) => self.push(Kind::SoftBreak, "", None),
                Inline::HardBreak(_) => self.push(Kind::HardBreak, "", None),
                Inline::Html(node) => self.push(Kind::Html, &node.text, None),
                Inline::Comment(_) => {}
                Inline::Element(node) => {
                    self.within(Part::Element, node.kind.tag(), |lister| {
                        lister.inlines(&node.inlines);
                    });
                }
                Inline::FootnoteMark(node) => self.push(Kind::Text, &node.text, None),
                Inline::Component(node) => self.component(node),
            }
        }
    }

    fn group(&mut self, part: Part, group: &Group) {
        self.within(part, "", |lister| lister.inlines(&group.inlines));
    }

    fn link(&mut self, part: Part, link: &Link) {
        self.within(part, &link.url, |lister| {
            if !link.title.is_empty() {
                lister.push(Kind::Title, &link.title, None);
            }
            lister.inlines(&link.inlines);
        });
    }
}
