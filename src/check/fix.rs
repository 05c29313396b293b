//! Makes the fixes that rules offer, as far as each can be proven: the document shows the same
//! after it, but for what the rule announces ([`Effect`](crate::check::effect::Effect)).

mod announced;
mod edited;
mod prove;
mod shown;

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::check::check;
use crate::check::context::Context;
use crate::check::fix::prove::{Named, Outcome, Proof};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, written};
use crate::error::Error;
use crate::model::conventions::Conventions;
use crate::model::site::Site;
use crate::source::{FileId, SourceSet};

/// Most rounds: an edit may reveal another fault, such as a run of spaces inside a fixed label, but
/// no chain of real ones is longer than three.
const MAX_ROUNDS: usize = 10;

/// Most times that fixes are tried which touch each other.
const MAX_WAVES: usize = 4;

/// The sources with every proven edit made to what `select` keeps of the findings. Fixing the
/// result again changes nothing.
///
/// # Errors
/// [`Error::Config`] when the configuration is not valid.
pub fn fix_documents(
    sources: &SourceSet,
    config: &Config,
    select: &dyn Fn(&SourceSet, Vec<Diagnostic>) -> Vec<Diagnostic>,
) -> Result<SourceSet, Error> {
    let conventions = Conventions::new(config)?;
    let mut sources = sources.clone();
    for _ in 0..MAX_ROUNDS {
        let (site, read) = Site::build(&sources, config)?;
        let found = written(check(&site, &sources, config, read)?, &sources);
        let found = select(&sources, found);
        let fixed = {
            let context = Context::new(&site, &sources, config, &conventions);
            fixed_texts(&context, &found)
        };
        let mut has_changed = false;
        for (file, text) in fixed {
            let source = &mut sources.documents[file.0];
            has_changed |= source.text != text;
            source.text = text;
        }
        if !has_changed {
            break;
        }
    }
    Ok(sources)
}

/// The documents that have proven fixes, with these made.
fn fixed_texts(context: &Context<'_>, found: &[Diagnostic]) -> Vec<(FileId, String)> {
    for_each_document(context, found, |named, file, indices| {
        let fixes: Vec<&Diagnostic> = indices.iter().map(|index| &found[*index]).collect();
        let mut proof = Proof::new(context, named, file);
        proof.apply(&fixes);
        (file, proof.into_text())
    })
}

/// Takes back the fixes of findings that cannot be proven, so that no report offers them. To prove
/// a fix its document is read again, so it is done for what is reported and for nothing else.
///
/// # Errors
/// [`Error::Config`] when the configuration is not valid.
pub fn withhold_unproven(
    site: &Site,
    sources: &SourceSet,
    config: &Config,
    found: &mut [Diagnostic],
) -> Result<(), Error> {
    let conventions = Conventions::new(config)?;
    let context = Context::new(site, sources, config, &conventions);
    let unproven = for_each_document(&context, found, |named, file, indices| {
        unproven(&context, named, file, found, indices)
    });
    for index in unproven.into_iter().flatten() {
        found[index].fix.clear();
        found[index].is_fix_withheld = true;
    }
    Ok(())
}

/// Calls `work` with each document that has fixes, and the places of these in `found`.
fn for_each_document<R: Send>(
    context: &Context<'_>,
    found: &[Diagnostic],
    work: impl Fn(&Named, FileId, Vec<usize>) -> R + Sync,
) -> Vec<R> {
    let mut documents: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (index, found) in found.iter().enumerate() {
        let is_document = found.file.0 < context.sources.documents.len();
        if is_document && !found.fix.is_empty() {
            documents.entry(found.file).or_default().push(index);
        }
    }
    if documents.is_empty() {
        return Vec::new();
    }
    let named = Named::read(context);
    let documents = documents.into_par_iter();
    documents
        .map(|(file, indices)| work(&named, file, indices))
        .collect()
}

/// The findings among `indices` whose fix cannot be proven. Fixes that touch each other are tried
/// one after the other.
fn unproven(
    context: &Context<'_>,
    named: &Named,
    file: FileId,
    found: &[Diagnostic],
    mut indices: Vec<usize>,
) -> Vec<usize> {
    let mut unproven = Vec::new();
    for _ in 0..MAX_WAVES {
        let fixes: Vec<&Diagnostic> = indices.iter().map(|index| &found[*index]).collect();
        let outcomes = Proof::new(context, named, file).apply(&fixes);
        let mut left = Vec::new();
        for (index, outcome) in indices.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Proven => {}
                Outcome::Unproven => unproven.push(index),
                Outcome::InTheWay => left.push(index),
            }
        }
        indices = left;
        if indices.is_empty() {
            break;
        }
    }
    unproven.extend(indices);
    unproven
}

/// The text with `edits` made. Where two edits touch the same bytes, the first in the text wins
/// and the other is left for a later round.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    let mut last = None;
    for edit in edits {
        let is_free = edit.span.start >= done && last != Some(edit.span);
        if is_free {
            fixed.push_str(&text[done..edit.span.start]);
            fixed.push_str(&edit.text);
            done = edit.span.end;
            last = Some(edit.span);
        }
    }
    fixed.push_str(&text[done..]);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn check(edits: &[(usize, usize, &str)], expected: &str) {
        let edits = edits.iter().map(|(start, end, text)| Edit {
            span: Span::new(*start, *end),
            text: (*text).to_string(),
        });
        assert_eq!(apply("abcdef", edits.collect()), expected);
    }

    #[test]
    fn edits_change_only_what_they_name() {
        check(&[(4, 5, ""), (0, 1, "x")], "xbcdf");
        check(&[(3, 3, "-")], "abc-def");
    }

    #[test]
    fn first_of_two_that_touch_wins() {
        check(&[(0, 3, "x"), (2, 4, "y")], "xdef");
        check(&[(1, 1, "x"), (1, 1, "x")], "axbcdef");
    }
}
