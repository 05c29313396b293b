//! An item of a checklist is longer than a reminder.
//!
//! ## Why
//!
//! On paper each item has a line or two beside its box. Who has to read a paragraph there looks
//! for the value in it and forgets the box.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 상점 정보만으로는 채널의 성격을 파악하기 어려워 채널의 이름을 설정하는 용도로 구분하기 위한 필수 설정값으로 임의값으로 설정이 가능합니다. 숫자, 글자만 쓸 수 있습니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값 (숫자, 글자만)
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.longest_item` is the length in characters.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::Block;
use crate::markdown::text::{block_text, collapse_blanks, label_text};
use crate::model::field::Field;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "long-item",
    level: Level::Info,
    source: include_str!("long_item.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let longest = context.config.check.procedure.longest_item;
    for place in context.modes().filter(|_| longest > 0) {
        for field in place.mode.fields() {
            let length = length(context, place.file, field);
            if length > longest {
                let line = first_line(context, place.file, field.span);
                let finding = RULE.at(place.file, line).with("length", length.to_string());
                found.push(finding.with("longest", longest.to_string()));
            }
        }
    }
}

/// Characters of what is beside the box: label, value and text up to the first empty line.
fn length(context: &Context<'_>, file: FileId, field: &Field) -> usize {
    let item = context.slice(file, field.span);
    let end = item.find("\n\n").unwrap_or(item.len()) + field.span.start;
    let text: String = field
        .note
        .iter()
        .filter(|block| matches!(block, Block::Paragraph(_)) && block.span().start < end)
        .map(|block| block_text(std::slice::from_ref(block)))
        .collect();
    let label = label_text(&field.label);
    let said = format!("{label} : {} {text}", label_text(&field.text));
    collapse_blanks(&said).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    #[test]
    fn items_longer_than_the_limit_are_found() {
        let text = format!(
            "## A\n### 실 연동\n#### 설정방법\n- 가 : {}\n",
            "나".repeat(96)
        );
        assert_found(&RULE, &text, &[]);
        let text = format!(
            "## A\n### 실 연동\n#### 설정방법\n- 가 : {}\n",
            "나".repeat(97)
        );
        let item = format!("4: - 가 : {}", "나".repeat(97));
        assert_found(&RULE, &text, &[&item]);
        let note = format!(
            "## A\n### 실 연동\n#### 설정방법\n- 가 : 나\n\n  {}\n",
            "다".repeat(99)
        );
        assert_found(&RULE, &note, &[]);
        let config = "check: { procedure: { longest_item: 0 } }";
        assert_found_with(&RULE, config, &text, &[]);
    }
}
