//! The printed sheet of one scenario and mode: its data, for HTML and for every other form.

pub mod fault;
mod item;
mod list;
mod sections;

use std::iter;

use crate::config::{CaseField, ModeConvention};
use crate::diagnostic::Message;
use crate::error::Error;
use crate::model::guide::Scenario;
use crate::model::mode::Mode;
use crate::model::related::Related;
use crate::render::checklist::{
    CaseFieldView, ChecklistView, FaultView, LinkView, ModeView, OtherModeView, RelatedView,
    RevisionView, ScenarioView, SectionView,
};
use crate::render::figure::Figures;
use crate::render::html::Place;
use crate::render::mark;
use crate::render::nav::shortened;
pub use crate::render::sheet::list::{SheetRef, sheets};
use crate::render::text::Text;
use crate::render::url::fragment;
use crate::strings::Strings;

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
    let figures = Figures::default();
    let place = Place {
        figures: Some(&figures),
        ..place
    };
    let maker = Maker { place, sheet, mode };
    let source = place
        .absolute(&page.address)
        .map(|way| way + &fragment(mode_id));
    let sections = maker.sections(scenario)?;
    let hash = sheet.revision(place.site).to_string();
    let print = place
        .absolute(&sheet.address)
        .map(|way| way + &fragment_of(&hash, &sections));
    Ok(ChecklistView {
        id: format!("{}/{mode_id}", page.slug),
        lang: place.config.lang.tag().to_string(),
        guide: LinkView {
            title: shortened(&page.title),
            url: place.page_href(sheet.page, mode_id).unwrap_or_default(),
        },
        source: source.unwrap_or_default(),
        print: print.unwrap_or_default(),
        company: shortened(&page.document.frontmatter.pg_companies.join(", ")),
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
        faults: faults(sheet, place.strings),
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

/// The sentences of the checker for people who hold a sheet and no terminal.
fn faults(sheet: &SheetRef, strings: &Strings) -> Vec<FaultView> {
    let views = sheet.faults.iter().map(|fault| {
        let sentence = Message::new("sheet-fault")
            .with("line", fault.line.to_string())
            .with("message", strings.message(&fault.found.message));
        FaultView {
            text: strings.message(&sentence).replace('`', "'"),
            makes_wrong: fault.makes_wrong,
        }
    });
    views.collect()
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
    let of = |sheet: &SheetRef| (sheet.page, sheet.scenario);
    let start = all.partition_point(|other| of(other) < of(sheet));
    let same_scenario = all[start..]
        .iter()
        .take_while(|other| of(other) == of(sheet));
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
    sheet: &'a SheetRef,
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
        for (item, tick) in items.zip(self.sheet.ticks(self.place.site)) {
            item.key.clone_from(&tick.key);
            item.hash.clone_from(&tick.hash);
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
