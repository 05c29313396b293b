//! The tree of a document: blocks, inlines and components, each with its bytes in the file.
//!
//! Every node owns its text and a [`Span`] into the original file; nodes inside an attribute's
//! Markdown point into that attribute. A tight list item contains its text in a
//! [`Block::Paragraph`] like any other; with [`List::tight`] the renderer leaves out the
//! paragraph tags.

use crate::literal::Value;
use crate::source::Span;

/// A block-level node.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `# …`, or underlined text.
    Heading(Heading),
    /// Running text.
    Paragraph(Paragraph),
    /// `> …`
    Quote(Quote),
    /// Bullets, numbers or tasks.
    List(List),
    /// A GFM table.
    Table(Table),
    /// A fenced or indented code block.
    Code(CodeBlock),
    /// `---`
    Rule(Span),
    /// A raw HTML tag or block; shown as the text it is.
    Html(Literal),
    /// `<!-- … -->`; not shown.
    Comment(Literal),
    /// A component tag that is alone on its lines.
    Component(Box<Component>),
    /// Lines of `import` and `export`; not shown.
    Esm(Literal),
    /// `[^label]: …`; shown at the end of the page.
    Footnote(Footnote),
}

/// An inline node.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Text with escapes and character references resolved.
    Text(Literal),
    /// `` `code` ``
    Code(Literal),
    /// `*…*`
    Emphasis(Group),
    /// `**…**`
    Strong(Group),
    /// `~~…~~`
    Strikethrough(Group),
    /// A link, an autolink too.
    Link(Box<Link>),
    /// `![alt](url)`; its children are the alternative text.
    Image(Box<Link>),
    /// A line end that is not shown as one.
    SoftBreak(Span),
    /// A line end the author meant.
    HardBreak(Span),
    /// A raw HTML tag; shown as the text it is.
    Html(Literal),
    /// `<!-- … -->`; not shown.
    Comment(Literal),
    /// A component tag inside running text.
    Component(Box<Component>),
    /// An element of HTML that marks text in a way of its own, such as `<kbd>`.
    Element(Box<Element>),
    /// `[^label]`; the text is the label.
    FootnoteMark(Literal),
}

/// A heading of level 1 to 6.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// `1..=6`.
    pub level: u8,
    /// Its text; empty for bare `#` marks.
    pub inlines: Vec<Inline>,
    /// Ids that its writer gave it, which are no text: `{#id}` and `<a id="id"></a>`.
    pub ids: Vec<Literal>,
    /// Marks included, line end not.
    pub span: Span,
}

/// Running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its text.
    pub inlines: Vec<Inline>,
    /// Its bytes, line end not included.
    pub span: Span,
}

/// A block quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What is quoted.
    pub blocks: Vec<Block>,
    /// Its bytes.
    pub span: Span,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// First number of an ordered list; `None` for bullets.
    pub start: Option<u64>,
    /// Whether its items' paragraphs are shown without paragraph tags.
    pub tight: bool,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Its bytes.
    pub span: Span,
}

/// A list item.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// State of its task box; `None` for an item without one.
    pub checked: Option<bool>,
    /// What it contains.
    pub blocks: Vec<Block>,
    /// Marker included.
    pub span: Span,
}

/// A GFM table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One per column.
    pub alignments: Vec<Alignment>,
    /// The header's cells.
    pub head: Vec<Cell>,
    /// The body's rows.
    pub rows: Vec<Vec<Cell>>,
    /// Its bytes.
    pub span: Span,
}

/// How a table column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// None given.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A table cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its text.
    pub inlines: Vec<Inline>,
    /// Its bytes, without the bars.
    pub span: Span,
}

/// A code block.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeBlock {
    /// The word after the fence; `None` for indented code.
    pub info: Option<String>,
    /// The code, last line end included.
    pub text: String,
    /// Lines, from 1, that a comment in the code marks; in order.
    pub marks: Vec<(usize, LineMark)>,
    /// Fences included.
    pub span: Span,
}

/// How a line of code is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineMark {
    /// It is what the text is about.
    Marked,
    /// It was added.
    Inserted,
    /// It was taken away.
    Deleted,
}

/// A piece of text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The text as shown.
    pub text: String,
    /// Its bytes, marks included.
    pub span: Span,
}

/// Inline nodes under one mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What is marked.
    pub inlines: Vec<Inline>,
    /// Marks included.
    pub span: Span,
}

/// Text that an element of HTML marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Which element it is.
    pub kind: ElementKind,
    /// What is marked.
    pub inlines: Vec<Inline>,
    /// Tags included.
    pub span: Span,
}

/// An element that marks text and that Markdown has no marks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// `<code>` with more than text in it
    Code,
    /// `<kbd>`
    Key,
    /// `<sub>`
    Subscript,
    /// `<sup>`
    Superscript,
    /// `<mark>`
    Highlight,
    /// `<small>`
    Small,
    /// `<u>`
    Underline,
    /// `<ins>`
    Inserted,
    /// `<samp>`
    Sample,
    /// `<var>`
    Variable,
    /// `<abbr>`
    Abbreviation,
    /// `<cite>`
    Citation,
    /// `<q>`
    Quotation,
}

impl ElementKind {
    /// Every kind with its tag's name.
    pub const ALL: [(Self, &str); 13] = [
        (Self::Code, "code"),
        (Self::Key, "kbd"),
        (Self::Subscript, "sub"),
        (Self::Superscript, "sup"),
        (Self::Highlight, "mark"),
        (Self::Small, "small"),
        (Self::Underline, "u"),
        (Self::Inserted, "ins"),
        (Self::Sample, "samp"),
        (Self::Variable, "var"),
        (Self::Abbreviation, "abbr"),
        (Self::Citation, "cite"),
        (Self::Quotation, "q"),
    ];

    /// The kind of the tag `name`; `None` for any other tag.
    pub fn of(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, tag)| *tag == name);
        found.map(|(kind, _)| *kind)
    }

    /// Name of its tag.
    pub fn tag(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.map_or("span", |(_, tag)| tag)
    }
}

/// A note at the end of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// What marks refer to it by.
    pub label: String,
    /// The note.
    pub blocks: Vec<Block>,
    /// Label included.
    pub span: Span,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The address, with `mailto:` where an autolink is a mail address.
    pub url: String,
    /// The title after the address; empty when there is none.
    pub title: String,
    /// Text of the link, or alternative text of the image.
    pub inlines: Vec<Inline>,
    /// Brackets and address included.
    pub span: Span,
}

/// Where a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Alone on its lines, among blocks.
    Flow,
    /// Inside running text, a heading or a table cell.
    Phrasing,
}

/// How a component is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Syntax {
    /// `<Name …>`
    #[default]
    Tag,
    /// An element of HTML, `<name …>`
    Element,
    /// `:::name`
    Directive,
    /// `!!! name` or `??? name`
    Admonition,
    /// `> [!name]`
    Alert,
    /// `{{< name >}}` or `{% name %}`
    Shortcode,
}

impl Syntax {
    /// Its name in the JSON of a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Element => "element",
            Self::Directive => "directive",
            Self::Admonition => "admonition",
            Self::Alert => "alert",
            Self::Shortcode => "shortcode",
        }
    }
}

/// A component tag, or a pair of tags with what is between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Name as written, such as `Callout`.
    pub name: String,
    /// The name's bytes in the opening tag.
    pub name_span: Span,
    /// How it is written.
    pub syntax: Syntax,
    /// Attributes in source order; a name may repeat, the last one counts.
    pub attributes: Vec<Attribute>,
    /// Among blocks or inside text.
    pub placement: Placement,
    /// What is between the tags; empty without a closing tag.
    pub children: Children,
    /// Whether it has a closing tag.
    pub paired: bool,
    /// Opening tag up to the closing tag's end.
    pub span: Span,
}

/// What is between a component's tags.
#[derive(Debug, Clone, PartialEq)]
pub enum Children {
    /// Of a flow component.
    Blocks(Vec<Block>),
    /// Of a phrasing component.
    Inlines(Vec<Inline>),
}

/// An attribute of a component.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Name as written.
    pub name: String,
    /// The name's bytes.
    pub name_span: Span,
    /// Text with container prefix removed and character references decoded; `None` for a flag.
    pub value: Option<String>,
    /// Bytes between the quotes; the name's for a flag.
    pub value_span: Span,
    /// The value of an expression in braces, in MDX; `None` for a text.
    pub literal: Option<Value>,
    /// The value, read by the schema.
    pub content: Content,
}

/// An attribute's value as its schema reads it.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Plain text, an address, a number, or a flag.
    Plain,
    /// Inline Markdown.
    Inlines(Vec<Inline>),
    /// Block Markdown.
    Blocks(Vec<Block>),
}

impl Component {
    /// The decoded value of the last attribute `name`; `None` when absent or a flag.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.value.as_deref()
    }

    /// The last attribute `name`.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .rev()
            .find(|attribute| attribute.name == name)
    }
}

impl Block {
    /// The node's bytes in the file.
    pub fn span(&self) -> Span {
        match self {
            Self::Heading(node) => node.span,
            Self::Paragraph(node) => node.span,
            Self::Quote(node) => node.span,
            Self::List(node) => node.span,
            Self::Table(node) => node.span,
            Self::Code(node) => node.span,
            Self::Rule(span) => *span,
            Self::Html(node) | Self::Comment(node) => node.span,
            Self::Component(node) => node.span,
            Self::Esm(node) => node.span,
            Self::Footnote(node) => node.span,
        }
    }
}

impl Inline {
    /// The node's bytes in the file.
    pub fn span(&self) -> Span {
        match self {
            Self::Text(node) | Self::Code(node) | Self::Html(node) | Self::Comment(node) => {
                node.span
            }
            Self::Emphasis(node) | Self::Strong(node) | Self::Strikethrough(node) => node.span,
            Self::Link(node) | Self::Image(node) => node.span,
            Self::SoftBreak(span) | Self::HardBreak(span) => *span,
            Self::Component(node) => node.span,
            Self::Element(node) => node.span,
            Self::FootnoteMark(node) => node.span,
        }
    }
}
