//! A choice in a mode's section names another mode.
//!
//! ## Why
//!
//! Sections for one mode are made by copying those for another. A reader who follows a live
//! section that says "test" sets up a channel that takes no money, and learns of it from the
//! first customer.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//!   - 연동 모드 : 테스트 연동
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//!   - 연동 모드 : 실 연동
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.mode_fields` lists the labels of such choices; `conventions.modes` the names
//! of the modes.

use crate::check::context::{Context, ModeOf};
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::text::label_text;
use crate::model::conventions::{Opens, without_blanks};
use crate::model::field::Field;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "mode-mismatch",
    level: Level::Error,
    source: include_str!("mode_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        let choices = place.mode.path.iter().flat_map(|path| &path.choices);
        let wrong = choices.filter(|choice| names_other_mode(choice, &place, context));
        found.extend(wrong.map(|choice| finding(choice, &place, context)));
    }
}

fn names_other_mode(choice: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> bool {
    let label = without_blanks(&label_text(&choice.label));
    let fields = &context.config.check.procedure.mode_fields;
    if !fields.iter().any(|field| without_blanks(field) == label) {
        return false;
    }
    match context.conventions.opens(&label_text(&choice.value)) {
        Opens::Mode(mode) => context.conventions.mode(mode).key != place.mode.key,
        _ => false,
    }
}

fn finding(choice: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> Diagnostic {
    let value = label_text(&choice.value);
    let span = context.locate(place.file, choice.span, &value);
    let heading = context.heading(place.file, &place.mode.id);
    RULE.at(place.file, span)
        .with("value", value)
        .with("mode", &place.mode.title)
        .related(place.file, heading, Message::new("mode-mismatch.related"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(mode: &str, value: &str) -> String {
        format!(
            "## A\n### **{mode}**\n#### 설정경로\n- 콘솔 > 채널 > 추가\n  - 연동 모드 : {value}\n"
        )
    }

    #[test]
    fn value_of_the_other_mode_is_found() {
        assert_found(&RULE, &section("테스트 연동", "실 연동"), &["5: 실 연동"]);
        assert_found(
            &RULE,
            &section("실 연동", "**테스트연동**"),
            &["5: 테스트연동"],
        );
    }

    #[test]
    fn value_of_the_own_mode_or_of_none_is_not() {
        assert_found(&RULE, &section("실 연동", "실연동"), &[]);
        assert_found(&RULE, &section("실 연동", "아무거나"), &[]);
    }
}
