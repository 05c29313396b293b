//! Components that say that they contain steps.
//!
//! Such a component is a promise. It is refused where too few of its steps instruct, as in a
//! timeline, and where the words of its language are known.

use crate::config::procedures::{Cue, Form, ProcedureConvention};
use crate::markdown::node::{Block, Component, Content};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::model::procedure::candidate::{Candidate, StepRef, StepTitle, split};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::{Flow, Kind, Scope};
use crate::model::procedure::instruct::{MAYBE, NO, YES, instructs};
use crate::model::procedure::label::enumerator;
use crate::model::procedure::list::{Marker, marker};
use crate::source::Span;

/// Least share of the steps that must instruct.
const LEAST: f64 = 0.4;

/// Attributes with the title of a step that the project names.
const TITLES: [&str; 4] = ["title", "label", "heading", "name"];

/// How sure a step with code or a numbered list is one, whatever its title.
const BY_CONTENT: f64 = 0.75;

/// All components of steps, those that are refused too.
pub(super) fn candidates<'a>(
    flow: &Flow<'a>,
    convention: &ProcedureConvention,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    let mut after = 0;
    for (index, scope) in flow.scopes.iter().enumerate().skip(1) {
        if scope.role() != Some(ComponentRole::Steps) || scope.first < after {
            continue;
        }
        after = scope.end;
        if let Some(mut candidate) = read(flow, index) {
            candidate.title = own_title(scope, convention);
            join(&mut found, candidate);
        }
    }
    found
}

/// Steps that go on counting in the next component are one procedure.
fn join<'a>(found: &mut Vec<Candidate<'a>>, next: Candidate<'a>) {
    let last = found
        .last_mut()
        .filter(|last| last.is_taken() && next.is_taken());
    match last {
        Some(last)
            if next.first_number.is_some_and(|number| number > 1)
                && last
                    .first_number
                    .map(|first| first + last.steps.len() as u64)
                    == next.first_number =>
        {
            last.steps.extend(next.steps);
            last.span = last.span.cover(next.span);
            last.heading = None;
        }
        _ => found.push(next),
    }
}

/// The title in the attribute that the project names.
fn own_title(scope: &Scope<'_>, convention: &ProcedureConvention) -> Option<String> {
    let component = scope.component?;
    line_of(component, convention.title_attribute(&component.name)?)
}

/// The text of an attribute on one line; `None` when it is absent or empty.
fn line_of(component: &Component, name: &str) -> Option<String> {
    let attribute = component.attribute(name)?;
    let line = match &attribute.content {
        Content::Inlines(inlines) => collapse_blanks(&inline_text(inlines)),
        _ => collapse_blanks(attribute.value.as_deref().unwrap_or_default()),
    };
    Some(line).filter(|line| !line.is_empty())
}

/// The steps of the component with this index.
fn read<'a>(flow: &Flow<'a>, index: usize) -> Option<Candidate<'a>> {
    let scope = &flow.scopes[index];
    let component = scope.component?;
    let (mut steps, first_number) = steps(flow, index);
    steps.retain(|step| !closes(step, flow));
    let heading = flow.heading_above(scope.first);
    if steps.is_empty() {
        return None;
    }
    let share = steps.iter().map(|step| shows(step, flow)).sum::<f64>() / steps.len() as f64;
    let mut candidate = Candidate::new(Form::Steps, steps, scope.first, heading);
    candidate.span = component.span;
    candidate.first_number = first_number;
    candidate
        .why
        .push(Evidence::Component(component.name.clone()));
    if scope.is_ignored {
        candidate.vetoes.push(Veto::InComponent);
    }
    if candidate.steps.len() < 2 {
        candidate.vetoes.push(Veto::Count);
    } else if share < LEAST && candidate.is_known(flow.vocabulary) {
        candidate.vetoes.push(Veto::FewInstruct);
    }
    Some(candidate)
}

/// The steps in a component: components of steps, else its highest headings, else the items of its
/// numbered lists, with the number of the first of these.
fn steps<'a>(flow: &Flow<'a>, index: usize) -> (Vec<StepRef<'a>>, Option<u64>) {
    let scope = &flow.scopes[index];
    // Components within others come after them, up to the first that is beside.
    let mut steps: Vec<StepRef<'a>> = Vec::new();
    let mut taken = 0;
    for (at, inner) in flow.scopes.iter().enumerate().skip(index + 1) {
        if !flow.is_within(at, index) {
            break;
        }
        let is_step = inner.role() == Some(ComponentRole::Step);
        if let Some(step) = of_component(inner).filter(|step| is_step && step.span.start >= taken) {
            taken = step.span.end;
            steps.push(step);
        }
    }
    if !steps.is_empty() {
        return (steps, None);
    }
    let steps = headings(flow, scope.first, scope.end);
    if !steps.is_empty() {
        return (steps, None);
    }
    let lists = flow.entries[scope.first..scope.end]
        .iter()
        .filter_map(|entry| match entry.kind {
            Kind::List(list) if marker(list) == Marker::Number => Some(list),
            _ => None,
        });
    let lists: Vec<_> = lists.collect();
    let first = lists.first().and_then(|list| list.start);
    let items = lists.iter().flat_map(|list| &list.items);
    (items.map(StepRef::of_item).collect(), first)
}

fn of_component<'a>(scope: &Scope<'a>) -> Option<StepRef<'a>> {
    let component = scope.component?;
    let blocks = scope.blocks;
    let title = match (scope.own_role, scope.resolved) {
        (None, Some(resolved)) => resolved.title().map(|title| title.line()),
        _ => TITLES.iter().find_map(|name| line_of(component, name)),
    };
    let (title, rest) = match title {
        Some(title) => (StepTitle::Text(title), blocks),
        None => {
            let (inlines, rest) = split(blocks);
            (StepTitle::Inlines(inlines), rest)
        }
    };
    Some(StepRef {
        span: component.span,
        node: component.span,
        title,
        blocks: rest.iter().collect(),
        whole: rest,
        behind: Vec::new(),
    })
}

/// The highest headings among some entries as steps, each with all that is below it.
pub(super) fn headings<'a>(flow: &Flow<'a>, first: usize, end: usize) -> Vec<StepRef<'a>> {
    let all = flow.headings_in(first, end);
    let Some(level) = all.iter().map(|at| flow.level(*at)).min() else {
        return Vec::new();
    };
    let tops: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| flow.level(*at) == level)
        .collect();
    let ends = tops.iter().skip(1).copied().chain([end]);
    let steps = tops
        .iter()
        .zip(ends)
        .filter_map(|(at, end)| of_heading(flow, *at, end));
    steps.collect()
}

/// A heading as a step, with the entries up to `end`.
pub(super) fn of_heading<'a>(flow: &Flow<'a>, at: usize, end: usize) -> Option<StepRef<'a>> {
    let (heading, text) = flow.heading(at)?;
    let title = match enumerator(text, flow.vocabulary) {
        Some((_, title)) => StepTitle::Text(title.to_string()),
        None => StepTitle::Inlines(&heading.inlines),
    };
    let blocks: Vec<&Block> = flow.entries[at + 1..end]
        .iter()
        .map(|entry| entry.block)
        .collect();
    let span = blocks
        .iter()
        .map(|block| block.span())
        .fold(heading.span, Span::cover);
    Some(StepRef {
        span,
        node: heading.span,
        title,
        blocks,
        whole: flow.siblings(at, span.end),
        behind: Vec::new(),
    })
}

/// Whether a step only says that everything is done.
fn closes(step: &StepRef<'_>, flow: &Flow<'_>) -> bool {
    let title = step.title.text();
    flow.vocabulary.cues(&title).has(Cue::Finished)
}

/// How sure a step is one: by its title, by its code, by its first text.
fn shows(step: &StepRef<'_>, flow: &Flow<'_>) -> f64 {
    let title = match step.title.text().is_empty() {
        true => NO,
        false => step.title.instructs(flow.vocabulary),
    };
    if title >= YES {
        return title;
    }
    let acts = step.blocks.iter().any(|block| match block {
        Block::Code(_) => true,
        Block::List(list) => marker(list) == Marker::Number,
        Block::Component(component) => has_code(component, flow),
        _ => false,
    });
    let by_content = if acts { BY_CONTENT } else { NO };
    let first = step.blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(instructs(&paragraph.inlines, flow.vocabulary)),
        Block::List(list) => {
            let item = list.items.first()?;
            Some(instructs(split(&item.blocks).0, flow.vocabulary))
        }
        _ => None,
    });
    title
        .max(by_content)
        .max(first.unwrap_or(if by_content > NO { MAYBE } else { NO }))
}

/// Whether a component shows code, or contains some directly.
fn has_code(component: &Component, flow: &Flow<'_>) -> bool {
    let Some(resolved) = flow.conventions.schema.resolve(component) else {
        return false;
    };
    resolved.role == ComponentRole::CodeGroup
        || resolved.blocks().iter().any(|block| match block {
            Block::Code(_) => true,
            Block::Component(inner) => {
                let inner = flow.conventions.schema.resolve(inner);
                inner.is_some_and(|inner| {
                    inner.role == ComponentRole::CodeGroup
                        || inner
                            .blocks()
                            .iter()
                            .any(|block| matches!(block, Block::Code(_)))
                })
            }
            _ => false,
        })
}

/// Whether a block is a component that shows code.
pub(super) fn shows_code(block: &Block, flow: &Flow<'_>) -> bool {
    match block {
        Block::Component(component) => has_code(component, flow),
        _ => false,
    }
}
