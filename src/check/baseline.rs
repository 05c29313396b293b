//! Findings that were there before, so that a check fails only on new ones.
//!
//! A baseline is a JSON file, sorted, with one entry for each rule, path and flagged text:
//!
//! ```json
//! [{ "rule": "long-item", "path": "guide.md", "text": "…", "count": 2 }]
//! ```
//!
//! Lines are not kept, so a baseline stays valid when text moves. A fixed finding must leave the
//! file: otherwise the same fault could come back unseen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::source::SourceSet;

/// Largest baseline file that is read and written, in bytes.
pub const MAX_BASELINE_BYTES: u64 = 16 << 20;

/// Longest flagged text that is kept, in characters; it only has to distinguish findings.
const MAX_TEXT: usize = 80;

/// Findings that were there before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    path: String,
    rule: String,
    text: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    path: String,
    text: String,
    count: usize,
}

impl Baseline {
    /// The baseline that allows just these findings.
    pub fn of(found: &[&Diagnostic], sources: &SourceSet) -> Self {
        let mut counts = BTreeMap::new();
        for found in found {
            *counts.entry(key(found, sources)).or_insert(0) += 1;
        }
        Self { counts }
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// The JSON reader's reason when the text is not a baseline.
    pub fn read(text: &str) -> Result<Self, String> {
        let entries: Vec<Entry> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let counts = entries.into_iter().map(|entry| {
            let Entry {
                rule,
                path,
                text,
                count,
            } = entry;
            (Key { path, rule, text }, count)
        });
        Ok(Self {
            counts: counts.collect(),
        })
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let entries = self.counts.iter().map(|(key, count)| Entry {
            rule: key.rule.clone(),
            path: key.path.clone(),
            text: key.text.clone(),
            count: *count,
        });
        let text = serde_json::to_string_pretty(&entries.collect::<Vec<_>>());
        text.expect("entries contain only text and numbers") + "\n"
    }

    /// Number of findings it allows.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether it allows nothing.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Drops what the baseline allows, from the top of each file, and returns how many of its
    /// findings are there no more, as rule and path.
    pub fn filter(mut self, found: &mut Vec<Diagnostic>, sources: &SourceSet) -> Vec<FixedEntry> {
        found.retain(|found| match self.counts.get_mut(&key(found, sources)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
        let left = self.counts.into_iter().filter(|(_, count)| *count > 0);
        left.map(|(key, _)| FixedEntry {
            rule: key.rule,
            path: key.path,
        })
        .collect()
    }
}

/// A finding of a baseline that is there no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedEntry {
    /// Its rule.
    pub rule: String,
    /// Path of its document.
    pub path: String,
}

fn key(found: &Diagnostic, sources: &SourceSet) -> Key {
    let source = sources.get(found.file);
    let flagged = source.text.get(found.span.range()).unwrap_or_default();
    let words: Vec<&str> = flagged.split_whitespace().collect();
    Key {
        path: source.path.clone(),
        rule: found.rule.to_string(),
        text: words.join(" ").chars().take(MAX_TEXT).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::{FileId, Source, Span};

    fn site(text: &str) -> (Vec<Diagnostic>, SourceSet) {
        let found = text.match_indices("bad").map(|(at, word)| {
            let span = Span::new(at, at + word.len());
            Diagnostic::new("a-rule", Severity::Warning, FileId(0), span)
        });
        let sources = SourceSet {
            documents: vec![Source {
                path: "a.md".into(),
                text: text.into(),
            }],
            ..SourceSet::default()
        };
        (found.collect(), sources)
    }

    /// Number of new and of fixed findings when `before` became `after`.
    fn check(before: &str, after: &str, expected: (usize, usize)) {
        let (found, sources) = site(before);
        let baseline = Baseline::of(&found.iter().collect::<Vec<_>>(), &sources);
        let baseline = Baseline::read(&baseline.write()).unwrap();
        let (mut found, sources) = site(after);
        let fixed_entries = baseline.filter(&mut found, &sources);
        assert_eq!(
            (found.len(), fixed_entries.len()),
            expected,
            "{before:?} {after:?}"
        );
    }

    #[test]
    fn old_findings_pass_when_lines_move() {
        check("bad\n", "new line\n\nbad\n", (0, 0));
    }

    #[test]
    fn new_findings_fail_and_fixed_ones_are_reported() {
        check("bad\n", "bad bad\n", (1, 0));
        check("bad bad\n", "bad\n", (0, 1));
        check("", "", (0, 0));
    }
}
