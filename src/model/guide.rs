//! Guides: documents that contain procedures.
//!
//! The structure is found from the modes outward. A heading that opens a mode makes the heading
//! above it a scenario, whatever their levels; inside a mode, headings open the path and the fields:
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
//! Of a guide that follows the conventions in part only, what does is read, with findings for the
//! rest.

use std::ops::Range;

use crate::config::Tone;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::Document;
use crate::model::anchor::{Anchor, slug};
use crate::model::conventions::{Conventions, Opens};
use crate::model::item::Section;
use crate::model::matrix::{self, Layout, ModeLayout, ScenarioLayout};
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::outline::{Outline, Part};
use crate::model::version;
use crate::source::{FileId, Span};

/// A document that contains procedures.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// Its scenarios, in document order.
    pub scenarios: Vec<Scenario>,
}

/// One way to set something up.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Id of its heading; empty when the page itself is the scenario.
    pub id: String,
    /// Text of its heading, or the page's title.
    pub title: String,
    /// Versions it applies to, in configured order; empty when the guide does not state them.
    pub versions: Vec<String>,
    /// Its modes, in document order.
    pub modes: Vec<Mode>,
    /// The bytes from its heading to its last block.
    pub span: Span,
}

/// Reads a document as a guide; `None` when it contains no procedure. `title` is the page's.
pub fn read(
    document: &Document,
    title: &str,
    anchors: &[Anchor],
    conventions: &Conventions<'_>,
) -> (Option<Guide>, Vec<Diagnostic>) {
    let outline = Outline::read(&document.blocks, anchors, conventions);
    let mut reader = GuideReader {
        title,
        file: document.file,
        conventions,
        found: outline.near_misses(document.file, conventions),
        outline: &outline,
    };
    let mut scenarios = Vec::new();
    let mut layout = Layout {
        names: format!("{title} {}", document.frontmatter.companies.join(" ")),
        intro: outline.lead,
        scenarios: Vec::new(),
        behind: Vec::new(),
    };
    let mut at = 0;
    while at < outline.parts.len() {
        match outline.scenario_from(at) {
            Some(range) => {
                at = range.end;
                let parts = reader.layout(&range);
                if parts.intro.as_ptr() == outline.lead.as_ptr() {
                    layout.intro = &[];
                }
                scenarios.push(reader.scenario(range, &parts));
                layout.scenarios.push(parts);
            }
            None if layout.scenarios.is_empty() => at += 1,
            None => {
                let end = outline.end_of(at);
                layout.behind.push(outline.parts[at..end].to_vec());
                at = end;
            }
        }
    }
    reader.add_items(&mut scenarios, &layout);
    let mut found = reader.found;
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
    (Some(Guide { scenarios }), found)
}

/// Reads a document as a guide.
struct GuideReader<'a, 'w> {
    outline: &'a Outline<'a>,
    /// The page's title.
    title: &'a str,
    file: FileId,
    conventions: &'a Conventions<'w>,
    found: Vec<Diagnostic>,
}

impl<'a> GuideReader<'a, '_> {
    /// The parts of the scenario in `range`, from which its items are made.
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
                    closing: self.conventions.mode(mode).words_for(title).1,
                    parts: below.to_vec(),
                    has_heading: true,
                }),
                Opens::Path | Opens::Fields => sections.extend(below),
                Opens::Other if holds_sections(below) => layout.modes.push(ModeLayout {
                    tone: Tone::Neutral,
                    closing: "",
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
                closing: "",
                parts: sections.into_iter().copied().collect(),
                has_heading: false,
            });
        }
        layout
    }

    /// The scenario of the parts in `range`, the first of which is its heading or a mode.
    fn scenario(&mut self, range: Range<usize>, layout: &ScenarioLayout<'a>) -> Scenario {
        let outline = self.outline;
        let head = outline.parts[range.start];
        let has_heading = !matches!(head.opens, Opens::Mode(_));
        let spans = outline.parts[range].iter().map(Part::whole_span);
        let modes = layout.modes.iter().map(|mode| self.mode(&head, mode));
        let modes = modes.collect();
        Scenario {
            id: if has_heading { head.id } else { "" }.to_string(),
            title: layout.title.to_string(),
            versions: version::versions(layout.title, layout.intro, self.conventions),
            modes,
            span: spans.fold(head.span, Span::cover),
        }
    }

    /// A mode without its items; `head` is the first part of its scenario.
    fn mode(&mut self, head: &Part<'_>, layout: &ModeLayout<'_>) -> Mode {
        let first = layout.parts[0];
        let (key, title) = match (layout.has_heading, first.opens) {
            (false, _) => {
                self.report_missing_mode(head);
                (ANY_MODE.to_string(), String::new())
            }
            (true, Opens::Mode(mode)) => {
                let known = self.conventions.mode(mode);
                (known.key.clone(), known.title.clone())
            }
            (true, _) => {
                self.report_unknown_mode(&first);
                (slug(first.text), first.text.to_string())
            }
        };
        let own = if layout.has_heading { &first } else { head };
        let spans = layout.parts.iter().map(Part::whole_span);
        let route = layout.parts.iter().find(|part| part.opens == Opens::Path);
        Mode {
            key,
            title,
            id: own.id.to_string(),
            route: route.map(Part::whole_span),
            boxes_before: 0,
            items: Vec::new(),
            span: spans.fold(own.span, Span::cover),
        }
    }

    /// Adds the items of every mode.
    fn add_items(&mut self, scenarios: &mut [Scenario], layout: &Layout<'_>) {
        let items = matrix::items(layout, self.conventions);
        let scenarios = scenarios.iter_mut().zip(&layout.scenarios).zip(items);
        for ((scenario, parts), items) in scenarios {
            let modes = scenario.modes.iter_mut().zip(&parts.modes).zip(items);
            for ((mode, parts), items) in modes {
                mode.items = items;
                let ways = mode
                    .items
                    .iter()
                    .filter(|item| item.section == Section::Route);
                mode.route = mode
                    .route
                    .or(ways.map(|item| item.span).reduce(Span::cover));
                self.report_paths(parts, mode);
            }
        }
    }

    /// Reports sections below a scenario that are in no mode.
    fn report_missing_mode(&mut self, head: &Part<'_>) {
        let rule = "sections-without-mode";
        let found = Diagnostic::new(rule, Severity::Warning, self.file, head.span);
        let help = Message::new("sections-without-mode.help");
        self.found.push(found.help(help));
    }

    /// Reports a mode under a heading that is not configured, unless it was already reported as
    /// nearly a configured one.
    fn report_unknown_mode(&mut self, head: &Part<'_>) {
        if self.conventions.near_miss(head.text).is_none() {
            let help = Message::new("unknown-mode.help").with("heading", head.text);
            self.found.push(
                Diagnostic::new("unknown-mode", Severity::Warning, self.file, head.span)
                    .with("heading", head.text)
                    .help(help),
            );
        }
    }

    /// Reports a section for the console path that contains none.
    fn report_paths(&mut self, layout: &ModeLayout<'_>, mode: &Mode) {
        let part = layout.parts.iter().find(|part| part.opens == Opens::Path);
        if let Some(part) = part.filter(|_| mode.trail().is_none()) {
            let help = Message::new("path-without-steps.help");
            self.found.push(
                Diagnostic::new(
                    "path-without-steps",
                    Severity::Warning,
                    self.file,
                    part.span,
                )
                .help(help),
            );
        }
    }
}

/// Whether a path or fields are below the first of `parts`.
fn holds_sections(parts: &[Part<'_>]) -> bool {
    let is_section = |part: &Part<'_>| matches!(part.opens, Opens::Path | Opens::Fields);
    parts[1..].iter().any(is_section)
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
                format!("{}: {}", scenario.title, modes.join(","))
            })
            .collect();
        assert_eq!(shown.join("; ").trim_end(), expected, "{text}");
        let found: Vec<&str> = found.iter().map(|one| one.rule).collect();
        assert_eq!(found, rules, "{text}");
    }

    #[test]
    fn mode_of_unknown_name_is_kept_and_reported() {
        let fields = "#### 설정방법\n\n- MID : 받은 값\n\n";
        check(
            &format!("## 결제\n\n### 테스트 연동\n\n{fields}### 라이브 연동\n\n{fields}"),
            "결제: test,라이브-연동",
            &["unknown-mode"],
        );
    }

    #[test]
    fn part_beside_the_modes_is_no_mode() {
        let fields = "#### 설정방법\n\n- MID : 받은 값\n\n";
        check(
            &format!("## 결제\n\n### 테스트 연동\n\n{fields}### 웹훅\n\n문단"),
            "결제: test",
            &[],
        );
    }
}
