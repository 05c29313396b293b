//! The printed sheet of one scenario and mode: its data, for HTML and for every other form.

use std::iter;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::config::{CaseField, ModeConvention, NoticeKind};
use crate::error::Error;
use crate::markdown::node::{Block, Inline, Item as ListItem};
use crate::markdown::text::label_text;
use crate::model::anchor::slug;
use crate::model::export::{ModeData, ScenarioData};
use crate::model::field::{Choice, Field, FieldKind, secret_word};
use crate::model::guide::Scenario;
use crate::model::mode::{Extra, Mode, Prerequisite, SettingPath};
use crate::model::notice::Notice;
use crate::model::related::Related;
use crate::model::site::Site;
use crate::model::tick::ticks;
use crate::render::checklist::{
    CaseFieldView, ChecklistView, ChoiceView, ItemView, LinkView, ModeView, NoticeView,
    OtherModeView, PathView, RelatedView, RevisionView, ScenarioView, SectionView, WriteInView,
};
use crate::render::html::Place;
use crate::render::mark;
use crate::render::text::{Line, Text};
use crate::render::url::fragment;
use crate::source::Span;

/// Widest answer that stands on the line of its label, and widest label and answer together.
/// A Latin letter is 1 wide, a Hangul syllable 2.
const WIDEST_ANSWER: usize = 44;
const WIDEST_LINE: usize = 74;

/// From here on, characters are about as wide as high: Hangul Jamo and what follows.
const FIRST_WIDE: char = '\u{1100}';

/// Cells of a comb for an issued id: the longest real one has 20 characters, most have 10.
const COMB_CELLS: usize = 16;

/// Hexadecimal digits of a revision.
const REVISION_DIGITS: usize = 7;

/// Longest part of a sheet's file name, in characters.
const MAX_NAME: usize = 60;

/// Which sheet: indices of the page, its scenario and its mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRef {
    /// Index of the page.
    pub page: usize,
    /// Index of the scenario in the page's guide.
    pub scenario: usize,
    /// Index of the mode in the scenario.
    pub mode: usize,
    /// Address of the sheet below the site's root.
    pub address: String,
}

impl SheetRef {
    /// Name that ticks of it are kept under in a browser: its address without folder and ending.
    pub fn store(&self) -> String {
        let name = self.address.trim_end_matches(".html");
        name.trim_start_matches("checklists/").to_string()
    }

    /// The scenario and mode it is of.
    pub fn parts<'s>(&self, site: &'s Site) -> (&'s Scenario, &'s Mode) {
        let guide = site.pages[self.page]
            .guide
            .as_ref()
            .expect("sheets are listed from guides");
        let scenario = &guide.scenarios[self.scenario];
        (scenario, &scenario.modes[self.mode])
    }
}

/// Every sheet of a site, in page, scenario and mode order.
pub fn sheets(site: &Site) -> Vec<SheetRef> {
    let mut sheets: Vec<SheetRef> = Vec::new();
    for (page_index, page) in site.pages.iter().enumerate() {
        let Some(guide) = &page.guide else { continue };
        let folder = format!("checklists/{}", page.address.trim_end_matches(".html"));
        let first = sheets.len();
        for (scenario_index, scenario) in guide.scenarios.iter().enumerate() {
            for (mode_index, mode) in scenario.modes.iter().enumerate() {
                if !mode.has_procedure() {
                    continue;
                }
                let stem = file_stem(scenario, mode);
                let name = (1..)
                    .map(|n| {
                        if n == 1 {
                            stem.clone()
                        } else {
                            format!("{stem}-{n}")
                        }
                    })
                    .map(|name| format!("{folder}/{name}.html"))
                    .find(|address| {
                        sheets[first..]
                            .iter()
                            .all(|sheet| sheet.address != *address)
                    });
                sheets.push(SheetRef {
                    page: page_index,
                    scenario: scenario_index,
                    mode: mode_index,
                    address: name.unwrap_or_default(),
                });
            }
        }
    }
    sheets
}

fn file_stem(scenario: &Scenario, mode: &Mode) -> String {
    let scenario = slug(&scenario.id)
        .chars()
        .take(MAX_NAME)
        .collect::<String>();
    format!("{}-{}", scenario.trim_end_matches('-'), slug(&mode.key))
}

/// Revision of a sheet: a hash of what the guide says, wherever it stands in the file.
pub fn revision(scenario: &Scenario, mode: &Mode) -> String {
    let mut data = serde_json::json!({
        "title": scenario.title,
        "versions": scenario.versions,
        "scenario": ScenarioData::without_modes(scenario),
        "mode": ModeData::from(mode),
    });
    drop_spans(&mut data);
    let digest = Sha256::digest(data.to_string().as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..REVISION_DIGITS].to_string()
}

fn drop_spans(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("span");
            map.values_mut().for_each(drop_spans);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_spans),
        _ => {}
    }
}

/// The view of one sheet; `all` are the sheets of the site, for links to the other modes.
///
/// # Errors
/// [`Error::Template`] when a component's template fails.
pub fn view(sheet: &SheetRef, all: &[SheetRef], place: Place<'_>) -> Result<ChecklistView, Error> {
    let (scenario, mode) = sheet.parts(place.site);
    let page = &place.site.pages[sheet.page];
    let mode_id = if mode.id.is_empty() {
        &scenario.id
    } else {
        &mode.id
    };
    let maker = Maker { place, mode };
    let source = place
        .absolute(&page.address)
        .map(|way| way + &fragment(mode_id));
    let sections = maker.sections(scenario)?;
    let hash = revision(scenario, mode);
    let print = place
        .absolute(&sheet.address)
        .map(|way| way + &fragment_of(&hash, &sections));
    Ok(ChecklistView {
        id: format!("{}/{mode_id}", page.slug),
        lang: place.config.lang.tag().to_string(),
        guide: LinkView {
            title: page.title.clone(),
            url: place.page_href(sheet.page, mode_id).unwrap_or_default(),
        },
        source: source.unwrap_or_default(),
        print: print.unwrap_or_default(),
        company: page.document.frontmatter.pg_companies.join(", "),
        scenario: ScenarioView {
            title: scenario.title.clone(),
            summary: maker.summary(scenario)?,
        },
        versions: scenario.versions.clone(),
        mode: mode_view(place.config.conventions.mode(&mode.key), mode),
        case_fields: place
            .config
            .checklist
            .case_fields
            .iter()
            .map(case_field)
            .collect(),
        sections,
        related: maker
            .related(&scenario.related)
            .chain(maker.related(&mode.related))
            .collect(),
        revision: RevisionView {
            hash,
            date: page.date.clone(),
        },
        other_modes: other_modes(sheet, all, place),
    })
}

/// A mode as its convention has it; one the conventions do not know is neutral.
pub fn mode_view(convention: Option<&ModeConvention>, mode: &Mode) -> ModeView {
    ModeView {
        key: mode.key.clone(),
        title: mode.title.clone(),
        label: convention
            .map(|known| known.label.clone())
            .unwrap_or_default(),
        tone: convention
            .map(|known| known.tone)
            .unwrap_or_default()
            .name(),
        caution: convention
            .map(|known| known.caution.clone())
            .unwrap_or_default(),
    }
}

fn case_field(field: &CaseField) -> CaseFieldView {
    CaseFieldView {
        key: field.key.clone(),
        label: field.label.clone(),
        value: String::new(),
        shared: field.shared,
    }
}

fn other_modes(sheet: &SheetRef, all: &[SheetRef], place: Place<'_>) -> Vec<OtherModeView> {
    let same_scenario = all
        .iter()
        .filter(|other| other.page == sheet.page && other.scenario == sheet.scenario);
    let others = same_scenario.filter(|other| other.mode != sheet.mode);
    let views = others.filter_map(|other| {
        let (_, mode) = other.parts(place.site);
        let convention = place.config.conventions.mode(&mode.key);
        let ModeView { title, label, .. } = mode_view(convention, mode);
        Some(OtherModeView {
            title,
            label,
            url: place.file_href(&other.address)?,
        })
    });
    views.collect()
}

struct Maker<'a> {
    place: Place<'a>,
    mode: &'a Mode,
}

impl Maker<'_> {
    fn word(&self, key: &str) -> String {
        self.place.strings.sheet(key).to_string()
    }

    /// What the scenario is for, and how the mode begins.
    fn summary(&self, scenario: &Scenario) -> Result<Text, Error> {
        let mut summary = self.place.text(&scenario.summary)?;
        summary.push(self.place.text(&self.mode.summary)?);
        Ok(summary)
    }

    fn sections(&self, scenario: &Scenario) -> Result<Vec<SectionView>, Error> {
        let mut sections = vec![self.prerequisites(scenario)?];
        if let Some(path) = &self.mode.path {
            sections.push(self.path(path)?);
        }
        sections.push(self.fields()?);
        if !self.mode.extras.is_empty() {
            sections.push(self.extras()?);
        }
        sections.retain(|section| {
            !section.items.is_empty() || !section.notices.is_empty() || section.path.is_some()
        });
        for (index, section) in sections.iter_mut().enumerate() {
            section.number = index + 1;
            for (position, item) in section.items.iter_mut().enumerate() {
                item.number = format!("{}.{}", index + 1, position + 1);
                item.id = format!("item-{}-{}", index + 1, position + 1);
            }
        }
        for section in &mut sections {
            section.mark = section.head_mark();
            for item in &mut section.items {
                item.mark = item.said_mark();
            }
        }
        let items = sections.iter_mut().flat_map(|section| &mut section.items);
        for (item, tick) in items.zip(ticks(scenario, self.mode)) {
            (item.key, item.hash) = (tick.key, tick.hash);
        }
        Ok(sections)
    }

    /// Where an address of the document leads from the sheet; empty without one, and for one that
    /// is never made a link.
    fn href(&self, url: Option<&str>) -> String {
        let href = url.and_then(|url| self.place.href(url));
        href.unwrap_or_default()
    }

    fn section(&self, kind: &'static str, title: Option<&String>) -> SectionView {
        let title = title
            .cloned()
            .unwrap_or_else(|| self.word(&format!("sheet_{kind}")));
        SectionView {
            number: 0,
            kind,
            title,
            hint: self.word(&format!("sheet_{kind}_hint")),
            mark: String::new(),
            notices: Vec::new(),
            path: None,
            items: Vec::new(),
        }
    }

    /// A caution stays a boxed notice; whatever else must be known becomes something to verify.
    fn prerequisites(&self, scenario: &Scenario) -> Result<SectionView, Error> {
        let mut section = self.section("prerequisites", None);
        let scenario_notices = scenario.notices.iter().cloned().map(Prerequisite::Notice);
        for prerequisite in scenario_notices.chain(self.mode.prerequisites.iter().cloned()) {
            match prerequisite {
                Prerequisite::List(list) => {
                    for item in &list.items {
                        section.items.push(self.verify(item)?);
                    }
                }
                Prerequisite::Notice(notice) => self.prerequisite(&notice, &mut section)?,
            }
        }
        Ok(section)
    }

    fn prerequisite(&self, notice: &Notice, section: &mut SectionView) -> Result<(), Error> {
        if notice.kind >= NoticeKind::Caution {
            section.notices.push(self.notice(notice)?);
            return Ok(());
        }
        if notice.blocks.is_empty() {
            section
                .items
                .push(check(Line::plain(&notice.title), Text::default()));
        }
        for block in &notice.blocks {
            match block {
                Block::List(list) => {
                    for item in &list.items {
                        section.items.push(self.verify(item)?);
                    }
                }
                Block::Paragraph(paragraph) => {
                    let label = self.place.line(&paragraph.inlines)?;
                    section.items.push(check(label, Text::default()));
                }
                other => {
                    let body = self.place.text(std::slice::from_ref(other))?;
                    match section.items.last_mut() {
                        Some(item) => item.body.push(body),
                        None => section.items.push(check(Line::plain(&notice.title), body)),
                    }
                }
            }
        }
        Ok(())
    }

    fn verify(&self, item: &ListItem) -> Result<ItemView, Error> {
        let (first, others) = match item.blocks.split_first() {
            Some((Block::Paragraph(first), others)) => (first.inlines.as_slice(), others),
            _ => ([].as_slice(), item.blocks.as_slice()),
        };
        Ok(check(self.place.line(first)?, self.place.text(others)?))
    }

    fn path(&self, path: &SettingPath) -> Result<SectionView, Error> {
        let mut section = self.section("path", self.place.config.conventions.sections.path.first());
        if !path.steps.is_empty() {
            let url = self.href(path.url.as_deref());
            section.path = Some(PathView {
                steps: path.steps.clone(),
                url,
                written_url: path.url.clone().unwrap_or_default(),
            });
        }
        if !path.note.is_empty() {
            let text = self.place.text(&path.note)?;
            section.notices.push(NoticeView {
                kind: "note",
                title: String::new(),
                text,
            });
        }
        for choice in &path.choices {
            section.items.push(self.item(choice)?);
        }
        Ok(section)
    }

    fn fields(&self) -> Result<SectionView, Error> {
        let mut section = self.section(
            "fields",
            self.place.config.conventions.sections.fields.first(),
        );
        for notice in &self.mode.notices {
            section.notices.push(self.notice(notice)?);
        }
        for field in &self.mode.fields {
            section.items.push(self.item(field)?);
        }
        Ok(section)
    }

    fn extras(&self) -> Result<SectionView, Error> {
        let mut section = self.section("extra", None);
        for extra in &self.mode.extras {
            section.items.push(self.extra(extra)?);
        }
        Ok(section)
    }

    /// A part with a title is something to do; a sentence without one is something to know.
    fn extra(&self, extra: &Extra) -> Result<ItemView, Error> {
        if let ("", [Block::Paragraph(paragraph)]) = (extra.title.as_str(), extra.blocks.as_slice())
        {
            let label = self.place.line(&paragraph.inlines)?;
            return Ok(check(label, Text::default()));
        }
        Ok(ItemView {
            action: "do",
            kind: if names_itself(extra) {
                "titled"
            } else {
                "check"
            },
            label: Line::plain(&extra.title),
            body: self.place.text(&extra.blocks)?,
            ..ItemView::empty()
        })
    }

    fn notice(&self, notice: &Notice) -> Result<NoticeView, Error> {
        Ok(NoticeView {
            kind: notice.kind.name(),
            title: notice.title.clone(),
            text: self.place.text(&notice.blocks)?,
        })
    }

    fn item(&self, field: &Field) -> Result<ItemView, Error> {
        let answer = self.answer(field);
        let mut body = Text::default();
        if !self.answer_says_all(field, &answer)
            && !value_is_source(field)
            && !field.value.is_empty()
        {
            body = self.place.line(&field.value)?.into_paragraph();
        }
        body.push(self.place.text(&field.note)?);
        let mut item = ItemView {
            action: "do",
            kind: field.kind.name(),
            label: self.place.line(&field.label)?,
            required: field.is_required,
            verb: self.verb(field),
            answer_long: !fits_beside(&label_text(&field.label), &answer),
            answer,
            body,
            write_in: self.write_in(field),
            ..ItemView::empty()
        };
        for notice in &field.notices {
            item.notices.push(self.notice(notice)?);
        }
        if let Some(source) = &field.source {
            item.steps.clone_from(&source.steps);
            item.url = self.href(source.url.as_deref());
        }
        let marks = self.word("sheet_marks");
        for (choice, mark) in field.choices.iter().zip(marks.chars().cycle()) {
            item.choices.push(self.choice(choice, mark)?);
        }
        if item
            .choices
            .iter()
            .filter(|choice| !choice.answer.is_empty())
            .count()
            > 1
        {
            item.choices_hint = self.word("sheet_choose_one");
        }
        Ok(item)
    }

    /// The literal value that is set, where the guide gives one.
    fn answer(&self, field: &Field) -> String {
        match field.kind {
            FieldKind::Fixed => label_text(&field.value),
            FieldKind::LeaveBlank => self.word("sheet_blank"),
            _ => String::new(),
        }
    }

    /// Whether nothing of the value is left to say beside the answer.
    fn answer_says_all(&self, field: &Field, answer: &str) -> bool {
        let value = label_text(&field.value);
        match field.kind {
            FieldKind::Fixed => true,
            FieldKind::LeaveBlank => value == answer || value == field.evidence.word,
            FieldKind::Choose => {
                field.choices.len() == 1 && value.contains(&field.choices[0].value)
            }
            _ => false,
        }
    }

    fn verb(&self, field: &Field) -> String {
        let key = match field.kind {
            FieldKind::Fixed | FieldKind::Choose => "sheet_verb_select",
            FieldKind::LeaveBlank => "sheet_verb_blank",
            FieldKind::Optional => "sheet_verb_optional",
            FieldKind::IssuedPublic | FieldKind::IssuedSecret if field.source.is_some() => {
                "sheet_verb_look_up"
            }
            FieldKind::IssuedPublic | FieldKind::IssuedSecret | FieldKind::FreeText => {
                "sheet_verb_enter"
            }
        };
        self.word(key)
    }

    fn write_in(&self, field: &Field) -> Option<WriteInView> {
        let label = label_text(&field.label);
        let (kind, cells) = match field.kind {
            FieldKind::IssuedPublic if field.choices.is_empty() => ("comb", COMB_CELLS),
            FieldKind::IssuedSecret => ("secret", 0),
            FieldKind::FreeText => ("line", 0),
            _ => return None,
        };
        let prefix = if kind == "comb" {
            field.prefix.clone()
        } else {
            String::new()
        };
        Some(WriteInView {
            kind,
            label,
            cells,
            prefix,
            value: String::new(),
        })
    }

    fn choice(&self, choice: &Choice, mark: char) -> Result<ChoiceView, Error> {
        let condition = label_text(&choice.condition);
        let is_secret = choice.value.is_empty()
            && secret_word(&condition, &self.place.config.conventions.fields).is_some();
        let secret = WriteInView {
            kind: "secret",
            label: condition,
            cells: 0,
            prefix: String::new(),
            value: String::new(),
        };
        Ok(ChoiceView {
            mark: mark.to_string(),
            condition: self.place.line(&choice.condition)?,
            answer: choice.value.clone(),
            body: self.place.text(&choice.note)?,
            write_in: is_secret.then_some(secret),
        })
    }

    fn related<'r>(&'r self, links: &'r [Related]) -> impl Iterator<Item = RelatedView> + 'r {
        links.iter().map(|link| RelatedView {
            label: link.label.clone(),
            url: link
                .url
                .as_deref()
                .and_then(|url| self.place.href(url))
                .unwrap_or_default(),
        })
    }
}

/// What the address of a sheet's page ends in: the marks of all parts, in their order.
fn fragment_of(hash: &str, sections: &[SectionView]) -> String {
    let marks = sections.iter().flat_map(|section| {
        let items = section.items.iter().map(|item| item.mark.as_str());
        iter::once(section.mark.as_str()).chain(items)
    });
    mark::fragment(hash, marks)
}

/// Something to verify.
fn check(label: Line, body: Text) -> ItemView {
    ItemView {
        action: "verify",
        kind: "check",
        label,
        body,
        ..ItemView::empty()
    }
}

/// Whether the value is the trail that is shown as steps.
fn value_is_source(field: &Field) -> bool {
    let value = field.value.iter().map(Inline::span).reduce(Span::cover);
    match (&field.source, value) {
        (Some(source), Some(value)) => {
            value.start < source.span.end && source.span.start < value.end
        }
        _ => false,
    }
}

/// Whether it is one component, whose own title became the extra's.
fn names_itself(extra: &Extra) -> bool {
    extra.id.is_empty()
        && !extra.title.is_empty()
        && matches!(extra.blocks.as_slice(), [Block::Component(_)])
}

/// Whether the answer has room on the line of its label.
fn fits_beside(label: &str, answer: &str) -> bool {
    let answer = width(answer);
    answer <= WIDEST_ANSWER && width(label) + answer <= WIDEST_LINE
}

/// Width of a text in Latin letters; a character of Hangul or Han is as wide as two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c >= FIRST_WIDE { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stands_beside_its_label_while_both_have_room() {
        let both = "결제창 일반/정기결제 및 API 수기/정기결제";
        assert!(fits_beside("결제모듈", both));
        assert!(!fits_beside(
            "휴대폰 결제와 휴대폰 본인인증을 함께 쓸 때의 모듈",
            both
        ));
        assert!(!fits_beside("모듈", &"가".repeat(23)));
    }
}
