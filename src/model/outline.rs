//! Splits a document at its headings, and finds where its scenarios start and end.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Heading, Inline, Paragraph};
use crate::markdown::text::label_text;
use crate::model::anchor::Anchor;
use crate::model::conventions::{Conventions, Opens};
use crate::model::label::cut;
use crate::source::{FileId, Span};

/// A part of a document under one heading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Level of the heading; of a paragraph in place of a section's heading, one deeper than its
    /// mode.
    pub level: u8,
    /// Text of the heading; empty for a paragraph.
    pub text: &'a str,
    /// Id of the heading; empty for a paragraph.
    pub id: &'a str,
    /// What the heading opens.
    pub opens: Opens,
    /// Blocks under the heading, up to the next one of any level.
    pub blocks: &'a [Block],
    /// The heading's or paragraph's bytes.
    pub span: Span,
}

impl Part<'_> {
    /// The heading up to the last block under it.
    pub fn whole_span(&self) -> Span {
        self.blocks
            .last()
            .map_or(self.span, |block| self.span.cover(block.span()))
    }
}

/// A document split at its headings.
pub(super) struct Outline<'a> {
    /// Blocks before the first heading.
    pub lead: &'a [Block],
    /// Its parts, in document order.
    pub parts: Vec<Part<'a>>,
}

impl<'a> Outline<'a> {
    /// Splits a document's blocks.
    pub fn read(blocks: &'a [Block], anchors: &'a [Anchor], conventions: &Conventions<'_>) -> Self {
        let mut parts: Vec<Part<'a>> = Vec::new();
        // Where each part starts, and whether its content starts there as well.
        let mut starts: Vec<(usize, bool)> = Vec::new();
        let mut levels = Levels::default();
        for (index, block) in blocks.iter().enumerate() {
            let found = match block {
                Block::Heading(heading) => {
                    heading_part(heading, anchors, conventions).map(|part| (part, false))
                }
                Block::Paragraph(paragraph) => paragraph_part(paragraph, levels, conventions),
                _ => None,
            };
            let Some((part, holds_content)) = found else {
                continue;
            };
            levels.pass(&part, matches!(block, Block::Heading(_)));
            starts.push((index, holds_content));
            parts.push(part);
        }
        for (index, part) in parts.iter_mut().enumerate() {
            let (start, holds_content) = starts[index];
            let end = starts.get(index + 1).map_or(blocks.len(), |next| next.0);
            part.blocks = &blocks[start + usize::from(!holds_content)..end];
        }
        let lead = &blocks[..starts.first().map_or(blocks.len(), |first| first.0)];
        Self { lead, parts }
    }

    /// Reports headings that are one edit away from a configured one.
    pub fn near_misses(&self, file: FileId, conventions: &Conventions<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for part in self.parts.iter().filter(|part| part.opens == Opens::Other) {
            if let Some(heading) = conventions.near_miss(part.text) {
                found.push(
                    Diagnostic::new("near-miss-heading", Severity::Warning, file, part.span)
                        .with("heading", heading)
                        .help(Message::new("did-you-mean").with("suggestion", heading)),
                );
            }
        }
        found
    }

    /// Index after the last part below the one at `index`.
    pub fn end_of(&self, index: usize) -> usize {
        let level = self.parts[index].level;
        let below = self.parts[index + 1..]
            .iter()
            .take_while(|part| part.level > level)
            .count();
        index + 1 + below
    }

    /// The range of the parts of the scenario that starts at `at`, `None` if none does. It is a
    /// heading directly above a mode, or directly above both sections, with everything below it.
    /// Modes without a heading above them form one scenario up to the next higher heading.
    pub fn scenario_from(&self, at: usize) -> Option<Range<usize>> {
        let end = self.end_of(at);
        let part = &self.parts[at];
        if let Opens::Mode(_) = part.opens {
            let level = part.level;
            let below = self.parts[at..]
                .iter()
                .take_while(|part| part.level >= level)
                .count();
            return Some(at..at + below);
        }
        let mut children = Vec::new();
        let mut child = at + 1;
        while child < end {
            children.push(self.parts[child].opens);
            child = self.end_of(child);
        }
        let has_mode = children.iter().any(|opens| matches!(opens, Opens::Mode(_)));
        let has_both = children.contains(&Opens::Path) && children.contains(&Opens::Fields);
        (has_mode || has_both).then_some(at..end)
    }
}

fn heading_part<'a>(
    heading: &Heading,
    anchors: &'a [Anchor],
    conventions: &Conventions<'_>,
) -> Option<Part<'a>> {
    let index = anchors.partition_point(|anchor| anchor.span < heading.span);
    let anchor = anchors
        .get(index)
        .filter(|anchor| anchor.span == heading.span)?;
    Some(Part {
        level: heading.level,
        text: &anchor.text,
        id: &anchor.id,
        opens: conventions.opens(&anchor.text),
        blocks: &[],
        span: heading.span,
    })
}

/// Levels that determine the level of a paragraph in place of a heading.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    /// Level of the current mode; 0 outside modes.
    mode: u8,
    /// Level of the last heading; 0 before the first.
    heading: u8,
}

impl Levels {
    fn pass(&mut self, part: &Part<'_>, is_heading: bool) {
        match part.opens {
            Opens::Mode(_) => self.mode = part.level,
            _ if part.level <= self.mode => self.mode = 0,
            _ => {}
        }
        if is_heading {
            self.heading = part.level;
        }
    }

    /// Level of a paragraph that opens a mode or a section.
    fn of(self, opens: Opens) -> u8 {
        match (opens, self.mode) {
            (Opens::Mode(_), 0) => self.heading + 1,
            (Opens::Mode(_), mode) => mode,
            (_, 0) => self.heading + 1,
            (_, mode) => mode + 1,
        }
    }
}

/// What a paragraph in place of a heading opens, and whether its content starts in it. Such a
/// paragraph is bold and has the text of a mode's or a section's heading, or is in a mode and
/// consists of a section's heading, or starts with one and a colon.
fn paragraph_part<'a>(
    paragraph: &Paragraph,
    levels: Levels,
    conventions: &Conventions<'_>,
) -> Option<(Part<'a>, bool)> {
    if levels.heading == 0 && levels.mode == 0 {
        return None;
    }
    let is_bold = matches!(paragraph.inlines.as_slice(), [Inline::Strong(_)]);
    let whole = conventions.opens(&label_text(&paragraph.inlines));
    let (opens, holds_content) = match whole {
        Opens::Mode(_) if is_bold => (whole, false),
        Opens::Path | Opens::Fields if is_bold || levels.mode > 0 => (whole, false),
        _ if levels.mode > 0 => (named_section(paragraph, conventions)?, true),
        _ => return None,
    };
    let part = Part {
        level: levels.of(opens),
        text: "",
        id: "",
        opens,
        blocks: &[],
        span: paragraph.span,
    };
    Some((part, holds_content))
}

/// The section whose name is before the colon of a paragraph.
fn named_section(paragraph: &Paragraph, conventions: &Conventions<'_>) -> Option<Opens> {
    let cut = cut(&paragraph.inlines, &conventions.words.fields.actions);
    let opens = conventions.opens(&label_text(&cut.label));
    (cut.value.is_some() && matches!(opens, Opens::Path | Opens::Fields)).then_some(opens)
}
