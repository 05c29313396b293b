//! The lock: every address of the site, including those of sheets, and every heading id, as they
//! were when the file was last written.
//!
//! ```text
//! # comment
//! channels/danal.html
//! channels/danal.html#결제창/live
//! checklists/channels/danal/결제창-live.html
//! ```
//!
//! There is one address per line, sorted, so that a diff shows each change. Items of modes are not
//! listed: their ids are made of labels and numbers, which a guide may change at any time, and a
//! link to one that no longer exists still opens its page.

use std::collections::BTreeSet;
use std::fmt;

use crate::model::sheet::sheet_names;
use crate::model::site::Site;
use crate::source::Span;

/// Name of the file in a project's root.
pub const LOCK_FILE: &str = "ids.lock";

/// Largest list that is read and written, in bytes.
pub const MAX_LOCK_BYTES: u64 = 16 << 20;

/// The head of the file, which explains it to readers of a diff.
const HEAD: &str = "# Addresses and heading ids that others may link to. Keep this file with the \
                    content;\n# `tickbook build --lock` writes it, `tickbook check` reports \
                    what is missing from it.\n";

/// Every address of a site, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    lines: BTreeSet<String>,
}

/// One line of a lock file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked<'a> {
    /// Address of a page or a sheet, as written.
    pub address: &'a str,
    /// Id of a heading on it; `None` for the page as a whole.
    pub id: Option<&'a str>,
    /// The line's bytes, without the line end.
    pub span: Span,
}

impl Lock {
    /// The addresses of a site.
    pub fn of(site: &Site) -> Self {
        let mut lines = BTreeSet::new();
        for page in &site.pages {
            lines.insert(page.address.to_string());
            let ids = page.anchors.iter();
            let ids = ids.flat_map(|anchor| anchor.ids.iter().chain([&anchor.id]));
            let ids = ids.chain(page.accordions.iter().map(|accordion| &accordion.id));
            lines.extend(ids.map(|id| format!("{}#{id}", page.address)));
            let sheets = page.guide.iter().flat_map(sheet_names);
            lines.extend(sheets.map(|sheet| page.address.checklist(&sheet.name).to_string()));
        }
        Self { lines }
    }

    /// Number of addresses.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no address.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// The lines of a lock file that contain an address, in the file's order.
pub fn locked(text: &str) -> impl Iterator<Item = Locked<'_>> {
    let text_start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut start = text_start;
    text[text_start..]
        .split_inclusive('\n')
        .filter_map(move |line| {
            let from = start;
            start += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                return None;
            }
            let (address, id) = match line.split_once('#') {
                Some((address, id)) => (address, Some(id)),
                None => (line, None),
            };
            let span = Span::new(from, from + line.len());
            Some(Locked { address, id, span })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::{Source, SourceSet};

    #[test]
    fn lock_is_read_as_it_was_written() {
        let documents = vec![Source {
            path: "b/a.md".into(),
            text: "---\ntitle: a\n---\n## 나\n### 실 연동\n## 가\n\n<Accordion title=\"다\" content=\"라\" />\n".into(),
        }];
        let sources = SourceSet {
            documents,
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &Config::defaults()).unwrap();
        let text = Lock::of(&site).to_string();
        let lines: Vec<_> = locked(&text)
            .map(|locked| (&text[locked.span.range()], locked.address, locked.id))
            .collect();
        let expected = [
            ("b/a.html", "b/a.html", None),
            ("b/a.html#가", "b/a.html", Some("가")),
            ("b/a.html#나", "b/a.html", Some("나")),
            ("b/a.html#나/live", "b/a.html", Some("나/live")),
            ("b/a.html#다", "b/a.html", Some("다")),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn sheets_and_given_ids_are_kept_too() {
        let documents = vec![Source {
            path: "a.md".into(),
            text: "---\ntitle: a\n---\n## 나 {#b}\n### 실 연동\n#### 설정방법\n- 가 : 다\n".into(),
        }];
        let sources = SourceSet {
            documents,
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &Config::defaults()).unwrap();
        let text = Lock::of(&site).to_string();
        for line in ["a.html#b", "a.html#나", "checklists/a/나-live.html"] {
            assert!(text.lines().any(|kept| kept == line), "{line}: {text}");
        }
    }

    #[test]
    fn line_ends_of_other_systems_are_no_part_of_an_id() {
        let ids: Vec<_> = locked("a.html#b\r\n\r\n").map(|locked| locked.id).collect();
        assert_eq!(ids, [Some("b")]);
    }

    #[test]
    fn byte_order_mark_is_no_part_of_the_first_line() {
        let text = "\u{feff}# head\na.html\n";
        let spans: Vec<_> = locked(text).map(|locked| locked.span).collect();
        assert_eq!(spans, [Span::new(10, 16)]);
    }
}
