//! The site: all pages, the tree of categories, and what an address in a document leads to.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Message, Severity, sort};
use crate::error::Error;
use crate::markdown::parse;
use crate::model::address::{Address, addresses, is_link_scheme, scheme};
use crate::model::category::{Category, categories};
use crate::model::conventions::Conventions;
use crate::model::page::Page;
use crate::model::topic::Topics;
use crate::normal::composed;
use crate::source::image::ImageSize;
use crate::source::{FileId, SourceSet, Span};

/// Rules about a document among the others, whose findings may change when another one does.
const OF_THE_WHOLE: [&str; 3] = ["image-outside", "output-collision", "unsafe-link"];

/// All pages and the way around them.
#[derive(Debug, Default)]
pub struct Site {
    /// Pages, in path order; a page's index is its document's [`FileId`].
    pub pages: Vec<Page>,
    /// Categories; parents come before their children.
    pub categories: Vec<Category>,
    /// Companies and subjects that pages name.
    pub topics: Topics,
    /// Files that are copied, by path, with the size of those that are images.
    pub assets: BTreeMap<String, Option<ImageSize>>,
    by_path: HashMap<String, usize>,
    by_slug: HashMap<String, usize>,
    by_address: HashMap<String, usize>,
    by_alias: HashMap<String, usize>,
    own_urls: Vec<String>,
}

/// What an address in a document leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of this site, with the own id of a heading where the address names one; an
    /// unknown fragment is kept as written.
    Page {
        /// Index of the page.
        page: usize,
        /// Id without `#`; empty for the page as a whole.
        fragment: String,
        /// Whether the fragment is an id of the page.
        is_known: bool,
    },
    /// A file that is copied, by its path.
    Asset(String),
    /// An address outside the site.
    External,
    /// An address that should lead to a page or file of this site, and does not.
    Missing,
    /// A path that leaves the content folder.
    Outside,
    /// An address with a scheme that is never made a link.
    Unsafe,
}

impl Site {
    /// Reads every document and builds the site; findings come sorted by place.
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

    /// Reads some documents again whose texts have changed; `known` is what was found before.
    /// Returns the site and findings as [`Site::build`] would make them.
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

    /// Makes a site of pages that were read; `found` is what was found in each.
    fn assemble(
        mut pages: Vec<Page>,
        mut found: Vec<Diagnostic>,
        sources: &SourceSet,
        config: &Config,
    ) -> (Self, Vec<Diagnostic>) {
        found.extend(collisions(&pages));
        let categories = categories(&mut pages, &config.site.categories);
        let mut own_urls = config.site.own_urls.clone();
        if !config.site.url.is_empty() {
            own_urls.push(config.site.url.clone());
        }
        let index = |key: fn(&Page) -> &String| {
            let pages = pages.iter().enumerate().rev();
            pages.map(|(at, page)| (key(page).clone(), at)).collect()
        };
        let assets = sources.assets.iter();
        let site = Self {
            assets: assets
                .map(|asset| (asset.path.clone(), asset.size))
                .collect(),
            by_path: index(|page| &page.path),
            by_slug: index(|page| &page.slug),
            by_address: index(|page| &page.address),
            by_alias: aliases(&pages),
            own_urls,
            topics: Topics::of(&pages),
            categories,
            pages,
        };
        let refused = (0..site.pages.len())
            .into_par_iter()
            .flat_map_iter(|page| site.refused_addresses(page, config));
        found.extend(refused.collect::<Vec<_>>());
        sort(&mut found);
        (site, found)
    }

    /// Addresses of a page that are never made links, or never shown.
    fn refused_addresses(&self, page: usize, config: &Config) -> Vec<Diagnostic> {
        let document = &self.pages[page].document;
        let addresses = addresses(&document.blocks, &config.components).into_iter();
        addresses
            .filter_map(|address| {
                let target = self.target(page, address.url);
                let (rule, severity) = refusal(&address, &target)?;
                let help = Message::new(format!("{rule}.help"));
                let found = Diagnostic::new(rule, severity, document.file, address.span);
                Some(found.with("url", address.url).help(help))
            })
            .collect()
    }

    /// The page that is the site's home, where a document says so.
    pub fn home(&self) -> Option<usize> {
        self.by_address.get("index.html").copied()
    }

    /// Categories without a parent, in order.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let all = self.categories.iter().enumerate();
        all.filter(|(_, category)| category.parent.is_none())
            .map(|(index, _)| index)
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
        node.pages.iter().copied().chain(below).collect()
    }

    /// What `url` in the document of page `from` leads to.
    pub fn target(&self, from: usize, url: &str) -> Target {
        let (place, fragment) = url.split_once('#').unwrap_or((url, ""));
        if place.is_empty() {
            return self.page_target(from, fragment);
        }
        for own in &self.own_urls {
            if let Some(rest) = strip_own(place, own) {
                return match self.page_at(rest) {
                    Some(page) => self.page_target(page, fragment),
                    None => Target::Missing,
                };
            }
        }
        match scheme(place) {
            Some(scheme) if is_link_scheme(scheme) => Target::External,
            Some(_) => Target::Unsafe,
            None if place.starts_with("//") => Target::External,
            None => self.relative_target(from, place, fragment),
        }
    }

    fn page_target(&self, page: usize, fragment: &str) -> Target {
        let decoded = decode(fragment);
        match self.pages[page].anchor(&decoded) {
            Some(anchor) => Target::Page {
                page,
                fragment: anchor.id.clone(),
                is_known: true,
            },
            None => Target::Page {
                page,
                is_known: decoded.is_empty() || self.pages[page].has_item(&decoded),
                fragment: decoded,
            },
        }
    }

    fn relative_target(&self, from: usize, place: &str, fragment: &str) -> Target {
        let place = decode(place.split('?').next().unwrap_or(place));
        let folder = self.pages[from]
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let path = match place.strip_prefix('/') {
            Some(absolute) => join("", absolute),
            None => join(folder, &place),
        };
        let Some(path) = path else {
            return Target::Outside;
        };
        let page = self.by_path.get(&path).copied();
        if let Some(page) = page.or_else(|| self.at_address(&path)) {
            return self.page_target(page, fragment);
        }
        for ending in [".md", ".mdx", "/index.md"] {
            if let Some(page) = self.by_path.get(&format!("{path}{ending}")) {
                return self.page_target(*page, fragment);
            }
        }
        if let Some(page) = self.by_address.get(&format!("{path}.html")) {
            return self.page_target(*page, fragment);
        }
        if self.assets.contains_key(&path) {
            return Target::Asset(path);
        }
        // An address from the root may be one of the site that the documents come from.
        let former = self.by_alias.get(&path).copied().or_else(|| {
            let is_rooted = place.starts_with('/');
            is_rooted.then(|| self.page_at(&path)).flatten()
        });
        former.map_or(Target::Missing, |page| self.page_target(page, fragment))
    }

    /// The page with this address or alias, which may lack its ending.
    fn at_address(&self, address: &str) -> Option<usize> {
        let page = self
            .by_address
            .get(address)
            .or_else(|| self.by_address.get(&format!("{address}.html")))
            .or_else(|| self.by_alias.get(address));
        page.copied()
    }

    /// The page that the rest of an own address names, by its last part.
    fn page_at(&self, rest: &str) -> Option<usize> {
        let rest = decode(rest.split('?').next().unwrap_or(rest));
        let rest = rest.trim_matches('/');
        if rest.is_empty() {
            return self.home();
        }
        if let Some(page) = self.at_address(rest) {
            return Some(page);
        }
        let last = last_part(rest);
        let page = self.by_slug.get(last).or_else(|| self.by_alias.get(last));
        page.copied()
    }

    /// The page with this address, or the one that a former address redirects to.
    pub fn page_of_address(&self, address: &str) -> Option<usize> {
        let page = self.by_address.get(address);
        page.or_else(|| self.by_alias.get(address)).copied()
    }

    /// The page whose address ends in the same part.
    pub fn page_of_slug(&self, address: &str) -> Option<usize> {
        self.by_slug.get(last_part(address)).copied()
    }
}

/// The last part of an address without its ending.
fn last_part(address: &str) -> &str {
    let last = address.rsplit('/').next().unwrap_or(address);
    last.trim_end_matches(".html")
}

/// Pages by their former addresses, whole, without ending, and by the last part.
fn aliases(pages: &[Page]) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for alias in &page.aliases {
            let stem = alias.trim_end_matches(".html");
            for key in [alias, stem, last_part(alias)] {
                found.entry(key.to_string()).or_insert(index);
            }
        }
    }
    found
}

/// Why an address is refused: the rule, and how much it matters. What a page shows lies in the
/// content folder or on another host, never elsewhere on the disk.
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
    let (document, mut found) = parse(&source.text, file, &config.components);
    let is_unread = found.iter().any(|fault| fault.severity == Severity::Fatal);
    let (page, mut faults) = Page::read(source, document, &config.utc_offset, conventions);
    // Of a frontmatter that cannot be read nobody knows what it lacks.
    if is_unread {
        faults.retain(|fault| fault.rule != "missing-title");
    }
    found.extend(faults);
    (page, found)
}

/// The rest of an address behind one of the site's own ones.
fn strip_own<'p>(place: &'p str, own: &str) -> Option<&'p str> {
    let rest = place.strip_prefix(own.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(rest)
}

fn decode(text: &str) -> String {
    composed(&percent_decode_str(text).decode_utf8_lossy()).into_owned()
}

/// `place` below `folder` without `.` and `..`; `None` when it leaves the content folder. Browsers
/// take a backslash for a slash.
fn join(folder: &str, place: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in place.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Pages whose addresses are the same on a file system that knows no case.
fn collisions(pages: &[Page]) -> Vec<Diagnostic> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for address in std::iter::once(&page.address).chain(&page.aliases) {
            let Some(other) = taken.insert(address.to_lowercase(), index) else {
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
    use crate::source::{Asset, Source};

    fn site(documents: &[(&str, &str)]) -> (Site, Vec<Diagnostic>) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let assets = vec![Asset {
            path: "images/a b.png".into(),
            file: "x".into(),
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

    fn check(url: &str, expected: &Target) {
        let (site, _) = site(&[
            ("a/one.md", "---\ntitle: 하나\n---\n## 통합인증"),
            (
                "two.md",
                "---\ntitle: 둘\nslug: second\naliases: [/old/way, old/zwei]\n---\n",
            ),
            ("zwei.md", "---\ntitle: 셋\nslug: three\n---\n"),
        ]);
        assert_eq!(site.target(0, url), *expected, "{url}");
    }

    fn page(page: usize, fragment: &str, is_known: bool) -> Target {
        Target::Page {
            page,
            fragment: fragment.to_string(),
            is_known,
        }
    }

    #[test]
    fn addresses_lead_to_pages_in_every_form() {
        check("../two.md", &page(1, "", true));
        check("/two", &page(1, "", true));
        check("/three", &page(2, "", true));
        check("#통합인증", &page(0, "통합인증", true));
        check(
            "#0_%ED%86%B5%ED%95%A9%EC%9D%B8%EC%A6%9D",
            &page(0, "통합인증", true),
        );
        check("#none", &page(0, "none", false));
        check(
            "https://old.example.com/content/one#통합인증",
            &page(0, "통합인증", true),
        );
        check("https://help.example.com/second.html", &page(1, "", true));
        check("../second", &page(1, "", true));
        check("/old/way", &page(1, "", true));
        check("https://help.example.com/old/way", &page(1, "", true));
    }

    #[test]
    fn former_addresses_lead_to_their_page() {
        check("/old/zwei", &page(1, "", true));
        check("../old/zwei.html", &page(1, "", true));
        check("https://old.example.com/content/zwei", &page(1, "", true));
    }

    #[test]
    fn addresses_without_a_page_are_told_apart() {
        check("https://help.example.com/four", &Target::Missing);
        check("three.md", &Target::Missing);
        check("../../etc/passwd", &Target::Outside);
        check("..\\..\\etc\\passwd", &Target::Outside);
        check("%2e%2e/../etc/passwd", &Target::Outside);
        check("https://example.com", &Target::External);
        check("HTTPS://example.com", &Target::External);
        check("JavaScript:alert(1)", &Target::Unsafe);
        check("javascript:alert(1)", &Target::Unsafe);
        check("java\tscript:alert(1)", &Target::Unsafe);
        check(
            "../images/a%20b.png",
            &Target::Asset("images/a b.png".into()),
        );
    }

    #[test]
    fn unsafe_addresses_are_told() {
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
        assert_eq!(site.categories[1].address, "category/가/나.html");
        assert_eq!((site.count(0), site.branch(2)), (2, vec![0, 2]));
    }
}
