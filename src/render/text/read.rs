//! Nodes as blocks and runs.

mod role;

use crate::markdown::node::{
    Attribute, Block, Cell, Children, Component, Content, Inline, Item, Link, List, Placement,
    Table,
};
use crate::markdown::schema::{AttributeKind, Role};
use crate::model::address::shown_file;
use crate::model::notice;
use crate::model::site::Target;
use crate::render::figure::Figure;
use crate::render::html::RenderContext;
use crate::render::html::image::shown_by;
use crate::render::text::{Run, TextBlock, TextItem};

/// Attributes of an undeclared component that are shown.
const SHOWN_ATTRIBUTES: [&str; 4] = ["title", "content", "text", "icon"];

/// Reads nodes as data.
pub(super) struct Reader<'a> {
    pub context: RenderContext<'a>,
}

impl Reader<'_> {
    pub fn blocks(&self, blocks: &[Block]) -> Vec<TextBlock> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Vec<TextBlock> {
        let one = match block {
            Block::Heading(node) if node.inlines.is_empty() => return Vec::new(),
            Block::Heading(node) => TextBlock::Heading {
                runs: self.line(&node.inlines),
            },
            Block::Paragraph(node) => TextBlock::Paragraph {
                runs: self.line(&node.inlines),
            },
            Block::Quote(node) => TextBlock::Quote {
                blocks: self.blocks(&node.blocks),
            },
            Block::List(node) => self.list(node),
            Block::Table(node) => self.table(node),
            Block::Code(node) => TextBlock::Code {
                text: node.text.trim_end_matches('\n').to_string(),
            },
            Block::Rule(_) => TextBlock::Rule,
            Block::Html(node) => TextBlock::Paragraph {
                runs: Run::plain(&node.text).into_iter().collect(),
            },
            Block::Comment(_) | Block::Esm(_) => return Vec::new(),
            Block::Footnote(node) => return self.blocks(&node.blocks),
            Block::Component(node) => return self.component(node),
        };
        vec![one]
    }

    fn list(&self, list: &List) -> TextBlock {
        let item = |item: &Item| TextItem {
            checked: item.checked,
            blocks: self.blocks(&item.blocks),
        };
        TextBlock::List {
            start: list.start,
            items: list.items.iter().map(item).collect(),
        }
    }

    fn table(&self, table: &Table) -> TextBlock {
        let row = |cells: &[Cell]| cells.iter().map(|cell| self.line(&cell.inlines)).collect();
        TextBlock::Table {
            head: row(&table.head),
            rows: table.rows.iter().map(|cells| row(cells)).collect(),
        }
    }

    pub fn line(&self, inlines: &[Inline]) -> Vec<Run> {
        let mut runs = Vec::new();
        self.inlines(inlines, &Run::default(), &mut runs);
        runs
    }

    fn inlines(&self, inlines: &[Inline], style: &Run, runs: &mut Vec<Run>) {
        for inline in inlines {
            self.inline(inline, style, runs);
        }
    }

    fn inline(&self, inline: &Inline, style: &Run, runs: &mut Vec<Run>) {
        let mut inner = style.clone();
        match inline {
            Inline::Text(node) | Inline::Html(node) => push(runs, style, &node.text),
            Inline::Code(node) => {
                inner.code = true;
                push(runs, &inner, &node.text);
            }
            Inline::Emphasis(node) => {
                inner.emphasis = true;
                self.inlines(&node.inlines, &inner, runs);
            }
            Inline::Strong(node) => {
                inner.strong = true;
                self.inlines(&node.inlines, &inner, runs);
            }
            Inline::Strikethrough(node) => {
                inner.struck = true;
                self.inlines(&node.inlines, &inner, runs);
            }
            Inline::Link(node) => {
                self.lead(&mut inner, &node.url);
                self.inlines(&node.inlines, &inner, runs);
            }
            Inline::Image(node) => self.image(node, style, runs),
            Inline::SoftBreak(_) => push(runs, style, " "),
            Inline::HardBreak(_) => runs.push(Run {
                ends_line: true,
                ..Run::default()
            }),
            Inline::Element(node) => self.inlines(&node.inlines, style, runs),
            Inline::Comment(_) | Inline::FootnoteMark(_) => {}
            Inline::Component(node) => self.phrase(node, style, runs),
        }
    }

    /// A link inside a link leads where the outer one does.
    fn lead(&self, run: &mut Run, url: &str) {
        if run.url.is_empty() {
            run.url = self.context.href(url).unwrap_or_default();
        }
    }

    fn image(&self, image: &Link, style: &Run, runs: &mut Vec<Run>) {
        runs.push(self.image_at(&image.url, &shown_by(image), style));
    }

    /// An image is a run of its own. What it says is the same wherever the sheet is, since the
    /// marks of a revision are made of it; what is said in its place is the figure's.
    fn image_at(&self, url: &str, says: &str, style: &Run) -> Run {
        let mut run = style.clone();
        run.figure = self.context.figure(url, says).map(|(figure, _)| figure);
        let is_shown = |figure: &Figure| !figure.picture.is_empty();
        if !run.figure.as_ref().is_some_and(is_shown) {
            self.lead(&mut run, url);
        }
        let instead = self.context.instead_of_image(url, says);
        run.text = instead.unwrap_or(says).to_string();
        run
    }

    /// A component among blocks: a notice, or its texts one below the other.
    fn component(&self, component: &Component) -> Vec<TextBlock> {
        if let Some(resolved) = self.context.config.components.resolve(component) {
            return self.role(resolved);
        }
        let mut title = Vec::new();
        let mut blocks = Vec::new();
        let schema = self.context.config.components.get(&component.name);
        match schema {
            Some(_) => self.attributes(component, &mut title, &mut blocks),
            None => title = undeclared(component),
        }
        match &component.children {
            Children::Blocks(children) => blocks.extend(self.blocks(children)),
            Children::Inlines(children) if !children.is_empty() => {
                blocks.push(TextBlock::Paragraph {
                    runs: self.line(children),
                });
            }
            Children::Inlines(_) => {}
        }
        let is_notice = schema.is_some_and(|schema| schema.role == Some(Role::Notice));
        if is_notice && (!title.is_empty() || !blocks.is_empty()) {
            let tone = self.tone(component);
            return vec![TextBlock::Notice {
                tone,
                title,
                blocks,
            }];
        }
        let number = schema.is_some_and(|schema| {
            let mut kinds = schema.attributes.values();
            kinds.any(|kind| *kind == AttributeKind::Number)
        });
        if number {
            blocks = vec![TextBlock::Indent { blocks }];
        }
        if !title.is_empty() {
            blocks.insert(0, TextBlock::Paragraph { runs: title });
        }
        blocks
    }

    fn tone(&self, component: &Component) -> &'static str {
        let notices = &self.context.config.conventions.notices;
        notice::kind_of(component, &self.context.config.components, notices).name()
    }

    /// Short texts are its title; an address is where that leads.
    fn attributes(&self, component: &Component, title: &mut Vec<Run>, blocks: &mut Vec<TextBlock>) {
        let style = self.style(component);
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Inlines(inlines) => self.inlines(inlines, &style, title),
                Content::Blocks(content) => blocks.extend(self.blocks(content)),
                Content::Plain => {
                    let run = self.image_of(component, attribute, &style);
                    blocks.extend(run.map(|run| TextBlock::Paragraph { runs: vec![run] }));
                }
            }
        }
    }

    /// The image that a component shows. Its title states what that shows, and already contains it.
    fn image_of(&self, component: &Component, attribute: &Attribute, style: &Run) -> Option<Run> {
        let schema = &self.context.config.components;
        let url = shown_file(component, attribute, schema)?;
        let mut run = self.image_at(url, &notice::title(component, schema), style);
        if self.context.site.target(self.context.page, url) != Target::External {
            run.text.clear();
        }
        Some(run)
    }

    fn style(&self, component: &Component) -> Run {
        let mut style = Run {
            strong: true,
            ..Run::default()
        };
        for attribute in &component.attributes {
            let components = &self.context.config.components;
            let kind = components.attribute(&component.name, &attribute.name);
            if kind == Some(AttributeKind::Url) {
                self.lead(&mut style, attribute.value.as_deref().unwrap_or_default());
            }
        }
        style
    }

    /// A component inside running text: its texts one after the other.
    fn phrase(&self, component: &Component, style: &Run, runs: &mut Vec<Run>) {
        if component.placement == Placement::Flow {
            return;
        }
        if let Some(resolved) = self.context.config.components.resolve(component) {
            return self.role_in_line(resolved, style, runs);
        }
        if !self.context.declares(&component.name) {
            runs.extend(undeclared(component));
        } else {
            let mut own = self.style(component);
            if own.url.is_empty() {
                own.url.clone_from(&style.url);
            }
            for attribute in &component.attributes {
                match &attribute.content {
                    Content::Inlines(inlines) => self.inlines(inlines, &own, runs),
                    Content::Blocks(_) => {
                        push(runs, style, " ");
                        push(
                            runs,
                            style,
                            attribute.value.as_deref().unwrap_or_default().trim(),
                        );
                    }
                    Content::Plain => {
                        if let Some(run) = self.image_of(component, attribute, &own) {
                            push(runs, style, " ");
                            runs.push(run);
                        }
                    }
                }
            }
        }
        match &component.children {
            Children::Inlines(children) => self.inlines(children, style, runs),
            Children::Blocks(children) => {
                for block in self.blocks(children) {
                    push(runs, style, &block.text());
                }
            }
        }
    }
}

/// The texts of a component nobody declared, so that nothing is lost.
fn undeclared(component: &Component) -> Vec<Run> {
    let values = SHOWN_ATTRIBUTES
        .iter()
        .filter_map(|name| component.value(name));
    values
        .filter(|value| !value.is_empty())
        .map(|value| Run {
            text: value.to_string(),
            ends_line: true,
            ..Run::default()
        })
        .collect()
}

/// Whether a run differs from a style, a run without text, in its text only. The text is taken out
/// and put back: to copy it for every piece that is added costs the square of its length.
fn has_style(run: &mut Run, style: &Run) -> bool {
    let text = std::mem::take(&mut run.text);
    let is_same = run == style;
    run.text = text;
    is_same
}

/// Adds text to the last run if its style is the same, else as a run of its own.
pub(super) fn push(runs: &mut Vec<Run>, style: &Run, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(last) = runs.last_mut()
        && !last.ends_line
        && has_style(last, style)
    {
        last.text.push_str(text);
        return;
    }
    runs.push(Run {
        text: text.to_string(),
        ..style.clone()
    });
}
