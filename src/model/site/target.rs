//! Resolves the addresses in documents.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::config::Config;
use crate::model::address::{addresses, is_link_scheme, scheme};
use crate::model::page_address::{PageAddress, last_part};
use crate::model::site::Site;
use crate::normal::composed;
use crate::source::path_below;

/// The target of an address in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of this site, with the own id of a heading if the address has a fragment; an
    /// unknown fragment is left as written.
    Page {
        /// Index of the page.
        page: usize,
        /// Id without `#`; empty for the page as a whole.
        fragment: String,
        /// Whether the fragment is an id of the page.
        is_known: bool,
    },
    /// A file that is copied to the site, by its path.
    Asset(String),
    /// An address outside the site.
    External,
    /// An address of a page or file that the site does not have.
    Missing,
    /// A path that leaves the content folder.
    Outside,
    /// An address with a scheme that is never made a link.
    Unsafe,
}

impl Site {
    /// The target of `url` in the document of page `from`.
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
            None => self.place_target(from, place, fragment),
        }
    }

    fn page_target(&self, page: usize, fragment: &str) -> Target {
        let decoded = decode(fragment);
        // Most links are to a whole page, for which its ids need not be computed.
        let anchor = match decoded.as_str() {
            "" => None,
            decoded => self.pages[page].anchor(decoded),
        };
        match anchor {
            Some(anchor) => Target::Page {
                page,
                fragment: anchor.id.clone(),
                is_known: true,
            },
            None => Target::Page {
                page,
                is_known: decoded.is_empty() || self.pages[page].has_part(&decoded),
                fragment: decoded,
            },
        }
    }

    /// The path below the content folder of a relative address, whether or not it exists; `None`
    /// for other addresses.
    pub fn named_path(&self, from: usize, url: &str) -> Option<String> {
        let place = url.split('#').next().unwrap_or(url);
        let is_relative = !place.is_empty() && scheme(place).is_none() && !place.starts_with("//");
        is_relative.then(|| self.joined(from, &undecorated(place)))?
    }

    /// `place` as seen from the page `from`; `None` when it leaves the content folder.
    fn joined(&self, from: usize, place: &str) -> Option<String> {
        let folder = self.pages[from].path.rsplit_once('/');
        match place.strip_prefix('/') {
            Some(absolute) => path_below("", absolute),
            None => path_below(folder.map_or("", |(folder, _)| folder), place),
        }
    }

    /// The target of a path: from the page, or else from a file that the page includes.
    fn place_target(&self, from: usize, place: &str, fragment: &str) -> Target {
        let place = undecorated(place);
        let from_page = match self.joined(from, &place) {
            Some(path) => self.relative_target(from, &place, path, fragment),
            None => Target::Outside,
        };
        let is_lost = matches!(from_page, Target::Missing | Target::Outside);
        let folders = self.included_from.get(&from).filter(|_| is_lost);
        let mut targets = folders.into_iter().flatten().filter_map(|folder| {
            let path = path_below(folder, &place)?;
            Some(self.relative_target(from, &place, path, fragment))
        });
        let found = targets.find(|target| !matches!(target, Target::Missing));
        found.unwrap_or(from_page)
    }

    fn relative_target(&self, from: usize, place: &str, path: String, fragment: &str) -> Target {
        let page = self.by_path.get(&path).copied();
        if let Some(page) = page.or_else(|| self.at_address(&path)) {
            return self.page_target(page, fragment);
        }
        for ending in [".md", ".mdx", "/index.md", "/index.mdx"] {
            if let Some(page) = self.by_path.get(&format!("{path}{ending}")) {
                return self.page_target(*page, fragment);
            }
        }
        if let Some(page) = self.by_address.get(&PageAddress::of_stem(&path)) {
            return self.page_target(*page, fragment);
        }
        if self.assets.contains_key(&path) {
            return Target::Asset(path);
        }
        if self.is_listed_by_place {
            let page = self.placed(from, place, &path);
            return page.map_or(Target::Missing, |page| self.page_target(page, fragment));
        }
        // An address from the root may belong to the site that the documents come from.
        let former = self.by_alias.get(&path).copied().or_else(|| {
            let is_rooted = place.starts_with('/');
            is_rooted.then(|| self.page_at(&path)).flatten()
        });
        former.map_or(Target::Missing, |page| self.page_target(page, fragment))
    }

    /// The page that a path means on a site of another tool: from the root below the path at which
    /// the site is published, below a language or the folder that contains everything, by its id;
    /// or beside the page's address where the path is relative.
    fn placed(&self, from: usize, place: &str, path: &str) -> Option<usize> {
        let page = &self.pages[from];
        if !place.starts_with('/') {
            // `../b` on `a/` is `b` where addresses end in a slash.
            let beside = path_below(page.address.stem(), place);
            return beside.and_then(|path| self.page_at_path(&path));
        }
        let below_base = self.base.as_deref().and_then(|base| below(path, base));
        let paths = [Some(path), below_base];
        let found = paths.into_iter().flatten().find_map(|path| {
            let locale = page.locale_folder.as_str();
            let roots = ["", locale, &self.common_folder];
            let joined = |root: &&str| path_below(root, path);
            let mut joined = roots.iter().filter_map(joined);
            joined.find_map(|path| self.page_at_path(&path))
        });
        found.or_else(|| self.by_id.get(last_part(path)).copied())
    }

    /// The page with this path or address from the root.
    fn page_at_path(&self, path: &str) -> Option<usize> {
        let path = path.trim_end_matches('/');
        let path = path
            .strip_suffix(".mdx")
            .or_else(|| path.strip_suffix(".md"))
            .unwrap_or(path);
        if path.is_empty() {
            return self.home();
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let index_of = |folder: &str| self.by_address.get(&PageAddress::index_of(folder)).copied();
        let page = self.at_address(path).or_else(|| index_of(path));
        let is_index = || self.files.index_rank(name).is_some();
        page.or_else(|| is_index().then(|| index_of(folder))?)
    }

    /// The one leading part of the links from the root without which most of them lead to a page;
    /// `None` where all lead to one as they are.
    pub(super) fn learned_base(&self, links: &[(usize, String)]) -> Option<String> {
        // For each first part, how many links gain a page without it, and how many lose one.
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (from, link) in links {
            let path = link.trim_start_matches('/');
            let first = path.split('/').next().unwrap_or(path);
            let Some(rest) = below(path, first).filter(|_| !first.is_empty()) else {
                continue;
            };
            let leads = |path: &str| self.placed(*from, "/", path).is_some();
            match (leads(path), leads(rest)) {
                (false, true) => counts.entry(first).or_default().0 += 1,
                (true, false) => counts.entry(first).or_default().1 += 1,
                _ => {}
            }
        }
        let gained = counts.into_iter().filter(|(_, (won, lost))| won > lost);
        let most = gained.max_by_key(|(_, (won, _))| *won);
        most.map(|(first, _)| first.to_string())
    }

    /// The paths of the links from the root, with the pages that contain them.
    pub(super) fn root_links(&self, config: &Config) -> Vec<(usize, String)> {
        let links = |index: usize| {
            let blocks = &self.pages[index].document.blocks;
            let found = addresses(blocks, &config.components).into_iter();
            let rooted = found.filter(|found| found.url.starts_with('/'));
            let rooted = rooted.filter(|found| !found.url.starts_with("//"));
            rooted
                .map(|found| {
                    let place = found.url.split('#').next().unwrap_or(found.url);
                    (index, undecorated(place))
                })
                .collect::<Vec<_>>()
        };
        (0..self.pages.len()).flat_map(links).collect()
    }

    /// The page with this address or alias, with or without ending.
    fn at_address(&self, address: &str) -> Option<usize> {
        let page = self
            .by_address
            .get(address)
            .or_else(|| self.by_address.get(&PageAddress::of_stem(address)))
            .or_else(|| self.by_alias.get(address));
        page.copied()
    }

    /// The page of the rest of one of the site's own addresses, by its last part.
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

/// The rest of a path below its first folders; `None` where it is not below them.
fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(base.trim_matches('/'))?;
    match rest.strip_prefix('/') {
        Some(rest) => Some(rest),
        None => rest.is_empty().then_some(rest),
    }
}

/// The rest of an address after one of the site's own prefixes; `None` for other addresses.
fn strip_own<'p>(place: &'p str, own: &str) -> Option<&'p str> {
    let rest = place.strip_prefix(own.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(rest)
}

/// The path of an address, without query and decoded.
fn undecorated(place: &str) -> String {
    decode(place.split('?').next().unwrap_or(place))
}

fn decode(text: &str) -> String {
    composed(&percent_decode_str(text).decode_utf8_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::tests::site;
    use crate::source::{Source, SourceSet};

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
    fn addresses_without_a_page_are_distinguished() {
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

    fn check_placed(from: &str, url: &str, expected: Option<&str>) {
        let text = |path: &str| match path {
            // Learning needs links.
            "docs/setup/install.md" => "[a](/help/setup) [b](/help/api/use)",
            "docs/api/use.md" => "---\nid: the-use\n---\n",
            _ => "text",
        };
        let paths = [
            "docs/api/use.md",
            "docs/fr/api/use.md",
            "docs/setup/index.mdx",
            "docs/setup/install.md",
        ];
        let documents = paths.iter().map(|path| Source {
            path: (*path).into(),
            text: text(path).into(),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let config = Config::read("preset: markdown", "a").unwrap();
        let (site, _) = Site::build(&sources, &config).unwrap();
        let from = site
            .pages
            .iter()
            .position(|page| page.path == from)
            .unwrap();
        let found = match site.target(from, url) {
            Target::Page { page, .. } => Some(site.pages[page].path.as_str()),
            _ => None,
        };
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn links_of_other_tools_lead_to_pages() {
        let install = "docs/setup/install.md";
        check_placed(install, "../api/use", Some("docs/api/use.md"));
        check_placed(install, "/api/use", Some("docs/api/use.md"));
        check_placed(install, "/help/setup/", Some("docs/setup/index.mdx"));
        check_placed(install, "/help/setup/install#a", Some(install));
        check_placed(install, "/setup/readme", Some("docs/setup/index.mdx"));
        check_placed(install, "../../api/use/", Some("docs/api/use.md"));
        check_placed(install, "/anywhere/the-use", Some("docs/api/use.md"));
        check_placed(install, "/other/api/use", None);
        check_placed("docs/fr/api/use.md", "/api/use", Some("docs/fr/api/use.md"));
    }
}
