//! The model as plain data: what `site.json`, `tickbook list --json` and `tickbook inspect` hold.
//!
//! Texts are plain, on one line where they are labels. Names are the ones of the conventions
//! page; [`DITA_NAMES`] says what each of them is called in DITA 1.3.

use schemars::JsonSchema;
use serde::Serialize;

use crate::markdown::text::label_text;
use crate::model::address::harmless;
use crate::model::field::Field;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::{Confidence, Item, Requirement, Role};
use crate::model::mode::Mode;
use crate::source::Span;

/// What DITA 1.3 calls the parts of a guide.
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
    /// Ways of integrating, in document order.
    pub scenarios: Vec<ScenarioData>,
}

/// A way of integrating.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScenarioData {
    /// Id of its heading; empty when the page itself is the scenario.
    pub id: String,
    /// What its heading says.
    pub title: String,
    /// Versions it is for; empty when the guide does not say.
    pub versions: Vec<String>,
    /// Profiles, in document order.
    pub modes: Vec<ModeData>,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// A profile of a scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ModeData {
    /// The convention's key, `any` without mode headings.
    pub key: String,
    /// Id of its heading.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// All that its sheet has a row for.
    pub items: Vec<ItemData>,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// What a reader does, verifies or has to know.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemData {
    /// Section and name, such as `fields/mid`; unique in its mode.
    pub id: String,
    /// `verify`, `go`, `set-fixed`, `choose`, `enter-issued`, `enter-secret`, `enter-free`,
    /// `leave-blank`, `optional`, `unset`, `do`, `hazard`, `know`, `result` or `related`.
    pub role: &'static str,
    /// What it says, or what the console calls it.
    pub label: String,
    /// All its words.
    pub text: String,
    /// Whether it is about a field of the form or a choice on the way to it.
    #[serde(skip)]
    #[schemars(skip)]
    pub is_setting: bool,
    /// The literal value or the address; `null` where the guide gives none.
    pub value: Option<String>,
    /// Values to choose from, each with its condition.
    pub options: Vec<OptionData>,
    /// When it applies; `null` for always.
    pub condition: Option<String>,
    /// `true`, `false`, or `"conditional"`.
    pub required: RequiredData,
    /// What an issued value starts with; `null` where the guide does not say.
    pub prefix: Option<String>,
    /// How many characters it has; `null` where the guide does not say.
    pub length: Option<usize>,
    /// Whether the sheet has room to write.
    pub write_in: bool,
    /// Rules whose findings are about it.
    pub flags: Vec<String>,
    /// The signals that decided its role.
    pub evidence: Vec<String>,
    /// `sure` or `likely`.
    pub confidence: &'static str,
    /// Steps through menus; empty without them.
    pub steps: Vec<String>,
    /// Where it leads; `null` without an address, or with one that is never made a link.
    pub url: Option<String>,
    /// `[start, end)` bytes of the document; `null` for what the conventions add.
    pub span: Option<[usize; 2]>,
    /// The item that it says something about.
    pub attaches_to: Option<String>,
    /// Items that are part of it.
    pub items: Vec<ItemData>,
}

/// Whether an item applies to everybody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum RequiredData {
    /// To everybody, or to nobody.
    Plain(bool),
    /// `"conditional"`: to those who meet its condition.
    Conditional(&'static str),
}

/// A value to choose, with its condition.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OptionData {
    /// The value.
    pub value: String,
    /// When it is to be chosen.
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
    /// What holds for every mode of a scenario.
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

/// A role in doubt is flagged without any finding.
fn doubts(item: &Item) -> Vec<String> {
    (item.confidence == Confidence::Doubtful)
        .then(|| "role-in-doubt".to_string())
        .into_iter()
        .collect()
}

fn options(field: &Field) -> Vec<OptionData> {
    let valued = field
        .choices
        .iter()
        .filter(|choice| !choice.value.is_empty());
    let options = valued.map(|choice| OptionData {
        value: choice.value.clone(),
        condition: label_text(&choice.condition),
    });
    options.collect()
}

fn all<'a, T, U: From<&'a T>>(items: &'a [T]) -> Vec<U> {
    items.iter().map(U::from).collect()
}

/// An address that a program may make a link of.
fn link(url: Option<&str>) -> Option<String> {
    url.and_then(harmless).map(str::to_string)
}

fn bytes(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
