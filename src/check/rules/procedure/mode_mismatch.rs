//! A choice in a mode's section names another mode.
//!
//! ## Why
//!
//! Sections for one mode are made by copying those for another. A reader who follows a live
//! section that says "test" sets up a channel that takes no money, and notices it because of the
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
//! `check.procedure.mode_fields` lists the labels of such choices. `conventions.modes` names the
//! modes: by `key`, `label`, `title` and `headings`, and by the words in `names`, such as `운영`.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{is_named, value, value_span};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::field::Field;
use crate::model::item::Section;
use crate::model::mode::ANY_MODE;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "mode-mismatch",
    level: Level::Error,
    source: include_str!("mode_mismatch.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        let choices = place.mode.settings_in(Section::Route);
        let wrong = choices.filter(|choice| names_other_mode(choice, &place, context));
        found.extend(wrong.map(|choice| finding(choice, &place, context)));
    }
}

fn names_other_mode(choice: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> bool {
    let fields = &context.config.check.procedure.mode_fields;
    if place.mode.key == ANY_MODE || !is_named(choice, fields) {
        return false;
    }
    let value = value(choice);
    let mut named = context.conventions.modes_named(&value).peekable();
    named.peek().is_some() && named.all(|mode| mode.key != place.mode.key)
}

fn finding(choice: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> Diagnostic {
    let span = value_span(context, place.file, choice);
    let heading = context.heading(place.file, &place.mode.id);
    RULE.at(place.file, span)
        .with("value", value(choice))
        .with("mode", &place.mode.title)
        .related(place.file, heading, Message::new("mode-mismatch.related"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

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

    #[test]
    fn short_names_of_the_other_mode_are_found() {
        for value in ["실", "실 모드", "LIVE", "live", "`Live`", "라이브", "운영"] {
            let shown = format!("5: {}", value.trim_matches('`'));
            assert_found(&RULE, &section("테스트 연동", value), &[&shown]);
            assert_found(&RULE, &section("실 연동", value), &[]);
        }
        for value in ["테스트", "**TEST**", "Test", "테스트 모드"] {
            let shown = format!("5: {}", value.trim_matches('*'));
            assert_found(&RULE, &section("실 연동", value), &[&shown]);
            assert_found(&RULE, &section("테스트 연동", value), &[]);
        }
        for value in ["실시간", "테스트 계정", "latest", "Lively", "1"] {
            assert_found(&RULE, &section("실 연동", value), &[]);
            assert_found(&RULE, &section("테스트 연동", value), &[]);
        }
    }

    #[test]
    fn names_are_those_of_the_project() {
        let mode = |key: &str, names: &str| {
            format!("{{key: {key}, title: {key}, headings: [{key}], names: {names}}}")
        };
        let modes = [mode("trial", "[try it]"), mode("real", "[]")].join(", ");
        let config = format!("conventions: {{modes: [{modes}], sections: {{path: [설정경로]}}}}");
        for value in ["Try It", "TRIAL"] {
            assert_found_with(
                &RULE,
                &config,
                &section("real", value),
                &[&format!("5: {value}")],
            );
            assert_found_with(&RULE, &config, &section("trial", value), &[]);
        }
        assert_found_with(&RULE, &config, &section("real", "테스트"), &[]);
    }

    #[test]
    fn sections_without_a_mode_may_name_any() {
        let text = "## A\n#### 설정경로\n- 콘솔 > 추가\n  - 연동 모드 : 실 연동\n#### 설정방법\n- 이름 : 값\n";
        assert_found(&RULE, text, &[]);
    }
}
