//! Frames: what is open while events are read.

use pulldown_cmark::{Alignment as MarkdownAlignment, CodeBlockKind, LinkType, Tag as Start};

use crate::markdown::node::{Alignment, Block, Cell, Inline, Item, Literal};
use crate::markdown::offsets::without_dropped;

/// What a frame will become.
pub(super) enum Kind {
    Root,
    Paragraph,
    Heading {
        level: u8,
        /// Ids that anchors of HTML gave it so far.
        ids: Vec<Literal>,
        /// Anchors that are open.
        open_anchors: usize,
    },
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Row {
        is_head: bool,
        cells: Vec<Cell>,
    },
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        url: String,
        title: String,
    },
    Image {
        url: String,
        title: String,
    },
    Code {
        info: Option<String>,
        text: String,
    },
    Html,
    Footnote {
        label: String,
    },
    /// A list of definitions, and what defines a term: their blocks.
    Definitions,
    /// A term that is defined: a paragraph in bold.
    Term,
    Component {
        tag: usize,
    },
    /// A container beyond [`MAX_NESTING`]; what it contains goes to the frame `into`, straight
    /// away, so that nothing is carried up through thousands of frames.
    Flattened {
        into: usize,
    },
}

pub(super) struct Frame {
    pub kind: Kind,
    pub blocks: Vec<Block>,
    /// Text of a block container here waits to become a paragraph.
    pub inlines: Vec<Inline>,
    /// Whether a list below contains an item with paragraphs of its own.
    pub is_loose: bool,
    /// A closing tag inside a paragraph for the flow component around that paragraph.
    pub closes: Option<usize>,
}

impl Frame {
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            inlines: Vec::new(),
            is_loose: false,
            closes: None,
        }
    }

    /// Gives back the room that its vectors hold in reserve: most have one node, and one that grows
    /// makes room for four.
    pub fn trim(&mut self) {
        self.blocks.shrink_to_fit();
        self.inlines.shrink_to_fit();
    }

    pub fn is_component(&self) -> bool {
        matches!(self.kind, Kind::Component { .. })
    }
}

/// The kind of frame an event opens; `None` for what is not read.
pub(super) fn kind(tag: Start<'_>) -> Option<Kind> {
    Some(match tag {
        Start::Paragraph => Kind::Paragraph,
        Start::Heading { level, .. } => Kind::Heading {
            level: level as u8,
            ids: Vec::new(),
            open_anchors: 0,
        },
        Start::BlockQuote(_) => Kind::Quote,
        Start::List(start) => Kind::List {
            start,
            items: Vec::new(),
        },
        Start::Item => Kind::Item { checked: None },
        Start::Table(alignments) => Kind::Table {
            alignments: alignments.into_iter().map(alignment).collect(),
            head: Vec::new(),
            rows: Vec::new(),
        },
        Start::TableHead | Start::TableRow => Kind::Row {
            is_head: matches!(tag, Start::TableHead),
            cells: Vec::new(),
        },
        Start::TableCell => Kind::Cell,
        Start::Emphasis => Kind::Emphasis,
        Start::Strong => Kind::Strong,
        Start::Strikethrough => Kind::Strikethrough,
        Start::Link {
            link_type,
            dest_url,
            title,
            ..
        } => Kind::Link {
            url: match link_type {
                LinkType::Email => format!("mailto:{dest_url}"),
                _ => dest_url.into_string(),
            },
            title: without_dropped(&title).into_owned(),
        },
        Start::Image {
            dest_url, title, ..
        } => Kind::Image {
            url: dest_url.into_string(),
            title: without_dropped(&title).into_owned(),
        },
        Start::CodeBlock(block) => Kind::Code {
            info: match block {
                CodeBlockKind::Fenced(info) => Some(info.into_string()),
                CodeBlockKind::Indented => None,
            },
            text: String::new(),
        },
        Start::HtmlBlock => Kind::Html,
        Start::DefinitionList | Start::DefinitionListDefinition => Kind::Definitions,
        Start::DefinitionListTitle => Kind::Term,
        Start::FootnoteDefinition(label) => Kind::Footnote {
            label: label.into_string(),
        },
        _ => return None,
    })
}

/// Whether nesting this kind counts; the others hold no containers.
pub(super) fn is_container(kind: &Kind) -> bool {
    is_inline(kind)
        || matches!(
            kind,
            Kind::Quote | Kind::List { .. } | Kind::Item { .. } | Kind::Footnote { .. }
        )
}

pub(super) fn is_inline(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link { .. }
            | Kind::Image { .. }
    )
}

fn alignment(alignment: MarkdownAlignment) -> Alignment {
    match alignment {
        MarkdownAlignment::None => Alignment::None,
        MarkdownAlignment::Left => Alignment::Left,
        MarkdownAlignment::Center => Alignment::Center,
        MarkdownAlignment::Right => Alignment::Right,
    }
}
