//! A value starts with its own label again.
//!
//! ## Why
//!
//! Text that was pasted twice looks like part of the value: a reader searches the console for
//! a value of that name.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제모듈 : 결제모듈 : 결제창
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제모듈 : 결제창
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{first_line, settings};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::label_text;
use crate::model::field::Field;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-label",
    level: Level::Error,
    source: include_str!("duplicate_label.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        for setting in settings(place.mode) {
            if let Some(span) = repetition(context, place.file, setting) {
                let finding = RULE.at(place.file, span);
                found.push(
                    finding
                        .with("label", label_text(&setting.label))
                        .edit(span, ""),
                );
            }
        }
    }
}

/// The bytes of all labels after the first.
fn repetition(context: &Context<'_>, file: FileId, setting: &Field) -> Option<Span> {
    let label = label_text(&setting.label);
    let line = first_line(context, file, setting.span);
    let text = context.slice(file, line);
    if label.is_empty() {
        return None;
    }
    let value = behind_label(text, text.find(&label)?, &label)?;
    let mut end = value;
    while let Some(next) = behind_label(text, end, &label) {
        end = next;
    }
    (end > value).then(|| Span::new(line.start + value, line.start + end))
}

/// Where the text after a label at `start` and its colon begins.
fn behind_label(text: &str, start: usize, label: &str) -> Option<usize> {
    let rest = text[start..].strip_prefix(label)?.trim_start();
    let rest = rest.strip_prefix([':', '：'])?.trim_start();
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    fn field(text: &str) -> String {
        format!("## A\n### 실 연동\n#### 설정방법\n- {text}\n")
    }

    #[test]
    fn repeated_labels_are_found_and_removed() {
        let text = field("이름 : 이름: 이름 : 값");
        assert_found(&RULE, &text, &["4: 이름: 이름 : "]);
        assert_fixed(&RULE, &text, &field("이름 : 값"));
    }

    #[test]
    fn values_that_name_the_label_are_not() {
        for text in ["이름 : 이름을 적습니다", "이름 : 값", "이름"] {
            assert_found(&RULE, &field(text), &[]);
        }
    }
}
