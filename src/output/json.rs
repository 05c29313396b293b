//! `site.json`: the model for machines, with its schema beside it.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use schemars::{JsonSchema, schema_for};
use serde::Serialize;

use crate::error::Error;
use crate::model::export::procedure::ProcedureData;
use crate::model::export::{DITA_NAMES, GuideData, ItemData};
use crate::model::guide::Guide;
use crate::model::item::Item;
use crate::model::page::Page;
use crate::output::{Output, Planned};
use crate::render::page::View;
use crate::render::sheet::SheetRef;
use crate::render::sheet::fault::Fault;
use crate::source::written::WrittenLines;

/// Version of the format of `site.json`; it grows when a reader must change.
const FORMAT: u32 = 2;

/// The model for machines.
pub struct Json;

/// The whole site.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SiteJson {
    /// Version of this format.
    pub format: u32,
    /// Name of the site.
    pub title: String,
    /// Language tag.
    pub lang: String,
    /// Address it is published at; empty when not known.
    pub url: String,
    /// What DITA 1.3 calls the parts of a guide.
    pub dita: BTreeMap<&'static str, &'static str>,
    /// Pages, in path order.
    pub pages: Vec<PageJson>,
}

/// A page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageJson {
    /// Path of the document below the content folder.
    pub path: String,
    /// Address below the site's root.
    pub address: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Date, as `2024-03-08`; empty when the document gives none.
    pub date: String,
    /// Place in the navigation, outermost first.
    pub category: Vec<String>,
    /// Its subjects.
    pub tags: Vec<String>,
    /// Companies it is about.
    pub companies: Vec<String>,
    /// Its headings.
    pub headings: Vec<HeadingJson>,
    /// What its checklists are made of; `null` for a plain page.
    pub guide: Option<GuideData>,
    /// Its procedures of any make, in document order; parts that are read by modes are not among
    /// them.
    pub procedures: Vec<ProcedureData>,
    /// Its printable pages, in scenario and mode order.
    pub checklists: Vec<ChecklistJson>,
}

/// A heading.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeadingJson {
    /// `1..=6`.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Its id.
    pub id: String,
}

/// A printable page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChecklistJson {
    /// Id of the scenario.
    pub scenario: String,
    /// Key of the mode.
    pub mode: String,
    /// Versions it is for.
    pub versions: Vec<String>,
    /// Address below the site's root.
    pub address: String,
    /// Hash of the guide's content.
    pub revision: String,
}

impl Output for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let bytes = |json: Result<String, serde_json::Error>| {
            let json = json.map_err(|error| Error::Template {
                reason: error.to_string(),
            });
            Ok((json? + "\n").into_bytes())
        };
        let schema = move || bytes(serde_json::to_string_pretty(&schema_for!(SiteJson)));
        Ok(vec![
            Planned::new("site.json", move || {
                bytes(serde_json::to_string(&site(view)))
            }),
            Planned::new("site.schema.json", schema),
        ])
    }
}

fn site(view: &View<'_>) -> SiteJson {
    let data = view.site_data();
    SiteJson {
        format: FORMAT,
        title: data.title,
        lang: data.lang,
        url: data.url,
        dita: DITA_NAMES.into_iter().collect(),
        pages: (0..view.site.pages.len())
            .into_par_iter()
            .map(|index| page(view, index))
            .collect(),
    }
}

fn page(view: &View<'_>, index: usize) -> PageJson {
    let page = &view.site.pages[index];
    let frontmatter = &page.document.frontmatter;
    let checklists = view.sheets_of(index).iter().map(|sheet| {
        let (scenario, mode) = sheet.parts(view.site);
        ChecklistJson {
            scenario: scenario.id.clone(),
            mode: mode.key.clone(),
            versions: scenario.versions.clone(),
            address: sheet.address.to_string(),
            revision: sheet.revision(view.site).to_string(),
        }
    });
    let headings = page.anchors.iter().map(|anchor| HeadingJson {
        level: anchor.level,
        text: anchor.text.clone(),
        id: anchor.id.clone(),
    });
    PageJson {
        path: page.path.clone(),
        address: page.address.to_string(),
        title: page.title.clone(),
        description: page.description.clone(),
        date: page.date.clone(),
        category: frontmatter.category_path().map(str::to_string).collect(),
        tags: frontmatter.tags.clone(),
        companies: frontmatter.companies.clone(),
        headings: headings.collect(),
        guide: page
            .guide
            .as_ref()
            .map(|guide| flagged(guide, view.sheets_of(index))),
        procedures: procedures(view, page),
        checklists: checklists.collect(),
    }
}

fn procedures(view: &View<'_>, page: &Page) -> Vec<ProcedureData> {
    let lines = WrittenLines::of(view.sources, page.document.file);
    let all = page.procedures.found.iter();
    all.map(|procedure| ProcedureData::new(procedure, &lines))
        .collect()
}

/// A guide with what the checker found on its items.
fn flagged(guide: &Guide, sheets: &[SheetRef]) -> GuideData {
    let mut data = GuideData::from(guide);
    for sheet in sheets.iter().filter(|sheet| !sheet.faults.is_empty()) {
        let mode = &guide.scenarios[sheet.scenario].modes[sheet.mode];
        let shown = &mut data.scenarios[sheet.scenario].modes[sheet.mode].items;
        flag(&mode.items, shown, &sheet.faults);
    }
    data
}

fn flag(items: &[Item], shown: &mut [ItemData], faults: &[Fault]) {
    for (item, shown) in items.iter().zip(shown) {
        let own = faults.iter().filter(|fault| fault.concerns(item));
        shown
            .flags
            .extend(own.map(|fault| fault.found.rule.to_string()));
        flag(&item.items, &mut shown.items, faults);
    }
}
