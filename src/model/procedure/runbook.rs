//! Runbooks: pages whose headings are Diagnosis, Mitigation and their like. What such a section
//! asks of its reader is a step, in lists and in running text.

use std::ops::Range;

use crate::config::procedures::{Cue, Form};
use crate::markdown::node::{Block, Inline, Paragraph};
use crate::model::procedure::candidate::{Candidate, StepRef, StepTitle, split};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::{NO, YES, instructs, words_of};
use crate::model::procedure::label::is_labelled_notice;
use crate::source::Span;

/// Longest heading of a section, in characters.
const LONGEST_HEADING: usize = 32;

/// The steps of a runbook; `None` for other documents. `is_taken` are those of other procedures.
pub(super) fn candidate<'a>(
    flow: &Flow<'a>,
    is_taken: impl Fn(Span) -> bool,
) -> Option<Candidate<'a>> {
    let length = |at: usize| flow.heading(at).map_or(0, |(_, text)| text.chars().count());
    let has = |at: usize, cue: Cue| flow.heading_cues(at).has(cue);
    let all = flow.headings();
    let acting: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| has(*at, Cue::RunbookAction) && length(*at) < LONGEST_HEADING)
        .collect();
    let proofs = acting
        .iter()
        .filter(|at| has(**at, Cue::RunbookProof))
        .count();
    let has_context = all.iter().any(|at| has(*at, Cue::RunbookContext));
    if proofs == 0 || !(has_context || proofs > 1) {
        return None;
    }
    let mut candidate = of_sections(flow, &acting, is_taken)?;
    candidate.why.push(Evidence::RunbookHeadings);
    if candidate.steps.len() < 2 {
        candidate.vetoes.push(Veto::Count);
    }
    Some(candidate)
}

/// The steps of a part that is declared to be a runbook; `None` without a step.
pub(super) fn declared<'a>(flow: &Flow<'a>, entries: &Range<usize>) -> Option<Candidate<'a>> {
    let all = flow.headings_in(entries.start, entries.end).iter();
    let acting: Vec<usize> = all
        .copied()
        .filter(|at| flow.heading_cues(*at).has(Cue::RunbookAction))
        .collect();
    let candidate = of_sections(flow, &acting, |_| false)?;
    (!candidate.steps.is_empty()).then_some(candidate)
}

/// The steps of the sections about what to do.
fn of_sections<'a>(
    flow: &Flow<'a>,
    acting: &[usize],
    is_taken: impl Fn(Span) -> bool,
) -> Option<Candidate<'a>> {
    let first = *acting.first()?;
    let level = flow.level(first);
    let mut steps: Vec<StepRef<'a>> = Vec::new();
    let mut after = 0;
    for at in acting.iter().filter(|at| flow.level(**at) <= level + 1) {
        if *at < after {
            continue;
        }
        after = flow.end_of_section(*at);
        section(flow, at + 1, after, &is_taken, &mut steps);
    }
    let heading = flow.title_heading();
    let mut candidate = Candidate::new(Form::Runbook, steps, first, heading);
    candidate.span = flow.entries[first].span.cover(candidate.span);
    Some(candidate)
}

/// Adds the steps of a section.
fn section<'a>(
    flow: &Flow<'a>,
    first: usize,
    end: usize,
    is_taken: &impl Fn(Span) -> bool,
    steps: &mut Vec<StepRef<'a>>,
) {
    for at in first..end {
        let entry = &flow.entries[at];
        if is_taken(entry.span) || flow.is_in_notice(at) {
            continue;
        }
        match &entry.kind {
            Kind::List(list) => {
                let items = list.items.iter().filter(|item| {
                    let instructs = instructs(split(&item.blocks).0, flow.vocabulary);
                    instructs > NO || list.start.is_some()
                });
                steps.extend(items.map(StepRef::of_item));
            }
            Kind::Paragraph(paragraph) if is_step(flow, at, paragraph, end) => {
                steps.push(of_paragraph(flow, paragraph, at, end));
            }
            _ => {}
        }
    }
}

/// Whether a paragraph instructs, or leads to a command.
fn is_step(flow: &Flow<'_>, at: usize, paragraph: &Paragraph, end: usize) -> bool {
    if is_labelled_notice(flow.entries[at].block, flow.vocabulary)
        || refers(&paragraph.inlines, flow)
    {
        return false;
    }
    let next = flow.entries[at + 1..end]
        .iter()
        .find(|next| !matches!(next.block, Block::Comment(_)));
    let text = words_of(&paragraph.inlines);
    let is_lead = text.ends_with([':', '：']);
    match next.map(|next| &next.kind) {
        Some(Kind::List(_)) if is_lead => false,
        Some(Kind::Code(_)) if is_lead => true,
        Some(Kind::Code(_)) if flow.vocabulary.cues(&text).has(Cue::Runs) => true,
        _ => instructs(&paragraph.inlines, flow.vocabulary) >= YES,
    }
}

/// Whether a paragraph only refers to another text.
fn refers(inlines: &[Inline], flow: &Flow<'_>) -> bool {
    flow.vocabulary.cues(&words_of(inlines)).has(Cue::Refers)
}

/// A paragraph with the code behind it.
fn of_paragraph<'a>(
    flow: &Flow<'a>,
    paragraph: &'a Paragraph,
    at: usize,
    end: usize,
) -> StepRef<'a> {
    let behind = flow.entries[at + 1..end].iter();
    let code = behind.take_while(|next| matches!(next.kind, Kind::Code(_)));
    StepRef {
        span: paragraph.span,
        node: paragraph.span,
        title: StepTitle::Inlines(&paragraph.inlines),
        blocks: Vec::new(),
        whole: &[],
        behind: code.map(|next| next.block).collect(),
    }
}
