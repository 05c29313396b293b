//! What a reader ticks off: every item of a checklist with a stable key and a hash of what it says.
//!
//! A tick is kept by its key; the hash tells whether the item still says what was ticked. Neither
//! depends on the item's place in the file, its markup or the version of the program. Ticks stand
//! in the order of the checklist's items.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::config::NoticeKind;
use crate::markdown::node::Block;
use crate::markdown::text::{block_text, collapse_blanks, label_text};
use crate::model::anchor::item_id;
use crate::model::export::FieldData;
use crate::model::field::{Field, FieldKind};
use crate::model::guide::{Guide, Scenario};
use crate::model::limit::MAX_MODES;
use crate::model::mode::{Extra, Mode, Prerequisite};
use crate::model::notice::Notice;
use crate::source::Span;

/// Hexadecimal digits of a hash.
const DIGITS: usize = 8;

/// Sections of a checklist with fields, as keys name them.
const PATH: &str = "path";
const FIELDS: &str = "fields";

/// What of a field's data is not said to the reader.
const UNSAID: [&str; 3] = ["span", "evidence", "id"];

/// Something to tick off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Section and id, such as `fields/채널-이름`; unique in its mode.
    pub key: String,
    /// Hash of what the item says.
    pub hash: String,
    /// The literal value to set; empty when there is none.
    pub literal: String,
    /// The bytes that say it in the document.
    pub span: Span,
}

/// Everything to tick off in a mode, in the order of its checklist.
pub fn ticks(scenario: &Scenario, mode: &Mode) -> Vec<Tick> {
    let mut found = prerequisites(scenario, mode);
    let choices = mode.path.iter().flat_map(|path| &path.choices);
    found.extend(choices.map(|field| of_field(PATH, field)));
    found.extend(mode.fields.iter().map(|field| of_field(FIELDS, field)));
    let extras = mode.extras.iter().enumerate();
    found.extend(extras.map(|(index, extra)| of_extra(index, extra)));
    found
}

/// Id of an item in its guide. What is no mode's alone stands in the part of its scenario.
pub fn id(scenario: &Scenario, mode: &Mode, tick: &Tick) -> String {
    item_id(part(scenario, mode), &tick.key)
}

fn part<'g>(scenario: &'g Scenario, mode: &'g Mode) -> &'g str {
    match mode.id.as_str() {
        "" => &scenario.id,
        id => id,
    }
}

fn key(section: &str, field: &Field) -> String {
    format!("{section}/{}", field.id)
}

/// Ids of the items of a guide, of each scenario's first [`MAX_MODES`]. What several modes share
/// has the one of the first.
pub fn ids(guide: &Guide) -> impl Iterator<Item = String> {
    let mut said: HashSet<Span> = HashSet::new();
    let modes = guide.scenarios.iter().flat_map(|scenario| {
        let modes = scenario.modes.iter().filter(|mode| mode.has_procedure());
        modes.take(MAX_MODES).map(move |mode| (scenario, mode))
    });
    let items = modes.flat_map(|(scenario, mode)| {
        let items = ticks(scenario, mode).into_iter();
        items.map(move |tick| (tick.span, id(scenario, mode, &tick)))
    });
    items.filter_map(move |(span, id)| said.insert(span).then_some(id))
}

/// A field with its address in the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id of the item.
    pub id: String,
    /// What the console calls the field.
    pub label: String,
    /// The item's bytes.
    pub span: Span,
}

/// The fields of a guide, those of the paths too. What several modes share has the id of the first.
pub fn places(guide: &Guide) -> Vec<Place> {
    let mut said: HashSet<Span> = HashSet::new();
    let mut places = Vec::new();
    for scenario in &guide.scenarios {
        for mode in &scenario.modes {
            let choices = mode.path.iter().flat_map(|path| &path.choices);
            let choices = choices.map(|field| (PATH, field));
            let fields = mode.fields.iter().map(|field| (FIELDS, field));
            let fresh = choices
                .chain(fields)
                .filter(|(_, field)| said.insert(field.span));
            places.extend(fresh.map(|(section, field)| Place {
                id: item_id(part(scenario, mode), &key(section, field)),
                label: label_text(&field.label),
                span: field.span,
            }));
        }
    }
    places
}

/// How many things there are to tick off in a mode: as many as [`ticks`] lists.
pub fn count(scenario: &Scenario, mode: &Mode) -> usize {
    let choices = mode.path.iter().flat_map(|path| &path.choices);
    said_before(scenario, mode).len() + choices.count() + mode.fields.len() + mode.extras.len()
}

fn prerequisites(scenario: &Scenario, mode: &Mode) -> Vec<Tick> {
    let numbered = said_before(scenario, mode).into_iter().enumerate();
    let tick = |(index, (text, span)): (usize, (String, Span))| Tick {
        key: format!("prerequisites/{}", index + 1),
        hash: hash(&text),
        literal: String::new(),
        span,
    };
    numbered.map(tick).collect()
}

/// What has to be done before the settings: a caution is only read, the parts of every other
/// notice are ticked.
fn said_before(scenario: &Scenario, mode: &Mode) -> Vec<(String, Span)> {
    let mut said: Vec<(String, Span)> = Vec::new();
    for notice in &scenario.notices {
        of_notice(notice, &mut said);
    }
    for prerequisite in &mode.prerequisites {
        match prerequisite {
            Prerequisite::Notice(notice) => of_notice(notice, &mut said),
            Prerequisite::List(list) => of_block(&Block::List(list.clone()), &mut said),
        }
    }
    said
}

fn of_notice(notice: &Notice, said: &mut Vec<(String, Span)>) {
    if notice.kind >= NoticeKind::Caution {
        return;
    }
    if notice.blocks.is_empty() {
        said.push((notice.title.clone(), notice.span));
    }
    for block in &notice.blocks {
        of_block(block, said);
    }
}

/// Items and paragraphs stand alone; whatever else there is belongs to what stands before it.
fn of_block(block: &Block, said: &mut Vec<(String, Span)>) {
    match (block, said.last_mut()) {
        (Block::List(list), _) => {
            let items = list.items.iter();
            said.extend(items.map(|item| (block_text(&item.blocks), item.span)));
        }
        (Block::Paragraph(_), _) | (_, None) => {
            said.push((block_text(std::slice::from_ref(block)), block.span()));
        }
        (_, Some((text, _))) => text.push_str(&block_text(std::slice::from_ref(block))),
    }
}

/// Hash of a field: of all that is said about it.
pub(super) fn hash_of_setting(field: &Field) -> String {
    hash(&said(&FieldData::from(field)))
}

/// Hash of an item that is only said.
pub(super) fn hash_of_text(text: &str) -> String {
    hash(text)
}

fn of_field(section: &str, field: &Field) -> Tick {
    let data = FieldData::from(field);
    let hash = hash(&said(&data));
    let literal = match field.kind {
        FieldKind::Fixed => data.value,
        _ => String::new(),
    };
    Tick {
        key: key(section, field),
        hash,
        literal,
        span: field.span,
    }
}

fn of_extra(index: usize, extra: &Extra) -> Tick {
    let span = extra.blocks.first().map(Block::span);
    Tick {
        key: format!("extra/{}", index + 1),
        hash: hash(&format!("{}\n{}", extra.title, block_text(&extra.blocks))),
        literal: String::new(),
        span: span.unwrap_or_default(),
    }
}

/// The data as text, without what the reader is not told.
fn said(data: &impl Serialize) -> String {
    let mut value = serde_json::to_value(data).unwrap_or_default();
    drop_unsaid(&mut value);
    value.to_string()
}

fn drop_unsaid(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !UNSAID.contains(&key.as_str()));
            map.values_mut().for_each(drop_unsaid);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_unsaid),
        _ => {}
    }
}

/// Blanks and line ends do not count.
fn hash(text: &str) -> String {
    let digest = Sha256::digest(collapse_blanks(text).as_bytes());
    let digits = digest.iter().take(DIGITS / 2);
    digits.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    fn read(fields: &str) -> Vec<Tick> {
        let text = format!(
            "## 결제창\n### 실 연동\n<Callout title=\"참고\" content=\"1. 하나\n2. 둘\" />\n#### 설정경로\n- 콘솔 > 채널\n  - 연동 모드 : 실 연동\n#### 설정방법\n{fields}\n"
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
        let found = ticks(scenario, &scenario.modes[0]);
        assert_eq!(found.len(), count(scenario, &scenario.modes[0]));
        found
    }

    #[test]
    fn keys_tell_section_and_field() {
        let found = read("- 채널 속성 : 결제\n- MID : 발급받은 값");
        let keys: Vec<&str> = found.iter().map(|tick| tick.key.as_str()).collect();
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
        assert_eq!(found[3].literal, "결제");
        assert_eq!(found[4].literal, "");
    }

    #[test]
    fn hash_changes_with_what_is_said_and_with_nothing_else() {
        let check = |before, after, is_same| {
            let (before, after) = (read(before), read(after));
            assert_eq!(
                before.last().unwrap().hash == after.last().unwrap().hash,
                is_same
            );
        };
        check("- 채널 속성 : 결제", "- 채널 속성 : 본인인증", false);
        check(
            "- 채널 속성 : 결제",
            "- 채널 이름 : 임의값\n- 채널 속성 : **결제**",
            true,
        );
    }
}
