//! A procedure changes something, and nothing is verified afterwards.
//!
//! ## Why
//!
//! Who has done all steps does not know whether they worked. One line on what to look at finds a
//! fault while the change is still in mind.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to upgrade the service
//!
//! 1. Download the package.
//! 2. Deploy the package.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to upgrade the service
//!
//! 1. Download the package.
//! 2. Deploy the package.
//! 3. Verify that the service answers.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   levels: { no-verification: info }
//! ```
//!
//! ## Configuration
//!
//! The cue `changes` of a language has the words of steps that change something, `checks` and `seen`
//! have those of what is verified, and `verify` has those of a heading over it. It is looked for in
//! the steps and between them and the next procedure. The rule is off unless a project turns it on.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextKind;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::{Texts, vocabulary};
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::config::procedures::words::Vocabulary;
use crate::diagnostic::Diagnostic;
use crate::model::procedure::Procedure;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "no-verification",
    level: Level::Off,
    source: include_str!("no_verification.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let texts = Texts::of(context);
    let vocabulary = vocabulary(context);
    for (file, page) in context.pages() {
        let all = &page.procedures.found;
        for (index, procedure) in all.iter().enumerate() {
            let next = all.get(index + 1).map(|next| next.span.start);
            let end = next.unwrap_or(context.text(file).len());
            let span = Span::new(procedure.span.start, end.max(procedure.span.end));
            if changes(procedure, vocabulary) && !is_verified(&texts, file, span, vocabulary) {
                found.push(RULE.at(file, first_line(context, file, procedure.span)));
            }
        }
    }
}

/// Whether a step changes something.
fn changes(procedure: &Procedure, vocabulary: &Vocabulary) -> bool {
    let mut steps = procedure.steps.iter();
    steps.any(|step| vocabulary.cues(&step.text).has(Cue::Changes))
}

/// Whether text within `span` orders a check, names what is to be seen, or is a heading over it.
fn is_verified(texts: &Texts<'_, '_>, file: FileId, span: Span, vocabulary: &Vocabulary) -> bool {
    let mut headings = texts.within(file, span).iter();
    headings.any(|line| {
        matches!(line.kind, TextKind::Heading(_)) && vocabulary.cues(&line.text).has(Cue::Verify)
    }) || texts
        .sentences(file, span)
        .any(|sentence| vocabulary.cues(sentence).has_any(&[Cue::Checks, Cue::Seen]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found_with;

    const CONFIG: &str = "check: { levels: { no-verification: info } }";

    fn assert_after(after: &str, is_found: bool) {
        let text = format!("## How to upgrade\n\n1. Download it.\n2. Deploy it.\n{after}\n");
        let expected: &[&str] = if is_found {
            &["3: 1. Download it."]
        } else {
            &[]
        };
        assert_found_with(&RULE, CONFIG, &text, expected);
    }

    #[test]
    fn change_without_a_check_is_found() {
        assert_after("", true);
        assert_after("\nThe service has a name.", true);
    }

    #[test]
    fn change_with_a_check_is_not() {
        assert_after("3. Verify that it answers.", false);
        assert_after("\nYou should see the new version.", false);
        assert_after("\n### Verification\n\nThe service answers.", false);
    }

    #[test]
    fn reading_needs_no_check() {
        let text = "## How to read it\n\n1. Open the page.\n2. Click **Next**.\n";
        assert_found_with(&RULE, CONFIG, text, &[]);
    }
}
