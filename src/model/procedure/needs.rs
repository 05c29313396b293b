//! What is needed before a procedure: sections and labels of that name, keys of the frontmatter,
//! attributes of components.
//!
//! All of it is found once in a document. What is under the page's title is for every procedure, so
//! how much of it each of many procedures repeats is bounded.

use std::ops::Range;

use crate::config::procedures::{Cue, ProcedureConvention};
use crate::literal::Value;
use crate::literal::yaml::read;
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::limit::MAX_SHARED;
use crate::model::procedure::candidate::{Candidate, split};
use crate::model::procedure::context::FoundNotice;
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::words_of;
use crate::source::Span;

/// Longest heading over what is needed before, in characters.
const LONGEST_HEADING: usize = 60;

/// Longest label over it.
const LONGEST_LABEL: usize = 80;

/// Keys of the text of an entry.
const TEXT_KEYS: [&str; 3] = ["title", "text", "name"];

/// Most paragraphs of such a section that are taken where it has no list.
const MOST_PARAGRAPHS: usize = 3;

/// Most sections and labels of a document, and most that one procedure has.
const MOST_SECTIONS: usize = 32;
const MOST_NEEDS: usize = 64;

/// One thing that is needed before.
#[derive(Debug, Clone)]
pub(super) struct Need<'a> {
    pub span: Span,
    pub inlines: &'a [Inline],
    pub rest: &'a [Block],
}

/// Where a document says what is needed before.
pub(super) struct NeedFinder<'f, 'a> {
    flow: &'f Flow<'a>,
    sections: Vec<NeedSection>,
    /// Entries of paragraphs that are labels, with their heading.
    labels: Vec<(usize, Option<usize>)>,
}

/// A section over what is needed before: its heading and the entries up to the next one.
struct NeedSection {
    heading: usize,
    end: usize,
    /// The heading whose section it belongs to; `None` for the page.
    scope: Option<usize>,
    owner: Owner,
}

/// The procedures that a section is in, or that are in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Nobody,
    One(usize),
    Several,
}

impl<'f, 'a> NeedFinder<'f, 'a> {
    /// Finds all sections and labels; `all` are the procedures in order.
    pub fn new(flow: &'f Flow<'a>, all: &[Candidate<'a>]) -> Self {
        let sections = flow
            .headings()
            .iter()
            .enumerate()
            .filter_map(|(index, at)| {
                let (_, text) = flow.heading(*at)?;
                let is_short = text.chars().count() <= LONGEST_HEADING;
                let is_need = is_short && flow.heading_cues(*at).has(Cue::Prerequisites);
                is_need.then(|| section(flow, index, all))
            });
        let labels = (0..flow.entries.len()).filter(|at| is_label(flow, *at));
        let labels = labels.map(|at| (at, flow.heading_above(at)));
        Self {
            flow,
            sections: sections.take(MOST_SECTIONS).collect(),
            labels: labels.take(MOST_SECTIONS).collect(),
        }
    }

    /// What is needed before the procedure at `index`, which is one of `count`.
    pub fn of(&self, candidate: &Candidate<'a>, index: usize, count: usize) -> Vec<Need<'a>> {
        let chain: Vec<usize> = self.flow.chain(candidate.entry).collect();
        let mut found = Vec::new();
        for entries in self.reached(candidate, &chain, index, count) {
            found.extend(lines(self.flow, entries.start, entries.end));
        }
        let top = chain.last().copied().unwrap_or(0);
        let near = self.labels.iter().filter(|(at, heading)| {
            let is_above = heading.is_none_or(|heading| chain.contains(&heading));
            (top..candidate.entry).contains(at) && is_above
        });
        found.extend(near.flat_map(|(at, _)| labelled(self.flow, *at, candidate.entry)));
        found.sort_by_key(|need| need.span.start);
        found.dedup_by_key(|need| need.span.start);
        found.truncate(MOST_NEEDS);
        found
    }

    /// The notices of a document, `all`, that are in sections about what the procedure at `index` needs.
    pub fn notices(
        &self,
        candidate: &Candidate<'a>,
        index: usize,
        count: usize,
        all: &[&'a Block],
    ) -> Vec<FoundNotice<'a>> {
        let chain: Vec<usize> = self.flow.chain(candidate.entry).collect();
        let byte = |at: usize| self.flow.entries[at].span.start;
        let found = self
            .reached(candidate, &chain, index, count)
            .flat_map(|entries| {
                let (start, end) = (byte(entries.start - 1), self.flow.entries.get(entries.end));
                let end = end.map_or(candidate.span.start, |entry| entry.span.start);
                let first = all.partition_point(|block| block.span().start < start);
                let last = all.partition_point(|block| block.span().start < end);
                &all[first..last.max(first)]
            });
        let found = found.map(|block| FoundNotice { block, step: None });
        found.take(MOST_NEEDS).collect()
    }

    /// The entries of each section about what the procedure at `index` needs, without its heading;
    /// `chain` are the headings above the procedure.
    fn reached(
        &self,
        candidate: &Candidate<'a>,
        chain: &[usize],
        index: usize,
        count: usize,
    ) -> impl Iterator<Item = Range<usize>> {
        let sections = self.sections.iter().filter(move |section| {
            let start = self.flow.entries[section.heading].span.start;
            let is_own = section.owner == Owner::Nobody || section.owner == Owner::One(index);
            let is_reached = match section.scope {
                None => index < MAX_SHARED,
                Some(scope) => chain.contains(&scope) || count <= 1,
            };
            start <= candidate.span.start && is_own && is_reached
        });
        sections.map(|section| {
            let first = section.heading + 1;
            first..section.end.min(candidate.entry.max(first))
        })
    }
}

/// The section of the heading at `index` among all headings.
fn section(flow: &Flow<'_>, index: usize, all: &[Candidate<'_>]) -> NeedSection {
    let headings = flow.headings();
    let heading = headings[index];
    let end = headings
        .get(index + 1)
        .copied()
        .unwrap_or(flow.entries.len());
    let parent = flow.parent(heading);
    let start = flow.entries[heading].span.start;
    let behind = flow
        .entries
        .get(end)
        .map_or(usize::MAX, |entry| entry.span.start);
    let first = all.partition_point(|one| one.span.start < start);
    let last = all.partition_point(|one| one.span.start < behind);
    let around = first
        .checked_sub(1)
        .filter(|before| all[*before].span.end > start);
    let owner = match (around, last - first) {
        (None, 0) => Owner::Nobody,
        (None, 1) => Owner::One(first),
        (Some(around), 0) => Owner::One(around),
        _ => Owner::Several,
    };
    // Headings below it divide what is needed, where no procedure is among them.
    let whole = flow.end_of_section(heading);
    let whole_end = flow
        .entries
        .get(whole)
        .map_or(usize::MAX, |entry| entry.span.start);
    let is_divided =
        owner == Owner::Nobody && all.partition_point(|one| one.span.start < whole_end) == first;
    NeedSection {
        heading,
        end: if is_divided { whole } else { end },
        scope: parent.filter(|parent| Some(*parent) != flow.title_heading()),
        owner,
    }
}

/// Whether a paragraph is a bold label, or a sentence, that announces what is needed before:
/// `**Prerequisites:**`, "Before you start, make sure you:".
fn is_label(flow: &Flow<'_>, at: usize) -> bool {
    let Kind::Paragraph(paragraph) = flow.entries[at].kind else {
        return false;
    };
    let is_bold = matches!(paragraph.inlines.first(), Some(Inline::Strong(_)));
    let is_lead = || {
        matches!(
            flow.entries.get(at + 1).map(|next| &next.kind),
            Some(Kind::List(_))
        )
    };
    if !is_bold && !is_lead() {
        return false;
    }
    let text = words_of(&paragraph.inlines);
    if text.chars().count() > LONGEST_LABEL {
        return false;
    }
    let cues = flow
        .vocabulary
        .cues(text.trim_end_matches([':', '：', ' ']));
    let is_sentence = cues.has(Cue::BeforeYouStart) && text.ends_with([':', '：']) && is_lead();
    (is_bold && cues.has(Cue::Prerequisites)) || is_sentence
}

/// What a label is about: the list behind it, or its own paragraph.
fn labelled<'a>(flow: &Flow<'a>, at: usize, before: usize) -> Vec<Need<'a>> {
    let has_list = matches!(
        flow.entries.get(at + 1).map(|next| &next.kind),
        Some(Kind::List(_))
    );
    match flow.entries[at].kind {
        _ if has_list && at + 1 < before => lines(flow, at + 1, at + 2),
        Kind::Paragraph(paragraph) if !has_list => vec![Need {
            span: paragraph.span,
            inlines: &paragraph.inlines,
            rest: &[],
        }],
        _ => Vec::new(),
    }
}

/// The items of the lists among some entries, or else the first paragraphs.
fn lines<'a>(flow: &Flow<'a>, first: usize, end: usize) -> Vec<Need<'a>> {
    let entries = &flow.entries[first.min(end)..end];
    let entries = &entries[..entries.len().min(MOST_NEEDS)];
    let lists = entries.iter().filter_map(|entry| match entry.kind {
        Kind::List(list) => Some(list),
        _ => None,
    });
    let items = lists.flat_map(|list| &list.items).map(|item| {
        let (inlines, rest) = split(&item.blocks);
        Need {
            span: item.span,
            inlines,
            rest,
        }
    });
    let items: Vec<Need<'a>> = items.take(MOST_NEEDS).collect();
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

/// What attributes of components list as needed before, as texts with the bytes they are in.
pub(super) fn in_attributes(
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
            if let Some(values) = &attribute.literal {
                located(values, attribute.value_span, source, &mut found);
            }
        }
    });
    found
}

/// What the frontmatter lists as needed before.
pub(super) fn in_frontmatter(
    block: Span,
    convention: &ProcedureConvention,
    source: &str,
) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let text = source.get(block.range()).unwrap_or_default();
    let keys = &convention.prerequisite_keys;
    if !keys.iter().any(|key| text.contains(key.as_str())) {
        return found;
    }
    let body = text.trim().trim_matches('-');
    let Ok(values) = read(body) else {
        return found;
    };
    for value in keys.iter().filter_map(|key| values.get(key)) {
        located(value, block, source, &mut found);
    }
    found
}

/// Finds the entries of a list, or of the lists in a map, in a part of the source, one after the
/// other.
fn located(value: &Value, within: Span, source: &str, found: &mut Vec<(Span, String)>) {
    let lists: Vec<&[Value]> = match value {
        Value::List(entries) => vec![entries],
        Value::Map(entries) => {
            let lists = entries.iter().filter_map(|(_, value)| match value {
                Value::List(entries) => Some(entries.as_slice()),
                _ => None,
            });
            lists.collect()
        }
        _ => Vec::new(),
    };
    let mut from = within.start;
    for entry in lists.into_iter().flatten() {
        let text = entry_text(entry);
        let rest = source.get(from..within.end).unwrap_or_default();
        let at = Some(text.trim()).filter(|text| !text.is_empty());
        let Some((at, text)) = at.and_then(|text| Some((rest.find(text)?, text))) else {
            continue;
        };
        let span = Span::new(from + at, from + at + text.len());
        from = span.end;
        found.push((span, text.to_string()));
        if found.len() == MOST_NEEDS {
            return;
        }
    }
}

fn entry_text(value: &Value) -> String {
    let named = TEXT_KEYS.iter().find_map(|key| value.get(key));
    named.map_or_else(|| value.text(), Value::text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn frontmatter_lists_what_is_needed() {
        let config = Config::read("preset: markdown", "a").unwrap();
        let check = |source: &str, expected: &[&str]| {
            let block = Span::new(0, source.len());
            let found = in_frontmatter(block, &config.procedures, source);
            let texts: Vec<&str> = found
                .iter()
                .map(|(span, _)| &source[span.range()])
                .collect();
            assert_eq!(texts, expected, "{source}");
        };
        check(
            "---\nprereqs:\n  - A key\n  - title: A lock\n---\n",
            &["A key", "A lock"],
        );
        check(
            "---\nprereqs:\n  inline:\n    - title: A key\n---\n",
            &["A key"],
        );
        check("---\nprereqs: a key\n---\n", &[]);
        check("---\nother:\n  - A key\n---\n", &[]);
    }
}
