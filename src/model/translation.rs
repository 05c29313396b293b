//! The languages of a site whose paths name languages: each has a branch of navigation, a front page and a search index.
//!
//! ```text
//! guide.md  ja/guide.md  ja/faq.md     the main language, and `ja` with the front page `ja/index.html`
//! ```
//!
//! Where paths name none there is one, whatever the languages of its texts.

use std::collections::BTreeMap;

use crate::model::page::Page;
use crate::model::page_address::{HOME, PageAddress};

/// All pages of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Tag of the language; the main one's is that of most of its pages.
    pub lang: String,
    /// The language that paths name; `None` for the main one.
    pub locale: Option<String>,
    /// Address of the front page: the home page for the main language.
    pub front: PageAddress,
    /// Where its front page would be if it were not the main one; `None` where its paths name no language.
    pub folder_front: Option<PageAddress>,
    /// Indices of its pages, in order.
    pub pages: Vec<usize>,
}

/// Name of the page of search results.
const RESULTS: &str = "search";

impl Translation {
    /// Address of the page of its search results, beside its front page.
    pub fn results(&self) -> PageAddress {
        PageAddress::in_folder(self.front.folder(), RESULTS)
    }

    /// Folder of the file that the search reads first: `search/ja` for a language that paths name.
    pub fn search_folder(&self) -> String {
        let locale = self.locale.iter();
        locale.fold("search".to_string(), |folder, locale| {
            format!("{folder}/{locale}")
        })
    }
}

/// The languages of a site, the main one first, which is there without pages too. It is the one of the pages whose path
/// names none; where every path names one, `lang`, or else the one of most pages.
pub(super) fn translations(pages: &[Page], lang: &str) -> Vec<Translation> {
    let is_free = pages.iter().any(|page| page.locale.is_none());
    let named = pages.iter().filter_map(|page| match is_free {
        true => Some(&page.lang).filter(|_| page.locale.is_none()),
        false => page.locale.as_ref(),
    });
    let main = match !is_free
        && pages
            .iter()
            .any(|page| page.locale.as_deref() == Some(lang))
    {
        true => lang.to_string(),
        false => most_frequent(named, lang),
    };
    let mut found: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::from([(None, Vec::new())]);
    for (index, page) in pages.iter().enumerate() {
        let locale = page.locale.as_deref().filter(|locale| *locale != main);
        found.entry(locale).or_default().push(index);
    }
    let found = found.into_iter();
    found
        .map(|(locale, own)| Translation {
            lang: locale.unwrap_or(&main).to_string(),
            locale: locale.map(str::to_string),
            front: locale.map_or_else(
                || PageAddress::parse(HOME),
                |locale| front(&pages[own[0]], locale),
            ),
            folder_front: match locale {
                Some(_) => None,
                None => own
                    .iter()
                    .find_map(|page| Some(front(&pages[*page], pages[*page].locale.as_deref()?))),
            },
            pages: own,
        })
        .collect()
}

/// Address of a language's front page: in the folder that is the language's, where addresses have it.
fn front(page: &Page, locale: &str) -> PageAddress {
    let folder = page.locale_folder.as_str();
    let rest = page.address.file().strip_prefix(folder);
    match rest.is_some_and(|rest| !folder.is_empty() && rest.starts_with('/')) {
        true => PageAddress::index_of(folder),
        false => PageAddress::index_of(locale),
    }
}

/// The most frequent name; of those that are so, `preferred`, or the first.
fn most_frequent<'n>(names: impl Iterator<Item = &'n String>, preferred: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let best = counts
        .iter()
        .max_by_key(|(name, count)| (**count, **name == preferred));
    best.map_or(preferred, |(name, _)| name).to_string()
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    const ENGLISH: &str = "This is a text with more than forty letters, as pages have them.";
    const JAPANESE: &str = "これは四十文字より長い文章で、ページの文字から言語が分かるように書かれています。設定の方法。";

    /// Checks the languages with their front pages and numbers of pages.
    fn check(documents: &[(&str, &str)], expected: &[(&str, &str, usize)]) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let config = Config::read("preset: markdown", "a").unwrap();
        let (site, _) = Site::build(&sources, &config).unwrap();
        let found: Vec<_> = site
            .translations
            .iter()
            .map(|own| (own.lang.as_str(), own.front.file(), own.pages.len()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_whose_path_names_no_language_are_the_main_one() {
        check(
            &[
                ("a.md", ENGLISH),
                ("ja/a.md", JAPANESE),
                ("ja/b.md", JAPANESE),
            ],
            &[("en", "index.html", 1), ("ja", "ja/index.html", 2)],
        );
        check(
            &[("a.md", JAPANESE), ("en/a.md", ENGLISH)],
            &[("ja", "index.html", 1), ("en", "en/index.html", 1)],
        );
    }

    #[test]
    fn where_every_path_names_a_language_the_main_one_is_that_of_the_site_or_of_most_pages() {
        check(
            &[
                ("fr/a.md", ENGLISH),
                ("ja/a.md", JAPANESE),
                ("ja/b.md", JAPANESE),
            ],
            &[("ja", "index.html", 2), ("fr", "fr/index.html", 1)],
        );
        check(
            &[
                ("en/a.md", ENGLISH),
                ("ja/a.md", JAPANESE),
                ("ja/b.md", JAPANESE),
            ],
            &[("en", "index.html", 1), ("ja", "ja/index.html", 2)],
        );
    }

    #[test]
    fn a_site_without_languages_in_paths_has_one() {
        check(
            &[("a.md", JAPANESE), ("b.md", JAPANESE), ("c.md", ENGLISH)],
            &[("ja", "index.html", 3)],
        );
        check(&[], &[("en", "index.html", 0)]);
    }
}
