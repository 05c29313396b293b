//! The forms in which documents have procedures.

use serde::{Deserialize, Serialize};

/// How a procedure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A component that contains steps.
    Steps,
    /// Lists with boxes.
    #[serde(alias = "tasks", alias = "task-lists")]
    Tasklist,
    /// Headings that are numbered.
    #[serde(alias = "numbered-headings")]
    Headings,
    /// The sections of a runbook.
    #[serde(alias = "runbooks")]
    Runbook,
    /// A numbered list, or bullets that are announced as steps.
    #[serde(alias = "ordered-lists")]
    OrderedList,
}

impl Form {
    /// All forms; what a stronger one has, a weaker one leaves alone.
    pub const STRONGEST_FIRST: [Self; 5] = [
        Self::Steps,
        Self::Tasklist,
        Self::Headings,
        Self::Runbook,
        Self::OrderedList,
    ];

    /// The word in JSON and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Tasklist => "tasklist",
            Self::Headings => "headings",
            Self::Runbook => "runbook",
            Self::OrderedList => "ordered-list",
        }
    }
}
