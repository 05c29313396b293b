//! Why something is a procedure, and why something that looks like one is none.

/// What speaks for a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A component of this name says so.
    Component(String),
    /// It is a list with boxes.
    TaskList,
    /// Its headings have the numbers of steps.
    NumberedSteps,
    /// Its headings are numbered.
    NumberedHeadings,
    /// Its headings are those of a runbook.
    RunbookHeadings,
    /// So many of its items tell the reader to do something.
    Instructs(usize, usize),
    /// The text before it announces steps.
    Announced,
    /// Its heading names a task.
    TaskHeading,
    /// The author says so.
    Declared,
}

impl Evidence {
    /// The key of its text in the string tables, and the word in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Component(_) => "component",
            Self::TaskList => "task-list",
            Self::NumberedSteps => "numbered-steps",
            Self::NumberedHeadings => "numbered-headings",
            Self::RunbookHeadings => "runbook-headings",
            Self::Instructs(..) => "items-instruct",
            Self::Announced => "announced",
            Self::TaskHeading => "task-heading",
            Self::Declared => "declared",
        }
    }

    /// The word in JSON with its figures: `items-instruct 4/5`.
    pub fn code(&self) -> String {
        let name = self.name();
        match self {
            Self::Component(component) => format!("{name} {component}"),
            Self::Instructs(some, all) => format!("{name} {some}/{all}"),
            _ => name.to_string(),
        }
    }
}

/// What speaks against a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veto {
    /// It has too few steps, or too many.
    Count,
    /// Too few of its items tell the reader to do something.
    FewInstruct,
    /// Its heading explains.
    HeadingExplains,
    /// Its heading is about what is needed before, or comes after.
    OtherSection,
    /// The text before it announces something else.
    AnnouncesOthers,
    /// The text before it, or its items, are about what somebody else does.
    OtherActor,
    /// Its items define words.
    Defines,
    /// Its items are links.
    OnlyLinks,
    /// Its items are questions.
    Questions,
    /// It explains marks in the code above.
    Annotations,
    /// It is in a component that contains no procedures.
    InComponent,
    /// The document is of a kind that contains none.
    Document,
    /// The text before it announces alternatives.
    Alternatives,
    /// Its headings are chapters.
    Chapters,
    /// It is a list of dates.
    Dates,
    /// It is filler text.
    Filler,
    /// It is a single box.
    SingleBox,
    /// Its boxes are ticked already.
    Ticked,
    /// It shows what the code above it looks like.
    Demonstration,
    /// Nothing announces that its bullets are steps.
    NotAnnounced,
    /// The author says so.
    Declared,
}

impl Veto {
    /// The key of its text in the string tables, and the word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::FewInstruct => "few-instruct",
            Self::HeadingExplains => "heading-explains",
            Self::OtherSection => "other-section",
            Self::AnnouncesOthers => "announces-others",
            Self::OtherActor => "other-actor",
            Self::Defines => "defines",
            Self::OnlyLinks => "only-links",
            Self::Questions => "questions",
            Self::Annotations => "annotations",
            Self::InComponent => "in-component",
            Self::Document => "document",
            Self::Alternatives => "alternatives",
            Self::Chapters => "chapters",
            Self::Dates => "dates",
            Self::Filler => "filler",
            Self::SingleBox => "single-box",
            Self::Ticked => "ticked",
            Self::Demonstration => "demonstration",
            Self::NotAnnounced => "not-announced",
            Self::Declared => "declared",
        }
    }
}
