//! The data of the sheet of one scenario and mode, for HTML and for print.

pub mod fault;
mod fold;
mod item;
mod list;
mod sections;

use std::collections::HashSet;
use std::iter;

use crate::config::{CaseField, ModeConvention};
use crate::diagnostic::Message;
use crate::error::Error;
use crate::model::guide::Scenario;
use crate::model::item::Item;
use crate::model::mode::Mode;
use crate::model::tick::{id, ticked};
use crate::render::checklist::{
    CaseFieldView, ChecklistView, FaultRowView, FaultView, FaultsView, ItemView, LinkView,
    ModeView, OtherModeView, RelatedView, RevisionView, ScenarioView, SectionView,
};
use crate::render::figure::Figures;
use crate::render::html::RenderContext;
use crate::render::mark;
use crate::render::nav::shortened;
use crate::render::sheet::fault::Fault;
pub use crate::render::sheet::list::{SheetRef, sheets};
use crate::render::url::fragment;
use crate::strings::Strings;

/// The view of one sheet; `all` are all sheets of the site, for links to the other modes.
///
/// # Errors
/// [`Error::Template`] when a component's template fails.
pub fn view(
    sheet: &SheetRef,
    all: &[SheetRef],
    context: RenderContext<'_>,
) -> Result<ChecklistView, Error> {
    let (scenario, mode) = sheet.parts(context.site);
    let page = &context.site.pages[sheet.page];
    let mode_id = if mode.id.is_empty() {
        &scenario.id
    } else {
        &mode.id
    };
    let figures = Figures::default();
    let context = RenderContext {
        figures: Some(&figures),
        ..context
    };
    let maker = Maker {
        context,
        sheet,
        mode,
    };
    // A procedure that the page itself names begins where its first item is.
    let place = match mode_id.as_str() {
        "" => ticked(mode)
            .find(|item| item.is_in_source())
            .map_or_else(String::new, |item| id(scenario, mode, item)),
        mode_id => mode_id.to_string(),
    };
    let source = context
        .absolute(page.address.file())
        .map(|way| way + &fragment(&place));
    let sections = maker.sections()?;
    let hash = sheet.revision(context.site).to_string();
    let print = context
        .absolute(sheet.address.file())
        .map(|way| way + &fragment_of(&hash, &sections));
    Ok(ChecklistView {
        id: format!("{}/{mode_id}", page.slug),
        lang: context.strings.language().tag().to_string(),
        guide: LinkView {
            title: shortened(&page.title),
            url: context.page_href(sheet.page, &place).unwrap_or_default(),
        },
        source: source.unwrap_or_default(),
        print: print.unwrap_or_default(),
        company: shortened(&page.document.frontmatter.companies.join(", ")),
        scenario: ScenarioView {
            title: scenario.title.clone(),
        },
        versions: scenario.versions.clone(),
        variants: Vec::new(),
        mode: mode_view(context.config.conventions.mode(&mode.key), mode, scenario),
        case_fields: context
            .config
            .checklist
            .case_fields
            .iter()
            .map(case_field)
            .collect(),
        faults: maker.faults(&sections),
        sections,
        related: maker.related(),
        revision: RevisionView {
            hash,
            date: page.date.clone(),
        },
        other_modes: other_modes(sheet, all, context),
    })
}

/// A mode with the words of its convention; a mode without one is neutral.
pub fn mode_view(
    convention: Option<&ModeConvention>,
    mode: &Mode,
    scenario: &Scenario,
) -> ModeView {
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
            .map(|known| known.words_for(&scenario.title).0.to_string())
            .unwrap_or_default(),
    }
}

/// An error of a sheet, worded for readers on paper: without backticks.
fn fault_view(fault: &Fault, strings: &Strings) -> FaultView {
    let sentence = Message::new("sheet-fault")
        .with("line", fault.line.to_string())
        .with("message", strings.message(&fault.found.message));
    FaultView {
        text: strings.message(&sentence).replace('`', "'"),
        makes_wrong: fault.makes_wrong,
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

fn other_modes(
    sheet: &SheetRef,
    all: &[SheetRef],
    context: RenderContext<'_>,
) -> Vec<OtherModeView> {
    let of = |sheet: &SheetRef| (sheet.page, sheet.scenario);
    let start = all.partition_point(|other| of(other) < of(sheet));
    let same_scenario = all[start..]
        .iter()
        .take_while(|other| of(other) == of(sheet));
    let others = same_scenario.filter(|other| other.mode != sheet.mode);
    let views = others.filter_map(|other| {
        let (scenario, mode) = other.parts(context.site);
        let convention = context.config.conventions.mode(&mode.key);
        let ModeView { title, label, .. } = mode_view(convention, mode, scenario);
        Some(OtherModeView {
            title,
            label,
            url: context.file_href(other.address.file())?,
        })
    });
    views.collect()
}

struct Maker<'a> {
    context: RenderContext<'a>,
    sheet: &'a SheetRef,
    mode: &'a Mode,
}

impl Maker<'_> {
    fn word(&self, key: &str) -> String {
        self.context.strings.sheet(key).to_string()
    }

    /// The errors in an item.
    fn flags(&self, item: &Item) -> Vec<FaultView> {
        let concerns = |fault: &&Fault| fault.concerns(item);
        let faults = self.sheet.faults.iter().filter(concerns);
        faults
            .map(|fault| fault_view(fault, self.context.strings))
            .collect()
    }

    /// All errors of the sheet: the numbers of the rows that show them, and those that no row with
    /// a number shows.
    fn faults(&self, sections: &[SectionView]) -> FaultsView {
        let items = sections.iter().flat_map(|section| &section.items);
        let flagged = items.filter(|item| !item.flags.is_empty() && !item.number.is_empty());
        let flagged: Vec<&ItemView> = flagged.collect();
        let shown: HashSet<&str> = flagged
            .iter()
            .flat_map(|item| item.flags.iter().map(|flag| flag.text.as_str()))
            .collect();
        let all = self.sheet.faults.iter();
        let all = all.map(|fault| fault_view(fault, self.context.strings));
        let others = all.filter(|fault| !shown.contains(fault.text.as_str()));
        let rows = flagged.iter().map(|item| FaultRowView {
            number: item.number.clone(),
            id: item.id.clone(),
            makes_wrong: item.flags.iter().any(|flag| flag.makes_wrong),
        });
        FaultsView::new(rows.collect(), others.collect())
    }

    /// An address of the document as a link from the sheet; empty without one, and for one that is
    /// never made a link.
    fn href(&self, url: Option<&str>) -> String {
        let href = url.and_then(|url| self.context.href(url));
        href.unwrap_or_default()
    }

    /// The related links, each once.
    fn related(&self) -> Vec<RelatedView> {
        let mut seen = HashSet::new();
        let links = self.mode.related();
        let links = links.filter(|link| seen.insert((&link.label, &link.url)));
        let views = links.map(|link| RelatedView {
            label: link.label.clone(),
            url: self.href(link.url.as_deref()),
        });
        views.collect()
    }
}

/// The fragment of the address in the QR code: the revision and the marks of all parts, in order.
fn fragment_of(hash: &str, sections: &[SectionView]) -> String {
    let marks = sections.iter().flat_map(|section| {
        let items = section.items.iter().map(|item| item.mark.as_str());
        iter::once(section.mark.as_str()).chain(items)
    });
    mark::fragment(hash, marks)
}
