//! The text of a document while it is put together, with the place that each piece comes from.

use std::ops::Range;

use crate::include::limit::MAX_PAGE_BYTES;
use crate::source::Span;
use crate::source::joined::{IncludeFailure, IncludeFault, JoinedDocument, Piece};

/// What an include costs besides its text, so that empty ones come to an end, too.
const COST_OF_ONE: usize = 256;

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct JoinedText {
    pub text: String,
    document: JoinedDocument,
    /// What all includes have cost.
    cost: usize,
}

impl JoinedText {
    /// Whether a text of so many bytes may still be included; it is charged for.
    pub fn charge(&mut self, bytes: usize) -> bool {
        let cost = self.cost + bytes + COST_OF_ONE;
        let is_affordable = cost <= MAX_PAGE_BYTES;
        if is_affordable {
            self.cost = cost;
        }
        is_affordable
    }

    /// What all includes have cost so far.
    pub fn cost(&self) -> usize {
        self.cost
    }

    /// Adds bytes of a file as they are; `prefix` comes before each line but the first.
    pub fn copy(&mut self, file: usize, text: &str, range: Range<usize>, prefix: &str) {
        if prefix.is_empty() {
            return self.copied(file, text, range);
        }
        let mut at = range.start;
        for line in text[range].split_inclusive('\n') {
            if self.text.ends_with('\n') {
                let prefix = match line.trim().is_empty() {
                    true => prefix.trim_end(),
                    false => prefix,
                };
                self.put(file, at..at, prefix);
            }
            self.copied(file, text, at..at + line.len());
            at += line.len();
        }
    }

    fn copied(&mut self, file: usize, text: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.document.pieces.push(Piece {
            start: self.text.len(),
            file,
            offset: range.start,
            replaced_to: None,
        });
        self.text.push_str(&text[range]);
    }

    /// Starts a block in place of bytes of a file: the margin before it becomes `prefix`, with a
    /// blank line above where there is none.
    pub fn start_block(&mut self, file: usize, range: Range<usize>, prefix: &str) {
        let marks = [' ', '\t', '>'];
        let above = self.text.trim_end_matches(marks).len();
        self.text.truncate(above);
        let pieces = &mut self.document.pieces;
        while pieces.pop_if(|piece| piece.start >= above).is_some() {}
        let lines = self.text.strip_suffix('\n').unwrap_or(&self.text);
        let lines = lines.trim_end_matches(marks);
        let is_open = !lines.is_empty() && !lines.ends_with('\n');
        let gap = match is_open {
            true => format!("{}\n{prefix}", prefix.trim_end()),
            false => prefix.to_string(),
        };
        self.put(file, range, &gap);
    }

    /// Adds a text in place of bytes of a file.
    pub fn put(&mut self, file: usize, range: Range<usize>, text: &str) {
        if text.is_empty() {
            return;
        }
        self.document.pieces.push(Piece {
            start: self.text.len(),
            file,
            offset: range.start,
            replaced_to: Some(range.end),
        });
        self.text.push_str(text);
    }

    /// Reports what was added since `start`.
    pub fn report(&mut self, start: usize, reason: IncludeFailure, path: &str, tried: Vec<String>) {
        self.document.faults.push(IncludeFault {
            reason,
            path: path.to_string(),
            tried,
            span: Span::new(start, self.text.len()),
        });
    }

    /// Whether nothing was included and nothing is wrong.
    pub fn is_plain(&self) -> bool {
        self.cost == 0 && self.document.faults.is_empty()
    }

    /// The text and where it comes from.
    pub fn into_parts(self) -> (String, JoinedDocument) {
        (self.text, self.document)
    }
}
