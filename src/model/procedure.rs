//! Procedures in documents of any make, found by their form: components of steps, task lists,
//! numbered headings, runbooks and ordered lists, the strongest first. What a stronger form took, a
//! weaker one leaves alone.
//!
//! What speaks for a procedure and against one is kept, so that `tickbook list --why` can show it.

mod around;
mod blanks;
mod candidate;
mod component;
mod context;
pub mod declaration;
#[cfg(test)]
mod declaration_tests;
mod declare;
pub mod evidence;
mod flow;
mod guide;
mod inputs;
mod instruct;
mod items;
mod label;
mod lead;
mod list;
mod needs;
mod notice;
mod numbered;
mod ordered;
pub mod parts;
mod runbook;
mod seen;
mod sentence;
mod tasks;
#[cfg(test)]
mod tests;

use std::iter;

use crate::config::procedures::{Cue, Form, ProcedureConvention};
use crate::markdown::Document;
use crate::markdown::text::{block_text, collapse_blanks};
use crate::model::conventions::Conventions;
use crate::model::item::{Confidence, Item, Role, Section};
use crate::model::procedure::candidate::Candidate;
use crate::model::procedure::context::FoundNotice;
use crate::model::procedure::declaration::{Stray, may_declare};
use crate::model::procedure::declare::{Decided, decide};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::Flow;
use crate::model::procedure::instruct::words_of;
use crate::model::procedure::items::ItemMaker;
use crate::model::procedure::needs::{Need, NeedFinder};
use crate::source::Span;

/// Steps that a reader performs in order toward one goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Text of the heading that names it, or the page's title.
    pub title: String,
    /// That heading; `None` for the page's title.
    pub heading: Option<Span>,
    /// How it is written.
    pub form: Form,
    /// What speaks for it.
    pub why: Vec<Evidence>,
    /// From what opens it to the end of its last step.
    pub span: Span,
    /// Its steps, in order.
    pub steps: Vec<ProcedureStep>,
    /// What is needed before.
    pub prerequisites: Vec<Prerequisite>,
    /// Notices at it and at its steps.
    pub notices: Vec<ProcedureNotice>,
    /// Labels of its tabs and conditions.
    pub variants: Vec<String>,
    /// The items of its sheet, without keys.
    pub(super) items: Vec<Item>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcedureStep {
    /// Its title, or the words of its first paragraph.
    pub text: String,
    /// Its bytes.
    pub span: Span,
}

/// One thing that is needed before.
#[derive(Debug, Clone, PartialEq)]
pub struct Prerequisite {
    /// Its words.
    pub text: String,
    /// Its bytes.
    pub span: Span,
}

/// A notice.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcedureNotice {
    /// Index of the step it is at; `None` for the whole procedure.
    pub step: Option<usize>,
    /// Its bytes.
    pub span: Span,
}

/// Steps that are no procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// How they are written.
    pub form: Form,
    /// Text of the heading above them, or the page's title.
    pub title: String,
    /// From what opens them to the end of the last one.
    pub span: Span,
    /// What speaks for them.
    pub why: Vec<Evidence>,
    /// What speaks against them.
    pub vetoes: Vec<Veto>,
}

/// The procedures of a document, and what looks like one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Procedures {
    /// Procedures, in document order.
    pub found: Vec<Procedure>,
    /// What is none, in document order.
    pub refused: Vec<Refused>,
    /// What an author declares without an effect, in document order.
    pub strays: Vec<Stray>,
}

/// Finds the procedures of a document; `title` is the page's, `path` that of the document, and
/// `source` its text. What is in `others`, parts that are read in another way, is left out.
pub fn read(
    document: &Document,
    title: &str,
    path: &str,
    source: &str,
    conventions: &Conventions<'_>,
    convention: &ProcedureConvention,
    others: &[Span],
) -> Procedures {
    let is_sought = !convention.forms().is_empty() && convention.is_sought_in(path);
    if !is_sought && !may_declare(document, source) {
        return Procedures::default();
    }
    let flow = Flow::read(&document.blocks, conventions, convention, others);
    let finder = Finder {
        flow: &flow,
        convention,
        title,
        source,
        is_sought,
        is_unlikely: convention.is_unlikely(path),
    };
    let (mut all, mut strays) = finder.candidates(document);
    all.sort_by_key(|candidate| candidate.span.start);
    strays.sort_by_key(|stray| stray.span.start);
    let (found, refused): (Vec<_>, Vec<_>) = all.into_iter().partition(Candidate::is_taken);
    let refused = refused.iter().map(|candidate| finder.refused(candidate));
    let refused = refused.collect();
    if found.is_empty() {
        return Procedures {
            found: Vec::new(),
            refused,
            strays,
        };
    }
    let needs = NeedFinder::new(&flow, &found);
    let mut elsewhere = needs::in_frontmatter(document.frontmatter.span, convention, source);
    elsewhere.extend(needs::in_attributes(&document.blocks, convention, source));
    let labels = context::all_labels(&document.blocks, &flow);
    let notices = context::notices(&document.blocks, &flow, convention);
    let procedures = found.iter().enumerate().map(|(index, candidate)| {
        let before = index.checked_sub(1).map_or(0, |last| found[last].span.end);
        let after = found
            .get(index + 1)
            .map_or(usize::MAX, |next| next.span.start);
        let at_needs = needs.notices(candidate, index, found.len(), &notices);
        let notices = context::notices_of(candidate, &notices, &flow, before, after);
        let needs = needs.of(candidate, index, found.len());
        let shown: Vec<FoundNotice<'_>> = context::joined(at_needs, &notices);
        Procedure {
            prerequisites: prerequisites(candidate, &needs, &elsewhere),
            variants: context::variants(candidate, &flow, &labels),
            items: finder.items(candidate, &needs, &shown, &elsewhere, after),
            notices: notices.iter().map(notice).collect(),
            ..finder.procedure(candidate)
        }
    });
    Procedures {
        found: procedures.collect(),
        refused,
        strays,
    }
}

/// Looks for procedures in one document.
struct Finder<'f, 'a> {
    flow: &'f Flow<'a>,
    convention: &'f ProcedureConvention,
    title: &'f str,
    source: &'f str,
    /// Whether procedures are looked for that nobody declares.
    is_sought: bool,
    /// Whether the document is of a kind that contains no ordered procedures.
    is_unlikely: bool,
}

impl<'a> Finder<'_, 'a> {
    /// The candidates of all forms, and what is declared without an effect; a weaker form has nothing
    /// that a stronger one took, and none has what is declared.
    fn candidates(&self, document: &'a Document) -> (Vec<Candidate<'a>>, Vec<Stray>) {
        let declared = may_declare(document, self.source);
        let mut decided = match declared {
            true => decide(self.flow, document, self.source, self.pool(|_| true)),
            false => Decided::without_declarations(self.pool(|form| self.seeks(form))),
        };
        let mut taken = Taken::default();
        taken.add_whole(std::mem::take(&mut decided.declared));
        for form in Form::STRONGEST_FIRST
            .into_iter()
            .filter(|form| self.seeks(*form))
        {
            let others = std::mem::take(&mut decided.others).into_iter();
            let (own, rest) = others.partition(|candidate| candidate.form == form);
            decided.others = rest;
            match form {
                Form::Steps => taken.add_whole(own),
                Form::Runbook => {
                    let runbook = runbook::candidate(self.flow, |span| taken.has(span));
                    let runbook = runbook.filter(|one| !decided.is_without(one.span));
                    taken.add(runbook.into_iter().collect());
                }
                _ => taken.add(own),
            }
        }
        (taken.all, decided.strays)
    }

    fn seeks(&self, form: Form) -> bool {
        self.is_sought && self.convention.seeks(form)
    }

    /// The candidates of some forms, those that are refused too. A runbook is none, because it has what
    /// others leave.
    fn pool(&self, is_wanted: impl Fn(Form) -> bool) -> Vec<Candidate<'a>> {
        let (flow, convention, unlikely) = (self.flow, self.convention, self.is_unlikely);
        let lists = list::lists(flow, self.source);
        let mut pool = Vec::new();
        if is_wanted(Form::Steps) {
            pool.extend(component::candidates(flow, convention));
        }
        if is_wanted(Form::Tasklist) {
            pool.extend(tasks::candidates(flow, &lists, self.convention, unlikely));
        }
        if is_wanted(Form::Headings) {
            pool.extend(numbered::candidates(flow, unlikely));
        }
        if is_wanted(Form::OrderedList) {
            let title = self.title;
            pool.extend(ordered::candidates(
                flow, &lists, convention, title, unlikely,
            ));
        }
        pool
    }

    fn procedure(&self, candidate: &Candidate<'a>) -> Procedure {
        let steps = candidate.steps.iter().map(|step| ProcedureStep {
            text: step.title.text(),
            span: step.span,
        });
        Procedure {
            title: self.title_of(candidate),
            heading: candidate.heading.map(|at| self.flow.entries[at].span),
            form: candidate.form,
            why: candidate.why.clone(),
            span: candidate.span,
            steps: steps.collect(),
            prerequisites: Vec::new(),
            notices: Vec::new(),
            variants: Vec::new(),
            items: Vec::new(),
        }
    }

    fn refused(&self, candidate: &Candidate<'a>) -> Refused {
        Refused {
            form: candidate.form,
            title: self.title_of(candidate),
            span: candidate.span,
            why: candidate.why.clone(),
            vetoes: candidate.vetoes.clone(),
        }
    }

    /// The heading that names a candidate: one that only says "Steps" leaves that to the heading above.
    fn title_of(&self, candidate: &Candidate<'a>) -> String {
        let own = || {
            let mut above = iter::successors(candidate.heading, |at| self.flow.parent(*at));
            let naming = above.find_map(|at| {
                let (_, text) = self.flow.heading(at)?;
                let is_plain = self.flow.vocabulary.cues(text).has(Cue::PlainTitle);
                (!is_plain).then(|| text.to_string())
            });
            naming.unwrap_or_else(|| self.title.to_string())
        };
        candidate.title.clone().unwrap_or_else(own)
    }

    fn items(
        &self,
        candidate: &Candidate<'a>,
        needs: &[Need<'a>],
        notices: &[FoundNotice<'a>],
        elsewhere: &[(Span, String)],
        next: usize,
    ) -> Vec<Item> {
        let is_sure = matches!(candidate.form, Form::Steps | Form::Tasklist)
            || candidate.why.contains(&Evidence::Declared);
        let maker = ItemMaker {
            flow: self.flow,
            convention: self.convention,
            confidence: match is_sure {
                true => Confidence::Sure,
                false => Confidence::Likely,
            },
            heading: match candidate.form {
                Form::Tasklist => self.title_of(candidate),
                _ => String::new(),
            },
        };
        let mut items = around::context(candidate, self.flow);
        items.extend(maker.items(candidate, needs, notices));
        items.extend(around::results(candidate, next, self.flow));
        items.extend(
            elsewhere
                .iter()
                .filter(|(span, _)| span.start < candidate.span.start)
                .map(named_need),
        );
        items
    }
}

/// An item of what an attribute or the frontmatter lists as needed before.
fn named_need((_, text): &(Span, String)) -> Item {
    let mut item = Item::added(Section::Before, Role::Verify, &collapse_blanks(text));
    item.evidence = vec!["prerequisite".to_string()];
    item.confidence = Confidence::Sure;
    item
}

fn notice(notice: &FoundNotice<'_>) -> ProcedureNotice {
    ProcedureNotice {
        step: notice.step,
        span: notice.block.span(),
    }
}

/// What is needed before a procedure: what lists and paragraphs say, and what is elsewhere, with the
/// bytes it has there.
fn prerequisites(
    candidate: &Candidate<'_>,
    needs: &[Need<'_>],
    elsewhere: &[(Span, String)],
) -> Vec<Prerequisite> {
    let before = elsewhere
        .iter()
        .filter(|(span, _)| span.start < candidate.span.start);
    let before = before.map(|(span, text)| Prerequisite {
        text: collapse_blanks(text),
        span: *span,
    });
    let own = needs
        .iter()
        .map(prerequisite)
        .filter(|need| !need.text.is_empty());
    before.chain(own).collect()
}

fn prerequisite(need: &Need<'_>) -> Prerequisite {
    let text = match words_of(need.inlines) {
        text if text.is_empty() => collapse_blanks(&block_text(need.rest)),
        text => text,
    };
    Prerequisite {
        text,
        span: need.span,
    }
}

/// Candidates, and the bytes that those taken have.
#[derive(Default)]
struct Taken<'a> {
    all: Vec<Candidate<'a>>,
    /// In order, without overlaps.
    spans: Vec<Span>,
}

impl<'a> Taken<'a> {
    fn has(&self, span: Span) -> bool {
        let before = self
            .spans
            .partition_point(|taken| taken.start <= span.start);
        let last = before.checked_sub(1).map(|at| self.spans[at]);
        last.is_some_and(|taken| span.start < taken.end)
    }

    /// Adds candidates whose first steps are in none that was taken.
    fn add(&mut self, candidates: Vec<Candidate<'a>>) {
        for candidate in candidates {
            if candidate.steps.iter().any(|step| self.has(step.span)) {
                continue;
            }
            if candidate.is_taken() {
                self.occupy(candidate.span);
            }
            self.all.push(candidate);
        }
    }

    /// Adds candidates that leave nothing to weaker forms, even where they are refused.
    fn add_whole(&mut self, candidates: Vec<Candidate<'a>>) {
        for candidate in candidates {
            self.occupy(candidate.span);
            self.all.push(candidate);
        }
    }

    /// Adds bytes, with those that they meet as one.
    fn occupy(&mut self, span: Span) {
        let first = self.spans.partition_point(|taken| taken.end <= span.start);
        let end = self.spans.partition_point(|taken| taken.start < span.end);
        let met = self.spans[first..end.max(first)].iter().copied();
        let whole = met.fold(span, Span::cover);
        self.spans.splice(first..end.max(first), [whole]);
    }
}
