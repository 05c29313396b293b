//! Code with its colours, its title and its marked lines.

use std::fmt::Write;
use std::ops::Range;

use crate::markdown::fence::Fence;
use crate::markdown::node::{CodeBlock, LineMark};
use crate::render::highlight::{Class, Coloured};
use crate::render::html::{Writer, escape};

impl Writer<'_> {
    pub(super) fn code(&mut self, code: &CodeBlock) {
        let fence = Fence::of(code);
        let title = fence.title.clone().unwrap_or_default();
        self.code_of(&code.text, &fence, &title);
    }

    /// Code, under its title where it has one.
    pub(super) fn code_of(&mut self, text: &str, fence: &Fence<'_>, title: &str) {
        if !title.is_empty() {
            self.html.push_str("<figure class=\"code\">\n<figcaption>");
            self.text(title);
            self.html.push_str("</figcaption>\n");
        }
        self.html.push_str("<pre tabindex=\"0\"><code");
        if !fence.language.is_empty() {
            let _ = write!(self.html, " class=\"language-{}\"", escape(fence.language));
        }
        self.html.push('>');
        let languages = self.context.theme.highlighter();
        let coloured = languages.highlight(text, fence.language);
        match fence.has_marks() {
            true => self.marked_lines(text, fence, &coloured),
            false => self.coloured(text, 0..text.len(), &coloured),
        }
        self.html.push_str("</code></pre>\n");
        if !title.is_empty() {
            self.html.push_str("</figure>\n");
        }
    }

    /// Text with its colours, which are cut at its ends.
    fn coloured(&mut self, text: &str, range: Range<usize>, coloured: &[Coloured]) {
        let mut at = range.start;
        let first = coloured.partition_point(|(piece, _)| piece.end <= range.start);
        for (piece, class) in &coloured[first..] {
            if piece.start >= range.end {
                break;
            }
            let (start, end) = (piece.start.max(at), piece.end.min(range.end));
            self.text(&text[at..start]);
            let _ = write!(self.html, "<span class=\"{}\">", Class::name(*class));
            self.text(&text[start..end]);
            self.html.push_str("</span>");
            at = end;
        }
        self.text(&text[at..range.end]);
    }

    fn marked_lines(&mut self, text: &str, fence: &Fence<'_>, coloured: &[Coloured]) {
        let mut start = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let end = start + line.len();
            let tag = match fence.mark(index + 1) {
                None => "",
                Some(LineMark::Marked) => "mark",
                Some(LineMark::Inserted) => "ins",
                Some(LineMark::Deleted) => "del",
            };
            if tag.is_empty() {
                self.coloured(text, start..end, coloured);
            } else {
                let _ = write!(self.html, "<{tag} class=\"code-line\">");
                self.coloured(text, start..end, coloured);
                let _ = write!(self.html, "</{tag}>");
            }
            start = end;
        }
    }
}
