//! A document cut at its headings, and where its scenarios start and end.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Heading, Inline, Paragraph};
use crate::markdown::text::label_text;
use crate::model::anchor::Anchor;
use crate::model::conventions::{Conventions, Opens};
use crate::source::{FileId, Span};

/// A part of a document under one heading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Level of the heading; a bold paragraph that stands for one is one deeper than its mode.
    pub level: u8,
    /// What the heading says.
    pub text: &'a str,
    /// Id of the heading; empty for a bold paragraph.
    pub id: &'a str,
    /// What the heading opens.
    pub opens: Opens,
    /// Blocks under the heading, up to the next one of any level.
    pub blocks: &'a [Block],
    /// The heading's bytes.
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

/// A document cut at its headings.
pub(super) struct Outline<'a> {
    /// Blocks before the first heading.
    pub lead: &'a [Block],
    /// Its parts, in document order.
    pub parts: Vec<Part<'a>>,
}

impl<'a> Outline<'a> {
    /// Cuts a document's blocks.
    pub fn read(blocks: &'a [Block], anchors: &'a [Anchor], conventions: &Conventions<'_>) -> Self {
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut starts = Vec::new();
        let mut mode_level = 0;
        for (index, block) in blocks.iter().enumerate() {
            let part = match block {
                Block::Heading(heading) => heading_part(heading, anchors, conventions),
                Block::Paragraph(paragraph) if mode_level > 0 => {
                    bold_part(paragraph, mode_level + 1, conventions)
                }
                _ => None,
            };
            let Some(part) = part else { continue };
            match part.opens {
                Opens::Mode(_) => mode_level = part.level,
                _ if part.level <= mode_level => mode_level = 0,
                _ => {}
            }
            starts.push(index);
            parts.push(part);
        }
        for (index, part) in parts.iter_mut().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(blocks.len());
            part.blocks = &blocks[starts[index] + 1..end];
        }
        let lead = &blocks[..starts.first().copied().unwrap_or(blocks.len())];
        Self { lead, parts }
    }

    /// Headings that are one edit away from what the conventions know.
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

    /// End of the part at `index` with everything below it.
    /// One past the last part below the one at `index`.
    pub fn end_of(&self, index: usize) -> usize {
        let level = self.parts[index].level;
        let below = self.parts[index + 1..]
            .iter()
            .take_while(|part| part.level > level)
            .count();
        index + 1 + below
    }

    /// The parts of the scenario that starts at `at`: the heading right above a mode with all that
    /// is below it, or a heading right above both sections. Modes without a heading above them
    /// make the rest of the document one scenario.
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

/// A paragraph that is only bold and says what a section's heading says.
fn bold_part<'a>(
    paragraph: &Paragraph,
    level: u8,
    conventions: &Conventions<'_>,
) -> Option<Part<'a>> {
    let [Inline::Strong(group)] = paragraph.inlines.as_slice() else {
        return None;
    };
    let opens = conventions.opens(&label_text(&group.inlines));
    let is_section = matches!(opens, Opens::Path | Opens::Fields);
    is_section.then_some(Part {
        level,
        text: "",
        id: "",
        opens,
        blocks: &[],
        span: paragraph.span,
    })
}
