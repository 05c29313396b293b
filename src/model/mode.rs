//! One profile of a scenario: what must be true first, where to go, what to set.

mod reading;

use crate::markdown::node::{Block, List};
use crate::model::field::Field;
use crate::model::item::Item;
pub(super) use crate::model::mode::reading::{read, read_unknown, read_without_mode};
use crate::model::notice::Notice;
use crate::model::related::Related;
use crate::source::Span;

/// Key of the mode of a scenario whose sections stand under no mode's heading.
pub const ANY_MODE: &str = "any";

/// One profile of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// The convention's key, or the slug of a heading the conventions do not know; [`ANY_MODE`]
    /// when the guide has no mode headings.
    pub key: String,
    /// The convention's name for people, or what its heading says; empty for [`ANY_MODE`].
    pub title: String,
    /// Id of its heading.
    pub id: String,
    /// Running text before the path.
    pub summary: Vec<Block>,
    /// What must be true or known before the path: notices and lists.
    pub prerequisites: Vec<Prerequisite>,
    /// Where in the console; `None` when the guide does not say.
    pub path: Option<SettingPath>,
    /// What to set, in document order.
    pub fields: Vec<Field>,
    /// Notices that concern no single field.
    pub notices: Vec<Notice>,
    /// Further parts under headings of their own.
    pub extras: Vec<Extra>,
    /// Links that lead on.
    pub related: Vec<Related>,
    /// All that its sheet has a row for, in the order of the sheet.
    pub items: Vec<Item>,
    /// Its heading up to its last block.
    pub span: Span,
}

/// What must be true or known first.
#[derive(Debug, Clone, PartialEq)]
pub enum Prerequisite {
    /// A notice.
    Notice(Notice),
    /// A list.
    List(List),
}

/// Where in the console, and what is fixed there.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingPath {
    /// Steps; empty when the section holds none.
    pub steps: Vec<String>,
    /// Address of the console; `None` when the first step is no link.
    pub url: Option<String>,
    /// What is chosen on the way.
    pub choices: Vec<Field>,
    /// Whatever else the section says.
    pub note: Vec<Block>,
    /// The section's blocks.
    pub span: Span,
}

impl SettingPath {
    fn empty(span: Span) -> Self {
        Self {
            steps: Vec::new(),
            url: None,
            choices: Vec::new(),
            note: Vec::new(),
            span,
        }
    }
}

/// A further part of a mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// What its heading or its component's title says.
    pub title: String,
    /// Id of its heading; empty when it has none.
    pub id: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

impl Extra {
    /// A block that stands under no heading of its own.
    fn untitled(block: &Block) -> Self {
        Self {
            title: String::new(),
            id: String::new(),
            blocks: vec![block.clone()],
        }
    }
}

impl Mode {
    /// Whether there is anything to do in it.
    pub fn has_procedure(&self) -> bool {
        self.path.is_some() || !self.fields.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::markdown::text::label_text;
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

    #[test]
    fn paragraphs_stand_for_section_headings() {
        let path = "[콘솔](https://a.b) > 연동 > 채널";
        for (name, way) in [
            ("**설정경로**", format!("\n\n- {path}")),
            ("설정경로", format!("\n\n- {path}")),
            ("**설정경로 :** ", path.to_string()),
            ("설정경로: ", path.to_string()),
        ] {
            let mode = mode(&format!("{name}{way}\n\n설정방법\n\n- MID : 받은 값"));
            let steps = mode.path.unwrap().steps;
            assert_eq!(steps, ["콘솔", "연동", "채널"], "{name}");
            assert_eq!(mode.fields.len(), 1, "{name}");
        }
    }

    #[test]
    fn items_named_like_sections_are_sections() {
        let mode = mode(
            "- 계약을 마칩니다.\n- 설정경로 : [콘솔](https://a.b) > 연동\n  - 결제모듈 : 결제\n- **설정방법**\n  - MID : 받은 값",
        );
        let path = mode.path.unwrap();
        assert_eq!(path.steps, ["콘솔", "연동"]);
        assert_eq!(path.choices.len(), 1);
        assert_eq!(label_text(&mode.fields[0].label), "MID");
        assert_eq!(mode.prerequisites.len(), 1);
    }

    #[test]
    fn bold_paragraphs_stand_for_mode_headings() {
        let text =
            "#### 설정방법\n\n- MID : 받은 값\n\n**테스트 연동**\n\n#### 설정방법\n\n- MID : abc";
        let modes = modes(text);
        let keys: Vec<&str> = modes.iter().map(|mode| mode.key.as_str()).collect();
        assert_eq!(keys, ["live", "test"]);
        assert!(modes.iter().all(|mode| mode.fields.len() == 1));
    }

    /// Shows each field as `label=value`, then the titles of notices and extras.
    fn check(text: &str, expected: &str) {
        let mode = mode(&format!("#### 설정방법\n\n{text}"));
        let fields = mode.fields.iter().map(|field| {
            let (label, value) = (label_text(&field.label), label_text(&field.value));
            format!("{label}={value}{}", "!".repeat(field.notices.len()))
        });
        let notices = mode.notices.iter().map(|notice| notice.title.clone());
        let extras = mode.extras.iter().map(|extra| extra.title.clone());
        let shown: Vec<String> = fields.chain(notices).chain(extras).collect();
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn fields_stand_in_lists_tables_paragraphs_and_around_components() {
        check("1. MID : 가\n2. KEY : 나", "MID=가 | KEY=나");
        check(
            "| 항목 | 값 | 비고 |\n|---|---|---|\n| MID | 가 | 필수 |\n| **KEY** | | |",
            "MID=가 | KEY=",
        );
        check("MID : 가\n\n**KEY** : 나\n\n끝.", "MID=가 | KEY=나 | ");
        check(
            "<Indent level=\"1\">\n\n- MID : 가\n\n<Callout title=\"주의\" content=\"다\" />\n\n- KEY : 나\n\n</Indent>",
            "MID=가! | KEY=나",
        );
        check(
            "- MID : 가\n\n<Accordion title=\"찾는 곳\" content=\"- 나 : 다\" />",
            "MID=가 | 찾는 곳",
        );
    }

    #[test]
    fn notice_at_another_field_says_how_the_id_starts() {
        let notice = "<Callout title=\"유의\" content=\"MID는 **MOI**로 시작합니다.\" />";
        let fields = "- MID : 받은 값\n- 상품코드 : 받은 값\n- signkey : 받은 값";
        let mode = mode(&format!(
            "#### 설정방법\n\n{fields}\n\n{notice}\n\n- 비고 : 없음"
        ));
        let prefixes: Vec<&str> = mode.fields.iter().map(|one| one.prefix.as_str()).collect();
        assert_eq!(prefixes, ["MOI", "", "", ""]);
        assert_eq!(mode.fields[2].notices.len(), 1);
    }
}
