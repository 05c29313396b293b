//! A step orders a check and does not name what to expect.
//!
//! ## Why
//!
//! Who checks something needs to know what is right. Without it, a reader ticks the box after
//! looking, and a fault goes on to the next step.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to install it
//!
//! 1. Run the installer.
//! 2. Verify the installation.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to install it
//!
//! 1. Run the installer.
//! 2. Verify that the status is **Ready**.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   levels: { verify-without-value: info }
//! ```
//!
//! ## Configuration
//!
//! The cue `checks` of a language has the words that order a check, and `expects` those that lead
//! to what is expected. A step with more than its sentence, such as a command or a picture, a step
//! that ends in a colon and a heading are not reported. The rule is off unless a project turns it on.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::{steps, vocabulary};
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::config::procedures::words::Vocabulary;
use crate::config::signal_matcher::sentences;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "verify-without-value",
    level: Level::Off,
    source: include_str!("verify_without_value.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let vocabulary = vocabulary(context);
    for (file, step) in steps(context) {
        let line = first_line(context, file, step.span);
        let is_whole = context.slice(file, step.span).trim_end().lines().count() <= 1;
        if is_whole && expects_nothing(&step.text, vocabulary) && !shows(context.slice(file, line))
        {
            found.push(RULE.at(file, line));
        }
    }
}

/// Whether the only sentence of a text orders a check and names nothing to expect.
fn expects_nothing(text: &str, vocabulary: &Vocabulary) -> bool {
    let mut all = sentences(text);
    let first = all.next().unwrap_or_default();
    let cues = vocabulary.cues(first);
    let leads_on = text.trim_end().ends_with([':', '：']);
    !leads_on && all.next().is_none() && cues.has(Cue::Checks) && !cues.has(Cue::Expects)
}

/// Whether a line shows something: a picture or a link to more, or code; a heading leads to it.
fn shows(line: &str) -> bool {
    line.contains("](") || line.contains('`') || line.starts_with(['#', '<'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found_with;

    const CONFIG: &str = "check: { levels: { verify-without-value: info } }";

    fn assert_step(step: &str, is_found: bool) {
        let text = format!("## How to install it\n\n1. Run the installer.\n2. {step}\n");
        let line = format!("4: 2. {step}");
        let expected: &[&str] = if is_found { &[&line] } else { &[] };
        assert_found_with(&RULE, CONFIG, &text, expected);
    }

    #[test]
    fn checks_without_an_expectation_are_found() {
        assert_step("Verify the installation.", true);
        assert_step("설치 상태를 확인합니다.", true);
    }

    #[test]
    fn checks_that_name_or_show_it_are_not() {
        assert_step("Verify that the status is **Ready**.", false);
        assert_step("Verify the installation: `tool --version`", false);
        assert_step("Verify the installation. The status is **Ready**.", false);
        assert_step("상태가 **준비**인지 확인합니다.", false);
        assert_step("**확인**을 클릭합니다.", false);
        assert_step("Check the number of pods:", false);
    }
}
