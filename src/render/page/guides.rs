//! Guides, their scenarios and their sheets, as lists link to them.

use std::ops::Range;

use crate::model::guide::Guide;
use crate::model::tick::ticked;
use crate::model::version::bare;
use crate::render::nav::{shortened, window};
use crate::render::page::View;
use crate::render::page_data::{GuideEntry, GuideLinks, ModeLink, Named, PageData, ScenarioLinks};
use crate::render::sheet::{SheetRef, mode_view};
use crate::render::url::relative;

/// Most scenarios of a guide that each of its checklists lists.
pub(super) const SCENARIOS_SHOWN: usize = 12;

impl View<'_> {
    /// The guides among these pages, with companies, versions and number of sheets; the page at
    /// `from` is not among them.
    pub fn guides(&self, pages: &[usize], from: &str) -> Vec<GuideEntry> {
        let guides = pages.iter().filter_map(|index| {
            let (index, page) = (*index, &self.site.pages[*index]);
            let guide = page.guide.as_ref()?;
            if page.address.file() == from {
                return None;
            }
            let named = |version: &&String| {
                guide
                    .scenarios
                    .iter()
                    .any(|scenario| scenario.versions.contains(version))
            };
            Some(GuideEntry {
                title: page.title.clone(),
                url: relative(from, page.address.file()),
                companies: page.document.frontmatter.companies.clone(),
                versions: self
                    .config
                    .conventions
                    .versions
                    .names
                    .iter()
                    .filter(named)
                    .cloned()
                    .collect(),
                checklists: self.sheets_of(index).len(),
                scenarios: Vec::new(),
            })
        });
        guides.collect()
    }

    /// The sheets of one page.
    pub fn sheets_of(&self, page: usize) -> &[SheetRef] {
        let start = self.sheets.partition_point(|sheet| sheet.page < page);
        let end = self.sheets.partition_point(|sheet| sheet.page <= page);
        &self.sheets[start..end]
    }

    /// The guide behind that of a sheet, in the order of the overview.
    fn next_guide(&self, sheet: &SheetRef) -> Option<Named> {
        let after = self
            .sheets
            .partition_point(|other| other.page <= sheet.page);
        let next = &self.site.pages[self.sheets.get(after)?.page];
        Some(Named {
            title: shortened(&next.title),
            url: relative(sheet.address.file(), next.address.file()),
        })
    }

    /// The page of a sheet, below its guide; and the guide's scenarios as seen from it.
    pub fn sheet_page(&self, sheet: &SheetRef) -> (PageData, Vec<ScenarioLinks>) {
        let guide = &self.site.pages[sheet.page];
        let (scenario, mode) = sheet.parts(self.site);
        let mut breadcrumbs = self.breadcrumbs(guide.category, sheet.address.file());
        breadcrumbs.push(Named {
            title: shortened(&guide.title),
            url: relative(sheet.address.file(), guide.address.file()),
        });
        let guide_title = shortened(&guide.title);
        let title = match (mode.title.as_str(), guide.title == scenario.title) {
            ("", true) => guide_title,
            ("", false) => format!("{} – {guide_title}", scenario.title),
            (mode, _) => format!("{} · {mode} – {guide_title}", scenario.title),
        };
        let own = Some(guide.description.clone()).filter(|own| !own.is_empty());
        let page = PageData {
            description: own.unwrap_or_else(|| title.clone()),
            breadcrumbs,
            store: sheet.store(),
            items: ticked(mode).count(),
            next: self.next_guide(sheet),
            feedback: self.sheet_feedback(sheet, &title),
            lang: guide.lang.clone(),
            direction: self.direction(&guide.lang),
            ..self.plain("checklist", &title, sheet.address.file())
        };
        let links = guide.guide.as_ref();
        let links = links.map(|guide| {
            let near = window(sheet.scenario, guide.scenarios.len(), SCENARIOS_SHOWN);
            let current = sheet.scenario - near.start;
            let mut scenarios = self
                .guide_links(sheet.page, guide, near, sheet.address.file())
                .scenarios;
            for (index, other) in scenarios.iter_mut().enumerate() {
                other.is_current = index == current;
                if !other.is_current {
                    keep_mode(other, &mode.key);
                }
            }
            scenarios
        });
        (page, links.unwrap_or_default())
    }

    /// The scenarios of a guide in `range`, with their sheets as seen from the page at `address`.
    pub(super) fn guide_links(
        &self,
        index: usize,
        guide: &Guide,
        range: Range<usize>,
        address: &str,
    ) -> GuideLinks {
        let sheets = self.sheets_of(index);
        let scenarios = range.map(|at| {
            let scenario = &guide.scenarios[at];
            let modes = scenario.modes.iter().enumerate().map(|(mode_at, mode)| {
                let known = self.config.conventions.mode(&mode.key);
                let view = mode_view(known, mode, scenario);
                let found = sheets
                    .binary_search_by_key(&(at, mode_at), |sheet| (sheet.scenario, sheet.mode));
                let sheet = found.ok().map(|found| &sheets[found]);
                ModeLink {
                    key: view.key,
                    title: view.title,
                    label: view.label,
                    tone: view.tone,
                    id: mode.id.clone(),
                    store: sheet.map(SheetRef::store).unwrap_or_default(),
                    items: sheet.map_or(0, |_| ticked(mode).count()),
                    missing: String::new(),
                    is_wrong: sheet.is_some_and(SheetRef::is_wrong),
                    checklist: sheet
                        .map(|sheet| relative(address, sheet.address.file()))
                        .unwrap_or_default(),
                }
            });
            ScenarioLinks {
                title: shortened(&scenario.title),
                name: shortened(&self.bare(&scenario.title)),
                is_current: false,
                id: scenario.id.clone(),
                versions: scenario.versions.clone(),
                modes: modes.collect(),
            }
        });
        GuideLinks {
            scenarios: scenarios.collect(),
            first_step: String::new(),
        }
    }

    /// A scenario's title where its versions are beside it.
    pub(super) fn bare(&self, title: &str) -> String {
        bare(title, &self.config.conventions.versions.names).to_string()
    }
}

/// Leaves of another scenario the one checklist that switching to it leads to.
fn keep_mode(scenario: &mut ScenarioLinks, key: &str) {
    let is_kept = |mode: &ModeLink| mode.key == key && !mode.checklist.is_empty();
    let kept = scenario.modes.iter().position(is_kept);
    let kept = kept.map(|index| scenario.modes.swap_remove(index));
    scenario.modes = kept.into_iter().collect();
}
