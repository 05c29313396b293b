//! The site: all pages and the tree of categories.

mod target;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::config::files::FileConvention;
use crate::config::{Config, Language};
use crate::diagnostic::{Diagnostic, Message, Severity, sort};
use crate::error::Error;
use crate::markdown::parse;
use crate::markdown::schema::Dialect;
use crate::model::address::{Address, addresses, scheme};
use crate::model::addressing::give_addresses;
use crate::model::category::Category;
use crate::model::conventions::Conventions;
use crate::model::language::set_languages;
use crate::model::navigation::{left_out, navigation};
use crate::model::page::Page;
use crate::model::page_address::{HOME, PageAddress, last_part};
pub use crate::model::site::target::Target;
use crate::model::topic::Topics;
use crate::model::translation::{Translation, translations};
use crate::source::image::ImageSize;
use crate::source::{FileId, SourceSet, Span};

/// Rules whose findings in a document may change when another document does.
const OF_THE_WHOLE: [&str; 5] = [
    "address-taken",
    "image-outside",
    "navigation-left-out",
    "output-collision",
    "unsafe-link",
];

/// All pages, and the navigation.
#[derive(Debug, Default)]
pub struct Site {
    /// Pages, in path order; a page's index is its document's [`FileId`].
    pub pages: Vec<Page>,
    /// Categories; parents come before their children.
    pub categories: Vec<Category>,
    /// Whether folders or a list decide what is in a category, and not the documents.
    pub is_listed_by_place: bool,
    /// Companies and subjects that pages name.
    pub topics: Topics,
    /// Its languages, the main one first; of a built site there is always that one.
    pub translations: Vec<Translation>,
    /// Files that are copied, by path, with the size of those that are images.
    pub assets: BTreeMap<String, Option<ImageSize>>,
    by_path: HashMap<String, usize>,
    by_slug: HashMap<String, usize>,
    by_address: HashMap<PageAddress, usize>,
    by_alias: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    own_urls: Vec<String>,
    /// Tag of the site's language.
    lang: String,
    /// Which names of documents are those of their folders.
    files: FileConvention,
    /// Path at which the site is published; `None` where links need none.
    base: Option<String>,
    /// The folder of addresses that contains every page; empty for the root.
    common_folder: String,
    /// Folders of the files that a page includes, by its index.
    included_from: HashMap<usize, Vec<String>>,
}

impl Site {
    /// Reads every document and builds the site; findings are sorted by file and offset.
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn build(sources: &SourceSet, config: &Config) -> Result<(Self, Vec<Diagnostic>), Error> {
        let conventions = Conventions::new(config)?;
        let read: Vec<(Page, Vec<Diagnostic>)> = (0..sources.documents.len())
            .into_par_iter()
            .map(|index| read(FileId(index), sources, config, &conventions))
            .collect();
        let (pages, found): (Vec<Page>, Vec<Vec<Diagnostic>>) = read.into_iter().unzip();
        let found = found.into_iter().flatten().collect();
        Ok(Self::assemble(pages, found, sources, config))
    }

    /// Reads the documents whose texts have changed again; `known` are the previous findings.
    /// Returns the same site and findings as [`Site::build`].
    ///
    /// # Errors
    /// [`Error::Config`] when the conventions are not valid.
    pub fn reread(
        self,
        files: &[FileId],
        mut known: Vec<Diagnostic>,
        sources: &SourceSet,
        config: &Config,
    ) -> Result<(Self, Vec<Diagnostic>), Error> {
        let conventions = Conventions::new(config)?;
        let mut pages = self.pages;
        known.retain(|found| !files.contains(&found.file) && !OF_THE_WHOLE.contains(&found.rule));
        for file in files {
            let (page, found) = read(*file, sources, config, &conventions);
            pages[file.0] = page;
            known.extend(found);
        }
        Ok(Self::assemble(pages, known, sources, config))
    }

    /// Makes a site of pages; `found` are the findings in each.
    fn assemble(
        mut pages: Vec<Page>,
        mut found: Vec<Diagnostic>,
        sources: &SourceSet,
        config: &Config,
    ) -> (Self, Vec<Diagnostic>) {
        found.extend(match config.files.index.is_empty() {
            true => collisions(&pages),
            false => give_addresses(&mut pages, &config.files),
        });
        set_languages(&mut pages, config);
        let categories = navigation(&mut pages, config);
        found.extend(left_out(&pages, config));
        let mut own_urls = config.site.own_urls.clone();
        if !config.site.url.is_empty() {
            own_urls.push(config.site.url.clone());
        }
        let assets = sources.assets.iter();
        let lang = match config.languages.tag(&config.site.lang) {
            Some(lang) => lang,
            None => config.lang.tag().to_string(),
        };
        let mut site = Self {
            translations: translations(&pages, &lang),
            assets: assets
                .map(|asset| (asset.path.clone(), asset.size))
                .collect(),
            by_path: first_by(&pages, |page| &page.path),
            by_slug: first_by(&pages, |page| &page.slug),
            by_address: first_by(&pages, |page| &page.address),
            by_alias: aliases(&pages),
            by_id: ids(&pages),
            base: Some(config.site.base.clone()).filter(|base| !base.is_empty()),
            common_folder: common_folder(pages.iter().map(|page| page.address.folder())),
            files: config.files.clone(),
            included_from: included_from(sources),
            lang,
            own_urls,
            topics: Topics::of(&pages),
            is_listed_by_place: config.dialect != Dialect::Help,
            categories,
            pages,
        };
        if site.is_listed_by_place && site.base.is_none() {
            site.base = site.learned_base(&site.root_links(config));
        }
        let refused = (0..site.pages.len())
            .into_par_iter()
            .flat_map_iter(|page| site.refused_addresses(page, config));
        found.extend(refused.collect::<Vec<_>>());
        sort(&mut found);
        (site, found)
    }

    /// Reports addresses on a page that are never made links, or never shown.
    fn refused_addresses(&self, page: usize, config: &Config) -> Vec<Diagnostic> {
        let document = &self.pages[page].document;
        let addresses = addresses(&document.blocks, &config.components).into_iter();
        addresses
            .filter_map(|address| {
                let target = self.target(page, address.url);
                let (rule, severity) = refusal(&address, &target)?;
                // Another tool may have taken the file from elsewhere; it is not shown either way.
                let severity = match self.is_listed_by_place {
                    true => severity.min(Severity::Error),
                    false => severity,
                };
                let help = Message::new(format!("{rule}.help"));
                let found = Diagnostic::new(rule, severity, document.file, address.span);
                Some(found.with("url", address.url).help(help))
            })
            .collect()
    }

    /// Index of the page that is the site's home; `None` without such a document.
    pub fn home(&self) -> Option<usize> {
        self.by_address.get(HOME).copied()
    }

    /// The language of pages whose path names this one.
    pub fn translation_in(&self, locale: Option<&str>) -> &Translation {
        let of = |own: &&Translation| own.locale.as_deref() == locale;
        // The first is that of every path that names no other.
        let found = self.translations.iter().find(of);
        found.unwrap_or(&self.translations[0])
    }

    /// The language whose front page this document is.
    pub fn fronted(&self, page: usize) -> Option<&Translation> {
        let address = &self.pages[page].address;
        self.translations.iter().find(|own| own.front == *address)
    }

    /// Whether a language has its front page: another page, file or former address may be in its place.
    pub fn has_front(&self, translation: &Translation) -> bool {
        let file = translation.front.file();
        file == HOME || self.by_address.contains_key(file) || self.is_free(&translation.front)
    }

    /// Whether no document, list, file or former address is at an address.
    pub fn is_free(&self, address: &PageAddress) -> bool {
        let file = address.file();
        let is_listed =
            |category: &Category| category.head.is_none() && category.address == *address;
        !(self.by_address.contains_key(file)
            || self.by_alias.contains_key(file)
            || self.assets.contains_key(file)
            || self.categories.iter().any(is_listed))
    }

    /// Whether nothing of the content is at an address or below it, as file systems compare paths that ignore case.
    pub fn is_clear(&self, address: &PageAddress) -> bool {
        let own = address.folded();
        let is_here = |file: &str| {
            let file = file.to_lowercase();
            let rest = file.strip_prefix(&own);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let pages = self.by_address.keys().map(PageAddress::file);
        let files = self.by_alias.keys().chain(self.assets.keys());
        let lists = self.categories.iter().map(|own| own.address.file());
        let mut taken = pages.chain(files.map(String::as_str)).chain(lists);
        !taken.any(is_here)
    }

    /// The document at an address; former addresses lead to none.
    pub fn document_at(&self, address: &str) -> Option<usize> {
        self.by_address.get(address).copied()
    }

    /// Categories without a parent that contain pages of a language.
    pub fn roots_of<'s>(
        &'s self,
        translation: &'s Translation,
    ) -> impl Iterator<Item = usize> + 's {
        let of = move |root: &usize| {
            let locale = self.categories[*root].locale.as_deref();
            self.translation_in(locale) == translation
        };
        self.roots().filter(of)
    }

    /// Categories without a parent, in order.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let all = self.categories.iter().enumerate();
        all.filter(|(_, category)| category.parent.is_none())
            .map(|(index, _)| index)
    }

    /// The roots that pages show whose path names this language; those of the site's language, or
    /// else all, where none is for it.
    pub fn roots_in(&self, locale: Option<&str>) -> impl Iterator<Item = usize> {
        let of = |locale: Option<&str>| {
            let is_of = |root: &usize| self.categories[*root].locale.as_deref() == locale;
            self.roots().filter(is_of).collect::<Vec<_>>()
        };
        let mut roots = of(locale);
        if roots.is_empty() {
            roots = of(Some(&self.lang));
        }
        if roots.is_empty() {
            roots = self.roots().collect();
        }
        roots.into_iter()
    }

    /// What decides which words are around a category's list: what its first page has; `language`
    /// where it contains none.
    pub fn edition_of(&self, category: usize, language: Language) -> (Language, Option<String>) {
        let first = self.first_page(category);
        let language = first.map_or(language, |page| page.language);
        (language, self.categories[category].locale.clone())
    }

    /// Tag of the language of a category's list: that of its path, or of its first page.
    pub fn lang_of(&self, category: usize) -> &str {
        let locale = self.categories[category].locale.as_deref();
        let of_page = || self.first_page(category).map(|page| page.lang.as_str());
        locale
            .or_else(of_page)
            .unwrap_or(&self.translations[0].lang)
    }

    /// The first page in a category or in those that come first below it.
    fn first_page(&self, category: usize) -> Option<&Page> {
        let mut node = &self.categories[category];
        loop {
            if let Some(first) = node.head.or_else(|| node.pages.first().copied()) {
                return Some(&self.pages[first]);
            }
            node = &self.categories[*node.children.first()?];
        }
    }

    /// The category and those above it, outermost first.
    pub fn branch(&self, category: usize) -> Vec<usize> {
        let mut branch = vec![category];
        while let Some(parent) = self.categories[branch[0]].parent {
            branch.insert(0, parent);
        }
        branch
    }

    /// Number of pages in a category and below it.
    pub fn count(&self, category: usize) -> usize {
        let node = &self.categories[category];
        node.pages.len()
            + usize::from(node.head.is_some())
            + node
                .children
                .iter()
                .map(|child| self.count(*child))
                .sum::<usize>()
    }

    /// Pages of a category and those below it, in reading order.
    pub fn reading_order(&self, category: usize) -> Vec<usize> {
        let node = &self.categories[category];
        let below = node
            .children
            .iter()
            .flat_map(|child| self.reading_order(*child));
        let own = node.head.into_iter().chain(node.pages.iter().copied());
        own.chain(below).collect()
    }
}

/// The first page with each key.
fn first_by<K: Clone + Eq + Hash>(pages: &[Page], key: fn(&Page) -> &K) -> HashMap<K, usize> {
    let pages = pages.iter().enumerate().rev();
    pages.map(|(at, page)| (key(page).clone(), at)).collect()
}

/// Folders of the files that pages include, without those of the pages, each once.
fn included_from(sources: &SourceSet) -> HashMap<usize, Vec<String>> {
    let folder = |path: &str| {
        path.rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_string()
    };
    let mut all = HashMap::new();
    for (file, source) in sources.iter() {
        let own = folder(&source.path);
        let folders = sources.included_in(file).into_iter().map(folder);
        let folders: BTreeSet<String> = folders.filter(|folder| *folder != own).collect();
        if !folders.is_empty() {
            all.insert(file.0, folders.into_iter().collect());
        }
    }
    all
}

/// Indices of pages by their former addresses: whole, without ending, and by the last part.
fn aliases(pages: &[Page]) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for alias in &page.aliases {
            for key in [alias.file(), alias.stem(), alias.name()] {
                found.entry(key.to_string()).or_insert(index);
            }
        }
    }
    found
}

/// Indices of pages by the ids that documents have in navigation and links; not those that several
/// have.
fn ids(pages: &[Page]) -> HashMap<String, usize> {
    let mut found: HashMap<String, Option<usize>> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        let frontmatter = &page.document.frontmatter;
        let ids: BTreeSet<&String> = frontmatter.id.iter().chain(&frontmatter.slug).collect();
        for id in ids {
            let known = found.entry(last_part(id.trim_end_matches('/')).to_string());
            known.and_modify(|page| *page = None).or_insert(Some(index));
        }
    }
    let only = |(id, page): (String, Option<usize>)| Some((id, page?));
    found.into_iter().filter_map(only).collect()
}

/// The folder that contains all of these; empty for the root.
pub(crate) fn common_folder<'p>(mut folders: impl Iterator<Item = &'p str>) -> String {
    let first = folders.next().unwrap_or_default();
    let mut common: Vec<&str> = first.split('/').collect();
    for folder in folders {
        let same = common.iter().zip(folder.split('/'));
        let length = same.take_while(|(a, b)| **a == *b).count();
        common.truncate(length);
    }
    common.join("/")
}

/// Why an address is refused: the rule and its severity; `None` if it is not. A page shows files
/// of the content folder or of another host, and none from elsewhere on the disk.
fn refusal(address: &Address<'_>, target: &Target) -> Option<(&'static str, Severity)> {
    let is_file = || scheme(address.url).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file"));
    match target {
        Target::Outside if address.is_shown => Some(("image-outside", Severity::Fatal)),
        Target::Unsafe if address.is_shown && is_file() => Some(("image-outside", Severity::Fatal)),
        Target::Unsafe => Some(("unsafe-link", Severity::Error)),
        _ => None,
    }
}

/// Reads one document as a page.
fn read(
    file: FileId,
    sources: &SourceSet,
    config: &Config,
    conventions: &Conventions<'_>,
) -> (Page, Vec<Diagnostic>) {
    let source = sources.get(file);
    let (document, mut found) = parse(&source.text, file, config.schema_of(&source.path));
    let is_unread = found.iter().any(|fault| fault.severity == Severity::Fatal);
    let (mut page, mut faults) = Page::read(source, document, config, conventions);
    if let Some(change) = sources.changed.get(&source.path) {
        page.set_change(change.seconds, config.utc_offset);
    }
    // What an unreadable frontmatter lacks is not known.
    if is_unread {
        faults.retain(|fault| fault.rule != "missing-title");
    }
    found.extend(faults);
    (page, found)
}

/// Reports pages whose addresses are the same on a file system that ignores case.
fn collisions(pages: &[Page]) -> Vec<Diagnostic> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for address in std::iter::once(&page.address).chain(&page.aliases) {
            let Some(other) = taken.insert(address.folded(), index) else {
                continue;
            };
            let span = Span::new(0, 0);
            let diagnostic =
                Diagnostic::new("output-collision", Severity::Fatal, FileId(index), span);
            let help = Message::new("output-collision.help");
            let diagnostic = diagnostic
                .with("first", &pages[other].path)
                .with("second", &page.path);
            found.push(diagnostic.help(help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::file::ContentFile;
    use crate::source::{Asset, Source};

    /// A site of documents, as pairs of path and text, with an image.
    pub(super) fn site(documents: &[(&str, &str)]) -> (Site, Vec<Diagnostic>) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let assets = vec![Asset {
            path: "images/a b.png".into(),
            file: ContentFile::default(),
            size: None,
        }];
        let sources = SourceSet {
            documents: documents.collect(),
            assets,
            ..SourceSet::default()
        };
        let mut config = Config::defaults();
        config.site.url = "https://help.example.com/".into();
        config.site.own_urls = vec!["https://old.example.com/content".into()];
        Site::build(&sources, &config).unwrap()
    }

    #[test]
    fn unsafe_addresses_are_reported() {
        let text = "---\ntitle: a\n---\n[b](javascript:alert(1)) [c](d.md)";
        let (_, found) = site(&[("a.md", text)]);
        let found: Vec<_> = found.iter().map(|found| (found.rule, found.span)).collect();
        let start = text.find("[b]").unwrap();
        let span = Span::new(start, start + "[b](javascript:alert(1))".len());
        assert_eq!(found, [("unsafe-link", span)]);
    }

    #[test]
    fn title_of_an_unreadable_frontmatter_is_not_missed() {
        let (_, found) = site(&[("a.md", "---\ntitle: a: b\n---\n")]);
        let rules: Vec<_> = found.iter().map(|found| found.rule).collect();
        assert_eq!(rules, ["frontmatter-invalid"]);
    }

    #[test]
    fn same_address_in_another_case_is_a_collision() {
        let (_, found) = site(&[
            ("A.md", "---\ntitle: a\n---\n"),
            ("a.md", "---\ntitle: a\n---\n"),
        ]);
        assert_eq!(found[0].rule, "output-collision");
    }

    #[test]
    fn categories_form_a_tree() {
        let (site, _) = site(&[
            ("a.md", "---\ntitle: a\ncategory: 가 > 나\n---\n"),
            ("b.md", "---\ntitle: b\ncategory: 가 > 다\n---\n"),
        ]);
        let titles: Vec<_> = site
            .categories
            .iter()
            .map(|category| category.title.as_str())
            .collect();
        assert_eq!(titles, ["가", "나", "다"]);
        assert_eq!(site.categories[1].address.file(), "category/가/나.html");
        assert_eq!((site.count(0), site.branch(2)), (2, vec![0, 2]));
    }
}
