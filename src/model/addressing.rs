//! Gives the pages of a project with file conventions their addresses. What cannot be an address, or
//! is one already, refuses no document: it gets another address and a finding.
//!
//! ```text
//! guides/README.md            guides/index.html
//! (docs)/install.mdx          install.html
//! a.md with `slug: /b/c`      b/c.html
//! ```

use std::collections::HashMap;

use crate::config::files::FileConvention;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::page::{Page, aliases, is_segment, place, place_of_title};
use crate::model::page_address::PageAddress;

/// What a character that no address may have becomes.
const SUBSTITUTE: char = '-';

/// Gives every page an address of its own, and takes former addresses from pages where they lead to
/// another page. Pages are in path order, and the first keeps what several claim.
pub(super) fn give_addresses(pages: &mut [Page], files: &FileConvention) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut numbers = HashMap::new();
    let mut order: Vec<usize> = (0..pages.len()).collect();
    // Of several documents that are a folder's page, the first name of the list is it.
    order.sort_by_key(|index| (files.index_rank(place(&pages[*index].path).1), *index));
    for index in order {
        let page = &pages[index];
        let is_free = |address: &PageAddress| {
            let is_valid = address.stem().split('/').all(is_segment);
            is_valid && !taken.contains_key(&address.folded())
        };
        let free = candidates(page, files).find(is_free);
        let address = free.unwrap_or_else(|| numbered(page, &taken, &mut numbers));
        let wanted = from_slug(page, files).unwrap_or_else(|| from_path(page, files));
        if let Some(first) = taken.get(&wanted.folded()) {
            found.push(is_taken(wanted.file(), &pages[*first], page));
        }
        taken.insert(address.folded(), index);
        let page = &mut pages[index];
        page.slug = address.name().to_string();
        page.address = address;
    }
    for index in 0..pages.len() {
        let (aliases, _) = aliases(&pages[index].document.frontmatter.aliases);
        let mut kept = Vec::new();
        for alias in aliases {
            match taken.get(&alias.folded()) {
                None => {
                    taken.insert(alias.folded(), index);
                    kept.push(alias);
                }
                Some(first) if *first == index => {}
                Some(first) => {
                    found.push(is_taken(alias.file(), &pages[*first], &pages[index]));
                }
            }
        }
        pages[index].aliases = kept;
    }
    found
}

/// The addresses that a page may have, the best first.
fn candidates<'p>(
    page: &'p Page,
    files: &'p FileConvention,
) -> impl Iterator<Item = PageAddress> + 'p {
    let (folder, name) = place(&page.path);
    let own = PageAddress::in_folder(&plain_folder(folder), &plain_segment(name));
    from_slug(page, files)
        .into_iter()
        .chain([from_path(page, files), own])
}

/// The address that the frontmatter asks for: from the root, or in the document's folder.
fn from_slug(page: &Page, files: &FileConvention) -> Option<PageAddress> {
    let slug = page.document.frontmatter.slug.as_deref()?;
    if slug.contains([':', '{', '?', '#']) {
        return None;
    }
    let (folder, _) = place(&page.path);
    let parts = slug.split('/').filter(|part| !matches!(*part, "" | "."));
    let parts: Vec<&str> = parts.collect();
    let below = match slug.starts_with('/') {
        true => String::new(),
        false => plain_folder(folder),
    };
    Some(match parts.split_last() {
        None => PageAddress::index_of(&below),
        Some((name, folders)) => {
            let folder = [below.as_str(), &folders.join("/")].join("/");
            let name = PageAddress::parse(name);
            match files.index_rank(name.name()) {
                Some(_) => PageAddress::index_of(folder.trim_matches('/')),
                None => PageAddress::in_folder(folder.trim_matches('/'), name.name()),
            }
        }
    })
}

fn from_path(page: &Page, files: &FileConvention) -> PageAddress {
    let (folder, name) = place(&page.path);
    let folder = plain_folder(folder);
    match files.index_rank(name) {
        Some(_) => PageAddress::index_of(&folder),
        None => PageAddress::in_folder(&folder, &plain_segment(name)),
    }
}

/// The first free address with a number; `numbers` has the last one of each address.
fn numbered(
    page: &Page,
    taken: &HashMap<String, usize>,
    numbers: &mut HashMap<String, usize>,
) -> PageAddress {
    let (folder, name) = place(&page.path);
    let (folder, name) = (plain_folder(folder), plain_segment(name));
    let number = numbers
        .entry(format!("{folder}/{name}").to_lowercase())
        .or_insert(1);
    loop {
        *number += 1;
        let address = PageAddress::in_folder(&folder, &format!("{name}-{number}"));
        if !taken.contains_key(&address.folded()) {
            return address;
        }
    }
}

/// A folder as a part of addresses: groups such as `(docs)` leave no trace.
fn plain_folder(folder: &str) -> String {
    let parts = folder.split('/').filter(|part| !part.is_empty());
    let parts = parts.filter(|part| !is_group(part)).map(plain_segment);
    parts.collect::<Vec<_>>().join("/")
}

/// Whether a folder only groups files, as in `(docs)`.
pub(super) fn is_group(folder: &str) -> bool {
    folder.starts_with('(') && folder.ends_with(')')
}

/// A name as a part of an address.
fn plain_segment(name: &str) -> String {
    if is_segment(name) {
        return name.to_string();
    }
    let is_valid = |c: char| is_segment(&format!("a{c}a"));
    let plain: String = name
        .chars()
        .map(|c| if is_valid(c) { c } else { SUBSTITUTE })
        .collect();
    let plain = plain.trim_matches(['.', ' ', SUBSTITUTE]).to_string();
    match is_segment(&plain) {
        true => plain,
        false => format!("page{SUBSTITUTE}{plain}"),
    }
}

fn is_taken(address: &str, first: &Page, page: &Page) -> Diagnostic {
    let found = Diagnostic::new(
        "address-taken",
        Severity::Warning,
        page.document.file,
        place_of_title(&page.document),
    );
    let found = found.with("address", address).with("first", &first.path);
    found.help(Message::new("address-taken.help"))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    fn check(documents: &[(&str, &str)], expected: &[&str], rules: &[&str]) {
        let documents = documents.iter().map(|(path, text)| Source {
            path: (*path).into(),
            text: format!("---\ntitle: a\n{text}\n---\n"),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let config = Config::read("preset: markdown", "a").unwrap();
        let (site, found) = Site::build(&sources, &config).unwrap();
        let addresses: Vec<_> = site.pages.iter().map(|page| page.address.file()).collect();
        assert_eq!(addresses, expected);
        let found: Vec<_> = found.iter().map(|found| found.rule).collect();
        assert_eq!(found, rules);
    }

    #[test]
    fn index_names_its_folder_and_groups_leave_no_trace() {
        check(
            &[
                ("(docs)/[slug].md", ""),
                ("(docs)/a/README.md", ""),
                ("b/README.md", ""),
                ("b/index.md", ""),
                ("c.md", "slug: /d/e/"),
                ("f/g.md", "slug: h"),
                ("f/i.md", "slug: /:year/:title"),
            ],
            &[
                "slug.html",
                "a/index.html",
                "b/README.html",
                "b/index.html",
                "d/e.html",
                "f/h.html",
                "f/i.html",
            ],
            &["address-taken"],
        );
    }

    #[test]
    fn first_document_keeps_what_several_claim() {
        check(
            &[
                ("a.md", "aliases: [/x, /b, 'a?b']"),
                ("a.mdx", ""),
                ("b.md", "aliases: [/x]"),
            ],
            &["a.html", "a-2.html", "b.html"],
            &["address-taken", "address-taken", "address-taken"],
        );
    }
}
