//! What was read of a block, and what was odd about it.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::markdown::frontmatter::items::items;
use crate::markdown::frontmatter::{Frontmatter, KEYS, SEO_KEYS, UNCLEAR_DRAFT};
use crate::nearness::nearest;
use crate::source::{FileId, Span};

/// The block with what was odd about it.
#[derive(Default)]
pub(super) struct Read {
    pub frontmatter: Frontmatter,
    pub unknown: Vec<String>,
    pub repeated: Vec<String>,
    pub null_items: Vec<String>,
    /// The key by which the document may be a draft, where that is not clear.
    pub unclear_draft: Option<String>,
}

impl Read {
    /// Whether nothing was odd.
    fn is_plain(&self) -> bool {
        let keys = self.unknown.is_empty() && self.repeated.is_empty();
        keys && self.null_items.is_empty() && self.unclear_draft.is_none()
    }

    /// Tells what was odd; `yaml` starts at `start` in the file.
    pub fn report(
        &self,
        (yaml, start): (&str, usize),
        company_key: Option<&str>,
        file: FileId,
        found: &mut Vec<Diagnostic>,
    ) {
        if self.is_plain() {
            return;
        }
        let keys = Keys::of(yaml);
        let fault = |rule, severity, key: &str, occurrence: usize| {
            let key_span = keys.span(key, occurrence);
            let span = Span::new(start + key_span.start, start + key_span.end);
            let help = Message::new(format!("{rule}.help"));
            Diagnostic::new(rule, severity, file, span)
                .help(help)
                .with("key", key)
        };
        for key in &self.unknown {
            let fault = fault("frontmatter-unknown-key", Severity::Warning, key, 0);
            found.push(match known_key(key, company_key) {
                Some(help) => fault.help(help),
                None => fault,
            });
        }
        let mut occurrences: HashMap<&str, usize> = HashMap::new();
        for key in &self.repeated {
            let occurrence = occurrences.entry(key).or_default();
            *occurrence += 1;
            found.push(fault(
                "frontmatter-repeated-key",
                Severity::Fatal,
                key,
                *occurrence,
            ));
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
fn known_key(key: &str, company_key: Option<&str>) -> Option<Message> {
    if SEO_KEYS.contains(&key) {
        return Some(Message::new("frontmatter-unknown-key.help.seo").with("key", key));
    }
    let known = || KEYS.into_iter().chain(company_key);
    let in_other_case = known().find(|known| known.eq_ignore_ascii_case(key));
    let near = in_other_case.or_else(|| nearest(key, known()))?;
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

/// Where keys start a line of the outermost map.
struct Keys<'y> {
    spans: HashMap<&'y str, Vec<Span>>,
    first_line: Span,
}

impl<'y> Keys<'y> {
    fn of(yaml: &'y str) -> Self {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let outermost = yaml.lines().find(|line| !line.trim().is_empty());
        let outermost = outermost.map_or(0, indent);
        let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
        let mut at = 0;
        for line in yaml.split_inclusive('\n') {
            if let Some(key) = key(line).filter(|_| indent(line) == outermost) {
                let start = at + outermost;
                let places = spans.entry(key).or_default();
                places.push(Span::new(start, start + key.len()));
            }
            at += line.len();
        }
        let first_line = yaml.lines().next().unwrap_or_default();
        let first_line = Span::new(0, first_line.len());
        Self { spans, first_line }
    }

    /// The place of a key, `occurrence` counted from 0. A key that is written otherwise, with a tag or
    /// in quotes, is reported in the first line.
    fn span(&self, key: &str, occurrence: usize) -> Span {
        let places = self.spans.get(key);
        let place = places.and_then(|places| places.get(occurrence));
        place.copied().unwrap_or(self.first_line)
    }
}

/// The key of a line: what is before a colon that a space or the line's end follows.
fn key(line: &str) -> Option<&str> {
    let line = line.trim();
    let mut colons = line.match_indices(':').map(|(at, _)| at);
    let end =
        colons.find(|at| line[at + 1..].is_empty() || line[at + 1..].starts_with([' ', '\t']))?;
    Some(line[..end].trim_end())
}
