//! The model as plain data: what `site.json`, `tickbook list --json` and `tickbook inspect` hold.
//!
//! Texts are plain, on one line where they are labels. Names are the ones of the conventions
//! page; [`DITA_NAMES`] says what each of them is called in DITA 1.3.

use schemars::JsonSchema;
use serde::Serialize;

use crate::markdown::node::{Block, Inline};
use crate::markdown::text::{block_text, collapse_blanks, inline_text, label_text};
use crate::model::address::harmless;
use crate::model::field::{Choice, Field};
use crate::model::guide::{Guide, Scenario};
use crate::model::item::{Item, Requirement, Role};
use crate::model::mode::{Extra, Mode, Prerequisite, SettingPath};
use crate::model::notice::Notice;
use crate::model::path::Trail;
use crate::model::related::Related;
use crate::source::Span;

/// What DITA 1.3 calls the parts of a guide.
pub const DITA_NAMES: [(&str, &str); 8] = [
    ("guide", "map"),
    ("scenario", "task"),
    ("versions", "props"),
    ("mode", "props"),
    ("prerequisites", "prereq"),
    ("path", "menucascade"),
    ("field", "step"),
    ("notice", "note"),
];

/// A guide.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GuideData {
    /// Notices before the first scenario.
    pub notices: Vec<NoticeData>,
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
    /// Running text before the first mode.
    pub summary: String,
    /// Notices before the first mode.
    pub notices: Vec<NoticeData>,
    /// Links that lead on.
    pub related: Vec<RelatedData>,
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
    /// Running text before the path.
    pub summary: String,
    /// What must be true or known first.
    pub prerequisites: Vec<NoticeData>,
    /// Where in the console.
    pub path: Option<PathData>,
    /// What to set, in document order.
    pub fields: Vec<FieldData>,
    /// Notices that concern no single field.
    pub notices: Vec<NoticeData>,
    /// Further parts.
    pub extras: Vec<ExtraData>,
    /// Links that lead on.
    pub related: Vec<RelatedData>,
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
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
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

/// Where in the console.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PathData {
    /// Steps through menus.
    pub steps: Vec<String>,
    /// Address of the console; `null` without one, or with a scheme that is never made a link.
    pub url: Option<String>,
    /// What is chosen on the way.
    pub choices: Vec<FieldData>,
    /// Whatever else is said.
    pub note: String,
}

/// One thing to set.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FieldData {
    /// Unique in its mode.
    pub id: String,
    /// What the console calls it.
    pub label: String,
    /// `fixed`, `choose`, `issued-public`, `issued-secret`, `free-text`, `leave-blank` or
    /// `optional`.
    pub kind: &'static str,
    /// Why it is of that kind.
    pub evidence: EvidenceData,
    /// Word that says what to do.
    pub action: String,
    /// The value or the instruction.
    pub value: String,
    /// What an issued value starts with.
    pub prefix: String,
    /// Whether it must be set.
    pub required: bool,
    /// Where the value is found.
    pub source: Option<SourceData>,
    /// Values to choose from.
    pub choices: Vec<ChoiceData>,
    /// Whatever else is said.
    pub note: String,
    /// Notices that concern it.
    pub notices: Vec<NoticeData>,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// Why a field is of its kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EvidenceData {
    /// `configured`, `label`, `value`, `choices`, `shape` or `nothing`.
    pub by: &'static str,
    /// The word that decided.
    pub word: String,
}

/// Steps to where a value is found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceData {
    /// Steps through menus.
    pub steps: Vec<String>,
    /// Address of the first one; `null` as that of a console is.
    pub url: Option<String>,
}

/// A value to choose.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChoiceData {
    /// When.
    pub condition: String,
    /// What; empty when only the condition is named.
    pub value: String,
    /// Whatever else is said.
    pub note: String,
}

/// Something the reader must mind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoticeData {
    /// `note`, `tip`, `caution` or `warning`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What it says, a line for each block.
    pub text: String,
    /// `[start, end)` bytes of the document.
    pub span: [usize; 2],
}

/// A further part of a mode.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExtraData {
    /// Its title.
    pub title: String,
    /// Id of its heading; empty without one.
    pub id: String,
    /// What it says, a line for each block.
    pub text: String,
}

/// A link that leads on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelatedData {
    /// What it says.
    pub label: String,
    /// Where it leads; `null` when the source has no address, or one that is never made a link.
    pub url: Option<String>,
}

impl From<&Guide> for GuideData {
    fn from(guide: &Guide) -> Self {
        Self {
            notices: all(&guide.notices),
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
            summary: lines(&scenario.summary),
            notices: all(&scenario.notices),
            related: all(&scenario.related),
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
            summary: lines(&mode.summary),
            prerequisites: all(&mode.prerequisites),
            path: mode.path.as_ref().map(PathData::from),
            fields: all(&mode.fields),
            notices: all(&mode.notices),
            extras: all(&mode.extras),
            related: all(&mode.related),
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
            text: setting.map_or_else(|| item.text(), Field::whole_text),
            value: item.literal(),
            options: setting.map_or(Vec::new(), options),
            condition: item.condition.clone(),
            required: match item.requirement {
                Requirement::Required => RequiredData::Plain(true),
                Requirement::Optional => RequiredData::Plain(false),
                Requirement::Conditional => RequiredData::Conditional("conditional"),
            },
            prefix: setting.map(|field| field.prefix.clone()).filter(|prefix| !prefix.is_empty()),
            length: setting.and_then(|field| field.length),
            write_in: matches!(item.role, Role::EnterIssued | Role::EnterFree),
            flags: Vec::new(),
            evidence: item.evidence.clone(),
            confidence: item.confidence.name(),
            steps: trail.map_or(Vec::new(), |trail| trail.steps.clone()),
            url: link(url),
            span: bytes(item.span),
            attaches_to: item.attaches_to.clone(),
            items: all(&item.items),
        }
    }
}

fn options(field: &Field) -> Vec<OptionData> {
    let valued = field.choices.iter().filter(|choice| !choice.value.is_empty());
    let options = valued.map(|choice| OptionData {
        value: choice.value.clone(),
        condition: label_text(&choice.condition),
    });
    options.collect()
}

impl From<&Prerequisite> for NoticeData {
    fn from(prerequisite: &Prerequisite) -> Self {
        match prerequisite {
            Prerequisite::Notice(notice) => notice.into(),
            Prerequisite::List(list) => Self {
                kind: "note",
                title: String::new(),
                text: lines(&[Block::List(list.clone())]),
                span: bytes(list.span),
            },
        }
    }
}

impl From<&SettingPath> for PathData {
    fn from(path: &SettingPath) -> Self {
        Self {
            steps: path.steps.clone(),
            url: link(path.url.as_deref()),
            choices: all(&path.choices),
            note: lines(&path.note),
        }
    }
}

impl From<&Field> for FieldData {
    fn from(field: &Field) -> Self {
        Self {
            id: field.id.clone(),
            label: label_text(&field.label),
            kind: field.kind.name(),
            evidence: EvidenceData {
                by: field.evidence.by,
                word: field.evidence.word.clone(),
            },
            action: field.action.clone(),
            value: line(&field.value),
            prefix: field.prefix.clone(),
            required: field.is_required,
            source: field.source.as_ref().map(SourceData::from),
            choices: all(&field.choices),
            note: lines(&field.note),
            notices: all(&field.notices),
            span: bytes(field.span),
        }
    }
}

impl From<&Trail> for SourceData {
    fn from(trail: &Trail) -> Self {
        Self {
            steps: trail.steps.clone(),
            url: link(trail.url.as_deref()),
        }
    }
}

impl From<&Choice> for ChoiceData {
    fn from(choice: &Choice) -> Self {
        Self {
            condition: label_text(&choice.condition),
            value: choice.value.clone(),
            note: lines(&choice.note),
        }
    }
}

impl From<&Notice> for NoticeData {
    fn from(notice: &Notice) -> Self {
        Self {
            kind: notice.kind.name(),
            title: notice.title.clone(),
            text: lines(&notice.blocks),
            span: bytes(notice.span),
        }
    }
}

impl From<&Extra> for ExtraData {
    fn from(extra: &Extra) -> Self {
        Self {
            title: extra.title.clone(),
            id: extra.id.clone(),
            text: lines(&extra.blocks),
        }
    }
}

impl From<&Related> for RelatedData {
    fn from(related: &Related) -> Self {
        Self {
            label: related.label.clone(),
            url: link(related.url.as_deref()),
        }
    }
}

fn all<'a, T, U: From<&'a T>>(items: &'a [T]) -> Vec<U> {
    items.iter().map(U::from).collect()
}

fn lines(blocks: &[Block]) -> String {
    block_text(blocks).trim_end().to_string()
}

fn line(inlines: &[Inline]) -> String {
    collapse_blanks(&inline_text(inlines))
}

/// An address that a program may make a link of.
fn link(url: Option<&str>) -> Option<String> {
    url.and_then(harmless).map(str::to_string)
}

fn bytes(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
