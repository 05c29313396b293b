//! The module to choose is not the one that the scenario is about.
//!
//! ## Why
//!
//! The console lists modules with similar names. A reader takes the one the path names; when it
//! is not the heading's, the channel is set up for another way of paying, or the module is not
//! in the list at all.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창 일반/정기결제
//! ### 테스트 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제모듈 : 결제
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창 일반/정기결제 및 API 수기결제 (V1)
//! ### 테스트 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제모듈 : 결제창 일반/정기결제 ㅣ API 수기결제
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.module_fields` lists the labels of such choices, `modules` the console's
//! modules: with it, values are compared with the list and not with headings. Versions, the
//! provider's name, spaces, marks and the words of `module_joins` make no difference;
//! a word of `module_asides` makes one only where both sides have such a word.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{is_named, settings, value, value_span};
use crate::config::check::{Level, ProcedureFacts};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::field::Field;
use crate::model::version::named;
use crate::normal::without_blanks;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "module-mismatch",
    level: Level::Warning,
    source: include_str!("module_mismatch.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.procedure;
    for place in context.modes() {
        let modules = settings(place.mode).filter(|field| is_named(field, &facts.module_fields));
        let wrong = modules.filter(|module| !is_of_the_scenario(module, &place, context));
        found.extend(wrong.map(|module| finding(module, &place, context)));
    }
}

fn is_of_the_scenario(module: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> bool {
    let facts = &context.config.check.procedure;
    let fold = |name: &str| Name::read(name, place, context);
    let chosen = fold(&value(module));
    if !facts.modules.is_empty() {
        return facts.modules.iter().any(|name| fold(name).is(&chosen));
    }
    place.scenario.id.is_empty() || chosen.is(&fold(&place.scenario.title))
}

/// What a module is called, as far as it matters.
struct Name {
    /// All that matters.
    whole: String,
    /// The same without asides.
    plain: String,
}

impl Name {
    fn read(name: &str, place: &ModeOf<'_>, context: &Context<'_>) -> Self {
        let facts = &context.config.check.procedure;
        let mut name = without_versions(name, &context.conventions.words.versions.names);
        for provider in &place.page.document.frontmatter.companies {
            name = name.replace(provider.as_str(), "");
        }
        let whole = without_joins(&name, facts);
        let asides = facts.module_asides.iter();
        let plain = asides.fold(whole.clone(), |name, aside| {
            name.replace(&without_blanks(aside), "")
        });
        Self { whole, plain }
    }

    fn is(&self, other: &Self) -> bool {
        let both_have_asides = self.whole != self.plain && other.whole != other.plain;
        if both_have_asides {
            self.whole == other.whole
        } else {
            self.plain == other.plain
        }
    }
}

/// The name without brackets that contain nothing but versions.
fn without_versions(name: &str, versions: &[String]) -> String {
    let mut kept = String::new();
    let mut rest = name;
    while let Some((before, behind)) = rest.split_once('(') {
        kept.push_str(before);
        let (inside, after) = behind.split_once(')').unwrap_or((behind, ""));
        let words = inside.split(|c: char| !c.is_alphanumeric());
        let is_version = |word: &str| !named(word, versions).is_empty();
        if !words.filter(|word| !word.is_empty()).all(is_version) {
            kept.push_str(inside);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Letters and digits of the name without what joins its parts: words, and marks inside words.
fn without_joins(name: &str, facts: &ProcedureFacts) -> String {
    let joins = &facts.module_joins;
    let words = name
        .split_whitespace()
        .filter(|word| !joins.iter().any(|join| join == word));
    let joined: String = words.collect();
    let is_mark = |join: &&String| join.chars().count() == 1 && !join.is_ascii();
    let marks = joins.iter().filter(is_mark);
    let name = marks.fold(joined, |name, mark| name.replace(mark.as_str(), ""));
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn finding(module: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> Diagnostic {
    let span = value_span(context, place.file, module);
    let heading = context.heading(place.file, &place.scenario.id);
    RULE.at(place.file, span)
        .with("value", value(module))
        .with("scenario", &place.scenario.title)
        .related(place.file, heading, Message::new("module-mismatch.related"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    fn section(heading: &str, value: &str) -> String {
        format!(
            "---\npgCompanies: [나이스]\n---\n## {heading}\n### 실 연동\n#### 설정경로\n- 콘솔 > 추가\n  - 결제모듈 : {value}\n"
        )
    }

    #[test]
    fn other_modules_are_found() {
        for value in ["결제", "API 결제창", "결제창 API"] {
            let expected = format!("8: {value}");
            assert_found(&RULE, &section("결제창", value), &[&expected]);
        }
        let text = section("(신모듈) 결제창", "구모듈 결제창");
        assert_found(&RULE, &text, &["8: 구모듈 결제창"]);
    }

    #[test]
    fn joins_versions_and_providers_make_no_difference() {
        let heading = "(신모듈) 결제창 일반결제 및 API 수기/정기결제 (V1/V2)";
        for value in [
            "신모듈 결제창 일반결제ㅣ API 수기/정기결제",
            "결제창 일반결제 l API 수기 정기결제",
            "나이스 결제창 일반결제 / API 수기/정기결제",
        ] {
            assert_found(&RULE, &section(heading, value), &[]);
        }
    }

    #[test]
    fn list_of_modules_counts_before_the_heading() {
        let config = "check: { procedure: { modules: [결제창 일반] } }";
        assert_found_with(&RULE, config, &section("아무 제목", "결제창 일반"), &[]);
        let text = section("아무 제목", "아무 제목");
        assert_found_with(&RULE, config, &text, &["8: 아무 제목"]);
    }
}
