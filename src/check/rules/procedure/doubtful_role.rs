//! A sentence of a procedure can be read as something to do and as something to know.
//!
//! ## Why
//!
//! A checklist has a box for what is done and none for what is only known. Where a caution also
//! asks for an action, or a field does not say what to enter, the checklist marks the row "please
//! confirm", and the merchant has to call.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! <Callout title="유의사항" content="상품권을 쓰지 않으면 반드시 관리자에게 해지를 요청해 주세요." />
//! #### 설정방법
//! - 상점아이디 : 계약한 뒤 발급받은 상점아이디
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! - 상품권을 쓰지 않으면 관리자에게 해지를 요청해 주세요.
//! #### 설정방법
//! - 상점아이디 : 계약한 뒤 발급받은 상점아이디
//! ```
//!
//! ## Configuration
//!
//! `conventions.signals` has the words by which a role is found; `tickbook inspect` lists the
//! items of a document with their roles.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::item::{Confidence, Item};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "doubtful-role",
    level: Level::Info,
    source: include_str!("doubtful_role.rs"),
    check,
    fix: Effect::NoFix,
};

/// Modes share what applies to all of them: a sentence is reported once.
fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut doubtful: Vec<_> = context
        .modes()
        .flat_map(|place| {
            let items = place.mode.all_items().filter(|item| is_doubtful(item));
            items.map(move |item| (place.file, item))
        })
        .collect();
    doubtful.sort_by_key(|(file, item)| (*file, item.span));
    doubtful.dedup_by_key(|(file, item)| (*file, item.span));
    found.extend(doubtful.into_iter().map(|(file, item)| {
        let line = first_line(context, file, item.span);
        RULE.at(file, line).with("role", item.role.name())
    }));
}

fn is_doubtful(item: &Item) -> bool {
    item.confidence == Confidence::Doubtful
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(sentence: &str) -> String {
        let field = "#### 설정방법\n- 상점아이디 : 발급받은 값\n";
        format!("## A\n### 테스트 연동\n{sentence}\n{field}### 실 연동\n{field}")
    }

    #[test]
    fn caution_that_asks_for_something_is_found() {
        let caution = "<Callout title=\"유의사항\" content=\"반드시 해지를 요청해 주세요.\" />";
        assert_found(
            &RULE,
            &section(caution),
            &["3: 반드시 해지를 요청해 주세요."],
        );
    }

    #[test]
    fn what_all_modes_share_is_reported_once() {
        let caution = "<Callout title=\"유의사항\" content=\"반드시 해지를 요청해 주세요.\" />";
        let text = format!("{caution}\n\n{}", section(""));
        assert_found(&RULE, &text, &["1: 반드시 해지를 요청해 주세요."]);
    }

    #[test]
    fn clear_sentences_are_not() {
        assert_found(&RULE, &section("해지를 요청해 주세요."), &[]);
        let caution = "<Callout title=\"유의사항\" content=\"취소하면 복구할 수 없습니다.\" />";
        assert_found(&RULE, &section(caution), &[]);
    }
}
