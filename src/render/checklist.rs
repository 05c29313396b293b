//! The data of a sheet, as the templates for screen and paper get it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::mark::MarkedText;
use crate::render::text::{RichLine, RichText};

/// Everything that a sheet shows. A [`RichLine`] or [`RichText`] contains HTML and data; other
/// texts are plain.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChecklistView {
    /// Guide, scenario and mode, such as `danal/결제창/live`.
    pub id: String,
    /// Language of the words on it.
    pub lang: String,
    /// The guide it is taken from.
    pub guide: LinkView,
    /// Address of the guide's section on the published site; empty when the site's is not known.
    pub source: String,
    /// Address of its page on the published site, with revision and marks; empty when the site's
    /// is not known.
    pub print: String,
    /// Payment companies; empty when the guide names none.
    pub company: String,
    /// The scenario.
    pub scenario: ScenarioView,
    /// Versions the scenario is for.
    pub versions: Vec<String>,
    /// What was chosen between tabs.
    pub variants: Vec<String>,
    /// The mode.
    pub mode: ModeView,
    /// Boxes at its head.
    pub case_fields: Vec<CaseFieldView>,
    /// Errors that the checker found in its content.
    pub faults: FaultsView,
    /// Its sections, in order.
    pub sections: Vec<SectionView>,
    /// Related links, each once.
    pub related: Vec<RelatedView>,
    /// State of the content.
    pub revision: RevisionView,
    /// The scenario's other modes, for the screen.
    pub other_modes: Vec<OtherModeView>,
}

/// A name with an address.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkView {
    /// The name.
    pub title: String,
    /// The address; empty when there is none.
    pub url: String,
}

/// The errors in the content of a sheet, each once: over the row that it is in, or at the head.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FaultsView {
    /// Whether one of them makes a value on the sheet wrong.
    pub is_wrong: bool,
    /// Rows with errors shown over them.
    pub rows: Vec<FaultRowView>,
    /// Errors that are in no row with a number, those that make a value wrong first.
    pub others: Vec<FaultView>,
}

impl FaultsView {
    /// Errors over rows and at the head.
    pub fn new(rows: Vec<FaultRowView>, others: Vec<FaultView>) -> Self {
        let is_wrong =
            rows.iter().any(|row| row.makes_wrong) || others.iter().any(|fault| fault.makes_wrong);
        Self {
            is_wrong,
            rows,
            others,
        }
    }

    /// Leaves out the rows that are not on the sheet any more.
    pub fn keep_rows(&mut self, is_kept: impl Fn(&str) -> bool) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| is_kept(&row.id));
        *self = Self::new(rows, std::mem::take(&mut self.others));
    }
}

/// A row with errors shown over it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FaultRowView {
    /// The row's number.
    pub number: String,
    /// The row's id in the page.
    pub id: String,
    /// Whether one of the errors makes a value wrong.
    pub makes_wrong: bool,
}

/// An error in the content of a sheet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FaultView {
    /// Where in the guide it is, and what is wrong.
    pub text: String,
    /// Whether it makes a value on the sheet wrong.
    pub makes_wrong: bool,
}

/// A scenario's head.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScenarioView {
    /// Its title.
    pub title: String,
}

/// A mode's head.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ModeView {
    /// Stable name.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// Short word.
    pub label: String,
    /// `test`, `live` or `neutral`.
    pub tone: &'static str,
    /// What happens in it; empty when the conventions do not state it.
    pub caution: String,
}

/// A box at the head.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaseFieldView {
    /// Stable name.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// The value filled in; empty when it is to be written by hand.
    pub value: String,
    /// Whether a shared link may contain its value.
    pub shared: bool,
}

/// A numbered part of the sheet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// From 1.
    pub number: usize,
    /// `prerequisites`, `path`, `fields`, `extra` or `closing`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// How to work through it.
    pub hint: String,
    /// Mark of the text above its items; empty without one.
    pub mark: String,
    /// The console path; only in `path`.
    pub path: Option<PathView>,
    /// Whether its boxes must be ticked before the next section.
    pub has_gate: bool,
    /// Its items, in order.
    pub items: Vec<ItemView>,
}

/// The console path.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PathView {
    /// Steps through menus.
    pub steps: Vec<String>,
    /// Address of the console; empty when there is none.
    pub url: String,
    /// The same as written in the document, which does not depend on where the sheet is.
    #[serde(skip)]
    pub written_url: String,
}

/// A notice.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoticeView {
    /// `note`, `tip`, `caution` or `warning`.
    pub kind: &'static str,
    /// Its title; empty when it has none.
    pub title: String,
    /// Whether it may be something to do instead.
    pub doubtful: bool,
    /// Its text.
    pub text: RichText,
}

/// Something to do, to verify or to know.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemView {
    /// Section and number among its boxes, such as `3.1`; empty without a box and for what is seen.
    pub number: String,
    /// Unique on the sheet.
    pub id: String,
    /// Mark of its text; see [`crate::render::mark`].
    pub mark: String,
    /// Key by which its tick is stored.
    pub key: String,
    /// Hash of the item's text.
    pub hash: String,
    /// What it asks of the reader; see `role` in `site.json`.
    pub role: &'static str,
    /// Whether there is a box to tick.
    pub has_box: bool,
    /// Whether it belongs to the item above it.
    pub nested: bool,
    /// How many rows that are only read begin here, before the first box of the whole sheet; 0
    /// for all other rows. A page folds them.
    pub fold: usize,
    /// Whether the rows that a page folds end here.
    pub fold_ends: bool,
    /// `do` or `verify`.
    pub action: &'static str,
    /// The field's kind, `seen` for what is seen after a step, `titled` or `check`.
    pub kind: &'static str,
    /// Title of its frame; empty without one.
    pub title: String,
    /// The heading to show above it; empty for none.
    pub heading: String,
    /// When it applies; empty for always.
    pub condition: String,
    /// Condition of the only choice; empty for other items.
    pub condition_note: RichLine,
    /// Whether it has a second box, for "does not apply".
    pub may_not_apply: bool,
    /// Whether its role is in doubt.
    pub doubtful: bool,
    /// Errors that the checker found in it.
    pub flags: Vec<FaultView>,
    /// Its label; empty for text without one.
    pub label: RichLine,
    /// Whether it must be set.
    pub required: bool,
    /// Word for the action.
    pub verb: String,
    /// The literal value; empty when there is none.
    pub answer: String,
    /// Whether the value needs a line of its own.
    pub answer_long: bool,
    /// Notices about it, shown above it.
    pub notices: Vec<NoticeView>,
    /// The rest of its text.
    pub body: RichText,
    /// Steps to where the value is found.
    pub steps: Vec<String>,
    /// Address of the first step; empty when there is none.
    pub url: String,
    /// Places to write what is to be filled in within its code.
    pub blanks: Vec<WriteInView>,
    /// A place to write by hand; `null` without one.
    pub write_in: Option<WriteInView>,
    /// Values to choose from.
    pub choices: Vec<ChoiceView>,
    /// How to choose.
    pub choices_hint: String,
}

/// A place to write by hand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WriteInView {
    /// What is to be written there.
    pub label: String,
    /// The kind of place.
    #[serde(flatten)]
    pub room: Room,
}

/// A kind of place to write by hand. Only the kinds that are no secret can contain a value.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Room {
    /// None: a secret is entered in the console, and never on a sheet.
    Secret,
    /// A line.
    Line(Space),
    /// A cell for each character.
    Comb(Space),
}

/// A place for a value.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Space {
    /// Cells of a comb; 0 for a line.
    pub cells: usize,
    /// What the value starts with; empty when not known.
    pub prefix: String,
    /// How many characters it has; `null` when not known.
    pub length: Option<usize>,
    /// The value filled in; empty when it is to be written by hand.
    pub value: String,
}

/// A value to choose.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChoiceView {
    /// Letter before it.
    pub mark: String,
    /// When to choose it.
    pub condition: RichLine,
    /// The value; empty when the guide gives the condition only.
    pub answer: String,
    /// The rest of its text.
    pub body: RichText,
    /// A place to write by hand; `null` without one.
    pub write_in: Option<WriteInView>,
}

/// A related link.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelatedView {
    /// Its text.
    pub label: String,
    /// Its address; empty when the source has none.
    pub url: String,
}

/// State of the content.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RevisionView {
    /// Hash of the content.
    pub hash: String,
    /// Date of the document; empty when it gives none.
    pub date: String,
}

/// Another mode of the same scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OtherModeView {
    /// Name for people.
    pub title: String,
    /// Short word.
    pub label: String,
    /// Its sheet.
    pub url: String,
}

impl ChecklistView {
    /// Values that are filled in, as pairs of label and value.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.case_fields.iter();
        let fields = fields.map(|field| (field.label.as_str(), field.value.as_str()));
        let items = self.sections.iter().flat_map(|section| &section.items);
        let write_ins = items.filter_map(|item| item.write_in.as_ref());
        let write_ins = write_ins.filter_map(|place| {
            let space = place.room.space()?;
            Some((place.label.as_str(), space.value.as_str()))
        });
        fields
            .chain(write_ins)
            .filter(|(_, value)| !value.is_empty())
    }
}

impl SectionView {
    /// Mark of the text above the items; empty without one.
    pub(super) fn head_mark(&self) -> String {
        let mut marked = MarkedText::default();
        if let Some(path) = &self.path {
            marked.all(path.steps.iter().chain([&path.written_url]));
        }
        marked.mark()
    }
}

impl NoticeView {
    fn add_to(&self, marked: &mut MarkedText) {
        marked.add(self.kind);
        marked.add(&self.title);
        marked.add(&self.text.text());
    }
}

impl WriteInView {
    /// The place of a secret.
    pub(super) fn secret(label: String) -> Self {
        let room = Room::Secret;
        Self { label, room }
    }

    fn add_to(&self, marked: &mut MarkedText) {
        marked.add(self.room.name());
        marked.add(&self.label);
        marked.add(self.room.space().map_or("", |space| &space.prefix));
    }
}

impl Room {
    fn name(&self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Line(_) => "line",
            Self::Comb(_) => "comb",
        }
    }

    /// The place for a value; `None` for a secret.
    pub fn space(&self) -> Option<&Space> {
        match self {
            Self::Secret => None,
            Self::Line(space) | Self::Comb(space) => Some(space),
        }
    }

    /// The same, to be filled in.
    pub(super) fn space_mut(&mut self) -> Option<&mut Space> {
        match self {
            Self::Secret => None,
            Self::Line(space) | Self::Comb(space) => Some(space),
        }
    }
}

impl ChoiceView {
    fn add_to(&self, marked: &mut MarkedText) {
        marked.add(&self.condition.text());
        marked.add(&self.answer);
        marked.add(&self.body.text());
        self.write_in.iter().for_each(|place| place.add_to(marked));
    }
}

impl ItemView {
    /// Mark of all its visible text, without its number and the targets of its links.
    pub(super) fn text_mark(&self) -> String {
        let mut marked = MarkedText::default();
        marked.add(if self.required { "required" } else { "" });
        marked.add(&self.label.text());
        marked.add(&self.answer);
        marked.add(&self.body.text());
        self.notices
            .iter()
            .for_each(|notice| notice.add_to(&mut marked));
        marked.all(&self.steps);
        let places = self.blanks.iter().chain(&self.write_in);
        places.for_each(|place| place.add_to(&mut marked));
        self.choices
            .iter()
            .for_each(|choice| choice.add_to(&mut marked));
        // Empty ones are not added, so that the marks of items without them stay valid.
        let more = [
            &self.condition,
            &self.title,
            &self.heading,
            &self.condition_note.text(),
        ];
        marked.all(more.into_iter().filter(|text| !text.is_empty()));
        marked.mark()
    }

    pub(super) fn empty() -> Self {
        Self {
            number: String::new(),
            id: String::new(),
            mark: String::new(),
            key: String::new(),
            hash: String::new(),
            role: "do",
            has_box: true,
            nested: false,
            fold: 0,
            fold_ends: false,
            action: "do",
            kind: "check",
            title: String::new(),
            heading: String::new(),
            condition: String::new(),
            condition_note: RichLine::default(),
            may_not_apply: false,
            doubtful: false,
            flags: Vec::new(),
            label: RichLine::default(),
            required: false,
            verb: String::new(),
            answer: String::new(),
            answer_long: false,
            notices: Vec::new(),
            body: RichText::default(),
            steps: Vec::new(),
            url: String::new(),
            blanks: Vec::new(),
            write_in: None,
            choices: Vec::new(),
            choices_hint: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_that_is_left_out_takes_its_warning_with_it() {
        let row = |id: &str, makes_wrong| FaultRowView {
            number: id.to_string(),
            id: id.to_string(),
            makes_wrong,
        };
        let rows = vec![row("1.1", true), row("1.2", false)];
        let mut faults = FaultsView::new(rows, Vec::new());
        assert!(faults.is_wrong);
        faults.keep_rows(|id| id == "1.2");
        assert_eq!(faults.rows.len(), 1);
        assert!(!faults.is_wrong);
    }
}
