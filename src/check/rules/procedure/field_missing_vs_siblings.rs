//! One mode lacks a field that the guide's other modes have.
//!
//! ## Why
//!
//! Procedures of one guide are alike. A field that all the others have was most likely lost
//! when the section was written, and with it a line of the checklist.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 과세설정 : 선택 사항
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 과세설정 : 선택 사항
//! ## API 결제
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 과세설정 : 선택 사항
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 과세설정 : 선택 사항
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 과세설정 : 선택 사항
//! ```
//!
//! ## Configuration
//!
//! Modes are compared within a guide, all of them and those of one key. Where
//! `check.procedure.values` names a field, only modes with the same value there are alike. At
//! least three others must have fields, and four of five of them the one that is missing.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{fields_heading, plain_label, settings, value};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::label_text;
use crate::normal::without_blanks;

/// Fewest other modes that define what is usual.
const SIBLINGS: usize = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "field-missing-vs-siblings",
    level: Level::Warning,
    source: include_str!("field_missing_vs_siblings.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let places: Vec<ModeOf<'_>> = context
        .modes()
        .filter(|place| place.mode.fields().next().is_some())
        .collect();
    for guide in places.chunk_by(|a, b| a.file == b.file) {
        let mut reported = HashSet::new();
        for alike in groups(guide, context).into_values() {
            let mut written = None;
            for (place, label) in missing(&alike) {
                if reported.insert((place.mode.span, label.clone())) {
                    let written = written.get_or_insert_with(|| written_labels(&alike));
                    let others = alike.len() - 1;
                    found.push(finding(place, label, written, others, context));
                }
            }
        }
    }
}

/// Modes that are alike: of any key, and of one key.
fn groups<'g, 'a>(
    guide: &'g [ModeOf<'a>],
    context: &Context<'_>,
) -> BTreeMap<(String, String), Vec<&'g ModeOf<'a>>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for place in guide {
        let kind = kind(place, context);
        for key in ["", &place.mode.key] {
            let group = groups.entry((kind.clone(), key.to_string()));
            group.or_default().push(place);
        }
    }
    groups
}

/// The mode's values of fields with few values.
fn kind(place: &ModeOf<'_>, context: &Context<'_>) -> String {
    let names = context.config.check.procedure.values.keys();
    let said = names.filter_map(|name| {
        let name = without_blanks(name);
        let setting = settings(place.mode).find(|setting| plain_label(setting) == name)?;
        Some(without_blanks(&value(setting)))
    });
    said.collect::<Vec<_>>().join("/")
}

/// Labels that a mode lacks and nearly all others have.
fn missing<'g, 'a>(alike: &[&'g ModeOf<'a>]) -> Vec<(&'g ModeOf<'a>, String)> {
    let labels: Vec<HashSet<String>> = alike.iter().map(|place| labels(place)).collect();
    // In order, for findings at one heading keep the order they are made in.
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for label in labels.iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
    let others = alike.len() - 1;
    let usual = counts
        .into_iter()
        .filter(|(_, count)| others >= SIBLINGS && count * 5 >= others * 4);
    let usual: Vec<&String> = usual.map(|(label, _)| label).collect();
    let pairs = alike.iter().zip(&labels);
    let lacking = pairs.flat_map(|(place, own)| {
        let lost = usual.iter().filter(|label| !own.contains(**label));
        lost.map(|label| (*place, (*label).clone()))
    });
    lacking.collect()
}

fn labels(place: &ModeOf<'_>) -> HashSet<String> {
    place.mode.fields().map(plain_label).collect()
}

/// Each label as it is written first.
fn written_labels(alike: &[&ModeOf<'_>]) -> HashMap<String, String> {
    let mut written = HashMap::new();
    for field in alike.iter().flat_map(|other| other.mode.fields()) {
        let shown = || label_text(&field.label);
        written.entry(plain_label(field)).or_insert_with(shown);
    }
    written
}

fn finding(
    place: &ModeOf<'_>,
    label: String,
    written: &HashMap<String, String>,
    others: usize,
    context: &Context<'_>,
) -> Diagnostic {
    let shown = written.get(&label).cloned();
    RULE.at(place.file, fields_heading(context, place))
        .with("field", shown.unwrap_or(label))
        .with("others", others.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, findings};

    fn guide(modes: &[(&str, &str)]) -> String {
        let modes = modes.iter().enumerate().map(|(index, (mode, fields))| {
            let fields: Vec<String> = fields
                .split(' ')
                .map(|name| format!("- {name} : 값\n"))
                .collect();
            format!(
                "## 시나리오 {index}\n### {mode}\n#### 설정방법\n{}",
                fields.concat()
            )
        });
        modes.collect()
    }

    #[test]
    fn field_that_all_others_have_is_found() {
        let text = guide(&[
            ("실 연동", "가 나"),
            ("테스트 연동", "가 나"),
            ("실 연동", "가"),
            ("테스트 연동", "가 나"),
        ]);
        assert_found(&RULE, &text, &["13: #### 설정방법"]);
    }

    #[test]
    fn field_of_one_mode_only_is_compared_with_that_mode() {
        let live = ("실 연동", "가 키");
        let test = ("테스트 연동", "가");
        let text = guide(&[live, test, live, test, live, test, ("실 연동", "가")]);
        assert_found(&RULE, &text, &["30: #### 설정방법"]);
    }

    #[test]
    fn fields_missing_at_one_place_are_found_in_the_same_order_each_time() {
        let whole = ("실 연동", "가 나 다 라 마 바");
        let text = guide(&[whole, whole, whole, ("실 연동", "가")]);
        let labels = || -> Vec<String> {
            let found = findings(&RULE, "", &[("a.md", &text)]).into_iter();
            found
                .map(|found| found.message.values[0].1.clone())
                .collect()
        };
        assert_eq!(labels(), ["나", "다", "라", "마", "바"]);
    }

    #[test]
    fn few_siblings_say_nothing() {
        let text = guide(&[
            ("실 연동", "가 나"),
            ("테스트 연동", "가 나"),
            ("실 연동", "가"),
        ]);
        assert_found(&RULE, &text, &[]);
    }
}
