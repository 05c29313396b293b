//! Follows includes, and what they include in turn.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::config::Config;
use crate::config::files::IncludeSyntax;
use crate::include::code::{Fences, fence, language};
use crate::include::component::{Component, Frame, Scope, Use, uses};
use crate::include::files::{Files, Found};
use crate::include::find::{Include, Shown, includes};
use crate::include::limit::{MAX_DEPTH, MAX_PAGE_BYTES};
use crate::include::part::{FileText, Part, ranges};
use crate::include::text::JoinedText;
use crate::markdown::frontmatter::body_start;
use crate::markdown::schema::Dialect;
use crate::source::Source;
use crate::source::joined::{IncludeFailure, Joined};

/// Puts documents together.
pub(super) struct Expander<'f> {
    files: &'f Files<'f>,
    config: &'f Config,
    joined: Joined,
    /// Indices in [`Joined::files`], by path.
    indices: HashMap<String, usize>,
    /// How many bytes may still be included in all documents.
    left: usize,
}

/// A file whose part is to be included.
struct Target {
    file: Rc<FileText>,
    ranges: Vec<Range<usize>>,
}

/// Where a text is included.
struct Spot<'a> {
    /// The bytes of the include.
    span: Range<usize>,
    /// What is put before each line but the first.
    prefix: &'a str,
    /// The values of names in the text.
    scope: &'a Scope,
    /// Whether it is in fenced code.
    is_code: bool,
}

/// Why an include is not followed, and where its file was looked for.
type Refusal = (IncludeFailure, Vec<String>);

impl<'f> Expander<'f> {
    pub fn new(files: &'f Files<'f>, config: &'f Config, left: usize) -> Self {
        Self {
            files,
            config,
            joined: Joined::default(),
            indices: HashMap::new(),
            left,
        }
    }

    /// The files and documents that were put together.
    pub fn into_joined(self) -> Joined {
        self.joined
    }

    /// The text of a document with what it includes; `None` where it includes nothing.
    pub fn document(&mut self, document: &Source) -> Option<String> {
        let file = FileText::of(&document.path, Arc::from(&*document.text), true);
        let files = self.joined.files.len();
        let mut text = JoinedText::default();
        let frame = Frame {
            file: &file,
            index: self.index(&file),
            prefix: "",
            scope: &Scope::default(),
            stack: std::slice::from_ref(&document.path),
        };
        let whole = 0..file.text.len();
        self.part(&frame, &whole, &mut text);
        if text.is_plain() {
            self.forget(files);
            return None;
        }
        self.left = self.left.saturating_sub(text.cost());
        let (text, joined) = text.into_parts();
        self.joined.documents.insert(document.path.clone(), joined);
        Some(text)
    }

    /// Index of a file among those that are joined.
    fn index(&mut self, file: &FileText) -> usize {
        if let Some(index) = self.indices.get(&file.path) {
            return *index;
        }
        let index = self.joined.files.len();
        self.joined.files.push(Source {
            path: file.path.clone(),
            text: file.text.to_string(),
        });
        self.indices.insert(file.path.clone(), index);
        index
    }

    /// Removes the files from an index on.
    fn forget(&mut self, from: usize) {
        for file in self.joined.files.drain(from..) {
            self.indices.remove(&file.path);
        }
    }

    /// Adds a part of a file, with what it includes.
    fn part(&mut self, frame: &Frame<'_>, range: &Range<usize>, text: &mut JoinedText) {
        let source = &frame.file.text;
        let mut at = range.start;
        let mut code = Lines::of(&source[range.clone()], range.start);
        let left = MAX_PAGE_BYTES.saturating_sub(text.cost());
        for one in self.uses(frame, range, left) {
            let span = one.span();
            if span.start < at || span.end > range.end {
                continue;
            }
            text.copy(frame.index, source, at..span.start, frame.prefix);
            at = span.end;
            match one {
                Use::Mark(include) => {
                    let is_code = code.is_code(span.start);
                    self.mark(frame, &include, is_code, text);
                }
                Use::Component(component) => self.component(frame, &component, text),
                Use::Value(span, value) if text.charge(value.len()) => {
                    text.put(frame.index, span, &value);
                }
                Use::Value(span, _) => text.copy(frame.index, source, span, frame.prefix),
            }
        }
        text.copy(frame.index, source, at..range.end, frame.prefix);
    }

    /// What is included in a part of a file, in order.
    fn uses(&self, frame: &Frame<'_>, range: &Range<usize>, left: usize) -> Vec<Use> {
        if !frame.file.is_document {
            return Vec::new();
        }
        let source = &frame.file.text[range.clone()];
        let syntaxes = &self.config.files.includes;
        let marks = includes(source, syntaxes).into_iter().map(Use::Mark);
        let mut found: Vec<Use> = marks.map(|one| one.shifted(range.start)).collect();
        if syntaxes.contains(&IncludeSyntax::Component) && self.dialect(frame) != Dialect::Help {
            let body = range.start
                + match range.start {
                    0 => body_start(source),
                    _ => 0,
                };
            let source = &frame.file.text[body..range.end.max(body)];
            let others = uses(source, frame, self.dialect(frame), self.files, left);
            found.extend(others.into_iter().map(|one| one.shifted(body)));
            found.sort_by_key(|one| one.span().start);
        }
        found
    }

    fn dialect(&self, frame: &Frame<'_>) -> Dialect {
        self.config.schema_of(&frame.file.path).dialect
    }

    /// Adds what a mark includes, or the mark.
    fn mark(&mut self, frame: &Frame<'_>, include: &Include, is_code: bool, text: &mut JoinedText) {
        let (source, span) = (&frame.file.text, include.span.clone());
        let before = line_before(source, span.start);
        let prefix = match is_margin(before) {
            true => format!("{}{}", frame.prefix, before),
            false => frame.prefix.to_string(),
        };
        match self.target(frame, &include.path, &include.part, &prefix, text) {
            Err((reason, tried)) => {
                let start = text.text.len();
                text.copy(frame.index, source, span, frame.prefix);
                text.report(start, reason, &include.path, tried);
            }
            Ok(target) => {
                let place = Spot {
                    span,
                    prefix: &prefix,
                    scope: &Scope::default(),
                    is_code,
                };
                self.show(frame, &place, &target, &include.shown, text);
            }
        }
    }

    /// Adds what a component includes; nothing where that is not there.
    fn component(&mut self, frame: &Frame<'_>, component: &Component, text: &mut JoinedText) {
        let (source, span) = (&frame.file.text, component.span.clone());
        let before = line_before(source, span.start);
        let margin = margin(before);
        let is_alone = component.is_flow || (is_margin(before) && ends_line(source, span.end));
        let prefix = match is_alone {
            true => format!("{}{margin}", frame.prefix),
            false => frame.prefix.to_string(),
        };
        let target = self.target(frame, &component.path, &component.part, &prefix, text);
        let target = match target {
            Ok(target) => target,
            Err((reason, tried)) => {
                let start = text.text.len();
                text.copy(frame.index, source, span, frame.prefix);
                // A file that a page imports and that is missing is reported where it is imported.
                let is_page = frame.stack.len() == 1;
                if !(component.is_imported && is_page) || reason != IncludeFailure::Missing {
                    text.report(start, reason, &component.path, tried);
                }
                return;
            }
        };
        let shown = match &component.shown {
            Shown::Text if !target.file.is_document => Shown::Code(None, String::new()),
            shown => shown.clone(),
        };
        if is_alone && is_margin(before) {
            text.start_block(frame.index, span.clone(), &prefix);
        }
        let place = Spot {
            span: span.clone(),
            prefix: &prefix,
            scope: &component.scope,
            is_code: false,
        };
        self.show(frame, &place, &target, &shown, text);
        if is_alone {
            let gap = gap_after(source, span.end, &prefix);
            text.put(frame.index, span.end..span.end, &gap);
        }
    }

    /// Adds a part of a file as text or as code.
    fn show(
        &mut self,
        frame: &Frame<'_>,
        place: &Spot<'_>,
        target: &Target,
        shown: &Shown,
        text: &mut JoinedText,
    ) {
        let mut stack = frame.stack.to_vec();
        stack.push(target.file.path.clone());
        let inner = Frame {
            file: &target.file,
            index: self.index(&target.file),
            prefix: place.prefix,
            scope: place.scope,
            stack: &stack,
        };
        match shown {
            Shown::Text => self.text(frame, &inner, place, target, text),
            Shown::Code(named, meta) => {
                let language = named.as_deref().unwrap_or(language(&target.file.path));
                let info = format!("{language} {}", meta.trim());
                code(frame, &inner, place, target, info.trim_end(), text);
            }
        }
    }

    /// Adds a part of a file as text. A block of code that it does not close ends with it.
    fn text(
        &mut self,
        frame: &Frame<'_>,
        inner: &Frame<'_>,
        place: &Spot<'_>,
        target: &Target,
        text: &mut JoinedText,
    ) {
        let start = text.text.len();
        for range in target.without_last_line_end() {
            self.part(inner, &range, text);
        }
        if place.is_code || !target.file.is_document {
            return;
        }
        let mut fences = Fences::default();
        for line in text.text[start..].lines() {
            fences.enter(line);
        }
        if let Some(fence) = fences.closing() {
            let closing = format!("\n{}{fence}", place.prefix);
            text.put(frame.index, place.span.clone(), &closing);
        }
    }

    /// The part of a file that an include names.
    fn target(
        &mut self,
        frame: &Frame<'_>,
        path: &str,
        part: &Part,
        prefix: &str,
        text: &mut JoinedText,
    ) -> Result<Target, Refusal> {
        let path = match self.files.find(&frame.file.path, path) {
            Found::File(path) => path,
            Found::Missing(tried) => return Err((IncludeFailure::Missing, tried)),
            Found::Outside => return Err((IncludeFailure::Outside, Vec::new())),
        };
        let refused = |reason| Err((reason, vec![path.clone()]));
        if frame.stack.contains(&path) {
            return refused(IncludeFailure::Cycle);
        }
        if frame.stack.len() > MAX_DEPTH {
            return refused(IncludeFailure::TooDeep);
        }
        let Some(file) = self.files.text(&path) else {
            return refused(IncludeFailure::Missing);
        };
        let Some(mut ranges) = ranges(&file, part) else {
            return refused(IncludeFailure::NoPart);
        };
        if let (Part::Whole, true, [whole]) = (part, file.is_document, ranges.as_mut_slice()) {
            whole.start = body_start(&file.text);
        }
        let bytes = ranges
            .iter()
            .map(|range| range.len() + prefix.len() * file.count_of_lines(range));
        let bytes = bytes.sum();
        if !text.charge(bytes) {
            return refused(IncludeFailure::TooLong);
        }
        if text.cost() > self.left {
            return refused(IncludeFailure::TooMuch);
        }
        Ok(Target { file, ranges })
    }
}

impl Target {
    /// Its bytes without the line end after the last of them.
    fn without_last_line_end(&self) -> Vec<Range<usize>> {
        let mut ranges = self.ranges.clone();
        if let Some(last) = ranges.last_mut() {
            let text = &self.file.text[last.clone()];
            last.end = last.start + text.trim_end_matches(['\n', '\r']).len();
        }
        ranges
    }
}

/// Adds a part of a file as a block of code.
fn code(
    frame: &Frame<'_>,
    inner: &Frame<'_>,
    place: &Spot<'_>,
    target: &Target,
    info: &str,
    text: &mut JoinedText,
) {
    let source = &target.file.text;
    let ranges = target.without_last_line_end();
    let whole: String = ranges.iter().map(|range| &source[range.clone()]).collect();
    let fence = fence(&whole);
    let open = format!("{fence}{info}\n");
    text.put(frame.index, place.span.clone(), &open);
    for range in ranges {
        text.copy(inner.index, source, range, place.prefix);
    }
    let close = format!("\n{}{fence}", place.prefix);
    text.put(frame.index, place.span.clone(), &close);
}

/// Furthest that the beginning of a line is looked for, in bytes: no margin is wider.
const WIDEST_MARGIN: usize = 256;

/// What is before an offset on its line; on a long one, some of it.
fn line_before(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(WIDEST_MARGIN));
    let start = text[from..at]
        .rfind('\n')
        .map_or(from, |end| from + end + 1);
    &text[start..at]
}

/// Whether nothing but blanks is after an offset on its line.
fn ends_line(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// Whether a text is the margin of a line: blanks and marks of quotes.
fn is_margin(text: &str) -> bool {
    text.chars().all(is_margin_mark)
}

fn is_margin_mark(c: char) -> bool {
    matches!(c, ' ' | '\t' | '>')
}

/// The margin of the lines after one that begins so: marks of items are blanks.
fn margin(before: &str) -> String {
    let is_of_mark = |c: char| c.is_ascii_digit() || "-*+.) \t>".contains(c);
    match before.chars().all(is_of_mark) {
        true => before.replace(|c: char| !matches!(c, ' ' | '\t' | '>'), " "),
        false => before.chars().take_while(|c| is_margin_mark(*c)).collect(),
    }
}

/// What ends the block of an include whose tag ends at `end`.
fn gap_after(text: &str, end: usize, prefix: &str) -> String {
    let trimmed = prefix.trim_end();
    if !ends_line(text, end) {
        return format!("\n{trimmed}\n{prefix}");
    }
    let next = text[end..].split('\n').nth(1).unwrap_or_default();
    match is_margin(next.trim_end()) {
        true => String::new(),
        false => format!("\n{trimmed}"),
    }
}

/// The lines of a text up to an offset that only grows.
struct Lines<'t> {
    lines: std::str::SplitInclusive<'t, char>,
    /// Where the next line begins.
    next: usize,
    fences: Fences,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str, start: usize) -> Self {
        Self {
            lines: text.split_inclusive('\n'),
            next: start,
            fences: Fences::default(),
        }
    }

    /// Whether the line of an offset is in fenced code.
    fn is_code(&mut self, offset: usize) -> bool {
        let mut rest = self.lines.clone();
        while let Some(line) = rest.next().filter(|line| self.next + line.len() <= offset) {
            self.fences.enter(line);
            self.next += line.len();
            self.lines = rest.clone();
        }
        self.fences.closing().is_some()
    }
}
