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
    /// The way through the console.
    Route,
    /// What to set there.
    Steps,
    /// The steps of a procedure that sets nothing in a form.
    Tasks,
    /// Everything after the form.
    After,
    /// What is verified at the end.
    Closing,
}

impl Section {
    /// The word in the keys of items, by which ticks are stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "prerequisites",
            Self::Route => "path",
            Self::Steps => "fields",
            Self::Tasks => "steps",
            Self::After => "extra",
            Self::Closing => "closing",
        }
    }
}

/// What an item asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A condition to verify before the start, answered yes or no.
    Verify,
    /// Leads through menus.
    Go,
    /// Takes exactly one value.
    SetFixed,
    /// Takes one of several values.
    Choose,
    /// Takes a public value that somebody else issues.
    EnterIssued,
    /// Takes a secret, which is never written down.
    EnterSecret,
    /// Takes any value.
    EnterFree,
    /// Stays blank.
    LeaveBlank,
    /// May be skipped.
    Optional,
    /// Is set to none.
    Unset,
    /// An action that sets no field.
    Do,
    /// Warns of harm.
    Hazard,
    /// Information.
    Know,
    /// Is verified afterwards.
    Result,
    /// Links to another text.
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

    /// Whether the item has a box to tick.
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
    /// It applies to everybody.
    Required,
    /// Nobody has to do it.
    Optional,
    /// It applies to those who meet its condition.
    Conditional,
}

/// How certain a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The form of the text, or more than one signal, decides it.
    Sure,
    /// Another reader could decide otherwise.
    Likely,
    /// Signals of different roles were found, or none.
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

/// A value that the reader puts in the place of a name in code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// The name, without the marks around it.
    pub name: String,
    /// Whether the value is a secret, which has no room on paper.
    pub is_secret: bool,
}

/// Evidence of a value to enter that has a label in a list.
pub const LABELLED_VALUE: &str = "labelled-value";

/// Evidence of a notice whose title an author wrote as a label.
pub const NOTICE_LABEL: &str = "notice-label";

/// One item: its text, its role and what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Section and name, such as `fields/mid`; unique in its mode. Ticks are stored by it.
    pub key: String,
    /// Hash of its text; see [`crate::model::tick`].
    pub hash: String,
    /// The section it is in.
    pub section: Section,
    /// What it asks of the reader.
    pub role: Role,
    /// Its text, or the name of a field in the console.
    pub label: Vec<Inline>,
    /// The rest of its text.
    pub detail: Vec<Block>,
    /// Title of its callout, or the name before its trail; empty without one.
    pub title: String,
    /// The heading above it; empty in the sections that every mode has.
    pub heading: String,
    /// The field that is set; `None` for items that set nothing.
    pub setting: Option<Field>,
    /// Whether the guide describes the value that is set as one for tests only.
    pub is_for_tests: bool,
    /// The steps through menus; `None` without a trail.
    pub trail: Option<Trail>,
    /// The link of a [`Role::Related`] item, else `None`.
    pub link: Option<Related>,
    /// A value or an address to enter; `None` without one.
    pub value: Option<String>,
    /// Values to fill in within its code.
    pub blanks: Vec<Blank>,
    /// When it applies; `None` for always.
    pub condition: Option<String>,
    /// Whether it applies to everybody.
    pub requirement: Requirement,
    /// The signals that decided its role, most important first.
    pub evidence: Vec<String>,
    /// How certain the role is.
    pub confidence: Confidence,
    /// Key of the item that this one is about; `None` for none.
    pub attaches_to: Option<String>,
    /// The bytes of that item, until keys are assigned.
    pub(super) about: Option<Span>,
    /// Items within it, in document order.
    pub items: Vec<Item>,
    /// Its bytes.
    pub span: Span,
    /// The bytes of its block, which may contain other items too.
    pub node: Span,
}

impl Item {
    /// An item that has only a label.
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
            blanks: Vec::new(),
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

    /// Sets whom it applies to: `None` for everybody.
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

    /// An item that the conventions add and no document contains.
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

    /// Whether it comes from a document.
    pub fn is_in_source(&self) -> bool {
        self.span != Span::default()
    }

    /// Its label and detail on one line.
    pub fn text(&self) -> String {
        let mut text = inline_text(&self.label);
        if !self.detail.is_empty() {
            text.push(' ');
            text.push_str(&block_text(&self.detail));
        }
        collapse_blanks(&text)
    }

    /// The literal value to set, or the address to enter; `None` for a secret and where the guide
    /// gives none.
    pub fn literal(&self) -> Option<String> {
        match &self.setting {
            Some(setting) => setting.answer.literal().map(str::to_string),
            None => self.value.clone(),
        }
    }

    /// The item itself and all items within it, in order.
    pub fn with_parts(&self) -> Vec<&Item> {
        let mut all = vec![self];
        for part in &self.items {
            all.extend(part.with_parts());
        }
        all
    }
}
