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

use crate::config::Tone;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::Document;
use crate::markdown::node::Block;
use crate::model::anchor::Anchor;
use crate::model::conventions::{Conventions, Opens};
use crate::model::matrix::{self, Layout, ModeLayout, ScenarioLayout};
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
    let mut layout = Layout {
        names: format!("{title} {}", document.frontmatter.pg_companies.join(" ")),
        intro: outline.lead,
        scenarios: Vec::new(),
        behind: Vec::new(),
    };
    let mut at = 0;
    while at < outline.parts.len() {
        match outline.scenario_from(at) {
            Some(range) => {
                at = range.end;
                layout.scenarios.push(reading.layout(&range));
                scenarios.push(reading.scenario(range));
            }
            None if layout.scenarios.is_empty() => at += 1,
            None => {
                let end = outline.end_of(at);
                layout.behind.push(outline.parts[at..end].to_vec());
                at = end;
            }
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
    let items = matrix::items(&layout, conventions);
    for (scenario, items) in scenarios.iter_mut().zip(items) {
        for (mode, items) in scenario.modes.iter_mut().zip(items) {
            mode.items = items;
        }
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

impl<'a> Reading<'a, '_> {
    /// The parts that items are made of, of the scenario in `range`.
    fn layout(&self, range: &Range<usize>) -> ScenarioLayout<'a> {
        let outline = self.outline;
        let head = outline.parts[range.start];
        let has_heading = !matches!(head.opens, Opens::Mode(_));
        let (title, intro) = match has_heading {
            true => (head.text, head.blocks),
            false => (self.title, outline.lead),
        };
        let mut layout = ScenarioLayout {
            title,
            intro,
            modes: Vec::new(),
            beside: Vec::new(),
        };
        let mut sections = Vec::new();
        let mut at = range.start + usize::from(has_heading);
        while at < range.end {
            let end = outline.end_of(at).min(range.end);
            let below = &outline.parts[at..end];
            match below[0].opens {
                Opens::Mode(mode) => layout.modes.push(ModeLayout {
                    tone: self.conventions.mode(mode).tone,
                    parts: below.to_vec(),
                    has_heading: true,
                }),
                Opens::Path | Opens::Fields => sections.extend(below),
                Opens::Other if holds_sections(below) => layout.modes.push(ModeLayout {
                    tone: Tone::Neutral,
                    parts: below.to_vec(),
                    has_heading: true,
                }),
                Opens::Other => layout.beside.push((layout.modes.len(), below.to_vec())),
            }
            at = end;
        }
        if layout.modes.is_empty() && !sections.is_empty() {
            layout.modes.push(ModeLayout {
                tone: Tone::Neutral,
                parts: sections.into_iter().copied().collect(),
                has_heading: false,
            });
        }
        layout
    }

    /// The scenario of the parts in `range`; the first one is its heading's, or a mode's.
    fn scenario(&mut self, range: Range<usize>) -> Scenario {
        let Self {
            outline,
            conventions,
            ..
        } = *self;
        let head = outline.parts[range.start];
        let has_heading = !matches!(head.opens, Opens::Mode(_));
        let (title, id, intro) = if has_heading {
            (head.text, head.id, head.blocks)
        } else {
            (self.title, "", outline.lead)
        };
        let spans = outline.parts[range.clone()].iter().map(Part::whole_span);
        let mut scenario = Scenario {
            id: id.to_string(),
            title: title.to_string(),
            versions: version::versions(title, intro, conventions),
            summary: Vec::new(),
            notices: Vec::new(),
            related: Vec::new(),
            modes: Vec::new(),
            span: spans.fold(head.span, Span::cover),
        };
        read_intro(intro, &mut scenario, conventions);
        let below = range.start + usize::from(has_heading)..range.end;
        let sections = self.read_parts(below, &mut scenario);
        if !sections.is_empty() && scenario.modes.is_empty() {
            let mode = self.only_mode(&head, &sections);
            scenario.modes.push(mode);
        }
        scenario
    }

    /// Reads what stands below a scenario's heading; returns the sections that no mode holds.
    fn read_parts(&mut self, range: Range<usize>, scenario: &mut Scenario) -> Vec<Part<'a>> {
        let Self {
            outline,
            file,
            conventions,
            ..
        } = *self;
        let mut sections = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let end = outline.end_of(at).min(range.end);
            let below = &outline.parts[at..end];
            match below[0].opens {
                Opens::Mode(mode) => {
                    let mode = mode::read(mode, below, conventions, file, &mut self.found);
                    scenario.modes.push(mode);
                }
                Opens::Path | Opens::Fields => sections.extend(below),
                Opens::Other if holds_sections(below) => {
                    let mode = self.unknown_mode(below);
                    scenario.modes.push(mode);
                }
                Opens::Other => scenario.related.extend(link_to(&below[0])),
            }
            at = end;
        }
        sections
    }

    /// The mode of sections that stand below a scenario without one.
    fn only_mode(&mut self, head: &Part<'_>, sections: &[Part<'_>]) -> Mode {
        let rule = "sections-without-mode";
        let found = Diagnostic::new(rule, Severity::Warning, self.file, head.span);
        let help = Message::new("sections-without-mode.help");
        self.found.push(found.help(help));
        let (conventions, found) = (self.conventions, &mut self.found);
        mode::read_without_mode(head, sections, conventions, self.file, found)
    }

    /// A mode under a heading the conventions do not know, keyed by what the heading says. A
    /// heading that is a near miss was told as one already.
    fn unknown_mode(&mut self, parts: &[Part<'_>]) -> Mode {
        let head = &parts[0];
        if self.conventions.near_miss(head.text).is_none() {
            let help = Message::new("unknown-mode.help").with("heading", head.text);
            self.found.push(
                Diagnostic::new("unknown-mode", Severity::Warning, self.file, head.span)
                    .with("heading", head.text)
                    .help(help),
            );
        }
        let found = &mut self.found;
        mode::read_unknown(parts, self.conventions, self.file, found)
    }
}

/// Whether a path or fields stand below the first of `parts`.
fn holds_sections(parts: &[Part<'_>]) -> bool {
    let is_section = |part: &Part<'_>| matches!(part.opens, Opens::Path | Opens::Fields);
    parts[1..].iter().any(is_section)
}

/// A link to a part that stands beside the modes of a scenario.
fn link_to(part: &Part<'_>) -> Option<Related> {
    let has_heading = !part.text.is_empty() && !part.id.is_empty();
    has_heading.then(|| Related {
        label: part.text.to_string(),
        url: Some(format!("#{}", part.id)),
        span: part.span,
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::model::anchor::anchors;

    fn check(text: &str, expected: &str, rules: &[&str]) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let anchors = anchors(&document.blocks, &conventions);
        let (guide, found) = read(&document, "안내", &anchors, &conventions);
        let scenarios = guide.map_or(Vec::new(), |guide| guide.scenarios);
        let shown: Vec<String> = scenarios
            .iter()
            .map(|scenario| {
                let modes = scenario.modes.iter();
                let modes: Vec<&str> = modes.map(|mode| mode.key.as_str()).collect();
                let related = scenario.related.iter();
                let related: Vec<&str> = related.filter_map(|link| link.url.as_deref()).collect();
                format!(
                    "{}: {} {}",
                    scenario.title,
                    modes.join(","),
                    related.join(",")
                )
            })
            .collect();
        assert_eq!(shown.join("; ").trim_end(), expected, "{text}");
        let found: Vec<&str> = found.iter().map(|one| one.rule).collect();
        assert_eq!(found, rules, "{text}");
    }

    #[test]
    fn mode_of_unknown_name_is_kept_and_told_of() {
        let fields = "#### 설정방법\n\n- MID : 받은 값\n\n";
        check(
            &format!("## 결제\n\n### 테스트 연동\n\n{fields}### 라이브 연동\n\n{fields}"),
            "결제: test,라이브-연동",
            &["unknown-mode"],
        );
    }

    #[test]
    fn part_beside_the_modes_is_a_related_link() {
        let fields = "#### 설정방법\n\n- MID : 받은 값\n\n";
        check(
            &format!("## 결제\n\n### 테스트 연동\n\n{fields}### 웹훅\n\n문단"),
            "결제: test #결제/웹훅",
            &[],
        );
    }
}
