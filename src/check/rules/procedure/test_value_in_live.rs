//! A field of a live section asks for a value that is for tests.
//!
//! ## Why
//!
//! The field was copied from the test section with its text. Whoever enters the test key of
//! a provider in a live channel takes no money, or takes it nowhere.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - PG상점아이디 (MID) : 테스트용으로 발급받은 상점아이디
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - PG상점아이디 (MID) : 계약한 뒤 발급받은 상점아이디
//! ```
//!
//! ## Configuration
//!
//! `tone` of `conventions.modes` defines which modes are live; the signal `test` of
//! `conventions.signals` has the words of tests.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{first_line, value, value_span};
use crate::config::Tone;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::label_text;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "test-value-in-live",
    level: Level::Error,
    source: include_str!("test_value_in_live.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        let mode = context.conventions.words.mode(&place.mode.key);
        if mode.is_none_or(|mode| mode.tone != Tone::Live) {
            continue;
        }
        for item in place.mode.items.iter().filter(|item| item.is_for_tests) {
            let Some(field) = &item.setting else { continue };
            let span = match value(field).is_empty() {
                true => first_line(context, place.file, field.span),
                false => value_span(context, place.file, field),
            };
            found.push(
                RULE.at(place.file, span)
                    .with("label", label_text(&field.label)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(mode: &str, field: &str) -> String {
        format!("## A\n### {mode}\n#### 설정방법\n- {field}\n")
    }

    #[test]
    fn field_that_asks_for_the_test_value_is_found() {
        let text = section("실 연동", "상점아이디 : 테스트용으로 발급받은 값");
        assert_found(&RULE, &text, &["4: 테스트용으로 발급받은 값"]);
        let text = section("실 연동", "암복호화 키 : 테스트용 키");
        assert_found(&RULE, &text, &["4: 테스트용 키"]);
    }

    #[test]
    fn test_sections_and_values_for_both_are_not() {
        let field = "상점아이디 : 테스트용으로 발급받은 값";
        assert_found(&RULE, &section("테스트 연동", field), &[]);
        let both = "상점아이디 : 테스트가 아닌 실 운영용으로 받은 값";
        assert_found(&RULE, &section("실 연동", both), &[]);
        assert_found(&RULE, &section("실 연동", "연동 모드 : 테스트 연동"), &[]);
    }
}
