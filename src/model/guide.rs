//! Guides: documents that hold procedures.
//!
//! The shape is found from the modes outward. A heading that opens a mode makes the heading above
//! it a scenario, whatever their levels; inside a mode, headings open the path and the fields:
//!
//! ```text
//! ## 결제창 일반/정기결제          scenario
//! - V1에서만 지원됩니다.           versions
//! ### 테스트 연동                 mode
//! <Callout … />                  prerequisite
//! #### 설정경로                   path
//! #### 설정방법                   fields
//! ```
//!
//! A guide that half follows the conventions yields what it can, with findings for the rest.

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::Document;
use crate::markdown::node::{Block, Heading, Inline, Paragraph};
use crate::markdown::text::label_text;
use crate::model::anchor::Anchor;
use crate::model::conventions::{Conventions, Opens};
use crate::model::mode::{self, Mode};
use crate::model::notice::{Notice, title};
use crate::model::related::{Related, related};
use crate::model::version;
use crate::source::{FileId, Span};

/// A document that holds procedures.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// What holds for every scenario: notices before the first one.
    pub notices: Vec<Notice>,
    /// Ways of integrating, in document order.
    pub scenarios: Vec<Scenario>,
}

/// One way of integrating.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Id of its heading; empty when the page itself is the scenario.
    pub id: String,
    /// What its heading says, or the page's title.
    pub title: String,
    /// Versions it is for, in configured order; empty when the guide does not say.
    pub versions: Vec<String>,
    /// Running text before the first mode.
    pub summary: Vec<Block>,
    /// Notices before the first mode.
    pub notices: Vec<Notice>,
    /// Links before the first mode and between modes.
    pub related: Vec<Related>,
    /// Profiles, in document order.
    pub modes: Vec<Mode>,
    /// Its heading up to its last block.
    pub span: Span,
}

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
    fn whole_span(&self) -> Span {
        self.blocks
            .last()
            .map_or(self.span, |block| self.span.cover(block.span()))
    }
}

/// Reads a document as a guide; `None` when it holds no procedure. `title` is the page's.
pub fn read(
    document: &Document,
    title: &str,
    anchors: &[Anchor],
    conventions: &Conventions<'_>,
) -> (Option<Guide>, Vec<Diagnostic>) {
    let outline = Outline::read(&document.blocks, anchors, conventions);
    let mut found = outline.near_misses(document.file, conventions);
    let mut scenarios = Vec::new();
    let mut at = 0;
    while at < outline.parts.len() {
        match outline.scenario_from(at) {
            Some(range) => {
                at = range.end;
                scenarios.push(outline.scenario(
                    range,
                    title,
                    document.file,
                    conventions,
                    &mut found,
                ));
            }
            None => at += 1,
        }
    }
    let is_guide = scenarios
        .iter()
        .flat_map(|scenario| &scenario.modes)
        .any(Mode::has_procedure);
    if !is_guide {
        found.retain(|diagnostic| diagnostic.rule == "near-miss-heading");
        return (
            None,
            if scenarios.is_empty() {
                Vec::new()
            } else {
                found
            },
        );
    }
    let notices = outline.notices_before_scenarios(conventions);
    (Some(Guide { notices, scenarios }), found)
}

/// A document cut at its headings.
struct Outline<'a> {
    /// Blocks before the first heading.
    lead: &'a [Block],
    parts: Vec<Part<'a>>,
}

impl<'a> Outline<'a> {
    fn read(blocks: &'a [Block], anchors: &'a [Anchor], conventions: &Conventions<'_>) -> Self {
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

    fn near_misses(&self, file: FileId, conventions: &Conventions<'_>) -> Vec<Diagnostic> {
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
    fn end_of(&self, index: usize) -> usize {
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
    fn scenario_from(&self, at: usize) -> Option<std::ops::Range<usize>> {
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

    fn scenario(
        &self,
        range: std::ops::Range<usize>,
        page_title: &str,
        file: FileId,
        conventions: &Conventions<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Scenario {
        let head = self.parts[range.start];
        let has_heading = !matches!(head.opens, Opens::Mode(_));
        let title = if has_heading { head.text } else { page_title };
        let id = if has_heading { head.id } else { "" };
        let intro = if has_heading { head.blocks } else { self.lead };
        let mut scenario = Scenario {
            id: id.to_string(),
            title: title.to_string(),
            versions: version::versions(title, intro, conventions),
            summary: Vec::new(),
            notices: Vec::new(),
            related: Vec::new(),
            modes: Vec::new(),
            span: self.parts[range.clone()]
                .iter()
                .map(Part::whole_span)
                .fold(head.span, Span::cover),
        };
        read_intro(intro, &mut scenario, conventions);
        let mut at = range.start + usize::from(has_heading);
        let mut sections = Vec::new();
        while at < range.end {
            let end = self.end_of(at).min(range.end);
            match self.parts[at].opens {
                Opens::Mode(mode) => {
                    scenario.modes.push(mode::read(
                        mode,
                        &self.parts[at..end],
                        conventions,
                        file,
                        found,
                    ));
                }
                Opens::Path | Opens::Fields => sections.extend(&self.parts[at..end]),
                Opens::Other => {}
            }
            at = end;
        }
        if !sections.is_empty() && scenario.modes.is_empty() {
            let help = Message::new("sections-without-mode.help");
            found.push(
                Diagnostic::new("sections-without-mode", Severity::Warning, file, head.span)
                    .help(help),
            );
            scenario.modes.push(mode::read_without_mode(
                &head,
                &sections,
                conventions,
                file,
                found,
            ));
        }
        scenario
    }

    fn notices_before_scenarios(&self, conventions: &Conventions<'_>) -> Vec<Notice> {
        let notices = self.lead.iter().filter_map(|block| match block {
            Block::Component(component) if conventions.is_notice(&component.name) => {
                Some(Notice::read(component, conventions))
            }
            _ => None,
        });
        notices.filter(|notice| !notice.blocks.is_empty()).collect()
    }
}

fn read_intro(intro: &[Block], scenario: &mut Scenario, conventions: &Conventions<'_>) {
    for block in intro {
        if let Some(links) = related(block, conventions) {
            scenario.related.extend(links);
            continue;
        }
        match block {
            Block::Component(component) if conventions.is_notice(&component.name) => {
                let notice = Notice::read(component, conventions);
                if !notice.blocks.is_empty() || !title(component).is_empty() {
                    scenario.notices.push(notice);
                }
            }
            other => scenario.summary.push(other.clone()),
        }
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
