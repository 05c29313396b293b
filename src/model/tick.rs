//! Items that can be ticked off: all with a box, each identified by a stable key and a hash of its
//! text.
//!
//! A tick is stored by its key; the hash shows whether the item's text has changed since. Neither
//! depends on the item's position in the file, its markup or the version of the program.

use std::collections::HashSet;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::markdown::text::{block_text, collapse_blanks, inline_text, label_text};
use crate::model::address::harmless;
use crate::model::anchor::item_id;
use crate::model::field::Field;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::Item;
use crate::model::limit::MAX_MODES;
use crate::model::mode::Mode;
use crate::source::Span;

/// Hexadecimal digits of a hash.
const DIGITS: usize = 8;

/// Id of an item in its guide. It begins with the id of the mode, or of the scenario when the mode
/// has none.
pub fn id(scenario: &Scenario, mode: &Mode, item: &Item) -> String {
    let part = match mode.id.as_str() {
        "" => &scenario.id,
        id => id,
    };
    item_id(part, &item.key)
}

/// The items of a mode that can be ticked off, in the order of its sheet.
pub fn ticked(mode: &Mode) -> impl Iterator<Item = &Item> {
    mode.all_items().filter(|item| item.role.has_box())
}

/// Ids of the items of a guide, in the first [`MAX_MODES`] modes of each scenario. An item that
/// several modes share has its id in the first of them.
pub fn ids(guide: &Guide) -> impl Iterator<Item = String> {
    let mut seen: HashSet<Span> = HashSet::new();
    let modes = guide.scenarios.iter().flat_map(|scenario| {
        let modes = scenario.modes.iter().filter(|mode| mode.has_procedure());
        modes.take(MAX_MODES).map(move |mode| (scenario, mode))
    });
    let items =
        modes.flat_map(|(scenario, mode)| ticked(mode).map(move |item| (scenario, mode, item)));
    items.filter_map(move |(scenario, mode, item)| {
        let is_new = item.is_in_source() && seen.insert(item.span);
        is_new.then(|| id(scenario, mode, item))
    })
}

/// A field and its id in the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRef {
    /// Id of the item.
    pub id: String,
    /// Name of the field in the console.
    pub label: String,
    /// The item's bytes.
    pub span: Span,
}

/// The fields of a guide, including those of paths. A field that several modes share has its id in
/// the first of them.
pub fn field_refs(guide: &Guide) -> Vec<FieldRef> {
    let mut seen: HashSet<Span> = HashSet::new();
    let mut field_refs = Vec::new();
    for scenario in &guide.scenarios {
        for mode in &scenario.modes {
            let fields = mode.items.iter().filter(|item| item.setting.is_some());
            let fresh = fields.filter(|item| seen.insert(item.span));
            field_refs.extend(fresh.map(|item| FieldRef {
                id: id(scenario, mode, item),
                label: label_text(&item.label),
                span: item.span,
            }));
        }
    }
    field_refs
}

/// Hash of a field and the guide's text about it.
pub(super) fn hash_of_setting(field: &Field) -> String {
    let hashed = serde_json::to_string(&HashedField::of(field));
    hash_of_text(&hashed.unwrap_or_default())
}

/// Hash of a text, ignoring differences in blanks and line ends.
pub(super) fn hash_of_text(text: &str) -> String {
    let digest = Sha256::digest(collapse_blanks(text).as_bytes());
    let digits = digest.iter().take(DIGITS / 2);
    digits.map(|byte| format!("{byte:02x}")).collect()
}

/// The form of a field that is hashed. It must not change, because every tick in every browser would
/// then be out of date.
#[derive(Serialize)]
struct HashedField<'f> {
    label: String,
    kind: &'static str,
    action: &'f str,
    value: String,
    prefix: &'f str,
    required: bool,
    source: Option<HashedSource<'f>>,
    choices: Vec<HashedChoice>,
    note: String,
    notices: [(); 0],
}

#[derive(Serialize)]
struct HashedSource<'f> {
    steps: &'f [String],
    url: Option<&'f str>,
}

#[derive(Serialize)]
struct HashedChoice {
    condition: String,
    value: String,
    note: String,
}

impl<'f> HashedField<'f> {
    fn of(field: &'f Field) -> Self {
        let choices = field.answer.cases().map(|(case, value)| HashedChoice {
            condition: label_text(&case.condition),
            value: value.to_string(),
            note: block_text(&case.note).trim_end().to_string(),
        });
        Self {
            label: label_text(&field.label),
            kind: field.kind().name(),
            action: &field.action,
            value: collapse_blanks(&inline_text(&field.text)),
            prefix: &field.prefix,
            required: field.is_required,
            source: field.source.as_ref().map(|way| HashedSource {
                steps: &way.steps,
                url: way.url.as_deref().and_then(harmless),
            }),
            choices: choices.collect(),
            note: block_text(&field.note).trim_end().to_string(),
            notices: [],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    /// Key, hash and literal value of each item that can be ticked off, in a guide with these fields.
    fn read(fields: &str) -> Vec<(String, String, Option<String>)> {
        let text = format!(
            "## 결제창\n### 실 연동\n<Callout title=\"참고\" content=\"1. 하나인지 확인해 주세요.\n2. 둘인지 확인해 주세요.\" />\n#### 설정경로\n- 콘솔 > 채널\n  - 연동 모드 : 실 연동\n#### 설정방법\n{fields}\n"
        );
        let sources = SourceSet {
            documents: vec![Source {
                path: "a.md".to_string(),
                text,
            }],
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &Config::defaults()).unwrap();
        let scenario = &site.pages[0].guide.as_ref().unwrap().scenarios[0];
        let items = ticked(&scenario.modes[0]).filter(|item| item.is_in_source());
        items
            .map(|item| (item.key.clone(), item.hash.clone(), item.literal()))
            .collect()
    }

    #[test]
    fn keys_consist_of_section_and_field() {
        let found = read("- 채널 속성 : 결제\n- MID : 발급받은 값");
        let keys: Vec<&str> = found.iter().map(|tick| tick.0.as_str()).collect();
        assert_eq!(
            keys,
            [
                "prerequisites/1",
                "prerequisites/2",
                "path/연동-모드",
                "fields/채널-속성",
                "fields/mid"
            ]
        );
        assert_eq!(found[3].2.as_deref(), Some("결제"));
        assert_eq!(found[4].2, None);
    }

    #[test]
    fn hash_changes_with_the_text_and_with_nothing_else() {
        let check = |before, after, is_same| {
            let (before, after) = (read(before), read(after));
            assert_eq!(before.last().unwrap().1 == after.last().unwrap().1, is_same);
        };
        check("- 채널 속성 : 결제", "- 채널 속성 : 본인인증", false);
        check(
            "- 채널 속성 : 결제",
            "- 채널 이름 : 임의값\n- 채널 속성 : **결제**",
            true,
        );
    }
}
