//! What a rule is.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::source::{FileId, Span};

/// One rule. Its file's head comment is its manual page.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; reads well after "allow".
    pub name: &'static str,
    /// Its level unless the project sets one.
    pub level: Level,
    /// Text of its own file, which starts with its manual page.
    pub source: &'static str,
    /// Adds what it finds.
    pub check: fn(&Context<'_>, &mut Vec<Diagnostic>),
    /// What its fixes may change in what is shown.
    pub fix: Effect,
}

impl Rule {
    /// A finding of this rule at its default level, with the rule's message and help.
    pub fn at(&self, file: FileId, span: Span) -> Diagnostic {
        let help = Message::new(format!("{}.help", self.name));
        Diagnostic::new(self.name, severity(self.level), file, span).help(help)
    }

    /// The manual page: Markdown, from the comment at the head of the rule's file.
    pub fn manual(&self) -> String {
        let lines = self.source.lines().map_while(|line| {
            let text = line.strip_prefix("//!")?;
            Some(text.strip_prefix(' ').unwrap_or(text))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A rule whose findings make a value on a checklist wrong. Where such a finding is an error, the
/// checklist is not printed unasked.
#[derive(Debug)]
pub struct Misprint {
    /// The rule.
    pub rule: Rule,
    /// Which values a finding casts doubt on.
    pub suspect: Suspect,
}

/// Which values a finding casts doubt on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspect {
    /// The one that was found.
    Found,
    /// That, and the ones it is compared with: either may be wrong.
    Related,
}

impl Misprint {
    /// A row of the table.
    pub const fn new(rule: Rule, suspect: Suspect) -> Self {
        Self { rule, suspect }
    }
}

/// For rules whose findings the reader or the model makes.
pub fn found_by_the_reader(_: &Context<'_>, _: &mut Vec<Diagnostic>) {}

/// The severity of findings at a level; a rule that is off has none, so its findings are style.
pub fn severity(level: Level) -> Severity {
    match level {
        Level::Off | Level::Info => Severity::Info,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    }
}
