//! A page, heading or checklist that others may link to is gone, without a redirect.
//!
//! ## Why
//!
//! Bookmarks, search engines, answers to merchants and other sites keep old addresses. `ids.lock` in
//! the project's root lists what there was when `tickbook build --lock` last wrote it.
//!
//! A page that moved takes its old address with it under `aliases`, and those of its checklists. If
//! the address is given up on purpose, `tickbook build --lock` writes the list anew.
//!
//! ## Bad
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//!
//! ## 취소하는 법
//! === ids.lock
//! cancel.html
//! cancel.html#취소-방법
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//!
//! ## 취소 방법
//! === ids.lock
//! cancel.html
//! cancel.html#취소-방법
//! ```

use std::collections::{HashMap, HashSet};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::anchor::Anchor;
use crate::model::lock::{Locked, locked};
use crate::model::page::Page;
use crate::model::page_address::PageAddress;
use crate::model::sheet::{former_guides, sheet_names};
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "id-changed",
    level: Level::Warning,
    source: include_str!("id_changed.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(lock) = &context.sources.lock else {
        return;
    };
    let lines: Vec<Locked<'_>> = locked(&lock.text).collect();
    let known: HashSet<(&str, &str)> = lines
        .iter()
        .filter_map(|line| Some((line.address, line.id?)))
        .collect();
    let site = context.site;
    let sheets = sheets(context);
    let pages = lines.iter().filter(|line| line.id.is_none());
    let is_gone = |line: &&Locked<'_>| site.page_of_address(line.address).is_none();
    let pages_gone: HashSet<&str> = pages.filter(is_gone).map(|line| line.address).collect();
    let mut new: HashMap<usize, New<'_>> = HashMap::new();
    let lock_id = context.sources.lock_id();
    let mut gone: HashSet<(&str, &str)> = HashSet::new();
    for line in &lines {
        match (site.page_of_address(line.address), line.id) {
            (None, None) => match PageAddress::parse(line.address).guide() {
                // The checklists of a page that is gone are gone with it.
                Some(guide) if pages_gone.contains(guide.file()) => {}
                Some(_) if sheets.contains(line.address) => {}
                Some(_) => found.push(sheet_gone(line, context)),
                None => found.push(page_gone(line, context)),
            },
            (Some(page), Some(id)) if site.pages[page].address.file() == line.address => {
                if site.pages[page].has_place(id) {
                    continue;
                }
                // What was below a heading that is gone is gone with it.
                let is_below = above(id).is_some_and(|above| gone.contains(&(line.address, above)));
                gone.insert((line.address, id));
                if !is_below {
                    let new = new
                        .entry(page)
                        .or_insert_with(|| new_headings(&site.pages[page], &known));
                    let renamed = new.get(&above(id)).copied().flatten();
                    found.push(heading_gone(
                        (lock_id, line),
                        id,
                        &site.pages[page],
                        renamed,
                    ));
                }
            }
            _ => {}
        }
    }
}

/// Every address that leads to a checklist, former ones too.
fn sheets(context: &Context<'_>) -> HashSet<PageAddress> {
    let mut sheets = HashSet::new();
    for (_, page, guide) in context.guides() {
        for sheet in sheet_names(guide) {
            let guides = former_guides(page).chain([&page.address]);
            sheets.extend(guides.map(|guide| guide.checklist(&sheet.name)));
        }
    }
    sheets
}

fn sheet_gone(line: &Locked<'_>, context: &Context<'_>) -> Diagnostic {
    let mut found = RULE.at(context.sources.lock_id(), line.span);
    found.message = Message::new("id-changed.sheet").with("address", line.address);
    found.help(Message::new("id-changed.sheet.help"))
}

/// The id of the heading above.
fn above(id: &str) -> Option<&str> {
    Some(id.rsplit_once('/')?.0)
}

fn page_gone(line: &Locked<'_>, context: &Context<'_>) -> Diagnostic {
    let found = RULE
        .at(context.sources.lock_id(), line.span)
        .with("address", line.address);
    let Some(page) = context.site.page_of_slug(line.address) else {
        return found;
    };
    let help = Message::new("id-changed.help.moved")
        .with("address", line.address)
        .with("path", &context.site.pages[page].path);
    found.help(help)
}

fn heading_gone(
    (lock, line): (FileId, &Locked<'_>),
    id: &str,
    page: &Page,
    renamed: Option<&Anchor>,
) -> Diagnostic {
    let mut found = RULE.at(lock, line.span);
    found.message = Message::new("id-changed.heading")
        .with("id", id)
        .with("page", &page.title);
    match renamed {
        Some(anchor) => {
            let help = Message::new("id-changed.heading.help.renamed").with("id", &anchor.id);
            let related = Message::new("id-changed.related");
            found
                .help(help)
                .related(page.document.file, anchor.span, related)
        }
        None => found.help(Message::new("id-changed.heading.help")),
    }
}

/// The new heading below each heading; `None` where there are several.
type New<'p> = HashMap<Option<&'p str>, Option<&'p Anchor>>;

fn new_headings<'p>(page: &'p Page, known: &HashSet<(&str, &str)>) -> New<'p> {
    let mut new = HashMap::new();
    let address = page.address.file();
    for anchor in &page.anchors {
        if !known.contains(&(address, anchor.id.as_str())) {
            let only = new.entry(above(&anchor.id));
            only.and_modify(|only| *only = None).or_insert(Some(anchor));
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::findings_in;
    use crate::source::{Source, SourceSet};

    fn check(documents: &[(&str, &str)], lock: &str, expected: &[&str]) {
        let source = |path: &str, text: &str| Source {
            path: path.to_string(),
            text: text.to_string(),
        };
        let documents = documents.iter().map(|(path, text)| source(path, text));
        let sources = SourceSet {
            documents: documents.collect(),
            lock: Some(source("ids.lock", lock)),
            ..SourceSet::default()
        };
        let found = findings_in(&RULE, "", &sources);
        let shown: Vec<_> = found
            .iter()
            .map(|found| &lock[found.span.range()])
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn whatever_still_leads_somewhere_is_not_found() {
        let lock = "a.html\na.html#나\nold.html\nold.html#다\n";
        check(
            &[("a.md", "---\ntitle: a\naliases: [old]\n---\n## 나\n")],
            lock,
            &[],
        );
    }

    #[test]
    fn page_that_is_gone_is_found_once() {
        check(&[("a.md", "a")], "a.html\nb.html\nb.html#c\n", &["b.html"]);
    }

    const GUIDE: &str = "## 가\n### 실 연동\n#### 설정방법\n- 나 : 다\n";

    #[test]
    fn checklist_that_is_gone_is_found_once() {
        let lock = "a.html\nchecklists/a/가-live.html\nchecklists/a/옛-live.html\n";
        check(&[("a.md", GUIDE)], lock, &["checklists/a/옛-live.html"]);
        let lock = "b.html\nchecklists/b/가-live.html\n";
        check(&[("a.md", GUIDE)], lock, &["b.html"]);
    }

    #[test]
    fn checklists_move_with_their_guide() {
        let moved = format!("---\naliases: [old/b]\n---\n{GUIDE}");
        let lock = "checklists/old/b/가-live.html\nold/b.html\n";
        check(&[("a.md", &moved)], lock, &[]);
    }

    #[test]
    fn headings_below_one_that_is_gone_are_not_reported_too() {
        let lock = "a.html#나\na.html#나/live\na.html#나/live/설정방법\na.html#다\n";
        check(
            &[("a.md", "## 다\n## 라\n### 실 연동\n")],
            lock,
            &["a.html#나"],
        );
    }
}
