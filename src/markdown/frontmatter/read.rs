//! What was read of a block, and what was odd about it.

use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::markdown::frontmatter::items::items;
use crate::markdown::frontmatter::{Frontmatter, KEYS, SEO_KEYS, UNCLEAR_DRAFT};
use crate::markdown::schema::nearest;
use crate::source::{FileId, Span};

/// The block with what was odd about it.
#[derive(Default)]
pub(super) struct Read {
    pub frontmatter: Frontmatter,
    pub unknown: Vec<String>,
    pub repeated: Vec<String>,
    pub null_items: Vec<&'static str>,
    /// The key by which the document may be a draft, where that is not clear.
    pub unclear_draft: Option<String>,
}

impl Read {
    /// Tells what was odd; `yaml` starts at `start` in the file.
    pub fn report(&self, yaml: &str, start: usize, file: FileId, found: &mut Vec<Diagnostic>) {
        let fault = |rule, severity, key: &str, occurrence: usize| {
            let key_span = key_span(yaml, key, occurrence);
            let span = Span::new(start + key_span.start, start + key_span.end);
            let help = Message::new(format!("{rule}.help"));
            Diagnostic::new(rule, severity, file, span)
                .help(help)
                .with("key", key)
        };
        for key in &self.unknown {
            let fault = fault("frontmatter-unknown-key", Severity::Warning, key, 0);
            found.push(match known_key(key) {
                Some(help) => fault.help(help),
                None => fault,
            });
        }
        for key in &self.repeated {
            found.push(fault("frontmatter-repeated-key", Severity::Fatal, key, 1));
        }
        if let Some(key) = &self.unclear_draft {
            found.push(fault(UNCLEAR_DRAFT, Severity::Fatal, key, 0));
        }
        for key in &self.null_items {
            let mut fault = fault("frontmatter-null-item", Severity::Warning, key, 0);
            fault.fix = null_lines(yaml, start, key);
            found.push(fault);
        }
    }
}

/// What a key was meant to be, where that is plain.
fn known_key(key: &str) -> Option<Message> {
    if SEO_KEYS.contains(&key) {
        return Some(Message::new("frontmatter-unknown-key.help.seo").with("key", key));
    }
    let in_other_case = KEYS.iter().find(|known| known.eq_ignore_ascii_case(key));
    let near = in_other_case.copied();
    let near = near.or_else(|| nearest(key, KEYS.into_iter()))?;
    Some(Message::new("did-you-mean").with("suggestion", near))
}

/// Edits that take out the lines of a list's empty items.
fn null_lines(yaml: &str, start: usize, key: &str) -> Vec<Edit> {
    let empty = items(yaml, key)
        .into_iter()
        .filter(|item| item.text.is_empty());
    let edits = empty.map(|item| Edit {
        span: Span::new(start + item.line.start, start + item.line.end),
        text: String::new(),
    });
    edits.collect()
}

/// Where `key` starts a line of the outermost map, `occurrence` counted from 0. A key that is
/// written otherwise, with a tag or in quotes, is said to be in the first line.
fn key_span(yaml: &str, key: &str, occurrence: usize) -> Span {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first_line = yaml.lines().next().unwrap_or_default();
    let outermost = yaml.lines().find(|line| !line.trim().is_empty());
    let outermost = outermost.map_or(0, indent);
    let starts = yaml.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let is_key = |line: &str| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let mut found = starts.filter(|(_, line)| indent(line) == outermost && is_key(line));
    found
        .nth(occurrence)
        .map_or(Span::new(0, first_line.len()), |(start, _)| {
            let at = start + outermost;
            Span::new(at, at + key.len())
        })
}
