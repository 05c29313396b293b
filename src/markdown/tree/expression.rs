//! Expressions in braces. A literal is its text; any other keeps its source and is shown as code.

use std::ops::Range;

use crate::diagnostic::{Message, Severity};
use crate::literal::{self, Value};
use crate::markdown::node::{Inline, Literal};
use crate::markdown::tree::Builder;
use crate::source::Span;

impl Builder<'_, '_, '_> {
    /// An expression that has its lines to itself: a paragraph, if it shows anything.
    pub(super) fn flow_expression(&mut self, index: usize, inner: Range<usize>) {
        self.end_text();
        self.inline_expression(index, inner);
        self.flush_text();
    }

    pub(super) fn inline_expression(&mut self, index: usize, inner: Range<usize>) {
        let range = self.tags[index].span.clone();
        let source = &self.text[inner];
        let value = literal::read(source);
        let span = self.span(range.clone());
        if let Value::Unread(_) = value {
            self.report_unread(source.trim(), span);
            let text = self.text[range].to_string();
            return self.push_inline(Inline::Code(Literal { text, span }));
        }
        if self.take_heading_id(&value, span) {
            return;
        }
        let text = match value {
            // The attributes of what is before it.
            Value::Map(_) => return,
            value => value.text(),
        };
        if !text.is_empty() {
            self.push_inline(Inline::Text(Literal { text, span }));
        }
    }

    /// Reports the first expression that cannot be read.
    fn report_unread(&mut self, source: &str, span: Span) {
        if std::mem::replace(&mut self.reader.has_unread_expression, true) {
            return;
        }
        let source = source.to_string();
        let found = self
            .reader
            .report("expression-unread", Severity::Info, span);
        found.message = Message::new("expression-unread").with("expression", source);
    }
}
