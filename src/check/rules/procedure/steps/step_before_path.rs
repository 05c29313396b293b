//! A step names a button before the path through the menus to it.
//!
//! ## Why
//!
//! A reader does each step as it comes. Who is to click a button looks for it on the screen that
//! is open, and learns only from the next step that it is elsewhere.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to create a key
//!
//! 1. Click **Create**.
//! 2. Go to Settings > Keys.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to create a key
//!
//! 1. Go to Settings > Keys.
//! 2. Click **Create**.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   levels: { step-before-path: info }
//! ```
//!
//! ## Configuration
//!
//! The cue `presses` of a language has the words for the use of a button or a field; the presets
//! have what is between the menus of a path. Only the step right before the first path is reported. The rule is off unless a project turns it on.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::{procedures, vocabulary};
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::procedure::{Procedure, ProcedureStep};
use crate::source::FileId;

/// What a target on a screen is marked with.
const TARGET_MARKS: [&str; 5] = ["**", "__", "\"", "“", "「"];

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "step-before-path",
    level: Level::Off,
    source: include_str!("step_before_path.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, _, procedure) in procedures(context) {
        let Some((step, path)) = before_path(context, file, procedure) else {
            continue;
        };
        if is_at_target(context, file, step) {
            let finding = RULE.at(file, first_line(context, file, step.span));
            let path = first_line(context, file, path.span);
            let related = Message::new("step-before-path.related");
            found.push(finding.related(file, path, related));
        }
    }
}

/// The first step with a path, and the one before it.
fn before_path<'p>(
    context: &Context<'_>,
    file: FileId,
    procedure: &'p Procedure,
) -> Option<(&'p ProcedureStep, &'p ProcedureStep)> {
    let separators = &context.config.procedures.path_separators;
    let has_path = |step: &ProcedureStep| {
        let line = context.slice(file, first_line(context, file, step.span));
        let mut prose = line.split('`').step_by(2);
        prose.any(|part| separators.iter().any(|mark| part.contains(mark.as_str())))
    };
    let path = procedure.steps.iter().position(has_path)?;
    let before = path.checked_sub(1)?;
    Some((&procedure.steps[before], &procedure.steps[path]))
}

/// Whether a step is to be done with something on a screen that has a name.
fn is_at_target(context: &Context<'_>, file: FileId, step: &ProcedureStep) -> bool {
    let line = context.slice(file, first_line(context, file, step.span));
    let is_named = TARGET_MARKS.iter().any(|mark| line.contains(mark));
    is_named && vocabulary(context).cues(&step.text).has(Cue::Presses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found_with;

    const CONFIG: &str = "check: { levels: { step-before-path: info } }";

    fn assert_steps(first: &str, second: &str, is_found: bool) {
        let text = format!("## How to create a key\n\n1. {first}\n2. {second}\n");
        let line = format!("3: 1. {first}");
        let expected: &[&str] = if is_found { &[&line] } else { &[] };
        assert_found_with(&RULE, CONFIG, &text, expected);
    }

    #[test]
    fn button_before_its_path_is_found() {
        assert_steps("Click **Create**.", "Go to Settings > Keys.", true);
        assert_steps("**만들기**를 클릭합니다.", "설정 → 키로 이동합니다.", true);
    }

    #[test]
    fn path_first_or_without_a_button_is_not() {
        assert_steps("Go to Settings > Keys.", "Click **Create**.", false);
        assert_steps("Sign in.", "Go to Settings > Keys.", false);
        assert_steps("Click **Create**.", "Run `a > b`.", false);
    }

    #[test]
    fn work_on_files_needs_no_path() {
        let file = "Download the archive and add the folder **Plugins** to the project.";
        assert_steps(file, "Go to Settings > Keys.", false);
        let file = "압축을 풀고 **Plugins** 폴더를 추가합니다.";
        assert_steps(file, "설정 > 키로 이동합니다.", false);
    }
}
