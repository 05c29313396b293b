//! A warning comes after the step that it is about.
//!
//! ## Why
//!
//! Who works through a list does each line as it comes. A warning that comes after its step is
//! read when the mistake is made.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 웹표준결제 signkey : 상점관리자에 로그인해 조회한 값
//!
//! <Callout title="유의사항" content="signkey는 MID마다 다릅니다. 반드시 MOI로 시작하는 MID로 로그인합니다." />
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//!
//! <Callout title="유의사항" content="signkey는 MID마다 다릅니다. 반드시 MOI로 시작하는 MID로 로그인합니다." />
//!
//! - 웹표준결제 signkey : 상점관리자에 로그인해 조회한 값
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.cautions` lists the words that make a notice a warning. A warning is about
//! the field right above it when both share a word of three or more characters, and it does not
//! name the next field first.

use std::collections::HashMap;

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{first_line, said};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::text::label_text;
use crate::model::field::Field;
use crate::model::item::{Item, Section};
use crate::model::mode::Mode;

/// Shortest word that ties a warning to a field, in characters.
const SHARED_WORD: usize = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "warning-after-step",
    level: Level::Warning,
    source: include_str!("warning_after_step.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let cautions = &context.config.check.procedure.cautions;
    for place in context.modes() {
        let warnings = notices(place.mode).filter(|notice| cautions.occurs_in(&text(notice)));
        let mut words = Words::of(place.mode.fields().collect());
        for notice in warnings {
            let late = words.late_for(notice);
            found.extend(late.map(|field| finding(&place, notice, field, context)));
        }
    }
}

/// Text among the fields and after them that sets nothing.
fn notices(mode: &Mode) -> impl Iterator<Item = &Item> {
    let all = mode
        .all_items()
        .filter(|item| item.section == Section::Steps);
    all.filter(|item| item.setting.is_none() && item.link.is_none())
}

fn text(notice: &Item) -> String {
    format!("{} {}", notice.title, notice.text())
}

/// The fields of a mode with their words, which are gathered when a notice first asks for them.
struct Words<'a> {
    fields: Vec<&'a Field>,
    words: HashMap<usize, Vec<String>>,
}

impl<'a> Words<'a> {
    fn of(fields: Vec<&'a Field>) -> Self {
        Self {
            fields,
            words: HashMap::new(),
        }
    }

    /// The field right above the notice, when the notice is about it rather than about the next
    /// one.
    fn late_for(&mut self, notice: &Item) -> Option<&'a Field> {
        let is_above = |field: &&Field| field.span.end <= notice.span.start;
        let next = self.fields.partition_point(is_above);
        let above = next.checked_sub(1)?;
        let warning = text(notice).to_lowercase();
        let named = self.named_at(&warning, above)?;
        let next = self.named_at(&warning, next);
        next.is_none_or(|next| named <= next)
            .then_some(self.fields[above])
    }

    /// Which word of a warning is the first that starts with a word of the field at `index`.
    fn named_at(&mut self, warning: &str, index: usize) -> Option<usize> {
        let field = self.fields.get(index)?;
        let own = self.words.entry(index).or_insert_with(|| starts(field));
        warning.split(is_end).position(|word| {
            let next = own.partition_point(|own| own.as_str() <= word);
            let before = next.checked_sub(1).map(|last| &own[last]);
            before.is_some_and(|own| word.starts_with(own.as_str()))
        })
    }
}

/// The words of a field in order, without those that start with another: so the only one that a
/// word may start with is the last before it.
fn starts(field: &Field) -> Vec<String> {
    let said = said(field).to_lowercase();
    let words = said.split(is_end);
    let words = words.filter(|word| word.chars().count() >= SHARED_WORD);
    let mut words: Vec<String> = words.map(str::to_string).collect();
    words.sort_unstable();
    words.dedup_by(|longer, start| longer.starts_with(start.as_str()));
    words
}

fn is_end(character: char) -> bool {
    !character.is_alphanumeric()
}

fn finding(place: &ModeOf<'_>, notice: &Item, field: &Field, context: &Context<'_>) -> Diagnostic {
    let step = first_line(context, place.file, field.span);
    let related = Message::new("warning-after-step.related");
    RULE.at(place.file, first_line(context, place.file, notice.span))
        .with("field", label_text(&field.label))
        .related(place.file, step, related)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(warning: &str) -> String {
        format!(
            "## A\n### 실 연동\n#### 설정방법\n- API Key (정기) : 조회한 값\n\n<Callout content=\"{warning}\" />\n\n- 끝 : 값\n"
        )
    }

    #[test]
    fn warning_about_the_step_above_is_found() {
        let text = section("반드시 정기 apikey를 씁니다");
        assert_found(&RULE, &text, &["6: 반드시 정기 apikey를 씁니다"]);
    }

    #[test]
    fn hints_and_warnings_about_others_are_not() {
        assert_found(&RULE, &section("API Key는 길이가 다릅니다"), &[]);
        assert_found(&RULE, &section("반드시 저장합니다"), &[]);
    }

    #[test]
    fn warning_that_names_the_next_field_first_is_not() {
        let text = section("반드시 끝값을 정기 결제 전에 적습니다");
        assert_found(&RULE, &text.replace("끝 : 값", "끝값을 : 값"), &[]);
    }
}
