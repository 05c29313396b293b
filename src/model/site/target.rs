//! Resolves the addresses in documents.

use percent_encoding::percent_decode_str;

use crate::model::address::{is_link_scheme, scheme};
use crate::model::page_address::{PageAddress, last_part};
use crate::model::site::Site;
use crate::normal::composed;

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
            None => self.relative_target(from, place, fragment),
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
                is_known: decoded.is_empty() || self.pages[page].has_item(&decoded),
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
            Some(absolute) => join("", absolute),
            None => join(folder.map_or("", |(folder, _)| folder), place),
        }
    }

    fn relative_target(&self, from: usize, place: &str, fragment: &str) -> Target {
        let place = undecorated(place);
        let path = self.joined(from, &place);
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
        if let Some(page) = self.by_address.get(&PageAddress::of_stem(&path)) {
            return self.page_target(*page, fragment);
        }
        if self.assets.contains_key(&path) {
            return Target::Asset(path);
        }
        // An address from the root may belong to the site that the documents come from.
        let former = self.by_alias.get(&path).copied().or_else(|| {
            let is_rooted = place.starts_with('/');
            is_rooted.then(|| self.page_at(&path)).flatten()
        });
        former.map_or(Target::Missing, |page| self.page_target(page, fragment))
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

/// `place` below `folder` without `.` and `..`; `None` when it leaves the content folder. A
/// backslash counts as a slash, as it does in browsers.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::tests::site;

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
}
