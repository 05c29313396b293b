//! Lists with boxes. All of one heading are one procedure.

use crate::config::procedures::{Form, ProcedureConvention};
use crate::model::procedure::candidate::Candidate;
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::Flow;
use crate::model::procedure::list::{JoinedList, Marker};

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
        let is_open = |last: &&mut Candidate<'a>| {
            last.heading == heading && !last.vetoes.contains(&Veto::InComponent) && !is_ignored
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
                let veto = is_ignored.then_some(Veto::InComponent);
                candidate.vetoes.extend(veto);
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
