//! The forms in which documents have procedures.

use serde::{Deserialize, Serialize};

/// How a procedure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A component that contains steps.
    Steps,
    /// Lists with boxes.
    Tasklist,
    /// Headings that are numbered.
    Headings,
    /// The sections of a runbook.
    Runbook,
    /// A numbered list, or bullets that are announced as steps.
    OrderedList,
}

impl Form {
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
