//! What is wrong with the content: rule, place, message, and how to fix it.
//!
//! A diagnostic contains no sentence. Its [`Message`] names an entry of the string tables and the
//! values that go into it, so one finding can be shown in every language.

use std::collections::HashSet;

use crate::source::{FileId, SourceSet, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Style; never in the default report's way.
    Info,
    /// Worth fixing.
    Warning,
    /// A reader is misled.
    Error,
    /// The output would be wrong or unsafe: nothing is written.
    Fatal,
}

impl Severity {
    /// The word machines read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error | Self::Fatal => "error",
        }
    }
}

/// An entry of the string tables with the values for its `{placeholders}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key in the table `messages`.
    pub key: String,
    /// Placeholder names and their values, in the order they were given.
    pub values: Vec<(&'static str, String)>,
}

impl Message {
    /// The entry `key`, yet without values.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            values: Vec::new(),
        }
    }

    /// The same message with a value for `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file of the other place.
    pub file: FileId,
    /// The other place.
    pub span: Span,
    /// What is to be seen there.
    pub message: Message,
}

/// One replacement of bytes in the file of its diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes to replace; empty for an insertion.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// The findings with their places in the files that somebody wrote: a text that several documents
/// include has each of its faults once. What is in a document with includes has no fix, for its text
/// is that of several files.
pub fn written(found: Vec<Diagnostic>, sources: &SourceSet) -> Vec<Diagnostic> {
    if sources.joined.files.is_empty() {
        return found;
    }
    let mut found: Vec<Diagnostic> = found
        .into_iter()
        .map(|found| found.written(sources))
        .collect();
    sort(&mut found);
    let mut known: HashSet<(FileId, Span, &str, Vec<String>)> = HashSet::new();
    let is_new: Vec<bool> = found
        .iter()
        .map(|found| {
            let values = found.message.values.iter();
            let values = values.map(|(_, value)| value.clone()).collect();
            known.insert((found.file, found.span, found.rule, values))
        })
        .collect();
    let mut is_new = is_new.into_iter();
    found.retain(|_| is_new.next().unwrap_or(true));
    found
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kebab-case name of the rule that found it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The document it is in.
    pub file: FileId,
    /// The smallest span that shows it.
    pub span: Span,
    /// What is wrong; complete in itself and without the remedy.
    pub message: Message,
    /// How to fix it, where there is something to say.
    pub help: Option<Message>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Edits that fix it safely; empty when a person must decide.
    pub fix: Vec<Edit>,
    /// Whether its rule has edits that could not be proven to change only what the rule
    /// announces; they are not in `fix`.
    pub is_fix_withheld: bool,
}

impl Diagnostic {
    /// The same finding where somebody wrote what it is about.
    fn written(mut self, sources: &SourceSet) -> Self {
        let (file, span) = sources.written(self.file, self.span);
        if file != self.file {
            self.is_fix_withheld |= !self.fix.is_empty();
            self.fix.clear();
        }
        (self.file, self.span) = (file, span);
        for related in &mut self.related {
            (related.file, related.span) = sources.written(related.file, related.span);
        }
        self
    }

    /// A finding whose message and help are the table entries named like its rule.
    pub fn new(rule: &'static str, severity: Severity, file: FileId, span: Span) -> Self {
        Self {
            rule,
            severity,
            file,
            span,
            message: Message::new(rule),
            help: None,
            related: Vec::new(),
            fix: Vec::new(),
            is_fix_withheld: false,
        }
    }

    /// The same finding with a value for `{name}` in its message, and in its help if it has one.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.help = self.help.map(|help| help.with(name, value.clone()));
        self.message = self.message.with(name, value);
        self
    }

    /// The same finding at another severity than its rule's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding with another place that explains it.
    #[must_use]
    pub fn related(mut self, file: FileId, span: Span, message: Message) -> Self {
        self.related.push(Related {
            file,
            span,
            message,
        });
        self
    }

    /// The same finding with an edit that fixes it safely.
    #[must_use]
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.fix.push(Edit { span, text });
        self
    }

    /// The same finding with the help `message`.
    #[must_use]
    pub fn help(mut self, message: Message) -> Self {
        self.help = Some(message);
        self
    }
}

/// Sorts findings by file, place and rule, the order of every report.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (a.file, a.span.start, a.span.end, a.rule).cmp(&(b.file, b.span.start, b.span.end, b.rule))
    });
}
