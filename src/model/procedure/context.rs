//! What is around the steps of a procedure: notices and variants.

use std::collections::HashSet;

use crate::config::procedures::ProcedureConvention;
use crate::literal::Value;
use crate::markdown::node::{Block, Children, Component};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::procedure::candidate::Candidate;
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::label::is_labelled_notice;
use crate::model::procedure::lead::is_notice_block;
use crate::model::procedure::list::is_picture;
use crate::source::Span;

/// A notice, with the step it is at; `None` for the whole procedure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundNotice<'a> {
    pub block: &'a Block,
    pub step: Option<usize>,
}

/// All notices of a document, those in lists and components too, in order. What is in a notice is
/// part of it.
pub(super) fn notices<'a>(
    blocks: &'a [Block],
    flow: &Flow<'a>,
    convention: &ProcedureConvention,
) -> Vec<&'a Block> {
    let mut found = Vec::new();
    collect(blocks, flow, convention, &mut found);
    found
}

fn collect<'a>(
    blocks: &'a [Block],
    flow: &Flow<'a>,
    convention: &ProcedureConvention,
    found: &mut Vec<&'a Block>,
) {
    for block in blocks {
        match block {
            Block::List(list) => {
                for item in &list.items {
                    collect(&item.blocks, flow, convention, found);
                }
            }
            Block::Component(component) => {
                let is_callout = flow.is_callout(component);
                let name = component.name.to_lowercase();
                if is_callout && !convention.plain_callouts.contains(&name) {
                    found.push(block);
                } else if let Children::Blocks(children) = &component.children {
                    collect(children, flow, convention, found);
                }
            }
            _ if is_notice_block(block, flow, convention) => found.push(block),
            _ => {}
        }
    }
}

/// The notices of a procedure: from its heading or the last procedure to its first step, those
/// within it, and those directly behind it. `before` is where the last procedure ends, `after` where
/// the next one begins.
pub(super) fn notices_of<'a>(
    candidate: &Candidate<'a>,
    all: &[&'a Block],
    flow: &Flow<'a>,
    before: usize,
    after: usize,
) -> Vec<FoundNotice<'a>> {
    let span = candidate.span;
    let heading = candidate
        .heading
        .map_or(0, |at| flow.entries[at].span.start);
    let start = heading.max(before);
    let own_heading = flow.heading_above(candidate.entry);
    let end = end_behind(candidate, flow)
        .min(end_around(candidate, flow))
        .min(after);
    let first = all.partition_point(|block| block.span().start < start);
    let near = all[first..]
        .iter()
        .take_while(|block| block.span().start < end);
    let near = near.filter_map(|block| {
        let at = block.span().start;
        let step = candidate
            .steps
            .iter()
            .rposition(|step| step.span.start <= at);
        let is_within = (span.start..span.end).contains(&at);
        if is_within {
            return Some(FoundNotice { block, step });
        }
        let is_near = at >= span.end || heading_at(flow, at) == own_heading;
        is_near.then_some(FoundNotice { block, step: None })
    });
    near.collect()
}

/// The notices of a procedure with those at what it needs, each once and in order.
pub(super) fn joined<'a>(
    at_needs: Vec<FoundNotice<'a>>,
    own: &[FoundNotice<'a>],
) -> Vec<FoundNotice<'a>> {
    let starts: HashSet<usize> = own.iter().map(|one| one.block.span().start).collect();
    let others = at_needs.into_iter();
    let others = others.filter(|one| !starts.contains(&one.block.span().start));
    let mut all: Vec<FoundNotice<'a>> = others.chain(own.iter().cloned()).collect();
    all.sort_by_key(|one| one.block.span().start);
    all
}

/// The heading above a byte.
pub(super) fn heading_at(flow: &Flow<'_>, at: usize) -> Option<usize> {
    let headings = flow.headings();
    let before = headings.partition_point(|heading| flow.entries[*heading].span.start < at);
    Some(headings[before.checked_sub(1)?])
}

/// The byte up to which notices behind a procedure belong to it: the next heading, list, text or
/// line across the page.
fn end_behind(candidate: &Candidate<'_>, flow: &Flow<'_>) -> usize {
    let end = candidate.span.end;
    let behind = flow.entries.partition_point(|entry| entry.span.start < end);
    let mut behind = flow.entries[behind..].iter();
    let next = behind.find(|entry| match &entry.kind {
        Kind::Heading(..) | Kind::List(_) => true,
        Kind::Paragraph(paragraph) => {
            !is_picture(&paragraph.inlines) && !is_labelled_notice(entry.block, flow.vocabulary)
        }
        _ => false,
    });
    let next = next.map_or(usize::MAX, |entry| entry.span.start);
    let mut rules = flow.siblings(candidate.entry, next).iter();
    let rule = rules.find(|block| matches!(block, Block::Rule(_)) && block.span().start >= end);
    rule.map_or(next, |rule| rule.span().start)
}

/// The end of what a reader opens or chooses around a procedure.
fn end_around(candidate: &Candidate<'_>, flow: &Flow<'_>) -> usize {
    use ComponentRole as Role;
    let mut around = flow.around(flow.entries[candidate.entry].scope);
    let part = around.find(|scope| {
        matches!(
            scope.role(),
            Some(Role::Details | Role::Tab | Role::Card | Role::Step)
        ) && scope
            .component
            .is_some_and(|one| one.span.end >= candidate.span.end)
    });
    let part = part.and_then(|scope| scope.component);
    part.map_or(usize::MAX, |component| component.span.end)
}

/// The labels of the tabs and conditions within a procedure, and of the tab around it.
pub(super) fn variants(
    candidate: &Candidate<'_>,
    flow: &Flow<'_>,
    all: &[(Span, Vec<String>)],
) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    let mut add = |label: String| {
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    };
    let first = all.partition_point(|(span, _)| span.start < candidate.span.start);
    let within = all[first..]
        .iter()
        .take_while(|(span, _)| span.start < candidate.span.end);
    within
        .flat_map(|(_, labels)| labels)
        .cloned()
        .for_each(&mut add);
    let around = flow.around(flow.entries[candidate.entry].scope);
    for scope in around {
        if scope.role() == Some(ComponentRole::Tab)
            && let Some(parent) = flow
                .scopes
                .get(scope.parent)
                .and_then(|parent| parent.resolved)
            && let Some(component) = scope.component
        {
            let (_, panels) = parent.panels();
            let own = panels.into_iter().find(|panel| {
                panel
                    .blocks
                    .first()
                    .map(Block::span)
                    .is_some_and(|first| component.span.cover(first) == component.span)
            });
            add(own.map_or_else(String::new, |panel| panel.label.line()));
        }
    }
    labels
}

/// The labels of all tabs and conditions of a document, by the component that has them, in order.
pub(super) fn all_labels(blocks: &[Block], flow: &Flow<'_>) -> Vec<(Span, Vec<String>)> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Skip, &mut |node| {
        let Node::Block(Block::Component(component)) = node else {
            return;
        };
        let Some(resolved) = flow.conventions.schema.resolve(component) else {
            return;
        };
        let labels: Vec<String> = match resolved.role {
            ComponentRole::Tabs => {
                let (_, panels) = resolved.panels();
                panels.iter().map(|panel| panel.label.line()).collect()
            }
            // Code that is the same for all has no labels of its own.
            ComponentRole::CodeGroup if has_labels(component) => {
                let (_, panels) = resolved.panels();
                panels.iter().map(|panel| panel.label.line()).collect()
            }
            ComponentRole::When => {
                let conditions = resolved.conditions().into_iter();
                conditions.flat_map(|condition| condition.values).collect()
            }
            _ => return,
        };
        found.push((component.span, labels));
    });
    found
}

/// Whether a component gives the labels of its panels.
fn has_labels(component: &Component) -> bool {
    let attributes = component.attributes.iter();
    let mut literals = attributes.filter_map(|attribute| attribute.literal.as_ref());
    literals.any(|literal| matches!(literal, Value::List(_) | Value::Map(_)))
}
