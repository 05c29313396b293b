//! Sections beside the steps that belong on their sheet: what is verified afterwards, and what a
//! runbook is about.

use crate::config::procedures::{Cue, Form};
use crate::markdown::node::Block;
use crate::model::item::{Confidence, Item, Requirement, Role, Section};
use crate::model::procedure::candidate::{Candidate, split};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::{NO, instructs};
use crate::model::procedure::sentence::{after_first_sentence, without_blank};
use crate::source::Span;

/// Most things that a section has to verify.
const MOST_RESULTS: usize = 16;

/// Most sections that a runbook's sheet begins with.
const MOST_CONTEXT: usize = 2;

/// What is verified after a procedure: what the section behind it asks for, if its heading is about
/// that and it has no procedure of its own. `next` is where the next procedure begins.
pub(super) fn results(candidate: &Candidate<'_>, next: usize, flow: &Flow<'_>) -> Vec<Item> {
    let behind = flow
        .entries
        .partition_point(|entry| entry.span.start < candidate.span.end);
    let headings = flow.headings();
    let first = headings.partition_point(|heading| *heading < behind);
    let Some(heading) = headings.get(first).copied() else {
        return Vec::new();
    };
    let end = flow.end_of_section(heading);
    let text = flow.heading(heading).map_or("", |(_, text)| text);
    let is_beside = candidate
        .heading
        .is_none_or(|own| flow.level(own) <= flow.level(heading));
    let is_last = flow
        .entries
        .get(end)
        .map_or(usize::MAX, |entry| entry.span.start)
        <= next;
    if !is_beside || !is_last || !flow.vocabulary.cues(text).has(Cue::Verify) {
        return Vec::new();
    }
    let entries = &flow.entries[heading + 1..end];
    let all = entries.iter().flat_map(|entry| match entry.kind {
        Kind::List(list) => list
            .items
            .iter()
            .map(|item| (item.blocks.as_slice(), item.span))
            .collect(),
        Kind::Paragraph(paragraph) => vec![(std::slice::from_ref(entry.block), paragraph.span)],
        _ => Vec::new(),
    });
    let asked = all.filter(|(blocks, _)| instructs(split(blocks).0, flow.vocabulary) > NO);
    asked
        .take(MOST_RESULTS)
        .map(|(blocks, span)| result(blocks, span))
        .collect()
}

fn result(blocks: &[Block], span: Span) -> Item {
    let (inlines, rest) = split(blocks);
    let (label, behind) = after_first_sentence(inlines);
    let mut item = Item::new(Section::Closing, Role::Result, label, span);
    item.detail.extend(behind.map(without_blank));
    item.detail.extend(rest.iter().cloned());
    item.evidence = vec!["verify-section".to_string()];
    item
}

/// What a runbook is about: the first paragraph of its first sections that say so.
pub(super) fn context(candidate: &Candidate<'_>, flow: &Flow<'_>) -> Vec<Item> {
    if candidate.form != Form::Runbook {
        return Vec::new();
    }
    let headings = flow.headings().iter().copied();
    let about = headings.filter_map(|at| {
        let (_, text) = flow.heading(at)?;
        let is_about = flow.vocabulary.cues(text).has(Cue::RunbookContext);
        let Some(Kind::Paragraph(paragraph)) = flow.entries.get(at + 1).map(|next| &next.kind)
        else {
            return None;
        };
        let (label, _) = after_first_sentence(&paragraph.inlines);
        let mut item = Item::new(Section::Tasks, Role::Know, label, paragraph.span);
        item.title = text.to_string();
        item.evidence = vec!["runbook-context".to_string()];
        item.confidence = Confidence::Sure;
        item.requirement = Requirement::Optional;
        is_about.then_some(item)
    });
    about.take(MOST_CONTEXT).collect()
}
