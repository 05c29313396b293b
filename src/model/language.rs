//! The language of each page: the frontmatter's, that of its path, the site's, or that of its
//! letters.
//!
//! ```text
//! ko/guide.md     guide.ko.md     guide-ko.md
//! ^^ the language of a path
//! ```
//!
//! A folder is a language's where its name is a code and a folder beside it is one too, or where it
//! contains what is also outside it, or everything, or where its letters are that language's. The ending of a name is one where the same name
//! is there without it or in another language.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::languages::Languages;
use crate::config::{Config, Language};
use crate::markdown::schema::Dialect;
use crate::model::letters::Letters;
use crate::model::page::{Page, place};

/// The language that most of these texts have, as they are in files.
pub fn language_of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Language {
    let (mut korean, mut others) = (0_usize, 0_usize);
    let mut all = Letters::default();
    for text in texts {
        let letters = Letters::of_source(text);
        all.add(letters);
        if letters.is_few() {
            continue;
        }
        match letters.language() {
            "ko" => korean += 1,
            _ => others += 1,
        }
    }
    // Where every text is short, they are known by their letters together.
    let is_korean = match korean + others {
        0 => all.language() == "ko",
        _ => korean > others,
    };
    match is_korean {
        true => Language::Ko,
        false => Language::En,
    }
}

/// Which part of a path names its language.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PathLanguage {
    tag: String,
    /// The folders up to the language's; empty where the file's name has it.
    folder: String,
    /// The path without that part; documents of one such path are the same in several languages.
    rest: String,
}

/// Sets the language of each page, and which pages are the same document in other languages. In the
/// program's own dialect each page has that of its frontmatter, or else the project's.
pub(super) fn set_languages(pages: &mut [Page], config: &Config) {
    if config.dialect == Dialect::Help {
        for page in pages {
            set_own_language(page, config);
        }
        return;
    }
    let languages = &config.languages;
    let of_paths = path_languages(pages, languages);
    let majority = majority(pages);
    for (page, of_path) in pages.iter_mut().zip(of_paths) {
        let own = page.document.frontmatter.lang.as_deref();
        let own = own.and_then(|written| languages.tag(written));
        let by_letters = || match page.letters.is_few() {
            true => majority.to_string(),
            false => page.letters.language().to_string(),
        };
        page.lang = own
            .or_else(|| of_path.as_ref().map(|path| path.tag.clone()))
            .or_else(|| languages.tag(&config.site.lang))
            .unwrap_or_else(by_letters);
        page.language = language_of_words(&page.lang);
        page.locale_folder = of_path
            .as_ref()
            .map_or_else(String::new, |path| path.folder.clone());
        page.locale = of_path.as_ref().map(|path| path.tag.clone());
        page.shared_path = of_path.map_or_else(|| stem(&page.path).to_string(), |path| path.rest);
        page.twins.clear();
    }
    join_only_language(pages);
    set_twins(pages);
}

/// Sets the language of a page of the program's own dialect.
fn set_own_language(page: &mut Page, config: &Config) {
    let written = page.document.frontmatter.lang.as_deref();
    match written.and_then(|written| config.languages.tag(written)) {
        Some(tag) => {
            page.language = language_of_words(&tag);
            page.lang = tag;
        }
        None => {
            page.lang = config.lang.tag().to_string();
            page.language = config.lang;
        }
    }
}

/// The language of the words around a text that has the language of a tag.
pub fn language_of_words(tag: &str) -> Language {
    match tag.split('-').next() {
        Some("ko") => Language::Ko,
        _ => Language::En,
    }
}

/// Where all pages are in one language, no part of the navigation is for another, whether or not
/// paths name the language.
fn join_only_language(pages: &mut [Page]) {
    let locales: HashSet<&String> = pages
        .iter()
        .filter_map(|page| page.locale.as_ref())
        .collect();
    let mut locales = locales.into_iter();
    let (Some(only), None) = (locales.next(), locales.next()) else {
        return;
    };
    let others = pages.iter().filter(|page| page.locale.is_none());
    let (same, all) = others.fold((0, 0), |(same, all), page| {
        (same + usize::from(page.lang == *only), all + 1)
    });
    if same * 2 >= all {
        for page in pages {
            page.locale = None;
        }
    }
}

/// The language that most letters of all pages have.
pub(super) fn majority(pages: &[Page]) -> &'static str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.letters.is_few()) {
        *counts.entry(page.letters.language()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or_else(
        || {
            let mut all = Letters::default();
            pages.iter().for_each(|page| all.add(page.letters));
            all.language()
        },
        |(language, _)| language,
    )
}

fn set_twins(pages: &mut [Page]) {
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        same.entry(&page.shared_path).or_default().push(index);
    }
    let groups: Vec<Vec<usize>> = same.into_values().filter(|group| group.len() > 1).collect();
    for group in groups {
        let mut seen = HashSet::new();
        let group: Vec<usize> = group
            .into_iter()
            .filter(|index| seen.insert(pages[*index].lang.clone()))
            .take(MOST_TWINS)
            .collect();
        for index in &group {
            let others = group.iter().copied().filter(|other| other != index);
            pages[*index].twins = others.collect();
        }
    }
}

/// Most pages that are one document in several languages.
const MOST_TWINS: usize = 32;

/// The language that each page's path names.
fn path_languages(pages: &[Page], languages: &Languages) -> Vec<Option<PathLanguage>> {
    let stems: HashSet<&str> = pages.iter().map(|page| stem(&page.path)).collect();
    // For each folder the languages of those in it, and how many pages are below it.
    let mut in_folder: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut below: HashMap<&str, usize> = HashMap::new();
    for page in pages {
        for (start, end) in folders(&page.path) {
            *below.entry(&page.path[..end]).or_default() += 1;
            if let Some(tag) = languages.tag(&page.path[start..end]) {
                let parent = page.path[..start].trim_end_matches('/');
                in_folder.entry(parent).or_default().insert(tag);
            }
        }
    }
    // Pages below a folder whose letters are those of the language that its name is.
    let mut confirmed: HashMap<&str, usize> = HashMap::new();
    for page in pages.iter().filter(|page| !page.letters.is_few()) {
        for (start, end) in folders(&page.path) {
            let name = &page.path[start..end];
            let tag = languages.tag(name).unwrap_or_default();
            if tag.split('-').next() == Some(page.letters.language()) {
                *confirmed.entry(&page.path[..end]).or_default() += 1;
            }
        }
    }
    let is_confirmed = |folder: &str| {
        let below = below.get(folder).copied().unwrap_or_default();
        confirmed.get(folder).is_some_and(|own| own * 2 > below)
    };
    let mut paired: HashMap<&str, bool> = HashMap::new();
    for page in pages {
        for (start, end) in folders(&page.path) {
            let rest = format!("{}{}", &page.path[..start], &page.path[end + 1..]);
            let is_there = stems.contains(stem(&rest));
            *paired.entry(&page.path[..end]).or_default() |= is_there;
        }
    }
    let of_folder = |path: &str| {
        folders(path).find_map(|(start, end)| {
            let tag = languages.tag(&path[start..end])?;
            let parent = path[..start].trim_end_matches('/');
            let folder = &path[..end];
            let is_language = in_folder.get(parent).is_some_and(|tags| tags.len() > 1)
                || paired.get(folder) == Some(&true)
                || is_confirmed(folder)
                || below.get(folder) == Some(&pages.len());
            is_language.then(|| PathLanguage {
                tag,
                folder: folder.to_string(),
                rest: format!("{}{}", &path[..start], stem(&path[end + 1..])),
            })
        })
    };
    let of_name = |path: &str| {
        let stem = stem(path);
        let at = stem.rfind(['.', '-']).filter(|at| *at > 0)?;
        let tag = languages.tag(&stem[at + 1..])?;
        let is_paired = stems.contains(&stem[..at]);
        is_paired.then(|| PathLanguage {
            tag,
            folder: String::new(),
            rest: stem[..at].to_string(),
        })
    };
    let paths = pages.iter().map(|page| page.path.as_str());
    paths
        .map(|path| of_folder(path).or_else(|| of_name(path)))
        .collect()
}

/// Start and end of each folder's name in a path.
fn folders(path: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    path.match_indices('/').map(move |(end, _)| {
        let folder = (start, end);
        start = end + 1;
        folder
    })
}

/// A path without the ending of its file.
fn stem(path: &str) -> &str {
    let (folder, name) = place(path);
    let length = match folder.is_empty() {
        true => name.len(),
        false => folder.len() + 1 + name.len(),
    };
    &path[..length]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    fn check(documents: &[(&str, &str)], expected: &[&str]) {
        check_with("preset: markdown", documents, expected);
    }

    fn check_with(settings: &str, documents: &[(&str, &str)], expected: &[&str]) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: (*text).into(),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let config = Config::read(settings, "a").unwrap();
        let (site, _) = Site::build(&sources, &config).unwrap();
        let found: Vec<_> = site.pages.iter().map(|page| page.lang.as_str()).collect();
        assert_eq!(found, expected);
    }

    const ENGLISH: &str = "This is a text with more than forty letters, as pages have them.";
    const KOREAN: &str = "이것은 마흔 글자보다 긴 글이고 API와 SDK 같은 낱말도 나옵니다. 그래서 글자만 \
        보아도 한국어 문서임을 알 수 있습니다.";

    #[test]
    fn page_of_the_own_dialect_has_the_language_of_its_frontmatter_or_the_project() {
        check_with(
            "lang: ko",
            &[
                ("a.md", ENGLISH),
                ("b.md", "---\nlang: en\n---\n"),
                ("c.md", "---\nlang: zh_hans\n---\n"),
                ("d.md", "---\nlang: nonsense\n---\n"),
            ],
            &["ko", "en", "zh-Hans", "ko"],
        );
    }

    #[test]
    fn frontmatter_comes_before_path_and_path_before_letters() {
        check(
            &[
                ("en/a.md", KOREAN),
                ("fr/a.md", ENGLISH),
                ("fr/b.md", "---\nlang: de\n---\n"),
                ("zh_hans/a.md", ENGLISH),
            ],
            &["en", "fr", "de", "zh-Hans"],
        );
    }

    #[test]
    fn folder_without_a_sibling_is_a_language_where_its_documents_pair() {
        check(
            &[
                ("a/b.md", ENGLISH),
                ("id/c.md", ENGLISH),
                ("it/d.md", ENGLISH),
            ],
            &["en", "id", "it"],
        );
        check(&[("b.md", ENGLISH), ("fr/b.md", ENGLISH)], &["en", "fr"]);
        check(&[("b.md", ENGLISH), ("fr/c.md", ENGLISH)], &["en", "en"]);
        check(&[("fr/b.md", ENGLISH), ("fr/c.md", ENGLISH)], &["fr", "fr"]);
    }

    #[test]
    fn ending_of_a_name_is_a_language_where_the_name_is_there_without_it() {
        check(
            &[
                ("README-fr.md", ENGLISH),
                ("README.md", ENGLISH),
                ("a-fr.md", ENGLISH),
            ],
            &["fr", "en", "en"],
        );
    }

    #[test]
    fn letters_of_short_texts_tell_the_language_together() {
        let short = "결제를 설정합니다.";
        check(&[("a.md", short), ("b.md", "Short.")], &["ko", "ko"]);
        assert_eq!(language_of_texts([short, short].into_iter()), Language::Ko);
        assert_eq!(
            language_of_texts([short, ENGLISH].into_iter()),
            Language::En
        );
    }

    #[test]
    fn letters_tell_the_language() {
        check(
            &[("a.md", KOREAN), ("b.md", ENGLISH), ("c.md", "짧음")],
            &["ko", "en", "ko"],
        );
    }
}
