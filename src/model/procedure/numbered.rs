//! Headings with the numbers of steps: `Step 1`, `1단계`, `①`, or `1.` where they are actions.

use crate::config::procedures::{Cue, Form};
use crate::markdown::node::Block;
use crate::markdown::schema::role::ComponentRole;
use crate::model::procedure::candidate::{Candidate, StepRef, split};
use crate::model::procedure::component::{of_heading, shows_code};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::Flow;
use crate::model::procedure::instruct::{MAYBE, NO, YES, instructs, text_instructs};
use crate::model::procedure::label::{Enumerator, enumerator, is_labelled_notice};
use crate::model::procedure::lead::lead;

/// Least share of titles that instruct where the headings are called steps.
const LEAST_OF_STEPS: f64 = 0.4;

/// The same where they have numbers only.
const LEAST_OF_NUMBERS: f64 = 0.6;

/// The same where they are the highest headings of a page, which chapters are as well.
const LEAST_OF_CHAPTERS: f64 = 0.75;

/// How sure a title of a task is an instruction.
const TASK_TITLE: f64 = 0.75;

/// What a title takes away that explains.
const EXPLAINS: f64 = -0.25;

/// Most paragraphs of a section that are looked at.
const MOST_PARAGRAPHS: usize = 6;

/// All runs of numbered headings, those that are refused too.
pub(super) fn candidates<'a>(flow: &Flow<'a>, is_unlikely: bool) -> Vec<Candidate<'a>> {
    runs(flow)
        .into_iter()
        .filter_map(|run| read(flow, &run, is_unlikely))
        .collect()
}

/// Headings of one level that count up from 0 or 1, with nothing higher between them.
struct Run {
    headings: Vec<usize>,
    is_explicit: bool,
}

fn runs(flow: &Flow<'_>) -> Vec<Run> {
    let mut done: Vec<Run> = Vec::new();
    // One open run for each level.
    let mut open: Vec<(u8, Run, u32)> = Vec::new();
    for at in flow.headings().iter().copied() {
        if flow.is_in(at, ComponentRole::Steps) {
            continue;
        }
        let level = flow.level(at);
        let text = flow.heading(at).map_or("", |(_, text)| text);
        while open.last().is_some_and(|(other, ..)| *other > level) {
            done.extend(open.pop().map(|(_, run, _)| run));
        }
        let number = enumerator(text, flow.vocabulary).map(|(number, _)| number);
        if let Some((other, run, next)) = open.last_mut()
            && *other == level
        {
            if let Some(number) = number
                && number.number == *next
                && number.is_explicit == run.is_explicit
            {
                run.headings.push(at);
                *next += 1;
                continue;
            }
            done.extend(open.pop().map(|(_, run, _)| run));
        }
        if let Some(Enumerator {
            number,
            is_explicit,
        }) = number
            && number <= 1
        {
            let headings = vec![at];
            open.push((
                level,
                Run {
                    headings,
                    is_explicit,
                },
                number + 1,
            ));
        }
    }
    done.extend(open.into_iter().map(|(_, run, _)| run));
    done.retain(|run| run.headings.len() >= 2);
    done.sort_by_key(|run| run.headings[0]);
    done
}

fn read<'a>(flow: &Flow<'a>, run: &Run, is_unlikely: bool) -> Option<Candidate<'a>> {
    let last = *run.headings.last()?;
    let ends = run
        .headings
        .iter()
        .skip(1)
        .copied()
        .chain([flow.end_of_section(last)]);
    let steps = run.headings.iter().zip(ends);
    let steps: Vec<StepRef<'a>> = steps
        .filter_map(|(at, end)| of_heading(flow, *at, end))
        .collect();
    let parent = flow.parent(run.headings[0]);
    let mut candidate = Candidate::new(Form::Headings, steps, run.headings[0], parent);
    judge(&mut candidate, flow, run, is_unlikely);
    Some(candidate)
}

fn judge(candidate: &mut Candidate<'_>, flow: &Flow<'_>, run: &Run, is_unlikely: bool) {
    let count = candidate.steps.len() as f64;
    let titles = candidate
        .steps
        .iter()
        .map(|step| title(step, flow))
        .sum::<f64>()
        / count;
    let acting = candidate
        .steps
        .iter()
        .filter(|step| acts(step, flow))
        .count() as f64;
    candidate.why.push(match run.is_explicit {
        true => Evidence::NumberedSteps,
        false => Evidence::NumberedHeadings,
    });
    let scope = flow.entries[run.headings[0]].scope;
    if flow.scopes[scope].is_ignored {
        candidate.vetoes.push(Veto::InComponent);
    }
    if run.is_explicit {
        let others = candidate.steps.iter().filter(|step| {
            flow.vocabulary
                .cues(&step.title.text())
                .has(Cue::OtherSubject)
        });
        if others.count() as f64 * 2.0 >= count {
            candidate.vetoes.push(Veto::OtherActor);
        }
        // Bare numbers say no more than that they are steps.
        let is_judged = !is_bare(candidate) && candidate.is_known(flow.vocabulary);
        let is_weak = acting * 2.0 < count || (titles < LEAST_OF_STEPS && acting < count);
        if is_judged && is_weak {
            candidate.vetoes.push(Veto::FewInstruct);
        }
        return;
    }
    let first = run.headings[0];
    if flow
        .vocabulary
        .cues(&lead(flow, first))
        .has(Cue::Alternatives)
    {
        candidate.vetoes.push(Veto::Alternatives);
    }
    if is_unlikely {
        candidate.vetoes.push(Veto::Document);
    }
    let level = flow.level(first);
    let is_top = candidate.heading == flow.title_heading() && level == 2;
    if level == 1 || (is_top && titles < LEAST_OF_CHAPTERS) {
        candidate.vetoes.push(Veto::Chapters);
    }
    if titles < LEAST_OF_NUMBERS || acting * 3.0 < count * 2.0 {
        candidate.vetoes.push(Veto::FewInstruct);
    }
}

/// Whether its headings are numbers without titles.
fn is_bare(candidate: &Candidate<'_>) -> bool {
    let mut titles = candidate.steps.iter().map(|step| step.title.text());
    titles.all(|title| title.is_empty())
}

/// How sure a heading's title is an instruction.
fn title(step: &StepRef<'_>, flow: &Flow<'_>) -> f64 {
    let text = step.title.text();
    let vocabulary = flow.vocabulary;
    if text.is_empty() {
        return MAYBE;
    }
    let instructs = text_instructs(&text, false, vocabulary);
    let cues = vocabulary.cues(&text);
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_gerund = vocabulary
        .gerunds
        .iter()
        .any(|ending| first.len() > ending.len() + 1 && first.ends_with(ending.as_str()));
    if instructs == NO && cues.has(Cue::Explains) && !cues.has(Cue::AsksHow) {
        return EXPLAINS;
    }
    if is_gerund {
        return instructs.max(TASK_TITLE);
    }
    // Titles in languages that end with the verb often end with a noun instead.
    let is_noun = instructs == NO && !text.is_ascii() && cues.has(Cue::TaskHeading);
    if is_noun { MAYBE } else { instructs }
}

/// Whether a section tells the reader to do something.
fn acts(step: &StepRef<'_>, flow: &Flow<'_>) -> bool {
    let mut paragraphs = 0;
    let mut has_code = false;
    for block in &step.blocks {
        match block {
            Block::List(list) => {
                let items = list.items.iter();
                let mut items = items.map(|item| instructs(split(&item.blocks).0, flow.vocabulary));
                if items.any(|item| item >= YES) {
                    return true;
                }
            }
            Block::Paragraph(paragraph)
                if paragraphs < MOST_PARAGRAPHS && !is_labelled_notice(block, flow.vocabulary) =>
            {
                paragraphs += 1;
                if instructs(&paragraph.inlines, flow.vocabulary) >= YES {
                    return true;
                }
            }
            Block::Code(_) => has_code = true,
            Block::Component(_) => has_code |= shows_code(block, flow),
            _ => {}
        }
    }
    has_code && title(step, flow) >= MAYBE
}
