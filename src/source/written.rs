//! Lines of a document in the files that somebody wrote: its own, and those that it includes.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::source::lines::Lines;
use crate::source::{FileId, SourceSet, Span};

/// The lines of a document's files, each file read when it is first asked for.
pub struct WrittenLines<'s> {
    sources: &'s SourceSet,
    file: FileId,
    lines: RefCell<HashMap<FileId, Lines<'s>>>,
}

/// Where something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenPlace<'s> {
    /// First line, from 1.
    pub line: usize,
    /// Last line.
    pub last: usize,
    /// Path of the file, where it is an included one.
    pub path: Option<&'s str>,
}

impl<'s> WrittenLines<'s> {
    /// The lines of a document.
    pub fn of(sources: &'s SourceSet, file: FileId) -> Self {
        Self {
            sources,
            file,
            lines: RefCell::default(),
        }
    }

    /// Where a span of the document's text is written; one of several files is in the first.
    pub fn place(&self, span: Span) -> WrittenPlace<'s> {
        let (file, span) = self.sources.written(self.file, span);
        let source = self.sources.get(file);
        let mut lines = self.lines.borrow_mut();
        let lines = lines.entry(file).or_insert_with(|| Lines::of(&source.text));
        let last = span.end.saturating_sub(1).max(span.start);
        let own = &self.sources.get(self.file).path;
        WrittenPlace {
            line: lines.position(span.start).line,
            last: lines.position(last).line,
            path: (source.path != *own).then_some(source.path.as_str()),
        }
    }
}
