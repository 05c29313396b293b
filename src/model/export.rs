//! The model as plain data, for `site.json`, `tickbook list --json` and `tickbook inspect`.
//!
//! Texts are plain, and labels are on one line. [`DITA_NAMES`] has the terms of DITA 1.3 for the
//! names used here.

pub mod procedure;

use schemars::JsonSchema;
use serde::Serialize;

use crate::markdown::text::label_text;
use crate::model::address::harmless;
use crate::model::field::Field;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::{Confidence, Item, Requirement, Role};
use crate::model::mode::Mode;
use crate::source::Span;

/// The terms of DITA 1.3 for the parts of a guide.
pub const DITA_NAMES: [(&str, &str); 9] = [
    ("guide", "map"),
    ("scenario", "task"),
    ("versions", "props"),
    ("mode", "props"),
    ("items", "steps"),
    ("verify", "prereq"),
    ("steps", "menucascade"),
    ("hazard", "hazardstatement"),
    ("result", "postreq"),
];

/// A guide.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GuideData {
    /// Its scenarios, in document order.
    pub scenarios: Vec<ScenarioData>,
}

/// A scenario: one way to set something up.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScenarioData {
    /// Id of its heading; empty when the page itself is the scenario.
    pub id: String,
    /// Text of its heading.
    pub title: String,
    /// Versions it applies to; empty when the guide does not state them.
    pub versions: Vec<String>,
    /// Its modes, in document order.
    pub modes: Vec<ModeData>,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// A mode of a scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ModeData {
    /// The convention's key; `any` without mode headings.
    pub key: String,
    /// Id of its heading.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Its items, in the order of the sheet.
    pub items: Vec<ItemData>,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// One thing that a reader does, verifies or has to know.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemData {
    /// Section and name, such as `fields/mid`; unique in its mode.
    pub id: String,
    /// `verify`, `go`, `set-fixed`, `choose`, `enter-issued`, `enter-secret`, `enter-free`,
    /// `leave-blank`, `optional`, `unset`, `do`, `hazard`, `know`, `result` or `related`.
    pub role: &'static str,
    /// Its text, or the name of a field in the console.
    pub label: String,
    /// Its whole text.
    pub text: String,
    /// Whether it is a field of the form or a choice on the path to it.
    #[serde(skip)]
    #[schemars(skip)]
    pub is_setting: bool,
    /// The literal value or the address to enter; `null` when the guide gives none.
    pub value: Option<String>,
    /// Values to choose from, each with its condition.
    pub options: Vec<OptionData>,
    /// When it applies; `null` for always.
    pub condition: Option<String>,
    /// `true`, `false`, or `"conditional"`.
    pub required: RequiredData,
    /// What an issued value starts with; `null` when the guide does not state it.
    pub prefix: Option<String>,
    /// Its length in characters; `null` when the guide does not state it.
    pub length: Option<usize>,
    /// Whether the sheet has a place to write it.
    pub write_in: bool,
    /// Rules whose findings are about it.
    pub flags: Vec<String>,
    /// The signals that decided its role.
    pub evidence: Vec<String>,
    /// `sure` or `likely`.
    pub confidence: &'static str,
    /// Steps through menus; empty without them.
    pub steps: Vec<String>,
    /// Address of its link; `null` without one, or with one that is never made a link.
    pub url: Option<String>,
    /// `[start, end)` bytes of the document; `null` for what the conventions add.
    pub span: Option<[usize; 2]>,
    /// Key of the item that this one is about; `null` for none.
    pub attaches_to: Option<String>,
    /// Items within it.
    pub items: Vec<ItemData>,
}

/// Whether an item applies to everybody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum RequiredData {
    /// `true` or `false`.
    Plain(bool),
    /// `"conditional"`: for those who meet its condition.
    Conditional(&'static str),
}

/// A value to choose, with its condition.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OptionData {
    /// The value.
    pub value: String,
    /// When to choose it.
    pub condition: String,
}

impl From<&Guide> for GuideData {
    fn from(guide: &Guide) -> Self {
        Self {
            scenarios: all(&guide.scenarios),
        }
    }
}

impl From<&Scenario> for ScenarioData {
    fn from(scenario: &Scenario) -> Self {
        Self {
            modes: all(&scenario.modes),
            ..Self::without_modes(scenario)
        }
    }
}

impl ScenarioData {
    /// A scenario without its modes.
    pub fn without_modes(scenario: &Scenario) -> Self {
        Self {
            id: scenario.id.clone(),
            title: scenario.title.clone(),
            versions: scenario.versions.clone(),
            modes: Vec::new(),
            span: bytes(scenario.span),
        }
    }
}

impl From<&Mode> for ModeData {
    fn from(mode: &Mode) -> Self {
        Self {
            key: mode.key.clone(),
            id: mode.id.clone(),
            title: mode.title.clone(),
            items: all(&mode.items),
            span: bytes(mode.span),
        }
    }
}

impl From<&Item> for ItemData {
    fn from(item: &Item) -> Self {
        let setting = item.setting.as_ref();
        let trail = item.trail.as_ref();
        let url = match (&item.link, trail) {
            (Some(link), _) => link.url.as_deref(),
            (None, trail) => trail.and_then(|trail| trail.url.as_deref()),
        };
        Self {
            id: item.key.clone(),
            role: item.role.name(),
            label: label_text(&item.label),
            is_setting: setting.is_some(),
            text: setting.map_or_else(|| item.text(), Field::whole_text),
            value: item.literal(),
            options: setting.map_or(Vec::new(), options),
            condition: item.condition.clone(),
            required: match item.requirement {
                Requirement::Required => RequiredData::Plain(true),
                Requirement::Optional => RequiredData::Plain(false),
                Requirement::Conditional => RequiredData::Conditional("conditional"),
            },
            prefix: setting
                .map(|field| field.prefix.clone())
                .filter(|prefix| !prefix.is_empty()),
            length: setting.and_then(|field| field.length),
            write_in: matches!(item.role, Role::EnterIssued | Role::EnterFree),
            flags: doubts(item),
            evidence: item.evidence.clone(),
            confidence: item.confidence.name(),
            steps: trail.map_or(Vec::new(), |trail| trail.steps.clone()),
            url: link(url),
            span: item.is_in_source().then(|| bytes(item.span)),
            attaches_to: item.attaches_to.clone(),
            items: all(&item.items),
        }
    }
}

/// Marks a doubtful role, for which no rule has a finding.
fn doubts(item: &Item) -> Vec<String> {
    (item.confidence == Confidence::Doubtful)
        .then(|| "role-in-doubt".to_string())
        .into_iter()
        .collect()
}

fn options(field: &Field) -> Vec<OptionData> {
    let valued = field
        .answer
        .choices()
        .iter()
        .filter(|choice| !choice.value.is_empty());
    let options = valued.map(|choice| OptionData {
        value: choice.value.clone(),
        condition: label_text(&choice.case.condition),
    });
    options.collect()
}

fn all<'a, T, U: From<&'a T>>(items: &'a [T]) -> Vec<U> {
    items.iter().map(U::from).collect()
}

/// The address, if a program may make a link of it.
fn link(url: Option<&str>) -> Option<String> {
    url.and_then(harmless).map(str::to_string)
}

fn bytes(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
