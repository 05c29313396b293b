//! A live section uses an identifier that a test section offers.
//!
//! ## Why
//!
//! Test shops are everybody's. A live channel with such an identifier takes no money, or hands
//! the shop's payments to strangers.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - PG상점아이디 (MID) 클릭
//!   - 일반결제 : INIpayTest 선택
//! ### 실 연동
//! #### 설정방법
//! - PG상점아이디 (MID) : INIpayTest
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - PG상점아이디 (MID) 클릭
//!   - 일반결제 : INIpayTest 선택
//! ### 실 연동
//! #### 설정방법
//! - PG상점아이디 (MID) : 발급받은 상점아이디
//! ```
//!
//! ## Configuration
//!
//! `tone` of `conventions.modes` defines which modes are for tests and which are live.

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{said, settings};
use crate::config::Tone;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::field::is_code;
use crate::model::guide::Guide;
use crate::model::mode::Mode;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "test-id-in-live",
    level: Level::Error,
    source: include_str!("test_id_in_live.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, _, guide) in context.guides() {
        let offered = offered(guide, context);
        let live = modes(guide, Tone::Live, context).flat_map(settings);
        for setting in live.filter(|_| !offered.is_empty()) {
            let said = said(setting);
            let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
            let first = said
                .split(is_end)
                .find_map(|word| offered.get_key_value(word));
            found.extend(first.map(|(id, offer)| {
                let related = Message::new("test-id-in-live.related");
                RULE.at(file, context.locate(file, setting.span, id))
                    .with("id", *id)
                    .related(file, *offer, related)
            }));
        }
    }
}

/// Identifiers that test modes offer, and where.
fn offered<'a>(guide: &'a Guide, context: &Context<'_>) -> HashMap<&'a str, Span> {
    let settings = modes(guide, Tone::Test, context).flat_map(settings);
    let choices = settings.flat_map(|setting| setting.answer.choices());
    choices
        .filter(|choice| is_code(&choice.value))
        .map(|choice| (choice.value.as_str(), choice.case.span))
        .collect()
}

fn modes<'a>(
    guide: &'a Guide,
    tone: Tone,
    context: &Context<'_>,
) -> impl Iterator<Item = &'a Mode> {
    let words = &context.conventions.words.modes;
    let keys: Vec<String> = words
        .iter()
        .filter(|mode| mode.tone == tone)
        .map(|mode| mode.key.clone())
        .collect();
    let modes = guide.scenarios.iter().flat_map(|scenario| &scenario.modes);
    modes.filter(move |mode| keys.contains(&mode.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn guide(live: &str) -> String {
        format!(
            "## A\n### 테스트 연동\n#### 설정방법\n- 아이디 클릭\n  - 카드 : **t\\_2302141m** 선택\n### 실 연동\n#### 설정방법\n- {live}\n"
        )
    }

    #[test]
    fn identifier_of_the_test_section_is_found() {
        let text = guide("아이디 : `t_2302141m` 입력");
        assert_found(&RULE, &text, &["8: t_2302141m"]);
    }

    #[test]
    fn own_and_longer_identifiers_are_not() {
        assert_found(&RULE, &guide("아이디 : 받은 값"), &[]);
        assert_found(&RULE, &guide("아이디 : t_2302141mm"), &[]);
    }
}
