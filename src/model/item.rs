//! Items: what a reader of a procedure does, verifies or has to know, one by one.
//!
//! A mode is a tree of them, made once in [`crate::model::matrix`]. Sheets, ticks, counts, JSON,
//! comparisons and the checker read the tree and nothing else.

use serde::Serialize;

use crate::markdown::node::{Block, Inline, Literal};
use crate::markdown::text::{block_text, collapse_blanks, inline_text};
use crate::model::field::Field;
use crate::model::path::Trail;
use crate::model::related::Related;
use crate::source::Span;

/// Part of a procedure that an item is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What must be true or known first.
    Before,
    /// Where in the console.
    Route,
    /// What to set there.
    Steps,
    /// Whatever comes behind.
    After,
    /// What is verified at the end.
    Closing,
}

impl Section {
    /// The word in keys of items, which ticks are kept by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "prerequisites",
            Self::Route => "path",
            Self::Steps => "fields",
            Self::After => "extra",
            Self::Closing => "closing",
        }
    }
}

/// What an item asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Must be true before the start; is answered yes or no.
    Verify,
    /// Leads through menus.
    Go,
    /// Takes exactly one value.
    SetFixed,
    /// Takes one of several values.
    Choose,
    /// Takes a public value that somebody issues.
    EnterIssued,
    /// Takes a secret, which is never written down.
    EnterSecret,
    /// Takes any value.
    EnterFree,
    /// Stays blank.
    LeaveBlank,
    /// May be left.
    Optional,
    /// Is set to none.
    Unset,
    /// An action that sets no field.
    Do,
    /// Names a harm.
    Hazard,
    /// Information.
    Know,
    /// Is checked afterwards.
    Result,
    /// Leads to another text.
    Related,
}

impl Role {
    /// The word in JSON and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Go => "go",
            Self::SetFixed => "set-fixed",
            Self::Choose => "choose",
            Self::EnterIssued => "enter-issued",
            Self::EnterSecret => "enter-secret",
            Self::EnterFree => "enter-free",
            Self::LeaveBlank => "leave-blank",
            Self::Optional => "optional",
            Self::Unset => "unset",
            Self::Do => "do",
            Self::Hazard => "hazard",
            Self::Know => "know",
            Self::Result => "result",
            Self::Related => "related",
        }
    }

    /// Whether there is a box to tick.
    pub fn has_box(self) -> bool {
        !matches!(self, Self::Go | Self::Hazard | Self::Know | Self::Related)
    }

    /// Whether a condition can make it apply to some readers only.
    pub fn is_asked(self) -> bool {
        !matches!(self, Self::Hazard | Self::Know | Self::Related)
    }
}

/// Whether an item applies to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// To everybody.
    Required,
    /// Nobody has to.
    Optional,
    /// To those who meet its condition.
    Conditional,
}

/// How sure a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The form, or more than one signal, says it.
    Sure,
    /// Another reader could see it otherwise.
    Likely,
    /// Signals of different roles speak, or none does.
    Doubtful,
}

impl Confidence {
    /// The word in JSON and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Doubtful => "doubtful",
        }
    }
}

/// What an item says, does and belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Section and name, such as `fields/mid`; unique in its mode, and what ticks are kept by.
    pub key: String,
    /// Hash of what it says; see [`crate::model::tick`].
    pub hash: String,
    /// The part it is in.
    pub section: Section,
    /// What it asks.
    pub role: Role,
    /// What it says, or what the console calls it.
    pub label: Vec<Inline>,
    /// Whatever else it says.
    pub detail: Vec<Block>,
    /// Title of its callout, or the name in front of its trail; empty without one.
    pub title: String,
    /// The heading that it is below, outside the sections that every mode has; empty there.
    pub heading: String,
    /// What is set, for items that set something.
    pub setting: Option<Field>,
    /// Whether the guide describes the value that is set as one for tests only.
    pub is_for_tests: bool,
    /// The steps through menus.
    pub trail: Option<Trail>,
    /// The link, for [`Role::Related`].
    pub link: Option<Related>,
    /// A value or an address that the action takes.
    pub value: Option<String>,
    /// When it applies; `None` for always.
    pub condition: Option<String>,
    /// Whether it applies to everybody.
    pub requirement: Requirement,
    /// The signals that decided its role, most important first.
    pub evidence: Vec<String>,
    /// How sure the role is.
    pub confidence: Confidence,
    /// Key of the item that it says something about.
    pub attaches_to: Option<String>,
    /// The bytes of that item, as long as it has no key.
    pub(super) about: Option<Span>,
    /// Items that are part of it.
    pub items: Vec<Item>,
    /// Its bytes.
    pub span: Span,
    /// The bytes of the block that shows it, which may show others too.
    pub node: Span,
}

impl Item {
    /// An item without anything but its words.
    pub(super) fn new(section: Section, role: Role, label: Vec<Inline>, span: Span) -> Self {
        Self {
            key: String::new(),
            hash: String::new(),
            section,
            role,
            label,
            detail: Vec::new(),
            title: String::new(),
            heading: String::new(),
            setting: None,
            is_for_tests: false,
            trail: None,
            link: None,
            value: None,
            condition: None,
            requirement: Requirement::Required,
            evidence: Vec::new(),
            confidence: Confidence::Likely,
            attaches_to: None,
            about: None,
            items: Vec::new(),
            span,
            node: span,
        }
    }

    /// Says whom it is for.
    pub(super) fn set_condition(&mut self, condition: Option<String>) {
        self.requirement = match (self.role, &condition) {
            (Role::Optional | Role::Hazard | Role::Know | Role::Related, _) => {
                Requirement::Optional
            }
            (_, Some(_)) => Requirement::Conditional,
            (_, None) => Requirement::Required,
        };
        self.condition = condition;
    }

    /// An item that the conventions add, which no document says.
    pub(super) fn added(section: Section, role: Role, text: &str) -> Self {
        let span = Span::default();
        let label = Inline::Text(Literal {
            text: text.to_string(),
            span,
        });
        Self {
            evidence: vec!["convention".to_string()],
            confidence: Confidence::Sure,
            ..Self::new(section, role, vec![label], span)
        }
    }

    /// Whether a document says it.
    pub fn is_in_source(&self) -> bool {
        self.span != Span::default()
    }

    /// Its words on one line.
    pub fn text(&self) -> String {
        let mut text = inline_text(&self.label);
        if !self.detail.is_empty() {
            text.push(' ');
            text.push_str(&block_text(&self.detail));
        }
        collapse_blanks(&text)
    }

    /// The literal value that is set, or the address that is entered; `None` for a secret, and
    /// where the guide gives none.
    pub fn literal(&self) -> Option<String> {
        match (self.role, &self.setting) {
            (Role::EnterSecret, _) => None,
            (_, Some(setting)) => setting.literal(),
            (_, None) => self.value.clone(),
        }
    }

    /// It and all that is part of it, in order.
    pub fn with_parts(&self) -> Vec<&Item> {
        let mut all = vec![self];
        for part in &self.items {
            all.extend(part.with_parts());
        }
        all
    }
}
