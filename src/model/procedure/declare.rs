//! What an author declares beats what is inferred. The nearest declaration counts: a comment before the
//! frontmatter, one above a list before one above its section.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::config::procedures::{Cue, Form};
use crate::markdown::Document;
use crate::markdown::node::Block;
use crate::model::procedure::candidate::Candidate;
use crate::model::procedure::component::headings;
use crate::model::procedure::declaration::{
    Declared, Stray, StrayReason, comments, in_comment, in_frontmatter,
};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::runbook;
use crate::normal::folded;
use crate::source::Span;

/// Deepest heading below which headings are looked for.
const DEEPEST: usize = 6;

/// What the declarations of a document make of its candidates.
pub(super) struct Decided<'a> {
    /// Those that are declared to be procedures, or none.
    pub declared: Vec<Candidate<'a>>,
    /// The others.
    pub others: Vec<Candidate<'a>>,
    /// Declarations without an effect.
    pub strays: Vec<Stray>,
    /// Parts that are declared to contain none.
    pub without: Vec<Span>,
}

impl<'a> Decided<'a> {
    /// Candidates of a document that declares nothing.
    pub fn without_declarations(others: Vec<Candidate<'a>>) -> Self {
        Self {
            declared: Vec::new(),
            others,
            strays: Vec::new(),
            without: Vec::new(),
        }
    }

    /// Whether a candidate begins in a part that is declared to contain none.
    pub fn is_without(&self, span: Span) -> bool {
        let mut parts = self.without.iter();
        parts.any(|part| part.range().contains(&span.start))
    }
}

/// What a declaration is about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    /// Its entries.
    entries: Range<usize>,
    /// The heading, where it is one.
    heading: Option<usize>,
    /// Whether it is more than one list.
    is_part: bool,
}

/// Applies the declarations of a document to its candidates.
pub(super) fn decide<'a>(
    flow: &Flow<'a>,
    document: &'a Document,
    source: &str,
    pool: Vec<Candidate<'a>>,
) -> Decided<'a> {
    let mut decider = Decider {
        flow,
        starts: starts(&pool),
        behind: behind(flow),
        pool: pool.into_iter().map(Some).collect(),
        declared: Vec::new(),
        strays: Vec::new(),
        without: Vec::new(),
    };
    decider.comments(document);
    decider.frontmatter(document, source);
    Decided {
        declared: decider.declared,
        others: decider.pool.into_iter().flatten().collect(),
        strays: decider.strays,
        without: decider.without,
    }
}

/// Where each step of each candidate starts, in order.
fn starts(pool: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let starts = pool.iter().enumerate().flat_map(|(index, candidate)| {
        let steps = candidate.steps.iter();
        steps.map(move |step| (step.span.start, index))
    });
    let mut starts: Vec<(usize, usize)> = starts.collect();
    starts.sort_unstable();
    starts
}

/// For each entry the next one that is no comment.
fn behind(flow: &Flow<'_>) -> Vec<usize> {
    let mut next = flow.entries.len();
    let mut behind = vec![next; flow.entries.len()];
    for (at, entry) in flow.entries.iter().enumerate().rev() {
        behind[at] = next;
        if !matches!(entry.block, Block::Comment(_)) {
            next = at;
        }
    }
    behind
}

struct Decider<'f, 'a> {
    flow: &'f Flow<'a>,
    /// The candidates that nothing has decided.
    pool: Vec<Option<Candidate<'a>>>,
    starts: Vec<(usize, usize)>,
    /// For each entry the next one that is no comment.
    behind: Vec<usize>,
    declared: Vec<Candidate<'a>>,
    strays: Vec<Stray>,
    without: Vec<Span>,
}

impl<'a> Decider<'_, 'a> {
    fn comments(&mut self, document: &'a Document) {
        let mut all = Vec::new();
        for (span, text) in comments(&document.blocks) {
            match in_comment(text) {
                Some(Ok((declared, has_reason))) => {
                    if !has_reason {
                        self.stray(span, StrayReason::NoReason);
                    }
                    match self.below(span) {
                        Some(target) => all.push((target, declared, span)),
                        None => self.stray(span, StrayReason::NoTarget),
                    }
                }
                Some(Err(word)) => self.stray(span, StrayReason::UnknownWord(word)),
                None => {}
            }
        }
        // The smallest part first: what is nearest counts.
        all.sort_by_key(|(target, ..)| target.entries.len());
        for (target, declared, span) in all {
            self.apply(&target, declared, span);
        }
    }

    fn frontmatter(&mut self, document: &Document, source: &str) {
        let all = in_frontmatter(document.frontmatter.span, source);
        let has_headings = all.iter().any(|one| one.heading.is_some());
        let by_text = match has_headings {
            true => self.by_text(),
            false => Default::default(),
        };
        for one in all {
            let declared = match one.declared {
                Ok(declared) => declared,
                Err(word) => {
                    self.stray(one.span, StrayReason::UnknownWord(word));
                    continue;
                }
            };
            let Some(heading) = one.heading else {
                let page = self.page();
                self.apply(&page, declared, one.span);
                continue;
            };
            match by_text.get(&folded(&heading)) {
                Some(at) => {
                    let section = self.section(*at);
                    self.apply(&section, declared, one.span);
                }
                None => self.stray(one.span, StrayReason::NoHeading(heading)),
            }
        }
    }

    /// The first heading with each text.
    fn by_text(&self) -> HashMap<String, usize> {
        let mut found = HashMap::new();
        for at in self.flow.headings() {
            let text = self.flow.heading(*at).map_or("", |(_, text)| text);
            found.entry(folded(text)).or_insert(*at);
        }
        found
    }

    fn stray(&mut self, span: Span, why: StrayReason) {
        self.strays.push(Stray { span, why });
    }

    fn page(&self) -> Target {
        let first = self.flow.title_heading().map_or(0, |title| title + 1);
        Target {
            entries: first..self.flow.entries.len(),
            heading: self.flow.title_heading(),
            is_part: true,
        }
    }

    fn section(&self, heading: usize) -> Target {
        Target {
            entries: heading + 1..self.flow.end_of_section(heading),
            heading: Some(heading),
            is_part: true,
        }
    }

    /// What is directly below a comment: a list, a heading with its section, or a component.
    fn below(&self, comment: Span) -> Option<Target> {
        let entries = &self.flow.entries;
        let at = entries.partition_point(|entry| entry.span.start < comment.start);
        let own = entries.get(at).filter(|entry| entry.span == comment)?;
        let at = self.behind[at];
        if at >= self.flow.scopes[own.scope].end {
            return None;
        }
        if entries[at].scope != own.scope {
            let mut around = self.flow.around(entries[at].scope);
            let part = around.find(|scope| scope.parent == own.scope)?;
            return Some(Target {
                entries: part.first..part.end,
                heading: None,
                is_part: true,
            });
        }
        match entries[at].kind {
            Kind::Heading(..) => Some(self.section(at)),
            Kind::List(_) => Some(Target {
                entries: at..at + 1,
                heading: None,
                is_part: false,
            }),
            _ => None,
        }
    }

    fn apply(&mut self, target: &Target, declared: Declared, span: Span) {
        let taken = match declared {
            Declared::None => {
                let refused = self.candidates_in(&target.entries);
                for index in &refused {
                    self.declare(*index, &target.entries, Err(Veto::Declared));
                }
                self.without.extend(self.bytes(&target.entries));
                true
            }
            Declared::Procedure => self.take_any(target),
            Declared::Form { form, is_bullets } => self.take_form(target, form, is_bullets),
        };
        if !taken {
            self.stray(span, StrayReason::NoTarget);
        }
    }

    /// The bytes of some entries; `None` where there are none.
    fn bytes(&self, entries: &Range<usize>) -> Option<Span> {
        let first = self.flow.entries.get(entries.start)?;
        let last = self.flow.entries.get(entries.end.checked_sub(1)?)?;
        (entries.start < entries.end).then(|| first.span.cover(last.span))
    }

    /// The candidates that nothing has decided and that have a step among some entries, in order.
    fn candidates_in(&self, entries: &Range<usize>) -> Vec<usize> {
        let Some(bytes) = self.bytes(entries) else {
            return Vec::new();
        };
        let first = self
            .starts
            .partition_point(|(start, _)| *start < bytes.start);
        let within = self.starts[first..].iter();
        let within = within.take_while(|(start, _)| *start < bytes.end);
        let mut found: Vec<usize> = Vec::new();
        for (_, index) in within {
            if self.pool[*index].is_some() && found.last() != Some(index) {
                found.push(*index);
            }
        }
        let mut seen = HashSet::new();
        found.retain(|index| seen.insert(*index));
        found
    }

    /// Decides a candidate, or those of its boxes that are among some entries.
    fn declare(&mut self, index: usize, entries: &Range<usize>, how: Result<(), Veto>) {
        let bytes = self.bytes(entries).unwrap_or_default();
        let Some(mut candidate) = self.pool[index].take() else {
            return;
        };
        if candidate.form == Form::Tasklist {
            let (own, rest) = candidate.split(bytes);
            candidate = own;
            self.pool[index] = rest;
        }
        match how {
            Ok(()) => {
                candidate.vetoes.clear();
                candidate.why.push(Evidence::Declared);
            }
            Err(veto) => candidate.vetoes.push(veto),
        }
        self.declared.push(candidate);
    }

    /// Takes what is most likely meant: the strongest form directly in a part, else its headings.
    fn take_any(&mut self, target: &Target) -> bool {
        let all = self.candidates_in(&target.entries);
        let direct = all.into_iter().filter(|index| {
            let entry = self.pool[*index].as_ref().map(|one| one.entry);
            let is_direct = |entry| self.flow.heading_above(entry) == target.heading;
            target.heading.is_none() || entry.is_some_and(is_direct)
        });
        let strongest = direct.min_by_key(|index| {
            let candidate = self.pool[*index].as_ref();
            candidate.map(|one| (one.form, one.is_bullets, one.span.start))
        });
        match strongest {
            Some(index) => {
                self.declare(index, &target.entries, Ok(()));
                true
            }
            None => target.is_part && self.take_headings(&target.entries, 2),
        }
    }

    fn take_form(&mut self, target: &Target, form: Form, is_bullets: bool) -> bool {
        let mut all = self.candidates_in(&target.entries);
        all.retain(|index| {
            let candidate = self.pool[*index].as_ref();
            candidate.is_some_and(|one| {
                let is_elsewhere = form == Form::OrderedList && self.is_elsewhere(one, target);
                one.form == form && one.is_bullets == is_bullets && !is_elsewhere
            })
        });
        for index in &all {
            self.declare(*index, &target.entries, Ok(()));
        }
        match form {
            _ if !all.is_empty() => true,
            Form::Headings => self.take_headings(&target.entries, 1),
            Form::Runbook => self.take_runbook(&target.entries),
            Form::Steps | Form::Tasklist | Form::OrderedList => false,
        }
    }

    /// Whether a list is in a section about what is needed before, or what comes next, which the
    /// declaration does not name.
    fn is_elsewhere(&self, candidate: &Candidate<'a>, target: &Target) -> bool {
        let heading = self.flow.heading_above(candidate.entry);
        heading != target.heading && heading.is_some_and(|at| self.is_beside(at))
    }

    /// Whether a heading is over what is needed before, or what comes next.
    fn is_beside(&self, heading: usize) -> bool {
        let text = self.flow.heading(heading).map_or("", |(_, text)| text);
        let cues = self.flow.vocabulary.cues(text);
        [Cue::Prerequisites, Cue::Next, Cue::Verify, Cue::Finished]
            .into_iter()
            .any(|cue| cues.has(cue))
    }

    /// Takes the highest headings among some entries of which there are several as steps.
    fn take_headings(&mut self, entries: &Range<usize>, least: usize) -> bool {
        let flow = self.flow;
        let mut first = entries.start;
        let mut steps = Vec::new();
        for _ in 0..DEEPEST {
            steps = headings(flow, first, entries.end);
            let next = steps.first().map(|only| flow.at(only.span.start) + 1);
            match (steps.as_slice(), next) {
                ([_], Some(next)) if !headings(flow, next, entries.end).is_empty() => first = next,
                _ => break,
            }
        }
        steps.retain(|step| !self.is_beside(flow.at(step.span.start)));
        if steps.len() < least {
            return false;
        }
        let entry = flow.at(steps[0].span.start);
        let parent = flow.parent(entry);
        let mut candidate = Candidate::new(Form::Headings, steps, entry, parent);
        candidate.why.push(Evidence::Declared);
        self.declared.push(candidate);
        true
    }

    fn take_runbook(&mut self, entries: &Range<usize>) -> bool {
        let Some(mut candidate) = runbook::declared(self.flow, entries) else {
            return false;
        };
        candidate.why.push(Evidence::Declared);
        self.declared.push(candidate);
        true
    }
}
