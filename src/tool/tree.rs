//! Navigations of nested lists and maps. Tools agree on little more than that: an entry is a page's
//! name, or a map whose keys say what it is, or a title with what is below it.
//!
//! ```text
//! ["intro", {"group": "Guides", "pages": ["a", "b"]}]
//! - Guides: [a.md, {API: b.md}]
//! {"/guide/": [{"text": "Install", "link": "/guide/install"}]}
//! ```

use crate::config::navigation::{MAX_LEVELS, NavigationEntry};
use crate::literal::Value;

/// Keys of an entry's title, the first that has a text counts.
const TITLES: [&str; 11] = [
    "title", "label", "text", "group", "tab", "anchor", "dropdown", "product", "version", "name",
    "menu",
];

/// Keys of an entry's page.
const PAGES: [&str; 9] = [
    "page", "href", "link", "slug", "path", "id", "file", "root", "doc",
];

/// Keys of what is below an entry.
const BELOW: [&str; 14] = [
    "items",
    "pages",
    "groups",
    "tabs",
    "anchors",
    "dropdowns",
    "products",
    "versions",
    "languages",
    "routes",
    "children",
    "navigation",
    "sidebar",
    "nav",
];

/// Keys of a folder whose pages follow.
const FOLDERS: [&str; 3] = ["directory", "dirName", "folder"];

/// Key of a map with such a folder, or of the folder itself.
const GENERATED: &str = "autogenerate";

/// Keys that name nothing of the navigation.
const OTHER: [&str; 4] = ["type", "language", "collapsed", "badge"];

/// The entries of a value.
pub(super) fn entries(value: &Value) -> Vec<NavigationEntry> {
    let entries = below(value, 0);
    // The name of the only list is for the tool alone.
    match (value, <[NavigationEntry; 1]>::try_from(entries)) {
        (Value::Map(_), Ok([only])) if only.page.is_empty() && only.folder.is_empty() => only.pages,
        (_, Ok(only)) => only.into(),
        (_, Err(entries)) => entries,
    }
}

fn below(value: &Value, depth: usize) -> Vec<NavigationEntry> {
    if depth > MAX_LEVELS * 2 {
        return Vec::new();
    }
    match value {
        Value::List(items) => items
            .iter()
            .flat_map(|item| below(item, depth + 1))
            .collect(),
        Value::String(page) => page_of(page).into_iter().collect(),
        Value::Map(entries) => map(value, entries, depth),
        _ => Vec::new(),
    }
}

fn page_of(page: &str) -> Option<NavigationEntry> {
    let is_outside = page.contains("://") || page.starts_with('#');
    (!page.trim().is_empty() && !is_outside).then(|| NavigationEntry {
        page: page.trim().to_string(),
        ..NavigationEntry::default()
    })
}

fn map(value: &Value, entries: &[(String, Value)], depth: usize) -> Vec<NavigationEntry> {
    let text = |keys: &[&str]| {
        let mut texts = keys.iter().filter_map(|key| value.get(key)?.as_str());
        texts.next().unwrap_or_default().to_string()
    };
    let is_known = |key: &str| {
        let lists: [&[&str]; 5] = [&TITLES, &PAGES, &BELOW, &FOLDERS, &OTHER];
        key == GENERATED || lists.iter().any(|list| list.contains(&key))
    };
    if !entries.iter().any(|(key, _)| is_known(key)) {
        // Each key is a title, or the part of the site that its list is for.
        return entries
            .iter()
            .flat_map(|(key, value)| titled(key, below(value, depth + 1)))
            .collect();
    }
    let own = |keys: &[&str]| {
        let lists = keys.iter().filter_map(|key| value.get(key));
        lists
            .flat_map(|list| below(list, depth + 1))
            .collect::<Vec<_>>()
    };
    let folder = match value.get(GENERATED) {
        Some(Value::String(folder)) => folder.clone(),
        Some(generated) => {
            let mut folders = FOLDERS
                .iter()
                .filter_map(|key| generated.get(key)?.as_str());
            folders.next().unwrap_or_default().to_string()
        }
        None => text(&FOLDERS),
    };
    let mut page = text(&PAGES);
    // `link: {type: 'doc', id: 'intro'}`
    if let Some(link) = value
        .get("link")
        .filter(|link| matches!(link, Value::Map(_)))
    {
        let id = link.get("id").and_then(Value::as_str);
        page = id.unwrap_or_default().to_string();
    }
    if page.contains("://") {
        page.clear();
    }
    let entry = NavigationEntry {
        title: text(&TITLES),
        page,
        folder,
        pages: own(&BELOW),
    };
    let is_empty = entry.page.is_empty() && entry.folder.is_empty() && entry.pages.is_empty();
    match entry {
        _ if is_empty => Vec::new(),
        entry if entry.title.is_empty() && entry.page.is_empty() && entry.folder.is_empty() => {
            entry.pages
        }
        entry => vec![entry],
    }
}

/// Entries below a key that is no known one.
fn titled(key: &str, mut below: Vec<NavigationEntry>) -> Vec<NavigationEntry> {
    let is_title = !key.is_empty() && !key.starts_with('/');
    match below.as_mut_slice() {
        _ if !is_title => below,
        [] => below,
        [only] if only.title.is_empty() && only.pages.is_empty() && only.folder.is_empty() => {
            only.title = key.to_string();
            below
        }
        _ => vec![NavigationEntry {
            title: key.to_string(),
            pages: below,
            ..NavigationEntry::default()
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literal::read;

    /// Entries as `title(page){below}`.
    fn shown(entries: &[NavigationEntry]) -> String {
        let shown = entries.iter().map(|entry| {
            let NavigationEntry {
                title,
                page,
                folder,
                pages,
            } = entry;
            let below = match pages.is_empty() {
                true => String::new(),
                false => format!("{{{}}}", shown(pages)),
            };
            let folder = match folder.is_empty() {
                true => String::new(),
                false => format!("{folder}/*"),
            };
            format!("{title}({page}){folder}{below}")
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(shown(&entries(&read(source))), expected);
    }

    #[test]
    fn forms_of_tools_are_read() {
        check(
            "{languages: [{language: 'en', tabs: [{tab: 'Docs', groups: [{group: 'A', pages: \
             ['a', {group: 'B', root: 'b', pages: ['c']}]}]}]}]}",
            "A(){(a) B(b){(c)}}",
        );
        check(
            "[{Home: 'index.md'}, {API: ['a.md', {B: 'b.md'}]}]",
            "Home(index.md) API(){(a.md) B(b.md)}",
        );
        check(
            "{docs: ['intro', {type: 'category', label: 'G', link: {type: 'doc', id: 'g'}, items: \
             ['a', {type: 'autogenerated', dirName: 'x'}]}]}",
            "(intro) G(g){(a) ()x/*}",
        );
        check(
            "[{label: 'S', autogenerate: {directory: 'ref'}}, {slug: 'a'}, {label: 'x', link: 'https://x.y'}]",
            "S()ref/* (a)",
        );
        check(
            "{'/guide/': [{text: 'Install', link: '/guide/install'}], '/api/': []}",
            "Install(/guide/install)",
        );
    }
}
