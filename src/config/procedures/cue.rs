//! Cues: what words show about a heading, a sentence before a list, or an item of one.

use serde::Deserialize;

use crate::config::signals::PatternKind;

/// What words show about a part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// A heading that names a task.
    TaskHeading,
    /// A heading that says that steps follow, and not which.
    PlainTitle,
    /// A heading that asks how to do something.
    AsksHow,
    /// A heading over an explanation.
    Explains,
    /// A heading over what is needed before.
    Prerequisites,
    /// A sentence that announces what is needed before.
    BeforeYouStart,
    /// A heading over what comes afterwards.
    Next,
    /// A heading over what is verified afterwards.
    Verify,
    /// A heading that closes a procedure.
    Finished,
    /// A heading of a runbook over what to do.
    RunbookAction,
    /// Such a heading that no other document has.
    RunbookProof,
    /// A heading of a runbook over what it is about.
    RunbookContext,
    /// Words before a step that may be skipped.
    Optional,
    /// A clause that states for whom a step is.
    Condition,
    /// A sentence that leads to a command.
    Runs,
    /// A sentence that only refers to another text.
    Refers,
    /// A sentence that announces steps.
    AnnouncesSteps,
    /// A sentence that names steps or a procedure.
    NamesSteps,
    /// A sentence that announces something other than steps.
    AnnouncesOthers,
    /// A sentence about what somebody else does.
    OtherActor,
    /// A sentence whose subject is somebody else.
    OtherSubject,
    /// A sentence that announces alternatives.
    Alternatives,
    /// The end of a sentence that orders something.
    Orders,
    /// The end of a sentence that may order something, and of an item that names an action.
    Acts,
    /// The end of a sentence that states something.
    States,
    /// A sentence that orders an action at a screen or a command line.
    Operates,
    /// A sentence that orders the use of a button, a menu or a field on a screen.
    Presses,
    /// A sentence that orders two actions, one after the other.
    TwoActions,
    /// A sentence that orders a check.
    Checks,
    /// A sentence of a check that leads to what is expected.
    Expects,
    /// A sentence about what is to be seen.
    Seen,
    /// A sentence that orders a change.
    Changes,
    /// A sentence that orders to keep a value.
    Produces,
    /// A sentence about how to undo what was done.
    WayBack,
    /// A sentence that asks to enter values.
    Enters,
    /// A sentence that asks to pick one of several.
    Picks,
    /// Words that describe a value and are none.
    Describes,
    /// A sentence that only says what is seen.
    Shows,
}

impl Cue {
    /// All cues, in the order of their numbers.
    pub const ALL: [Self; 38] = [
        Self::TaskHeading,
        Self::PlainTitle,
        Self::AsksHow,
        Self::Explains,
        Self::Prerequisites,
        Self::BeforeYouStart,
        Self::Next,
        Self::Verify,
        Self::Finished,
        Self::RunbookAction,
        Self::RunbookProof,
        Self::RunbookContext,
        Self::Optional,
        Self::Condition,
        Self::Runs,
        Self::Refers,
        Self::AnnouncesSteps,
        Self::NamesSteps,
        Self::AnnouncesOthers,
        Self::OtherActor,
        Self::OtherSubject,
        Self::Alternatives,
        Self::Orders,
        Self::Acts,
        Self::States,
        Self::Operates,
        Self::Presses,
        Self::TwoActions,
        Self::Checks,
        Self::Expects,
        Self::Seen,
        Self::Changes,
        Self::Produces,
        Self::WayBack,
        Self::Enters,
        Self::Picks,
        Self::Describes,
        Self::Shows,
    ];
}

impl PatternKind for Cue {
    const COUNT: usize = Self::ALL.len();

    fn number(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_has_its_number() {
        for (number, cue) in Cue::ALL.into_iter().enumerate() {
            assert_eq!(cue.number(), number, "{cue:?}");
        }
    }
}
