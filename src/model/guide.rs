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

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::Document;
use crate::markdown::node::Block;
use crate::model::anchor::Anchor;
use crate::model::conventions::{Conventions, Opens};
use crate::model::mode::{self, Mode};
use crate::model::notice::{Notice, title};
use crate::model::outline::{Outline, Part};
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

/// Reads a document as a guide; `None` when it holds no procedure. `title` is the page's.
pub fn read(
    document: &Document,
    title: &str,
    anchors: &[Anchor],
    conventions: &Conventions<'_>,
) -> (Option<Guide>, Vec<Diagnostic>) {
    let outline = Outline::read(&document.blocks, anchors, conventions);
    let mut reading = Reading {
        title,
        file: document.file,
        conventions,
        found: outline.near_misses(document.file, conventions),
        outline: &outline,
    };
    let mut scenarios = Vec::new();
    let mut at = 0;
    while at < outline.parts.len() {
        match outline.scenario_from(at) {
            Some(range) => {
                at = range.end;
                scenarios.push(reading.scenario(range));
            }
            None => at += 1,
        }
    }
    let mut found = reading.found;
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
    let notices = notices_before_scenarios(outline.lead, conventions);
    (Some(Guide { notices, scenarios }), found)
}

/// A document while it is read.
struct Reading<'a, 'w> {
    outline: &'a Outline<'a>,
    /// The page's title.
    title: &'a str,
    file: FileId,
    conventions: &'a Conventions<'w>,
    found: Vec<Diagnostic>,
}

impl Reading<'_, '_> {
    /// The scenario of the parts in `range`; the first one is its heading's, or a mode's.
    fn scenario(&mut self, range: Range<usize>) -> Scenario {
        let Self {
            outline,
            file,
            conventions,
            ..
        } = *self;
        let parts = &outline.parts;
        let head = parts[range.start];
        let has_heading = !matches!(head.opens, Opens::Mode(_));
        let (title, id, intro) = if has_heading {
            (head.text, head.id, head.blocks)
        } else {
            (self.title, "", outline.lead)
        };
        let mut scenario = Scenario {
            id: id.to_string(),
            title: title.to_string(),
            versions: version::versions(title, intro, conventions),
            summary: Vec::new(),
            notices: Vec::new(),
            related: Vec::new(),
            modes: Vec::new(),
            span: parts[range.clone()]
                .iter()
                .map(Part::whole_span)
                .fold(head.span, Span::cover),
        };
        read_intro(intro, &mut scenario, conventions);
        let mut at = range.start + usize::from(has_heading);
        let mut sections = Vec::new();
        while at < range.end {
            let end = outline.end_of(at).min(range.end);
            let below = &parts[at..end];
            match parts[at].opens {
                Opens::Mode(mode) => {
                    let mode = mode::read(mode, below, conventions, file, &mut self.found);
                    scenario.modes.push(mode);
                }
                Opens::Path | Opens::Fields => sections.extend(below),
                Opens::Other => {}
            }
            at = end;
        }
        if !sections.is_empty() && scenario.modes.is_empty() {
            let help = Message::new("sections-without-mode.help");
            self.found.push(
                Diagnostic::new("sections-without-mode", Severity::Warning, file, head.span)
                    .help(help),
            );
            let found = &mut self.found;
            let mode = mode::read_without_mode(&head, &sections, conventions, file, found);
            scenario.modes.push(mode);
        }
        scenario
    }
}

fn notices_before_scenarios(lead: &[Block], conventions: &Conventions<'_>) -> Vec<Notice> {
    let notices = lead.iter().filter_map(|block| match block {
        Block::Component(component) if conventions.is_notice(&component.name) => {
            Some(Notice::read(component, conventions))
        }
        _ => None,
    });
    notices.filter(|notice| !notice.blocks.is_empty()).collect()
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
