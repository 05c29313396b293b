//! A field has a value that the console does not offer.
//!
//! ## Why
//!
//! The console shows a short list to choose from. A value that is not in it stops the reader,
//! who then guesses.
//!
//! ## Bad
//!
//! ```markdown
//! ## 통합인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 통합인증
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 통합인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.values` lists the values of each such field.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{
    before_bracket, plain_label, settings, value, value_span,
};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::label_text;
use crate::model::field::Field;
use crate::normal::without_blanks;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "enum-value",
    level: Level::Error,
    source: include_str!("enum_value.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (name, values) in &context.config.check.procedure.values {
        let name = without_blanks(name);
        for place in context.modes() {
            let named = settings(place.mode).filter(|setting| plain_label(setting) == name);
            let wrong = named.filter(|setting| is_outside(setting, values));
            found.extend(wrong.map(|setting| finding(place.file, setting, values, context)));
        }
    }
}

fn is_outside(setting: &Field, values: &[String]) -> bool {
    let said = without_blanks(before_bracket(&value(setting)));
    let is_known = values.iter().any(|value| without_blanks(value) == said);
    !said.is_empty() && setting.answer.choices().is_empty() && !is_known
}

fn finding(file: FileId, setting: &Field, values: &[String], context: &Context<'_>) -> Diagnostic {
    RULE.at(file, value_span(context, file, setting))
        .with("field", label_text(&setting.label))
        .with("value", value(setting))
        .with("values", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn field(text: &str) -> String {
        format!("## A\n### 실 연동\n#### 설정방법\n- {text}\n")
    }

    #[test]
    fn value_outside_the_set_is_found() {
        let text = field("채널 속성 : 통합인증");
        assert_found(&RULE, &text, &["4: 통합인증"]);
    }

    #[test]
    fn values_of_the_set_and_choices_are_not() {
        for text in [
            "채널 속성 : 결제 (필수)",
            "채널속성 : **본인 인증**",
            "채널 속성\n  - 카드 : A0001 선택",
            "다른 이름 : 통합인증",
        ] {
            assert_found(&RULE, &field(text), &[]);
        }
    }
}
