//! Text, and the bytes that it comes from.

use std::ops::Range;

use crate::markdown::node::{Inline, Literal};
use crate::markdown::offsets::{dropped, without_dropped};
use crate::markdown::tree::Builder;
use crate::markdown::tree::frame::Kind;

impl Builder<'_, '_, '_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if let Kind::Code { text: code, .. } = &mut self.top().kind {
            code.push_str(text);
            return;
        }
        if range.is_empty() {
            return;
        }
        self.text_end = range.end;
        // A backslash in front is part of the character's source.
        let start = range.start - usize::from(self.is_escaped(&range));
        let span = self.span(start..range.end);
        let is_reference = self.text.as_bytes()[range.start] == b'&';
        let shown = without_dropped(text);
        if is_reference && shown != text {
            let file = self.reader.file;
            let found = text.chars().map(|character| dropped(file, span, character));
            self.reader.found.extend(found);
        }
        self.push_inline(Inline::Text(Literal {
            text: shown.into_owned(),
            span,
        }));
    }

    pub(super) fn is_escaped(&mut self, range: &Range<usize>) -> bool {
        let first = self.text.as_bytes().get(range.start);
        first.is_some_and(u8::is_ascii_punctuation) && self.backslashes_before(range.start) % 2 == 1
    }

    /// How many backslashes are right before `at`. A long run is asked about again and again,
    /// so the count starts from the last answer.
    pub(super) fn backslashes_before(&mut self, at: usize) -> usize {
        let (last, before_last) = self.backslashes;
        let from = if last <= at { last } else { 0 };
        let bytes = &self.text.as_bytes()[from..at];
        let run = bytes
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        let count = if run == bytes.len() && from == last {
            run + before_last
        } else {
            run
        };
        self.backslashes = (at, count);
        count
    }
}
