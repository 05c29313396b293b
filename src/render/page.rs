//! The data of pages: what the page templates get.

pub mod brand;
mod categories;
mod feedback;
mod guides;
mod matrix;
mod structured;
mod topics;

use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::config::site::EDIT_PATH;
use crate::error::Error;
use crate::model::category::Category;
use crate::model::page::Page;
use crate::model::page_address::{HOME, OVERVIEW, PageAddress};
use crate::model::site::Site;
use crate::model::topic::TopicKind;
use crate::model::translation::Translation;
use crate::render::html::image::with_first_image_at_once;
use crate::render::html::{Destination, RenderContext};
use crate::render::mode_part::ModeParts;
use crate::render::nav::{Navigation, shortened};
use crate::render::page_data::{
    Entry, GuideLinks, LanguageLink, Named, PageData, SiteData, TocEntry,
};
use crate::render::sheet::SheetRef;
use crate::render::summary::description;
use crate::render::theme::{EditionKey, Theme};
use crate::render::tick_marks::Marks;
use crate::render::url::{encode, relative, root};
use crate::source::SourceSet;
use crate::strings::Strings;

/// Most top-level categories that every page lists.
const CATEGORIES_SHOWN: usize = 24;

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
        self.site_data_in(&(self.config.lang, None))
    }

    /// The site as the pages of an edition see it.
    pub fn site_data_in(&self, (language, locale): &EditionKey) -> SiteData {
        let config = &self.config.site;
        let strings = self.strings.in_language(*language);
        let or_default = |text: &str, key| {
            if text.is_empty() {
                strings.page(key).to_string()
            } else {
                text.to_string()
            }
        };
        let translation = self.site.translation_in(locale.as_deref());
        let roots = self.site.roots_in(locale.as_deref());
        let roots: Vec<&Category> = roots.map(|root| &self.site.categories[root]).collect();
        let has_sheets = !self.sheets.is_empty();
        let title = or_default(&config.title, "site_title");
        let url = config.url.trim_end_matches('/').to_string();
        let fields = &self.config.checklist.case_fields;
        SiteData {
            key: site_key(if url.is_empty() { &title } else { &url }),
            title,
            description: config.description.clone(),
            lang: language.tag().to_string(),
            url,
            css: self.theme.file("style.css").to_string(),
            search_css: self.theme.file("search.css").to_string(),
            search_js: self.theme.file("search.js").to_string(),
            sheet_css: self.theme.file("checklist.css").to_string(),
            paper_css: self.theme.file("paper.css").to_string(),
            script: self.theme.file("tick.js").to_string(),
            content_js: self.theme.file("content.js").to_string(),
            page_js: self.theme.file("page.js").to_string(),
            case_fields: fields.iter().map(|field| field.key.clone()).collect(),
            extra_js: self.theme.file("extra.js").to_string(),
            feedback_js: self.theme.file("feedback.js").to_string(),
            feedback_css: self.theme.file("feedback.css").to_string(),
            revision_js: self.theme.file("revision.js").to_string(),
            moved_js: self.theme.file("moved.js").to_string(),
            icon: self.theme.file("favicon.svg").to_string(),
            brand: self.brand(),
            home: match self.site.has_front(translation) {
                true => translation.front.to_string(),
                false => HOME.to_string(),
            },
            search_page: self
                .results_of(translation)
                .map_or_else(String::new, |address| address.to_string()),
            search_folder: translation.search_folder(),
            checklists: if has_sheets {
                OVERVIEW.to_string()
            } else {
                String::new()
            },
            versions: self.config.conventions.versions.names.clone(),
            more_categories: roots.len() > CATEGORIES_SHOWN,
            categories: roots
                .into_iter()
                .take(CATEGORIES_SHOWN)
                .map(|category| Named {
                    title: shortened(&category.title),
                    url: category.address.to_string(),
                })
                .collect(),
        }
    }

    /// Where HTML of page `page` is.
    pub fn context<'v>(&'v self, page: usize, destination: Destination<'v>) -> RenderContext<'v> {
        let Self {
            site,
            config,
            theme,
            strings,
            sources,
            ..
        } = *self;
        let own = &site.pages[page];
        RenderContext {
            sources,
            figures: None,
            site,
            config,
            theme: theme.edition(&own.edition()),
            strings: strings.in_language(own.language),
            page,
            destination,
            marks: None,
            parts: None,
        }
    }

    /// A page that is no document's, in the main language.
    pub fn plain(&self, kind: &'static str, title: &str, address: &str) -> PageData {
        let lang = &self.site.translations[0].lang;
        PageData {
            kind,
            title: title.to_string(),
            root: root(address),
            path: address.to_string(),
            direction: self.direction(lang),
            lang: lang.clone(),
            canonical: self.canonical(address),
            is_unlisted: !self.config.site.robots.index,
            ..PageData::default()
        }
    }

    /// The address of a language's page of search results; `None` where a document, or another part of the content,
    /// has it.
    pub fn results_of(&self, translation: &Translation) -> Option<PageAddress> {
        let address = translation.results();
        self.site.is_clear(&address).then_some(address)
    }

    /// The pages of search results in all languages; none where there is one.
    pub fn results_in_languages(&self, current: &Translation) -> Vec<LanguageLink> {
        let all = self.site.translations.iter();
        let all = all.filter_map(|own| Some((own, self.results_of(own)?)));
        let link = |(own, address): (&Translation, PageAddress)| LanguageLink {
            title: self.config.languages.name(&own.lang).to_string(),
            lang: own.lang.clone(),
            url: relative(current.results().file(), address.file()),
            canonical: String::new(),
            is_current: own == current,
        };
        let links: Vec<LanguageLink> = all.map(link).collect();
        if links.len() > 1 { links } else { Vec::new() }
    }

    /// The address of a page on the published site; empty when not known.
    pub(crate) fn canonical(&self, address: &str) -> String {
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
        let (content_html, guide) = self.content(index)?;
        let (prev, next) = self.neighbours(index);
        let twin = page.address.twin();
        let toc = page
            .anchors
            .iter()
            .filter(|anchor| (2..=4).contains(&anchor.level) && !anchor.text.is_empty());
        Ok(PageData {
            description: description(page),
            structured_html: self.structured(index),
            breadcrumbs: self.breadcrumbs(page.category, page.address.file()),
            nav_html: navigation.page(index)?,
            date: page.date.clone(),
            tags: self.topics_of(index, TopicKind::Tag),
            companies: self.topics_of(index, TopicKind::Company),
            content_html,
            toc: toc
                .map(|anchor| TocEntry {
                    level: anchor.level,
                    title: anchor.text.clone(),
                    id: anchor.id.clone(),
                })
                .collect(),
            prev,
            next,
            markdown: relative(page.address.file(), &twin),
            guide,
            lang: page.lang.clone(),
            direction: self.direction(&page.lang),
            edit: self.edit_address(page),
            feedback: self.page_feedback(page),
            badge: page.document.frontmatter.badge.clone().unwrap_or_default(),
            is_unlisted: !page.is_listed() || !self.config.site.robots.index,
            languages: self.languages_of(index),
            ..self.plain("page", &page.title, page.address.file())
        })
    }

    /// Where a document is edited; empty when the project does not say.
    fn edit_address(&self, page: &Page) -> String {
        let pattern = &self.config.site.edit;
        pattern.replace(EDIT_PATH, &encode(&page.path))
    }

    /// The content of a document with the marks of its items, and its scenarios with their sheets.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn content(&self, index: usize) -> Result<(String, Option<GuideLinks>), Error> {
        let page = &self.site.pages[index];
        let sheets = self.sheets_of(index);
        let marks = Marks::of(sheets.iter().map(|sheet| sheet.parts(self.site)));
        let guide = page.guide.as_ref();
        let guide = guide.map(|guide| {
            let all = 0..guide.scenarios.len();
            self.guide_links(index, guide, all, page.address.file())
        });
        let parts = guide.as_ref().map(|links| ModeParts::of(&links.scenarios));
        let context = RenderContext {
            marks: Some(&marks).filter(|_| page.guide.is_some()),
            parts: parts.as_ref(),
            ..self.context(index, Destination::Page)
        };
        let content_html = with_first_image_at_once(context.blocks(&page.document.blocks)?);
        let guide = guide.map(|mut links| {
            links.first_step = marks.first_place().to_string();
            for sheet in sheets {
                let (_, mode) = sheet.parts(self.site);
                links.scenarios[sheet.scenario].modes[sheet.mode].missing = marks.missing(mode);
            }
            links
        });
        Ok((content_html, guide))
    }

    /// `rtl` for what is written from right to left, else empty.
    pub(crate) fn direction(&self, lang: &str) -> &'static str {
        match self.config.languages.is_right_to_left(lang) {
            true => "rtl",
            false => "",
        }
    }

    /// The same page in its languages, itself included; none where it is in one only.
    fn languages_of(&self, index: usize) -> Vec<LanguageLink> {
        let page = &self.site.pages[index];
        if page.twins.is_empty() {
            return Vec::new();
        }
        let mut same: Vec<usize> = page.twins.clone();
        same.push(index);
        same.sort_unstable();
        let link = |other: usize| {
            let twin = &self.site.pages[other];
            LanguageLink {
                title: self.config.languages.name(&twin.lang).to_string(),
                lang: twin.lang.clone(),
                url: relative(page.address.file(), twin.address.file()),
                canonical: self.canonical(twin.address.file()),
                is_current: other == index,
            }
        };
        same.into_iter().map(link).collect()
    }

    /// The front page of every language that has one; none where there is one language.
    pub fn fronts(&self, current: &Translation) -> Vec<LanguageLink> {
        let all = &self.site.translations;
        let all = all
            .iter()
            .filter(|own| all.len() > 1 && self.site.has_front(own));
        let link = |own: &Translation| LanguageLink {
            title: self.config.languages.name(&own.lang).to_string(),
            lang: own.lang.clone(),
            url: relative(current.front.file(), own.front.file()),
            canonical: self.canonical(own.front.file()),
            is_current: own == current,
        };
        all.map(link).collect()
    }

    fn entry(&self, index: usize, from: &str) -> Entry {
        let page = &self.site.pages[index];
        Entry {
            title: page.title.clone(),
            url: relative(from, page.address.file()),
            description: page.description.clone(),
            date: page.date.clone(),
        }
    }

    /// The pages with the latest dates.
    pub fn recent(&self, pages: &[usize], from: &str) -> Vec<Entry> {
        let mut dated: Vec<usize> = pages
            .iter()
            .copied()
            .filter(|index| self.site.pages[*index].is_listed())
            .filter(|index| !self.site.pages[*index].date.is_empty())
            .collect();
        dated.sort_by_key(|index| (std::cmp::Reverse(&self.site.pages[*index].date), *index));
        dated
            .into_iter()
            .take(RECENT)
            .map(|index| self.entry(index, from))
            .collect()
    }
}
