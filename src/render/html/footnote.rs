//! Footnotes: marks in the text, and the notes that they lead to.

use std::fmt::Write;

use crate::error::Error;
use crate::markdown::node::Footnote;
use crate::render::html::{Destination, Writer, escape};
use crate::render::url::fragment;

impl Writer<'_> {
    pub(super) fn footnote_mark(&mut self, label: &str) {
        let shown = escape(label);
        let _ = match self.context.destination {
            Destination::Page => write!(
                self.html,
                "<sup class=\"footnote-mark\"><a href=\"{}\">{shown}</a></sup>",
                fragment(&id(label))
            ),
            _ => write!(self.html, "<sup class=\"footnote-mark\">{shown}</sup>"),
        };
    }

    pub(super) fn footnote(&mut self, note: &Footnote) -> Result<(), Error> {
        let id = match self.context.destination {
            Destination::Page => format!(" id=\"{}\"", escape(&id(&note.label))),
            _ => String::new(),
        };
        let label = escape(&note.label);
        let _ = writeln!(
            self.html,
            "<div class=\"footnote\"{id}><span class=\"footnote-label\">{label}</span>"
        );
        self.blocks(&note.blocks)?;
        self.html.push_str("</div>\n");
        Ok(())
    }
}

/// The id of a note. Ids of headings contain no colon at that place.
fn id(label: &str) -> String {
    format!("note:{label}")
}
