//! A step orders two things that are done one after the other.
//!
//! ## Why
//!
//! A step has one box. Who is interrupted between the two actions does not know on return which
//! of them is done, and a later step cannot refer to one of them.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to create a key
//!
//! 1. Open **Settings** and click **Keys**. Then save the page.
//! 2. Enter a name.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to create a key
//!
//! 1. Open **Settings**.
//! 2. Click **Keys**.
//! 3. Save the page.
//! 4. Enter a name.
//! ```
//!
//! ## Configuration
//!
//! The cues `two-actions` and `operates` of a language have the words: a sentence with two actions,
//! and one that orders an action at a screen or a command line, of which a step has one. Only the
//! first paragraph of a step is read, and no sentence with a condition, which not every reader
//! acts on.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::{steps, vocabulary};
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::config::signal_matcher::sentences;
use crate::config::signals::Signal;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "two-actions-in-step",
    level: Level::Info,
    source: include_str!("two_actions_in_step.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let many = steps(context).filter(|(_, step)| has_two_actions(context, &step.text));
    found.extend(many.map(|(file, step)| RULE.at(file, first_line(context, file, step.span))));
}

/// Whether a sentence orders two actions, or two sentences order one each.
fn has_two_actions(context: &Context<'_>, text: &str) -> bool {
    let vocabulary = vocabulary(context);
    let sure = sentences(text).filter(|one| !has_condition(context, one));
    let cues: Vec<_> = sure.map(|one| vocabulary.cues(one)).collect();
    let orders = cues.iter().filter(|cues| cues.has(Cue::Operates)).count();
    orders > 1 || cues.iter().any(|cues| cues.has(Cue::TwoActions))
}

fn has_condition(context: &Context<'_>, sentence: &str) -> bool {
    let signals = context.conventions.signals_in(sentence);
    signals.has_any(&[Signal::When, Signal::WhenOpens])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn procedure(step: &str) -> String {
        format!("## How to create a key\n\n1. {step}\n2. Click **Save**.\n")
    }

    fn assert_step(step: &str, is_found: bool) {
        let line = format!("3: 1. {step}");
        let expected: &[&str] = if is_found { &[&line] } else { &[] };
        assert_found(&RULE, &procedure(step), expected);
    }

    #[test]
    fn two_actions_are_found_in_one_sentence_and_in_two() {
        assert_step("Open **Settings** and click **Keys**.", true);
        assert_step("Enter a name, then press **Enter**.", true);
        assert_step("Open **Settings**. Click **Keys**.", true);
        assert_step("**설정**을 열고 **키**를 클릭합니다.", true);
        assert_step("이름을 입력한 뒤 **저장**을 클릭하세요.", true);
    }

    #[test]
    fn one_action_with_its_objects_purpose_and_place_is_not() {
        assert_step("Enter the name and the type of the key.", false);
        assert_step(
            "Click **Keys** to open the list. It has one line for a key.",
            false,
        );
        assert_step("In **Settings**, select **Keys** and **Tokens**.", false);
        assert_step("**키**와 **토큰**을 선택합니다. 목록이 열립니다.", false);
        assert_step("이름을 입력하고, 형식은 그대로 둡니다.", false);
    }

    #[test]
    fn action_under_a_condition_is_none_of_the_two() {
        assert_step("Select a type. If none fits, select **Other**.", false);
        assert_step("유형을 선택합니다. 없는 경우 **기타**를 선택합니다.", false);
    }
}
