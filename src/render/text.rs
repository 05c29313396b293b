//! Running text as data: what HTML and every other form of a sheet are made of.
//!
//! Text goes in as nodes and comes out twice, as HTML for browsers and as blocks and runs for
//! forms that know no HTML. Both hold the same words in the same order.

mod read;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::markdown::node::{Block, Inline};
use crate::render::figure::{Figure, Figures, Taken};
use crate::render::html::{RenderContext, escape};
use crate::render::text::read::Reader;

/// Text on one line.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct RichLine {
    /// As HTML.
    pub html: String,
    /// As data.
    pub runs: Vec<Run>,
}

/// Text of several blocks.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct RichText {
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
    /// Whether it matters more than what is around it.
    #[serde(skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Whether it is stressed.
    #[serde(skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Whether it is to be typed as it is.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// Whether it is struck out.
    #[serde(skip_serializing_if = "is_false")]
    pub struck: bool,
    /// The image that it is; its text states what that shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// Whether the line ends after it.
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
    /// Blocks that are further in.
    Indent {
        /// What is there.
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
    /// Text to be kept as it is.
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
    /// What it contains.
    pub blocks: Vec<TextBlock>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl RichLine {
    /// Plain words.
    pub fn plain(text: &str) -> Self {
        Self {
            html: escape(text),
            runs: Run::plain(text).into_iter().collect(),
        }
    }

    /// Adds plain words that lead to an address; without one, they lead nowhere.
    pub fn push_link(&mut self, text: &str, url: &str) {
        let words = escape(text);
        match url {
            "" => self.html.push_str(&words),
            url => {
                let link = format!("<a href=\"{}\">{words}</a>", escape(url));
                self.html.push_str(&link);
            }
        }
        self.runs.extend(Run::plain(text).map(|run| Run {
            url: url.to_string(),
            ..run
        }));
    }

    /// The line as a paragraph of its own.
    pub fn into_paragraph(self) -> RichText {
        RichText {
            html: format!("<p>{}</p>", self.html),
            blocks: vec![TextBlock::Paragraph { runs: self.runs }],
        }
    }

    /// What it says.
    pub fn text(&self) -> String {
        runs_text(&self.runs)
    }
}

impl RichText {
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

impl RenderContext<'_> {
    /// Inlines as HTML and as data.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn line(&self, inlines: &[Inline]) -> Result<RichLine, Error> {
        let taken = self.figures.map(Figures::taken);
        let html = self.inlines(inlines)?;
        self.count_again(taken);
        Ok(RichLine {
            html,
            runs: Reader { context: *self }.line(inlines),
        })
    }

    /// Blocks as HTML and as data.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn text(&self, blocks: &[Block]) -> Result<RichText, Error> {
        let taken = self.figures.map(Figures::taken);
        let html = self.blocks(blocks)?;
        self.count_again(taken);
        Ok(RichText {
            html,
            blocks: Reader { context: *self }.blocks(blocks),
        })
    }

    /// Both forms of a text hold the same images.
    fn count_again(&self, taken: Option<Taken>) {
        if let (Some(figures), Some(taken)) = (self.figures, taken) {
            figures.take_up(taken);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::text::read::push;

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
