//! Running text as data: what HTML and every other form of a sheet are made of.
//!
//! Text goes in as nodes and comes out twice, as HTML for browsers and as blocks and runs for
//! forms that know no HTML. Both hold the same words in the same order.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::markdown::node::{
    Attribute, Block, Cell, Children, Component, Content, Inline, Item, Link, List, Placement,
    Table,
};
use crate::markdown::schema::{AttributeKind, Role};
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::model::address::shown_file;
use crate::model::notice;
use crate::render::html::{Place, escape};

/// Attributes of an undeclared component that are shown.
const SHOWN_ATTRIBUTES: [&str; 4] = ["title", "content", "text", "icon"];

/// Text on one line.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Line {
    /// As HTML.
    pub html: String,
    /// As data.
    pub runs: Vec<Run>,
}

/// Text of several blocks.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Text {
    /// As HTML.
    pub html: String,
    /// As data.
    pub blocks: Vec<TextBlock>,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Whether it matters more than what stands around it.
    #[serde(skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Whether it is stressed.
    #[serde(skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Whether it is to be typed as it stands.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// Whether it no longer holds.
    #[serde(skip_serializing_if = "is_false")]
    pub struck: bool,
    /// Whether it stands for an image.
    #[serde(skip_serializing_if = "is_false")]
    pub image: bool,
    /// Whether the line ends behind it.
    #[serde(skip_serializing_if = "is_false")]
    pub ends_line: bool,
    /// Where it leads; empty for no link.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TextBlock {
    /// Running text.
    Paragraph {
        /// What it says.
        runs: Vec<Run>,
    },
    /// A title within the text.
    Heading {
        /// What it says.
        runs: Vec<Run>,
    },
    /// Words of somebody else.
    Quote {
        /// What is quoted.
        blocks: Vec<TextBlock>,
    },
    /// Blocks that stand further in.
    Indent {
        /// What stands there.
        blocks: Vec<TextBlock>,
    },
    /// A list.
    List {
        /// First number; `null` for bullets.
        start: Option<u64>,
        /// Its items, in order.
        items: Vec<TextItem>,
    },
    /// A table.
    Table {
        /// Its header's cells.
        head: Vec<Vec<Run>>,
        /// Its rows.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// Text to be kept as it stands.
    Code {
        /// The text, without the last line end.
        text: String,
    },
    /// A line across.
    Rule,
    /// Something to mind.
    Notice {
        /// `note`, `tip`, `caution` or `warning`.
        tone: &'static str,
        /// Its title; empty when it has none.
        title: Vec<Run>,
        /// What it says.
        blocks: Vec<TextBlock>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TextItem {
    /// State of its task box; `null` without one.
    pub checked: Option<bool>,
    /// What it holds.
    pub blocks: Vec<TextBlock>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Line {
    /// Plain words.
    pub fn plain(text: &str) -> Self {
        Self {
            html: escape(text),
            runs: Run::plain(text).into_iter().collect(),
        }
    }

    /// The line as a paragraph of its own.
    pub fn into_paragraph(self) -> Text {
        Text {
            html: format!("<p>{}</p>", self.html),
            blocks: vec![TextBlock::Paragraph { runs: self.runs }],
        }
    }

    /// What it says.
    pub fn text(&self) -> String {
        runs_text(&self.runs)
    }
}

impl Text {
    /// Adds what another text says.
    pub fn push(&mut self, other: Self) {
        self.html.push_str(&other.html);
        self.blocks.extend(other.blocks);
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// What it says, a line for each block.
    pub fn text(&self) -> String {
        self.blocks.iter().map(TextBlock::text).collect()
    }
}

impl Run {
    fn plain(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self {
            text: text.to_string(),
            ..Self::default()
        })
    }
}

impl TextBlock {
    /// What it says, each part on lines of its own.
    pub fn text(&self) -> String {
        let all = |blocks: &[Self]| blocks.iter().map(Self::text).collect::<String>();
        match self {
            Self::Paragraph { runs } | Self::Heading { runs } => runs_text(runs) + "\n",
            Self::Quote { blocks } | Self::Indent { blocks } => all(blocks),
            Self::List { items, .. } => items.iter().map(|item| all(&item.blocks)).collect(),
            Self::Table { head, rows } => std::iter::once(head)
                .chain(rows)
                .flatten()
                .map(|cell| runs_text(cell) + "\n")
                .collect(),
            Self::Code { text } => format!("{text}\n"),
            Self::Rule => String::new(),
            Self::Notice { title, blocks, .. } => runs_text(title) + "\n" + &all(blocks),
        }
    }
}

/// What runs say.
pub fn runs_text(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        text.push_str(&run.text);
        if run.ends_line {
            text.push('\n');
        }
    }
    text
}

impl Place<'_> {
    /// Inlines as HTML and as data.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn line(&self, inlines: &[Inline]) -> Result<Line, Error> {
        Ok(Line {
            html: self.inlines(inlines)?,
            runs: Reader { place: *self }.line(inlines),
        })
    }

    /// Blocks as HTML and as data.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn text(&self, blocks: &[Block]) -> Result<Text, Error> {
        Ok(Text {
            html: self.blocks(blocks)?,
            blocks: Reader { place: *self }.blocks(blocks),
        })
    }
}

/// Reads nodes as data.
struct Reader<'a> {
    place: Place<'a>,
}

impl Reader<'_> {
    fn blocks(&self, blocks: &[Block]) -> Vec<TextBlock> {
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
            Block::Comment(_) => return Vec::new(),
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

    fn line(&self, inlines: &[Inline]) -> Vec<Run> {
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
            Inline::Comment(_) => {}
            Inline::Component(node) => self.phrase(node, style, runs),
        }
    }

    /// A link inside a link leads where the outer one does.
    fn lead(&self, run: &mut Run, url: &str) {
        if run.url.is_empty() {
            run.url = self.place.href(url).unwrap_or_default();
        }
    }

    fn image(&self, image: &Link, style: &Run, runs: &mut Vec<Run>) {
        let says = collapse_blanks(&inline_text(&image.inlines));
        let instead = self.place.instead_of_image(&image.url, &says);
        let mut run = style.clone();
        run.image = instead.is_none();
        self.lead(&mut run, &image.url);
        push(runs, &run, instead.unwrap_or(&says));
    }

    /// A component among blocks: a notice, or its texts one below the other.
    fn component(&self, component: &Component) -> Vec<TextBlock> {
        let mut title = Vec::new();
        let mut blocks = Vec::new();
        let schema = self.place.config.components.get(&component.name);
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
        let icon = component.value("icon").unwrap_or_default();
        let notices = &self.place.config.conventions.notices;
        notice::kind(&notice::title(component), icon, notices).name()
    }

    /// Short texts are its title; an address is where that leads.
    fn attributes(&self, component: &Component, title: &mut Vec<Run>, blocks: &mut Vec<TextBlock>) {
        let style = self.style(component);
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Inlines(inlines) => self.inlines(inlines, &style, title),
                Content::Blocks(content) => blocks.extend(self.blocks(content)),
                Content::Plain => {
                    let runs = self.instead_of_image(component, attribute, &style);
                    blocks.extend(runs.map(|runs| TextBlock::Paragraph { runs }));
                }
            }
        }
    }

    /// The link that stands for an image of another host.
    fn instead_of_image(
        &self,
        component: &Component,
        attribute: &Attribute,
        style: &Run,
    ) -> Option<Vec<Run>> {
        let url = shown_file(component, attribute, &self.place.config.components)?;
        let title = notice::title(component);
        let says = self.place.instead_of_image(url, &title)?;
        let mut runs = Vec::new();
        push(&mut runs, style, says);
        Some(runs)
    }

    fn style(&self, component: &Component) -> Run {
        let mut style = Run {
            strong: true,
            ..Run::default()
        };
        for attribute in &component.attributes {
            let components = &self.place.config.components;
            let kind = components.attribute(&component.name, &attribute.name);
            if kind == Some(AttributeKind::Url) {
                self.lead(&mut style, attribute.value.as_deref().unwrap_or_default());
            }
        }
        style
    }

    /// A component inside running text: its texts one behind the other.
    fn phrase(&self, component: &Component, style: &Run, runs: &mut Vec<Run>) {
        if component.placement == Placement::Flow {
            return;
        }
        if self.place.config.components.get(&component.name).is_none() {
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
                        let instead = self.instead_of_image(component, attribute, &own);
                        for run in instead.into_iter().flatten() {
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

/// Adds text to the last run where the style is the same.
fn push(runs: &mut Vec<Run>, style: &Run, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(last) = runs.last_mut()
        && !last.ends_line
        && (Run {
            text: String::new(),
            ..last.clone()
        }) == *style
    {
        last.text.push_str(text);
        return;
    }
    runs.push(Run {
        text: text.to_string(),
        ..style.clone()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, change: impl FnOnce(&mut Run)) -> Run {
        let mut run = Run {
            text: text.to_string(),
            ..Run::default()
        };
        change(&mut run);
        run
    }

    #[test]
    fn text_of_one_style_is_one_run() {
        let mut runs = Vec::new();
        let strong = run("", |run| run.strong = true);
        for (style, text) in [
            (&Run::default(), "a"),
            (&Run::default(), "b"),
            (&strong, "c"),
        ] {
            push(&mut runs, style, text);
        }
        assert_eq!(runs, [run("ab", |_| {}), run("c", |run| run.strong = true)]);
        assert_eq!(runs_text(&runs), "abc");
    }

    #[test]
    fn runs_say_in_json_only_what_they_are() {
        let json = serde_json::to_string(&run("a", |run| run.code = true)).unwrap();
        assert_eq!(json, r#"{"text":"a","code":true}"#);
    }
}
