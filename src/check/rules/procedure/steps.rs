//! Rules about procedures of any form: their steps, what is verified after them, what leads back.

mod long_procedure;
mod two_actions_in_step;

use crate::check::context::Context;
use crate::check::rule::Rule;
use crate::config::procedures::words::Vocabulary;
use crate::model::page::Page;
use crate::model::procedure::{Procedure, ProcedureStep};
use crate::source::FileId;

/// The rules of this group.
pub const RULES: &[Rule] = &[two_actions_in_step::RULE, long_procedure::RULE];

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
