//! A mode of a scenario, with the items of its sheet.

use crate::model::field::Field;
use crate::model::item::{Item, Role, Section};
use crate::model::path::Trail;
use crate::model::related::Related;
use crate::source::Span;

/// Key of the mode of a scenario whose sections are not under a mode's heading.
pub const ANY_MODE: &str = "any";

/// A mode of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// The convention's key, or the slug of a heading that is not configured; [`ANY_MODE`] when
    /// the guide has no mode headings.
    pub key: String,
    /// The convention's name for people, or the text of its heading; empty for [`ANY_MODE`].
    pub title: String,
    /// Id of its heading; empty when it has none.
    pub id: String,
    /// The section for the console path; `None` when the guide has none.
    pub route: Option<Span>,
    /// Its items, in the order of the sheet.
    pub items: Vec<Item>,
    /// How many boxes of the same procedure are on the sheets before this one.
    pub boxes_before: usize,
    /// The bytes from its heading to its last block.
    pub span: Span,
}

impl Mode {
    /// Whether it contains anything to do.
    pub fn has_procedure(&self) -> bool {
        self.route.is_some() || self.settings().next().is_some() || self.has_tasks()
    }

    /// Whether it consists of steps that set nothing in a form.
    pub fn has_tasks(&self) -> bool {
        let mut items = self.items.iter();
        items.any(|item| item.section == Section::Tasks && item.role.has_box())
    }

    /// Its items and the items within them, parents first.
    pub fn all_items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().flat_map(Item::with_parts)
    }

    /// The fields on the path and in the form, in the order of the sheet.
    pub fn settings(&self) -> impl Iterator<Item = &Field> {
        self.items.iter().filter_map(|item| item.setting.as_ref())
    }

    /// The fields of one section.
    pub fn settings_in(&self, section: Section) -> impl Iterator<Item = &Field> {
        let items = self
            .items
            .iter()
            .filter(move |item| item.section == section);
        items.filter_map(|item| item.setting.as_ref())
    }

    /// The fields of the form.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.settings_in(Section::Steps)
    }

    /// The first trail; `None` without one.
    pub fn trail(&self) -> Option<&Trail> {
        let mut ways = self.items.iter().filter(|item| item.role == Role::Go);
        ways.find_map(|item| item.trail.as_ref())
    }

    /// Its related links.
    pub fn related(&self) -> impl Iterator<Item = &Related> {
        self.items.iter().filter_map(|item| item.link.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::markdown::text::{block_text, label_text};
    use crate::model::anchor::anchors;
    use crate::model::conventions::Conventions;
    use crate::model::guide;
    use crate::source::FileId;

    fn mode(text: &str) -> Mode {
        modes(text).remove(0)
    }

    /// The modes of a guide with this text under its first mode heading.
    fn modes(text: &str) -> Vec<Mode> {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let text = format!("## 결제\n\n### 실 연동\n\n{text}");
        let (document, _) = parse(&text, FileId(0), &config.components);
        let anchors = anchors(&document.blocks, &conventions);
        let (guide, _) = guide::read(&document, "안내", &anchors, &conventions);
        guide.unwrap().scenarios.remove(0).modes
    }

    /// Shows each item as `role label=value`, with its parts in brackets.
    fn shown(items: &[Item]) -> String {
        let one = |item: &Item| {
            let label = label_text(&item.label);
            let value = item.setting.as_ref().map(Field::text_line);
            let value = value.map_or(String::new(), |value| format!("={value}"));
            let parts = match shown(&item.items).as_str() {
                "" => String::new(),
                parts => format!(" [{parts}]"),
            };
            format!("{} {label}{value}{parts}", item.role.name())
        };
        let items = items.iter().filter(|item| item.is_in_source());
        items.map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn paragraphs_replace_section_headings() {
        let path = "[콘솔](https://a.b) > 연동 > 채널";
        for (name, way) in [
            ("**설정경로**", format!("\n\n- {path}")),
            ("설정경로", format!("\n\n- {path}")),
            ("**설정경로 :** ", path.to_string()),
            ("설정경로: ", path.to_string()),
        ] {
            let mode = mode(&format!("{name}{way}\n\n설정방법\n\n- MID : 받은 값"));
            assert_eq!(
                mode.trail().unwrap().steps,
                ["콘솔", "연동", "채널"],
                "{name}"
            );
            assert_eq!(mode.fields().count(), 1, "{name}");
        }
    }

    #[test]
    fn items_named_like_sections_are_sections() {
        let mode = mode(
            "- 계약을 마칩니다.\n- 설정경로 : [콘솔](https://a.b) > 연동\n  - 결제모듈 : 결제\n- **설정방법**\n  - MID : 받은 값",
        );
        assert_eq!(mode.trail().unwrap().steps, ["콘솔", "연동"]);
        assert_eq!(
            shown(&mode.items),
            "know 계약을 마칩니다. | go 설정경로 : 콘솔 > 연동 | set-fixed 결제모듈=결제 | enter-issued MID=받은 값"
        );
    }

    #[test]
    fn bold_paragraphs_replace_mode_headings() {
        let text =
            "#### 설정방법\n\n- MID : 받은 값\n\n**테스트 연동**\n\n#### 설정방법\n\n- MID : abc";
        let modes = modes(text);
        let keys: Vec<&str> = modes.iter().map(|mode| mode.key.as_str()).collect();
        assert_eq!(keys, ["live", "test"]);
        assert!(modes.iter().all(|mode| mode.fields().count() == 1));
    }

    fn check(text: &str, expected: &str) {
        let mode = mode(&format!("#### 설정방법\n\n{text}"));
        assert_eq!(shown(&mode.items), expected, "{text}");
    }

    #[test]
    fn fields_are_found_in_lists_tables_paragraphs_and_around_components() {
        check(
            "1. MID : 발급받은 값\n2. 속성 : 나",
            "enter-issued MID=발급받은 값 | set-fixed 속성=나",
        );
        check(
            "| 항목 | 값 | 비고 |\n|---|---|---|\n| 속성 | 가 | 필수 |\n| **MID** | | |",
            "set-fixed 속성=가 | enter-issued MID=",
        );
        check(
            "속성 : 가\n\n**이름** : 나\n\n끝.",
            "set-fixed 속성=가 | set-fixed 이름=나 | know 끝.",
        );
        check(
            "<Indent level=\"1\">\n\n- 속성 : 가\n\n<Callout title=\"주의\" content=\"다\" />\n\n- 이름 : 나\n\n</Indent>",
            "set-fixed 속성=가 [hazard 다] | set-fixed 이름=나",
        );
        check(
            "- 속성 : 가\n\n<Accordion title=\"찾는 곳\" content=\"- 나 : 다\" />",
            "set-fixed 속성=가 | know 찾는 곳",
        );
    }

    #[test]
    fn a_sentence_and_a_click_are_no_values() {
        check(
            "- 속성 : 결제\n- 저장 버튼을 눌러 주세요.",
            "set-fixed 속성=결제 | do 저장 버튼을 눌러 주세요.",
        );
        check(
            "- 속성 : 결제를 선택해 주세요.",
            "enter-free 속성=결제를 선택해 주세요.",
        );
        check("- 상점아이디 클릭", "enter-issued 상점아이디=");
    }

    #[test]
    fn a_notice_in_the_form_is_no_field() {
        check(
            "- 속성 : 결제\n- 저장한 값은 나중에 바꿀 수 없습니다.",
            "set-fixed 속성=결제 | know 저장한 값은 나중에 바꿀 수 없습니다.",
        );
    }

    #[test]
    fn every_place_a_value_is_found_at_is_kept() {
        let mode = mode(
            "#### 설정방법\n\n- 키\n  - 설정경로 : 관리 > 가 > 나\n    둘째 줄\n  - 구모듈 : 관리 > 라 > 마\n  - 정산 > 바 > 사",
        );
        let key = &mode.items[0];
        let ways: Vec<_> = key
            .items
            .iter()
            .filter_map(|item| item.trail.as_ref())
            .collect();
        assert_eq!(ways[0].steps, ["관리", "가", "나"]);
        assert_eq!(block_text(&key.items[0].detail).trim(), "둘째 줄");
        assert_eq!(ways[1].steps, ["정산", "바", "사"]);
        let field = key.setting.as_ref().unwrap();
        assert_eq!(field.note_text(), "구모듈 : 관리 > 라 > 마");
        assert!(field.answer.choices().is_empty());
    }

    /// Shows the condition of each setting.
    fn check_conditions(text: &str, expected: &[Option<&str>]) {
        let mode = mode(&format!("#### 설정방법\n\n{text}"));
        let settings = mode.items.iter().filter(|item| item.setting.is_some());
        let conditions: Vec<_> = settings.map(|item| item.condition.as_deref()).collect();
        assert_eq!(conditions, expected, "{text}");
    }

    #[test]
    fn a_conditional_field_excludes_its_twin() {
        check_conditions(
            "- Key (일반결제) : 공란 (정기결제 시에만 설정합니다)\n- Key (정기결제) : 조회한 값\n- 속성 : 결제",
            &[Some("일반결제"), Some("정기결제"), None],
        );
    }

    #[test]
    fn keys_are_unique_whatever_the_labels() {
        let mode = mode("#### 설정방법\n\n- a : 1\n- a : 2\n- a-2 : 3\n- a : 4");
        let keys: Vec<&str> = mode.items.iter().map(|item| item.key.as_str()).collect();
        assert_eq!(
            keys[..4],
            ["fields/a", "fields/a-2", "fields/a-2-2", "fields/a-3"]
        );
    }

    #[test]
    fn the_same_choice_twice_on_the_way_has_two_keys() {
        let mode = mode("#### 설정경로\n\n- 콘솔 > 채널\n  - 속성 : 가\n  - 속성 : 나");
        let keys: Vec<&str> = mode.items.iter().map(|item| item.key.as_str()).collect();
        assert_eq!(keys[..3], ["path/route", "path/속성", "path/속성-2"]);
    }

    #[test]
    fn notice_at_another_field_gives_the_prefix() {
        let notice = "<Callout title=\"유의\" content=\"MID는 **MOI**로 시작합니다.\" />";
        let fields = "- MID : 받은 값\n- 상품코드 : 받은 값\n- signkey : 받은 값";
        let mode = mode(&format!(
            "#### 설정방법\n\n{fields}\n\n{notice}\n\n- 비고 : 없음"
        ));
        let prefixes: Vec<&str> = mode.fields().map(|one| one.prefix.as_str()).collect();
        assert_eq!(prefixes, ["MOI", "", "", ""]);
    }
}
