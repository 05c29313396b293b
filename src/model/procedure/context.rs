//! What is around the steps of a procedure: what is needed before, notices, variants.

use crate::config::procedures::{Cue, ProcedureConvention};
use crate::literal::Value;
use crate::markdown::node::{Block, Children, Component, Inline};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::procedure::candidate::{Candidate, split};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::words_of;
use crate::model::procedure::lead::is_notice_block;
use crate::source::Span;

/// Longest heading or label over what is needed before, in characters.
const LONGEST_LABEL: usize = 60;

/// Keys of the text of an entry.
const NEED_KEYS: [&str; 3] = ["title", "text", "name"];

/// Most paragraphs of such a section that are taken where it has no list.
const MOST_PARAGRAPHS: usize = 3;

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
                let resolved = flow.conventions.schema.resolve(component);
                let is_callout = resolved.is_some_and(|one| one.role == ComponentRole::Callout)
                    || flow.conventions.is_notice(component);
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
    let end = end_behind(candidate, flow).min(after);
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

/// The heading above a byte.
fn heading_at(flow: &Flow<'_>, at: usize) -> Option<usize> {
    let headings = flow.headings();
    let before = headings.partition_point(|heading| flow.entries[*heading].span.start < at);
    Some(headings[before.checked_sub(1)?])
}

/// The byte up to which notices behind a procedure belong to it: the next heading or list.
fn end_behind(candidate: &Candidate<'_>, flow: &Flow<'_>) -> usize {
    let behind = flow
        .entries
        .partition_point(|entry| entry.span.start < candidate.span.end);
    let mut behind = flow.entries[behind..].iter();
    let next = behind.find(|entry| matches!(entry.kind, Kind::Heading(..) | Kind::List(_)));
    next.map_or(usize::MAX, |entry| entry.span.start)
}

/// The section over what is needed before: its heading and the entries up to the next heading.
pub(super) struct Needs {
    heading: usize,
    end: usize,
    /// The heading whose section it belongs to; `None` for the page.
    scope: Option<usize>,
}

/// All sections over what is needed before.
pub(super) fn need_sections(flow: &Flow<'_>) -> Vec<Needs> {
    let mut found = Vec::new();
    for (index, at) in flow.headings().iter().enumerate() {
        let text = flow.heading(*at).map_or("", |(_, text)| text);
        let is_long = text.chars().count() > LONGEST_LABEL;
        if is_long || !flow.vocabulary.cues(text).has(Cue::Prerequisites) {
            continue;
        }
        let parent = flow.parent(*at);
        found.push(Needs {
            heading: *at,
            end: flow
                .headings()
                .get(index + 1)
                .copied()
                .unwrap_or(flow.entries.len()),
            scope: parent.filter(|parent| Some(*parent) != flow.title_heading()),
        });
    }
    found
}

/// The spans of what is needed before a procedure.
pub(super) fn needs_of<'a>(
    candidate: &Candidate<'a>,
    all: &[Candidate<'a>],
    sections: &[Needs],
    flow: &Flow<'a>,
) -> Vec<Need<'a>> {
    let mut found = Vec::new();
    let chain: Vec<usize> = flow.chain(candidate.entry).collect();
    for section in sections {
        let start = flow.entries[section.heading].span.start;
        if start > candidate.span.start {
            break;
        }
        let end = flow
            .entries
            .get(section.end)
            .map_or(usize::MAX, |entry| entry.span.start);
        let is_in_other = all.iter().any(|other| {
            other.span != candidate.span
                && ((other.span.start..other.span.end).contains(&start)
                    || (start..end).contains(&other.span.start))
        });
        let is_reached = section
            .scope
            .is_none_or(|scope| chain.contains(&scope) || all.len() <= 1);
        if !is_in_other && is_reached {
            let last = section.end.min(candidate.entry.max(section.heading + 1));
            found.extend(lines(flow, section.heading + 1, last));
        }
    }
    found.extend(labelled(candidate, flow, &chain));
    found.sort_by_key(Need::start);
    found.dedup_by_key(|need| need.start());
    found
}

/// One thing that is needed before.
#[derive(Debug, Clone)]
pub(super) struct Need<'a> {
    pub span: Span,
    pub inlines: &'a [Inline],
    pub rest: &'a [Block],
}

impl Need<'_> {
    fn start(&self) -> usize {
        self.span.start
    }
}

/// The items of the lists among some entries, or else the first paragraphs.
fn lines<'a>(flow: &Flow<'a>, first: usize, end: usize) -> Vec<Need<'a>> {
    let entries = &flow.entries[first.min(end)..end];
    let mut items = Vec::new();
    for entry in entries {
        if let Kind::List(list) = entry.kind {
            items.extend(list.items.iter().map(|item| {
                let (inlines, rest) = split(&item.blocks);
                Need {
                    span: item.span,
                    inlines,
                    rest,
                }
            }));
        }
    }
    if !items.is_empty() {
        return items;
    }
    let paragraphs = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| match entry.kind {
            Kind::Paragraph(paragraph) if !flow.is_in_notice(first + at) => Some(Need {
                span: paragraph.span,
                inlines: &paragraph.inlines,
                rest: &[],
            }),
            _ => None,
        });
    paragraphs.take(MOST_PARAGRAPHS).collect()
}

/// What a bold label or a sentence before the procedure announces: `**Prerequisites:**`, "Before you
/// start, make sure you:".
fn labelled<'a>(candidate: &Candidate<'a>, flow: &Flow<'a>, chain: &[usize]) -> Vec<Need<'a>> {
    let mut found = Vec::new();
    let top = chain.last().copied().unwrap_or(0);
    for at in top..candidate.entry {
        let Kind::Paragraph(paragraph) = flow.entries[at].kind else {
            continue;
        };
        let is_above = flow
            .heading_above(at)
            .is_none_or(|heading| chain.contains(&heading));
        let text = words_of(&paragraph.inlines);
        if !is_above || text.chars().count() > LONGEST_LABEL + 20 {
            continue;
        }
        let is_bold = matches!(paragraph.inlines.first(), Some(Inline::Strong(_)));
        let cues = flow.vocabulary.cues(&text);
        let has_list = matches!(
            flow.entries.get(at + 1).map(|next| &next.kind),
            Some(Kind::List(_))
        );
        let is_open = at + 1 < candidate.entry;
        if is_bold && cues.has(Cue::Prerequisites) {
            match has_list && is_open {
                true => found.extend(lines(flow, at + 1, at + 2)),
                false => found.push(Need {
                    span: paragraph.span,
                    inlines: &paragraph.inlines,
                    rest: &[],
                }),
            }
        } else if cues.has(Cue::BeforeYouStart) && text.ends_with(':') && has_list && is_open {
            found.extend(lines(flow, at + 1, at + 2));
        }
    }
    found
}

/// What attributes of components list as needed before, as texts with the bytes they are in.
pub(super) fn needs_in_attributes(
    blocks: &[Block],
    convention: &ProcedureConvention,
    source: &str,
) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Skip, &mut |node| {
        let Node::Block(Block::Component(component)) = node else {
            return;
        };
        let named = component.attributes.iter();
        let named = named.filter(|one| convention.prerequisite_keys.contains(&one.name));
        for attribute in named {
            if let Some(Value::List(values)) = &attribute.literal {
                located(
                    values.iter().map(entry_text),
                    attribute.value_span,
                    source,
                    &mut found,
                );
            }
        }
    });
    found
}

/// What the frontmatter lists as needed before.
pub(super) fn needs_in_frontmatter(
    block: Span,
    convention: &ProcedureConvention,
    source: &str,
) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let text = &source[block.range()];
    let has_key = convention
        .prerequisite_keys
        .iter()
        .any(|key| text.contains(key.as_str()));
    if !has_key {
        return found;
    }
    let body = text
        .trim_start_matches('-')
        .trim_end()
        .trim_end_matches('-');
    let Ok(values) = serde_yaml::from_str::<serde_yaml::Mapping>(body) else {
        return found;
    };
    for key in &convention.prerequisite_keys {
        if let Some(serde_yaml::Value::Sequence(entries)) = values.get(key.as_str()) {
            let texts = entries.iter().map(yaml_text);
            located(texts, block, source, &mut found);
        }
    }
    found
}

fn entry_text(value: &Value) -> String {
    let named = NEED_KEYS.iter().find_map(|key| value.get(key));
    named.map_or_else(|| value.text(), Value::text)
}

fn yaml_text(value: &serde_yaml::Value) -> String {
    let named = NEED_KEYS
        .iter()
        .find_map(|key| value.get(*key))
        .unwrap_or(value);
    named.as_str().unwrap_or_default().to_string()
}

/// Finds texts in a part of the source, one after the other.
fn located(
    texts: impl Iterator<Item = String>,
    within: Span,
    source: &str,
    found: &mut Vec<(Span, String)>,
) {
    let mut from = within.start;
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let Some(at) = source
            .get(from..within.end)
            .and_then(|rest| rest.find(text.trim()))
        else {
            continue;
        };
        let span = Span::new(from + at, from + at + text.trim().len());
        from = span.end;
        found.push((span, text));
    }
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
