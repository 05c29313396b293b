//! Navigations in Markdown: nested lists of links, under headings that name parts.
//!
//! ```text
//! # Part
//! - [Title](path.md)
//!     - [Below](path/below.md)
//! ```

use crate::config::navigation::{MAX_LEVELS, NavigationEntry};

/// The entries of a text.
pub(super) fn entries(text: &str) -> Vec<NavigationEntry> {
    let mut parts: Vec<NavigationEntry> = vec![NavigationEntry::default()];
    let mut indents: Vec<usize> = Vec::new();
    let mut has_title = false;
    for line in text.lines() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        if let Some(heading) = body.strip_prefix('#') {
            // The first heading is the title of the list.
            let is_title = parts.len() == 1 && parts.iter().all(|part| part.pages.is_empty());
            if is_title && !has_title {
                has_title = true;
                continue;
            }
            parts.push(NavigationEntry {
                title: heading.trim_start_matches('#').trim().to_string(),
                ..NavigationEntry::default()
            });
            indents.clear();
            continue;
        }
        let is_item = body.starts_with(['-', '*', '+']);
        let Some(entry) = link(body) else {
            continue;
        };
        match is_item {
            true => indents.retain(|open| *open < indent),
            // A link outside lists is a page of its own.
            false => indents.clear(),
        }
        let mut list = parts.last_mut().map(|part| &mut part.pages);
        for _ in 0..indents.len().min(MAX_LEVELS) {
            list = list
                .and_then(|list| list.last_mut())
                .map(|entry| &mut entry.pages);
        }
        if let Some(list) = list {
            list.push(entry);
        }
        if is_item {
            indents.push(indent);
        }
    }
    // Pages before and after the parts, and those under the title of the whole, are in none.
    let has_parts = parts.iter().filter(|part| !part.pages.is_empty()).count() > 1;
    let parts = parts.into_iter().filter(|part| !part.pages.is_empty());
    parts
        .flat_map(|part| match has_parts && !part.title.is_empty() {
            true => vec![part],
            false => part.pages,
        })
        .collect()
}

/// The entry of a line with a link.
fn link(line: &str) -> Option<NavigationEntry> {
    let (_, rest) = line.split_once('[')?;
    let (title, rest) = rest.rsplit_once("](")?;
    let (page, _) = rest.rsplit_once(')')?;
    (!page.contains("://")).then(|| NavigationEntry {
        title: title.replace(['`', '\\'], ""),
        page: page.trim_matches(['<', '>']).to_string(),
        ..NavigationEntry::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nest_and_headings_name_parts() {
        let found = entries(
            "# Summary\n\n[Foreword](foreword.md)\n\n# Part\n\n- [A](a.md)\n    - [`B`](b.md)\n- [C]()\n",
        );
        let titles = |entries: &[NavigationEntry]| -> Vec<String> {
            entries.iter().map(|entry| entry.title.clone()).collect()
        };
        assert_eq!(titles(&found), ["Foreword", "Part"]);
        assert_eq!(titles(&found[1].pages), ["A", "C"]);
        assert_eq!(titles(&found[1].pages[0].pages), ["B"]);
        assert_eq!(titles(&entries("* [A](a.md)\n")), ["A"]);
    }
}
