//! One field has different values in the modes of one scenario.
//!
//! ## Why
//!
//! The value of a field with few values depends on the scenario, not on the mode. When test and
//! live differ, one of the two is wrong, and who tested well fails live.
//!
//! ## Bad
//!
//! ```markdown
//! ## 통합인증
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 결제
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 통합인증
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.values` names the fields that are compared and their values.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{plain_label, settings, value, value_span};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::text::label_text;
use crate::model::field::Field;
use crate::model::guide::Scenario;
use crate::normal::without_blanks;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "field-value-conflict",
    level: Level::Error,
    source: include_str!("field_value_conflict.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let fields = &context.config.check.procedure.values;
    for (file, _, guide) in context.guides() {
        for scenario in &guide.scenarios {
            let conflicts = fields
                .iter()
                .filter_map(|(name, values)| conflict(name, values, scenario));
            found.extend(conflicts.map(|pair| finding(file, pair, context)));
        }
    }
}

/// The setting that is wrong, and the one it differs from.
fn conflict<'a>(
    name: &str,
    values: &[String],
    scenario: &'a Scenario,
) -> Option<(&'a Field, &'a Field)> {
    let name = without_blanks(name);
    let settings = scenario.modes.iter().filter_map(|mode| {
        settings(mode).find(|setting| plain_label(setting) == name && says_one_value(setting))
    });
    let mut settings = settings;
    let first = settings.next()?;
    let said = without_blanks(&value(first));
    let other = settings.find(|setting| without_blanks(&value(setting)) != said)?;
    let is_known = values.iter().any(|value| without_blanks(value) == said);
    Some(if is_known {
        (other, first)
    } else {
        (first, other)
    })
}

fn says_one_value(setting: &Field) -> bool {
    !setting.text.is_empty() && setting.answer.cases().next().is_none()
}

fn finding(file: FileId, (wrong, other): (&Field, &Field), context: &Context<'_>) -> Diagnostic {
    RULE.at(file, value_span(context, file, wrong))
        .with("field", label_text(&wrong.label))
        .with("value", value(wrong))
        .with("other", value(other))
        .related(
            file,
            value_span(context, file, other),
            Message::new("field-value-conflict.related"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn scenario(test: &str, live: &str) -> String {
        format!(
            "## A\n### 테스트 연동\n#### 설정방법\n- {test}\n### 실 연동\n#### 설정방법\n- {live}\n"
        )
    }

    #[test]
    fn value_outside_the_set_is_the_wrong_one() {
        let text = scenario("채널 속성 : 결제", "채널 속성 : 통합");
        assert_found(&RULE, &text, &["7: 통합"]);
        let text = scenario("채널 속성 : 통합", "채널 속성 : 결제");
        assert_found(&RULE, &text, &["4: 통합"]);
    }

    #[test]
    fn same_values_and_fields_without_a_set_are_not() {
        let text = scenario("채널 속성 : **본인인증**", "채널속성 : 본인 인증");
        assert_found(&RULE, &text, &[]);
        let text = scenario("채널 이름 : 가", "채널 이름 : 나");
        assert_found(&RULE, &text, &[]);
    }
}
