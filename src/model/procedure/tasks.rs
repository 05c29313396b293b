//! Lists with boxes. All of one heading are one procedure.

use crate::config::procedures::words::Vocabulary;
use crate::config::procedures::{Cue, Form, ProcedureConvention};
use crate::model::procedure::candidate::{Candidate, StepRef};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::YES;
use crate::model::procedure::lead::lead;
use crate::model::procedure::list::{JoinedList, Marker};

/// Most blocks between code and the list that it shows the source of.
const MOST_BETWEEN: usize = 2;

/// The task lists of each heading, those that are refused too.
pub(super) fn candidates<'a>(
    flow: &Flow<'a>,
    lists: &[JoinedList<'a>],
    convention: &ProcedureConvention,
    is_unlikely: bool,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for list in lists.iter().filter(|list| list.marker == Marker::Box) {
        let entry = list.entries[0];
        if flow.is_in_notice(entry) {
            continue;
        }
        let is_ignored = flow.scopes[list.scope].is_ignored;
        let heading = flow.heading_above(entry);
        let steps = list.steps(flow);
        let vetoes = [
            (Veto::InComponent, is_ignored),
            (Veto::Alternatives, is_choice(flow, entry)),
            (Veto::Ticked, is_status(list, &steps, flow.vocabulary)),
            (Veto::Demonstration, is_shown_as_code(flow, entry, &steps)),
        ];
        let vetoes = vetoes.into_iter().filter(|(_, is_so)| *is_so);
        let vetoes: Vec<Veto> = vetoes.map(|(veto, _)| veto).collect();
        let is_open = |last: &&mut Candidate<'a>| {
            last.heading == heading && last.is_taken() && vetoes.is_empty()
        };
        match found.last_mut().filter(is_open) {
            Some(last) => {
                last.steps.extend(steps);
                last.span = last
                    .steps
                    .iter()
                    .map(|step| step.span)
                    .fold(last.span, crate::source::Span::cover);
            }
            None => {
                let mut candidate = Candidate::new(Form::Tasklist, steps, entry, heading);
                candidate.vetoes = vetoes;
                found.push(candidate);
            }
        }
    }
    for candidate in &mut found {
        candidate.why.push(Evidence::TaskList);
        judge(candidate, convention, is_unlikely);
    }
    // One box on a page is no checklist, but one among others is.
    let mut taken = found.iter_mut().filter(|one| one.is_taken());
    if let (Some(only), None) = (taken.next(), taken.next())
        && only.steps.len() < 2
    {
        only.vetoes.push(Veto::SingleBox);
    }
    found
}

/// Whether the text before says that the reader chooses among the boxes.
fn is_choice(flow: &Flow<'_>, entry: usize) -> bool {
    let before = lead(flow, entry);
    !before.is_empty() && flow.vocabulary.cues(&before).has(Cue::Alternatives)
}

/// Whether the boxes show what is done already: all are ticked, or most of those that tell the
/// reader nothing to do.
fn is_status(list: &JoinedList<'_>, steps: &[StepRef<'_>], vocabulary: &Vocabulary) -> bool {
    let count = list.items.len();
    let ticked = list.items.iter().filter(|item| item.checked == Some(true));
    let ticked = ticked.count();
    let instructing = || {
        let instructing = steps
            .iter()
            .filter(|step| step.title.instructs(vocabulary) >= YES);
        instructing.count()
    };
    ticked == count || (ticked * 2 > count && instructing() * 2 < count)
}

/// Whether the code above is the source of the list, which shows what the markup looks like.
fn is_shown_as_code(flow: &Flow<'_>, entry: usize, steps: &[StepRef<'_>]) -> bool {
    let mut above = flow.entries[..entry].iter().rev().take(MOST_BETWEEN);
    let code = above.find_map(|entry| match entry.kind {
        Kind::Code(code) => Some(&code.text),
        _ => None,
    });
    code.is_some_and(|code| {
        let mut titles = steps.iter().map(|step| step.title.text());
        titles.all(|title| code.contains(&format!("] {title}")))
    })
}

fn judge(candidate: &mut Candidate<'_>, convention: &ProcedureConvention, is_unlikely: bool) {
    let texts: Vec<String> = candidate
        .steps
        .iter()
        .map(|step| step.title.text())
        .collect();
    let is_filler = |text: &String| {
        let text = text.to_lowercase();
        convention
            .filler
            .iter()
            .any(|start| text.starts_with(start.as_str()))
    };
    if texts.iter().all(is_filler) {
        candidate.vetoes.push(Veto::Filler);
    }
    let dated = texts.iter().filter(|text| has_year(text)).count();
    if is_unlikely && dated * 2 >= texts.len() {
        candidate.vetoes.push(Veto::Dates);
    }
}

/// Whether a word of the text has four digits.
fn has_year(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
}
