//! Rules about procedures of any form: their steps, what is verified after them, what leads back.

mod almost_procedure;
mod language_without_words;
mod long_procedure;
mod no_verification;
mod no_way_back;
mod step_before_path;
mod two_actions_in_step;
mod value_before_use;
mod verify_without_value;

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::config::procedures::words::Vocabulary;
use crate::config::signal_matcher::sentences;
use crate::model::page::Page;
use crate::model::procedure::{Procedure, ProcedureStep};
use crate::source::{FileId, Span};

/// The rules of this group.
pub const RULES: &[Rule] = &[
    two_actions_in_step::RULE,
    step_before_path::RULE,
    value_before_use::RULE,
    verify_without_value::RULE,
    long_procedure::RULE,
    no_verification::RULE,
    no_way_back::RULE,
    almost_procedure::RULE,
    language_without_words::RULE,
];

/// Every procedure of every page.
fn procedures<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (FileId, &'a Page, &'a Procedure)> + use<'a> {
    context.pages().flat_map(|(file, page)| {
        let found = page.procedures.found.iter();
        found.map(move |procedure| (file, page, procedure))
    })
}

/// Every step of every procedure.
fn steps<'a>(context: &Context<'a>) -> impl Iterator<Item = (FileId, &'a ProcedureStep)> + use<'a> {
    procedures(context)
        .flat_map(|(file, _, procedure)| procedure.steps.iter().map(move |step| (file, step)))
}

/// The words by which procedures are found.
fn vocabulary<'a>(context: &Context<'a>) -> &'a Vocabulary {
    context.config.procedures.vocabulary()
}

/// The visible text of documents with procedures, by document and in the order of its bytes.
struct Texts<'c, 'a>(HashMap<FileId, Vec<&'c TextLine<'a>>>);

impl<'c, 'a> Texts<'c, 'a> {
    fn of(context: &'c Context<'a>) -> Self {
        let mut texts: HashMap<FileId, Vec<&TextLine<'a>>> = procedures(context)
            .map(|(file, ..)| (file, Vec::new()))
            .collect();
        for line in context.lines() {
            if let Some(lines) = texts.get_mut(&line.file) {
                lines.push(line);
            }
        }
        for lines in texts.values_mut() {
            lines.sort_by_key(|line| line.span);
        }
        Self(texts)
    }

    /// The lines that start within `span`.
    fn within(&self, file: FileId, span: Span) -> &[&'c TextLine<'a>] {
        let lines = self.0.get(&file).map_or(&[][..], Vec::as_slice);
        let first = lines.partition_point(|line| line.span.start < span.start);
        let end = lines.partition_point(|line| line.span.start < span.end);
        &lines[first..end.max(first)]
    }

    /// The sentences of these lines.
    fn sentences(&self, file: FileId, span: Span) -> impl Iterator<Item = &str> {
        let lines = self.within(file, span).iter();
        lines.flat_map(|line| sentences(&line.text))
    }
}
