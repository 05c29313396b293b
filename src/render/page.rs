//! The data of pages: what the page templates get.

mod matrix;

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::error::Error;
use crate::model::guide::Guide;
use crate::model::site::Site;
use crate::model::tick::ticked;
use crate::model::topic::{Topic, TopicKind, named};
use crate::model::version::bare;
use crate::render::html::{Output, Place};
use crate::render::mode_part::ModeParts;
use crate::render::nav::{Navigation, shortened, window};
use crate::render::page_data::{
    CategoryData, CategoryLink, Entry, GuideEntry, GuideLinks, ModeLink, Named, PageData,
    ScenarioLinks, SiteData, TocEntry,
};
use crate::render::sheet::{SheetRef, mode_view};
use crate::render::theme::Theme;
use crate::render::tick_marks::Marks;
use crate::render::url::{encode, relative, root};
use crate::source::SourceSet;
use crate::strings::Strings;

/// Most top-level categories that every page lists.
const CATEGORIES_SHOWN: usize = 24;

/// Most scenarios of a guide that each of its checklists lists.
const SCENARIOS_SHOWN: usize = 12;

/// Pages on the home page's list of recent ones.
const RECENT: usize = 6;

/// Hexadecimal digits of a site's key.
const KEY_DIGITS: usize = 8;

/// All that pages are made of.
pub struct View<'a> {
    /// The site.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
    /// Templates and static files.
    pub theme: &'a Theme,
    /// Words for readers.
    pub strings: &'a Strings,
    /// Every sheet, in page order.
    pub sheets: &'a [SheetRef],
    /// The documents as they were read.
    pub sources: &'a SourceSet,
}

/// A short hash of what a site is called.
fn site_key(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..KEY_DIGITS].to_string()
}

impl View<'_> {
    /// The site as every page sees it.
    pub fn site_data(&self) -> SiteData {
        let config = &self.config.site;
        let or_default = |text: &str, key| {
            if text.is_empty() {
                self.strings.page(key).to_string()
            } else {
                text.to_string()
            }
        };
        let roots = self.site.roots().map(|root| &self.site.categories[root]);
        let has_sheets = !self.sheets.is_empty();
        let title = or_default(&config.title, "site_title");
        let url = config.url.trim_end_matches('/').to_string();
        SiteData {
            key: site_key(if url.is_empty() { &title } else { &url }),
            title,
            description: config.description.clone(),
            lang: self.config.lang.tag().to_string(),
            url,
            css: self.theme.file("style.css").to_string(),
            search_css: self.theme.file("search.css").to_string(),
            search_js: self.theme.file("search.js").to_string(),
            sheet_css: self.theme.file("checklist.css").to_string(),
            paper_css: self.theme.file("paper.css").to_string(),
            script: self.theme.file("tick.js").to_string(),
            revision_js: self.theme.file("revision.js").to_string(),
            moved_js: self.theme.file("moved.js").to_string(),
            icon: self.theme.file("favicon.svg").to_string(),
            home: "index.html".to_string(),
            checklists: if has_sheets {
                "checklists/index.html".to_string()
            } else {
                String::new()
            },
            versions: self.config.conventions.versions.names.clone(),
            more_categories: self.site.roots().count() > CATEGORIES_SHOWN,
            categories: roots
                .take(CATEGORIES_SHOWN)
                .map(|category| Named {
                    title: shortened(&category.title),
                    url: category.address.clone(),
                })
                .collect(),
        }
    }

    /// Where HTML of page `page` stands.
    pub fn place<'v>(&'v self, page: usize, output: Output<'v>) -> Place<'v> {
        let Self {
            site,
            config,
            theme,
            strings,
            sources,
            ..
        } = *self;
        Place {
            sources,
            figures: None,
            site,
            config,
            theme,
            strings,
            page,
            output,
            marks: None,
            parts: None,
        }
    }

    /// A page that is no document's.
    pub fn plain(&self, kind: &'static str, title: &str, address: &str) -> PageData {
        PageData {
            kind,
            title: title.to_string(),
            root: root(address),
            path: address.to_string(),
            lang: self.config.lang.tag().to_string(),
            canonical: self.canonical(address),
            ..PageData::default()
        }
    }

    fn canonical(&self, address: &str) -> String {
        let base = self.config.site.url.trim_end_matches('/');
        if base.is_empty() {
            String::new()
        } else {
            format!("{base}/{}", encode(address))
        }
    }

    /// The page of a document.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn page(&self, index: usize, navigation: &Navigation<'_>) -> Result<PageData, Error> {
        let page = &self.site.pages[index];
        let sheets = self.sheets_of(index).iter();
        let marks = Marks::of(sheets.map(|sheet| sheet.parts(self.site)));
        let guide = page.guide.as_ref();
        let guide = guide.map(|guide| {
            let all = 0..guide.scenarios.len();
            self.guide_links(index, guide, all, &page.address)
        });
        let parts = guide.as_ref().map(|links| ModeParts::of(&links.scenarios));
        let place = Place {
            marks: Some(&marks).filter(|_| page.guide.is_some()),
            parts: parts.as_ref(),
            ..self.place(index, Output::Page)
        };
        let (prev, next) = self.neighbours(index);
        let name = page.address.rsplit('/').next().unwrap_or(&page.address);
        let toc = page
            .anchors
            .iter()
            .filter(|anchor| (2..=4).contains(&anchor.level) && !anchor.text.is_empty());
        Ok(PageData {
            description: page.description.clone(),
            breadcrumbs: self.breadcrumbs(page.category, &page.address),
            nav_html: navigation.page(index)?,
            date: page.date.clone(),
            tags: self.topics_of(index, TopicKind::Tag),
            companies: self.topics_of(index, TopicKind::Company),
            content_html: place.blocks(&page.document.blocks)?,
            toc: toc
                .map(|anchor| TocEntry {
                    level: anchor.level,
                    title: anchor.text.clone(),
                    id: anchor.id.clone(),
                })
                .collect(),
            prev,
            next,
            markdown: encode(&name.replace(".html", ".md")),
            guide,
            ..self.plain("page", &page.title, &page.address)
        })
    }

    /// The page of a category.
    ///
    /// # Errors
    /// [`Error::Template`] when the navigation's template fails.
    pub fn category(
        &self,
        index: usize,
        navigation: &Navigation<'_>,
    ) -> Result<(PageData, CategoryData), Error> {
        let node = &self.site.categories[index];
        let mut breadcrumbs = self.breadcrumbs(node.parent, &node.address);
        breadcrumbs.push(Named {
            title: node.title.clone(),
            url: String::new(),
        });
        let page = PageData {
            breadcrumbs,
            nav_html: navigation.category(index)?,
            ..self.plain("category", &node.title, &node.address)
        };
        let category = CategoryData {
            title: node.title.clone(),
            children: node
                .children
                .iter()
                .map(|child| self.category_link(*child, &node.address, 0))
                .collect(),
            pages: node
                .pages
                .iter()
                .map(|page| self.entry(*page, &node.address))
                .collect(),
        };
        Ok((page, category))
    }

    /// Top-level categories with those right below them.
    pub fn category_tree(&self, from: &str) -> Vec<CategoryLink> {
        self.site
            .roots()
            .map(|root| self.category_link(root, from, 1))
            .collect()
    }

    fn category_link(&self, index: usize, from: &str, levels: usize) -> CategoryLink {
        let node = &self.site.categories[index];
        let below = if levels == 0 {
            &[]
        } else {
            node.children.as_slice()
        };
        CategoryLink {
            title: node.title.clone(),
            url: relative(from, &node.address),
            count: self.site.count(index),
            children: below
                .iter()
                .map(|child| self.category_link(*child, from, levels - 1))
                .collect(),
        }
    }

    fn entry(&self, index: usize, from: &str) -> Entry {
        let page = &self.site.pages[index];
        Entry {
            title: page.title.clone(),
            url: relative(from, &page.address),
            description: page.description.clone(),
            date: page.date.clone(),
        }
    }

    /// The pages with the latest dates.
    pub fn recent(&self, from: &str) -> Vec<Entry> {
        let mut dated: Vec<usize> = (0..self.site.pages.len())
            .filter(|index| !self.site.pages[*index].date.is_empty())
            .collect();
        dated.sort_by_key(|index| (std::cmp::Reverse(&self.site.pages[*index].date), *index));
        dated
            .into_iter()
            .take(RECENT)
            .map(|index| self.entry(index, from))
            .collect()
    }

    /// The topics of one kind that a page names.
    fn topics_of(&self, index: usize, kind: TopicKind) -> Vec<Named> {
        let page = &self.site.pages[index];
        let topics = named(page).filter(|(other, _)| *other == kind);
        let topics = topics.filter_map(|(kind, title)| self.site.topics.get(kind, title));
        let named = topics.map(|topic| Named {
            title: topic.title.clone(),
            url: relative(&page.address, &topic.address),
        });
        named.collect()
    }

    /// The topics of one kind, those of most pages first.
    pub fn topics(&self, kind: TopicKind, from: &str) -> Vec<CategoryLink> {
        let all = self.site.topics.list.iter();
        let mut topics: Vec<_> = all.filter(|topic| topic.kind == kind).collect();
        topics.sort_by_key(|topic| std::cmp::Reverse(topic.pages.len()));
        let link = |topic: &Topic| CategoryLink {
            title: topic.title.clone(),
            url: relative(from, &topic.address),
            count: topic.pages.len(),
            children: Vec::new(),
        };
        topics.into_iter().map(link).collect()
    }

    /// The page of a topic, its guides and its other pages.
    pub fn topic(&self, topic: &Topic) -> (PageData, Vec<GuideEntry>, Vec<Entry>) {
        let address = &topic.address;
        let page = self.plain(topic.kind.name(), &topic.title, address);
        let is_guide = |index: &&usize| self.site.pages[**index].guide.is_some();
        let others = topic.pages.iter().filter(|index| !is_guide(index));
        let others = others.map(|index| self.entry(*index, address)).collect();
        (page, self.topic_guides(topic), others)
    }

    /// The guides of a topic; where there is one only, its scenarios with it.
    fn topic_guides(&self, topic: &Topic) -> Vec<GuideEntry> {
        let mut guides = self.guides(&topic.pages, &topic.address);
        let of = |index: &usize| Some((*index, self.site.pages[*index].guide.as_ref()?));
        if let ([only], Some((index, guide))) =
            (guides.as_mut_slice(), topic.pages.iter().find_map(of))
        {
            let all = 0..guide.scenarios.len().min(SCENARIOS_SHOWN);
            only.scenarios = self
                .guide_links(index, guide, all, &topic.address)
                .scenarios;
        }
        guides
    }

    /// The guides among these pages, with companies, versions and number of sheets.
    pub fn guides(&self, pages: &[usize], from: &str) -> Vec<GuideEntry> {
        let guides = pages.iter().filter_map(|index| {
            let (index, page) = (*index, &self.site.pages[*index]);
            let guide = page.guide.as_ref()?;
            let named = |version: &&String| {
                guide
                    .scenarios
                    .iter()
                    .any(|scenario| scenario.versions.contains(version))
            };
            Some(GuideEntry {
                title: page.title.clone(),
                url: relative(from, &page.address),
                companies: page.document.frontmatter.pg_companies.clone(),
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

    /// The page of a sheet, below its guide; and the guide's scenarios as seen from it.
    pub fn sheet_page(&self, sheet: &SheetRef) -> (PageData, Vec<ScenarioLinks>) {
        let guide = &self.site.pages[sheet.page];
        let (scenario, mode) = sheet.parts(self.site);
        let mut breadcrumbs = self.breadcrumbs(guide.category, &sheet.address);
        breadcrumbs.push(Named {
            title: shortened(&guide.title),
            url: relative(&sheet.address, &guide.address),
        });
        let title = format!(
            "{} · {} – {}",
            scenario.title,
            mode.title,
            shortened(&guide.title)
        );
        let page = PageData {
            breadcrumbs,
            store: sheet.store(),
            items: ticked(mode).count(),
            ..self.plain("checklist", &title, &sheet.address)
        };
        let links = guide.guide.as_ref();
        let links = links.map(|guide| {
            let near = window(sheet.scenario, guide.scenarios.len(), SCENARIOS_SHOWN);
            let current = sheet.scenario - near.start;
            let mut scenarios = self
                .guide_links(sheet.page, guide, near, &sheet.address)
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
    fn guide_links(
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
                    is_wrong: sheet.is_some_and(SheetRef::is_wrong),
                    checklist: sheet
                        .map(|sheet| relative(address, &sheet.address))
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
        }
    }

    /// A scenario's title where its versions stand beside it.
    fn bare(&self, title: &str) -> String {
        bare(title, &self.config.conventions.versions.names).to_string()
    }

    fn breadcrumbs(&self, category: Option<usize>, from: &str) -> Vec<Named> {
        let branch = category
            .map(|category| self.site.branch(category))
            .unwrap_or_default();
        let named = |index: usize| {
            let node = &self.site.categories[index];
            Named {
                title: node.title.clone(),
                url: relative(from, &node.address),
            }
        };
        branch.into_iter().map(named).collect()
    }

    /// The pages before and after this one in its top-level category.
    fn neighbours(&self, index: usize) -> (Option<Named>, Option<Named>) {
        let page = &self.site.pages[index];
        let Some(category) = page.category else {
            return (None, None);
        };
        let pages = &self.site.categories[category].pages;
        // Pages of a category come in path order, as their indices do.
        let Ok(at) = pages.binary_search(&index) else {
            return (None, None);
        };
        let named = |other: &usize| {
            let other = &self.site.pages[*other];
            Named {
                title: other.title.clone(),
                url: relative(&page.address, &other.address),
            }
        };
        (
            at.checked_sub(1).and_then(|at| pages.get(at)).map(named),
            pages.get(at + 1).map(named),
        )
    }
}

/// Leaves of another scenario the one checklist that switching to it leads to.
fn keep_mode(scenario: &mut ScenarioLinks, key: &str) {
    let is_kept = |mode: &ModeLink| mode.key == key && !mode.checklist.is_empty();
    let kept = scenario.modes.iter().position(is_kept);
    let kept = kept.map(|index| scenario.modes.swap_remove(index));
    scenario.modes = kept.into_iter().collect();
}
