//! What components may be shown as, and which attributes each role knows.

use serde::Deserialize;

/// What a component is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ComponentRole {
    /// It warns or informs.
    Callout,
    /// A title that opens its content.
    Details,
    /// A row of steps.
    Steps,
    /// One of them.
    Step,
    /// Panels of which one is read.
    Tabs,
    /// One of them.
    Tab,
    /// The labels of panels that are somewhere else.
    TabLabels,
    /// The same code in several languages, or code in an attribute.
    CodeGroup,
    /// Several cards.
    Cards,
    /// A title that leads somewhere, with a text.
    Card,
    /// Blocks side by side.
    Columns,
    /// One of them.
    Column,
    /// A parameter or a property.
    Field,
    /// A word in a frame.
    Badge,
    /// A drawing; shown as its label.
    Icon,
    /// An image with its caption.
    Image,
    /// A video, a sound, or a page in a frame.
    Video,
    /// A link that looks like a button.
    Button,
    /// A link.
    Link,
    /// Folders and files.
    FileTree,
    /// One of them that contains others.
    Folder,
    /// One of them that contains none.
    File,
    /// A text and what it means.
    Term,
    /// Text that is for some readers only.
    When,
    /// A drawing that is written as code.
    Diagram,
    /// Nothing: its content and its visible attributes are shown.
    #[serde(rename = "transparent")]
    Transparent,
    /// It is not shown.
    #[serde(rename = "hidden")]
    Hidden,
    /// A frame that shows that nobody knows it.
    #[serde(rename = "box")]
    Box,
}

impl ComponentRole {
    /// Attributes with a title, the first that is there counts.
    pub(in crate::markdown) fn titles(self) -> &'static [&'static str] {
        match self {
            Self::Field => &[
                "name", "path", "query", "body", "header", "title", "label", "field",
            ],
            Self::Badge | Self::Button | Self::Link => {
                &["text", "title", "label", "name", "children", "value"]
            }
            Self::Icon => &["label", "title", "alt"],
            Self::Image => &["alt", "title", "label"],
            Self::Video => &["title", "alt", "label", "caption"],
            Self::Folder | Self::File => &["name", "title", "label"],
            Self::Term => &["text", "term", "word", "label"],
            Self::Tab => &["title", "label", "heading", "name", "slot", "value"],
            Self::Step => &["title", "label", "heading", "name", "titleSize"],
            Self::CodeGroup => &["title", "filename", "file"],
            Self::Transparent | Self::When | Self::Hidden | Self::Box => &[],
            _ => &[
                "title", "label", "summary", "header", "heading", "question", "name", "text",
            ],
        }
    }

    /// Attributes with texts that are shown below the title.
    pub(in crate::markdown) fn texts(self) -> &'static [&'static str] {
        match self {
            Self::Callout => &["content", "description", "text", "message"],
            Self::Details => &["description", "content"],
            Self::Card => &[
                "description",
                "subtitle",
                "content",
                "text",
                "cta",
                "linkText",
            ],
            Self::Field => &["description"],
            Self::Image => &["caption", "hint", "description"],
            Self::Term => &[
                "tip",
                "definition",
                "description",
                "content",
                "headline",
                "title",
            ],
            Self::Step | Self::Steps | Self::Tab | Self::Columns | Self::Cards => &["description"],
            _ => &[],
        }
    }
}

/// The role of a component's name, and what the name itself says.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleSchema {
    /// What it is shown as.
    pub role: ComponentRole,
    /// A kind of callout, or the attribute that names it.
    pub kind: Option<String>,
    /// Title where it has none of its own.
    pub title: Option<String>,
    /// Where it leads that has no address of its own, with `{name}` for attributes.
    pub href: Option<String>,
    /// Attributes that are conditions; all where none is named.
    pub attributes: Vec<String>,
}

impl RoleSchema {
    /// A role alone.
    pub fn new(role: ComponentRole) -> Self {
        Self {
            role,
            kind: None,
            title: None,
            href: None,
            attributes: Vec::new(),
        }
    }
}
