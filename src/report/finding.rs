//! A finding for the machine formats: sentences in one language, places with lines and
//! columns.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::disk::size;
use crate::report::clean::on_one_line;
use crate::source::{FileId, Lines, LoadFault, SourceSet, Span};
use crate::strings::Strings;

/// A piece of a file. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Location {
    /// Path of the document below the content folder.
    pub path: String,
    /// Line of the first character.
    pub line: usize,
    /// Its column, in characters.
    pub column: usize,
    /// Line of the place after the last character.
    pub end_line: usize,
    /// Its column, in characters.
    pub end_column: usize,
    /// The columns in UTF-16 code units, for formats that count so.
    #[serde(skip)]
    pub utf16: (usize, usize),
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// Name of the rule.
    pub rule: String,
    /// `info`, `warning` or `error`.
    pub severity: String,
    /// Where it is.
    #[serde(flatten)]
    pub location: Location,
    /// What is wrong.
    pub message: String,
    /// How to fix it; `null` where there is nothing to say.
    pub help: Option<String>,
    /// Edits that fix it safely; `null` when a person must decide.
    pub fix: Option<Vec<FixEdit>>,
    /// Other places that explain it.
    pub related: Vec<RelatedLocation>,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FixEdit {
    /// What is replaced; empty for an insertion.
    #[serde(flatten)]
    pub location: Location,
    /// What comes in its place.
    pub text: String,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelatedLocation {
    /// Where it is.
    #[serde(flatten)]
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// Findings with their sentences and places, in the order given; files that could not be read
/// come first.
pub fn findings(
    faults: &[LoadFault],
    found: &[&Diagnostic],
    sources: &SourceSet,
    strings: &Strings,
) -> Vec<Finding> {
    let writer = FindingWriter {
        sources,
        strings,
        lines: lines(found, sources),
    };
    let unread = faults.iter().map(|fault| writer.fault(fault));
    unread
        .chain(found.iter().map(|found| writer.finding(found)))
        .collect()
}

/// The lines of every file that findings are in, or that explains one.
pub(super) fn lines<'s>(
    found: &[&Diagnostic],
    sources: &'s SourceSet,
) -> HashMap<FileId, Lines<'s>> {
    let mut lines = HashMap::new();
    for diagnostic in found {
        let related = diagnostic.related.iter().map(|related| related.file);
        for file in related.chain([diagnostic.file]) {
            let text = || Lines::of(&sources.get(file).text);
            lines.entry(file).or_insert_with(text);
        }
    }
    lines
}

/// Why a file was not taken.
pub fn fault_message(fault: &LoadFault) -> Message {
    Message::new(fault.rule)
        .with("path", &fault.path)
        .with("offset", fault.offset.to_string())
        .with("limit", size(fault.limit()))
        .with("first", &fault.other)
        .with("second", &fault.path)
}

/// How to fix that a file was not taken.
pub fn fault_help(fault: &LoadFault, strings: &Strings) -> Option<String> {
    strings.help(&Message::new(format!("{}.help", fault.rule)))
}

/// Why a file was not taken and how to fix that, as lines for people.
pub fn fault_lines(fault: &LoadFault, strings: &Strings) -> String {
    let message = strings.message(&fault_message(fault));
    let mut lines = on_one_line(&format!("error[{}]: {message}", fault.rule));
    if let Some(help) = fault_help(fault, strings) {
        lines.push_str("\nhelp: ");
        lines.push_str(&on_one_line(&help));
    }
    lines
}

struct FindingWriter<'a> {
    sources: &'a SourceSet,
    strings: &'a Strings,
    lines: HashMap<FileId, Lines<'a>>,
}

impl FindingWriter<'_> {
    fn fault(&self, fault: &LoadFault) -> Finding {
        let location = Location {
            path: fault.path.clone(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            utf16: (1, 1),
        };
        Finding {
            rule: fault.rule.to_string(),
            severity: Severity::Error.name().to_string(),
            location,
            message: self.strings.message(&fault_message(fault)),
            help: fault_help(fault, self.strings),
            fix: None,
            related: Vec::new(),
        }
    }

    fn finding(&self, found: &Diagnostic) -> Finding {
        let location = |span| self.location(found.file, span);
        let edits = found.fix.iter().map(|edit| FixEdit {
            location: location(edit.span),
            text: edit.text.clone(),
        });
        let related = found.related.iter().map(|related| RelatedLocation {
            location: self.location(related.file, related.span),
            message: self.strings.message(&related.message),
        });
        let help = |help: &Message| self.strings.help(help);
        Finding {
            rule: found.rule.to_string(),
            severity: found.severity.name().to_string(),
            location: location(found.span),
            message: self.strings.message(&found.message),
            help: found.help.as_ref().and_then(help),
            fix: (!found.fix.is_empty()).then(|| edits.collect()),
            related: related.collect(),
        }
    }

    fn location(&self, file: FileId, span: Span) -> Location {
        let lines = &self.lines[&file];
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        Location {
            path: self.sources.get(file).path.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            utf16: (lines.utf16_column(span.start), lines.utf16_column(span.end)),
        }
    }
}
