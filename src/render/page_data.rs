//! What page templates get.

use serde::Serialize;

use crate::render::brand_data::BrandData;
use crate::render::feedback_data::FeedbackData;

/// The site as every page sees it; addresses are relative to the root.
#[derive(Debug, Serialize)]
pub struct SiteData {
    /// Its name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language tag.
    pub lang: String,
    /// Address it is published at; empty when not known.
    pub url: String,
    /// Distinguishes it from other sites that a browser finds in the same place; the same in every build.
    pub key: String,
    /// Style sheet.
    pub css: String,
    /// Style sheet of the search box.
    pub search_css: String,
    /// Script of the search box.
    pub search_js: String,
    /// Style sheet of printed checklists.
    pub sheet_css: String,
    /// What a checklist's page adds to it on paper.
    pub paper_css: String,
    /// Script of checklists.
    pub script: String,
    /// Script of tabs and of buttons that copy code.
    pub content_js: String,
    /// Script that every page has.
    pub page_js: String,
    /// Keys of what is known of a case, in the order in which one of them names it.
    pub case_fields: Vec<String>,
    /// Script of what is only an aid: a button that copies a page, one that closes the announcement.
    pub extra_js: String,
    /// Script of the question whether a page was helpful.
    pub feedback_js: String,
    /// Style sheet of that question.
    pub feedback_css: String,
    /// Script that shows what changed since a sheet was printed.
    pub revision_js: String,
    /// Script that leads on from a former address.
    pub moved_js: String,
    /// Icon; empty when there is none.
    pub icon: String,
    /// Its brand.
    pub brand: BrandData,
    /// Front page of the language.
    pub home: String,
    /// The page of search results; empty where there is none.
    pub search_page: String,
    /// Folder of the language's search index.
    pub search_folder: String,
    /// Overview of checklists; empty when there are none.
    pub checklists: String,
    /// The first top-level categories.
    pub categories: Vec<Named>,
    /// Whether there are more of them, which the home page lists.
    pub more_categories: bool,
    /// Versions, in configured order.
    pub versions: Vec<String>,
}

/// What leads on from a former address.
#[derive(Debug, Clone, Serialize)]
pub struct Redirect {
    /// Title of the page.
    pub title: String,
    /// Its address, or that of one of its checklists.
    pub url: String,
    /// Way to the site's root.
    pub root: String,
}

/// A name with an address.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// The name.
    pub title: String,
    /// The address; empty when there is none.
    pub url: String,
}

/// The same page in a language.
#[derive(Debug, Serialize)]
pub struct LanguageLink {
    /// The language's own name.
    pub title: String,
    /// Its tag.
    pub lang: String,
    /// The page in it.
    pub url: String,
    /// The page's address on the published site; empty when not known.
    pub canonical: String,
    /// Whether it is the language of the page that shows the link.
    pub is_current: bool,
}

/// A page.
#[derive(Debug, Default, Serialize)]
pub struct PageData {
    /// `page`, `home`, `category`, `checklists` or `404`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// One or two sentences: what the document says of itself, else the beginning of its text.
    pub description: String,
    /// Way to the site's root.
    pub root: String,
    /// Its address below the root.
    pub path: String,
    /// Language tag.
    pub lang: String,
    /// `rtl` where its text is written from right to left, else empty.
    pub direction: &'static str,
    /// A word beside its title; empty when there is none.
    pub badge: String,
    /// Whether lists and search engines leave it out.
    pub is_unlisted: bool,
    /// The same page in its languages, itself included; empty when there is one only.
    pub languages: Vec<LanguageLink>,
    /// The categories above it, outermost first.
    pub breadcrumbs: Vec<Named>,
    /// Navigation of its branch.
    pub nav_html: String,
    /// Its date.
    pub date: String,
    /// Its subjects.
    pub tags: Vec<Named>,
    /// Companies it is about.
    pub companies: Vec<Named>,
    /// Its text.
    pub content_html: String,
    /// Its headings of level 2 to 4.
    pub toc: Vec<TocEntry>,
    /// The page before it in its branch.
    pub prev: Option<Named>,
    /// The page after it in its branch.
    pub next: Option<Named>,
    /// Its Markdown twin; empty when there is none.
    pub markdown: String,
    /// Its address on the published site; empty when not known.
    pub canonical: String,
    /// Where its document is edited; empty when the project does not say.
    pub edit: String,
    /// How a reader answers whether it was helpful; `None` when it does not ask.
    pub feedback: Option<FeedbackData>,
    /// What it is about in the terms of schema.org, as JSON without characters that mean anything to
    /// HTML; empty when there is nothing to say.
    pub structured_html: String,
    /// A style that is part of the page; empty but where a style sheet may be out of reach.
    pub style_html: String,
    /// How its policy names that style.
    pub style_source: String,
    /// Its procedures.
    pub guide: Option<GuideLinks>,
    /// Name that ticks of it are kept under; empty but for checklists.
    pub store: String,
    /// Number of things to tick off on it.
    pub items: usize,
}

/// A heading in the contents list.
#[derive(Debug, Serialize)]
pub struct TocEntry {
    /// `2..=4`.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// Its id.
    pub id: String,
}

/// A guide's scenarios with their sheets.
#[derive(Debug, Serialize)]
pub struct GuideLinks {
    /// In document order.
    pub scenarios: Vec<ScenarioLinks>,
    /// Id of the first thing to do on the page; empty when it has a place for none.
    pub first_step: String,
}

/// A scenario with its sheets.
#[derive(Debug, Serialize)]
pub struct ScenarioLinks {
    /// What its heading says.
    pub title: String,
    /// The same without the versions, which are beside it.
    pub name: String,
    /// Whether the page is of one of its checklists.
    pub is_current: bool,
    /// Id of its heading.
    pub id: String,
    /// Versions it is for.
    pub versions: Vec<String>,
    /// Its modes.
    pub modes: Vec<ModeLink>,
}

/// A mode with its sheet.
#[derive(Debug, Serialize)]
pub struct ModeLink {
    /// Stable name.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// Short word.
    pub label: String,
    /// `test`, `live` or `neutral`.
    pub tone: &'static str,
    /// Id of its heading.
    pub id: String,
    /// Its sheet; empty when there is nothing to do in it.
    pub checklist: String,
    /// Name that ticks of the sheet are kept under.
    pub store: String,
    /// Number of things to tick off.
    pub items: usize,
    /// Those that the page has no place for, as [`crate::render::tick_marks::Marks::missing`] gives
    /// them; empty on other pages than the guide's.
    pub missing: String,
    /// Whether an error makes a value in it wrong.
    pub is_wrong: bool,
}

/// A category with the number of its pages.
#[derive(Debug, Serialize)]
pub struct CategoryLink {
    /// Its name.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Pages in it and below it.
    pub count: usize,
    /// The categories right below it.
    pub children: Vec<CategoryLink>,
}

/// A page in a list.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// One or two sentences.
    pub description: String,
    /// Its date.
    pub date: String,
}

/// A category's own page.
#[derive(Debug, Serialize)]
pub struct CategoryData {
    /// Its name.
    pub title: String,
    /// The categories right below it.
    pub children: Vec<CategoryLink>,
    /// The pages right in it.
    pub pages: Vec<Entry>,
}

/// A guide on the home page.
#[derive(Debug, Serialize)]
pub struct GuideEntry {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Companies it is about.
    pub companies: Vec<String>,
    /// Versions of all its scenarios.
    pub versions: Vec<String>,
    /// Number of its sheets.
    pub checklists: usize,
    /// Its scenarios with their sheets, where the page has room for them.
    pub scenarios: Vec<ScenarioLinks>,
}

/// The overview of all checklists.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// Columns of modes; one without a tone where no scenario has modes.
    pub columns: Vec<Column>,
    /// Rows, in page order.
    pub rows: Vec<Row>,
    /// Whether any scenario has modes.
    pub has_modes: bool,
    /// Whether any scenario names versions.
    pub has_versions: bool,
}

/// A column of the overview.
#[derive(Debug, Serialize)]
pub struct Column {
    /// Name for people.
    pub title: String,
    /// `test`, `live` or `neutral`.
    pub tone: &'static str,
    /// Whether several modes share it.
    pub is_shared: bool,
}

/// A row of the overview: one scenario.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The guide.
    pub guide: Named,
    /// Whether it is its guide's first row.
    pub first: bool,
    /// Whether it is its guide's only row and has the guide's title.
    pub is_whole: bool,
    /// The scenario.
    pub scenario: Named,
    /// Its title without the versions, which are beside it.
    pub name: String,
    /// Versions it is for.
    pub versions: Vec<String>,
    /// One per column: the sheets in it, none where the scenario lacks the mode.
    pub cells: Vec<Vec<Cell>>,
    /// The sheet of a scenario without modes, which is across all columns.
    pub single: Option<Cell>,
}

/// A cell of the overview.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// Name of the mode.
    pub title: String,
    /// The sheet.
    pub url: String,
    /// Name that ticks of the sheet are kept under.
    pub store: String,
    /// Number of things to tick off.
    pub items: usize,
}
