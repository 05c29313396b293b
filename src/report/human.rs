//! Findings as text for people.
//!
//! annotate-snippets is named here only: it underlines wide characters where they are.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::report::clean::{on_one_line, without_controls};
use crate::report::finding::lines;
use crate::source::{FileId, Lines, Position, SourceSet, Span};
use crate::strings::Strings;

/// Longest lines around a finding, in bytes, that are shown as a whole.
const LONGEST_BYTES: usize = 1 << 10;

/// Bytes of longer ones on both sides of what is found, and of what is found itself.
const BESIDE_BYTES: usize = 160;

/// A part of a file that is shown.
struct Excerpt {
    bytes: Span,
    /// Number of its first line, from 1.
    line: usize,
    /// Whether it is less than whole lines.
    is_cut: bool,
}

impl Excerpt {
    /// Bytes of the file as bytes of the excerpt.
    fn inside(&self, bytes: Range<usize>) -> Range<usize> {
        let length = self.bytes.end - self.bytes.start;
        let inside = |at: usize| at.saturating_sub(self.bytes.start).min(length);
        inside(bytes.start)..inside(bytes.end)
    }
}

/// Whether escape codes for colours are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// With colours.
    Always,
    /// Plain text.
    Never,
}

/// The findings as text, a block for each, in the order given.
pub fn human(
    found: &[&Diagnostic],
    sources: &SourceSet,
    strings: &Strings,
    color: Color,
) -> String {
    let renderer = match color {
        Color::Always => Renderer::styled(),
        Color::Never => Renderer::plain(),
    };
    let shown = Shown::of(found, sources, strings);
    let mut text = String::new();
    for diagnostic in found {
        text.push_str(&renderer.render(&shown.groups(diagnostic)));
        text.push_str("\n\n");
    }
    text
}

/// Files and sentences as a terminal may show them: without control characters, and with every
/// offset where it was.
struct Shown<'a> {
    sources: &'a SourceSet,
    strings: &'a Strings,
    lines: HashMap<FileId, Lines<'a>>,
    texts: HashMap<FileId, String>,
}

impl<'a> Shown<'a> {
    fn of(found: &[&Diagnostic], sources: &'a SourceSet, strings: &'a Strings) -> Self {
        let lines = lines(found, sources);
        let clean = |file: &FileId| (*file, without_controls(&sources.get(*file).text));
        Self {
            sources,
            strings,
            texts: lines.keys().map(clean).collect(),
            lines,
        }
    }

    /// The finding, the places that explain it, and how to fix it.
    fn groups<'s>(&'s self, diagnostic: &'s Diagnostic) -> Vec<Group<'s>> {
        let level = match diagnostic.severity {
            Severity::Info => Level::INFO,
            Severity::Warning => Level::WARNING,
            Severity::Error | Severity::Fatal => Level::ERROR,
        };
        let title = level
            .primary_title(self.sentence(&diagnostic.message))
            .id(diagnostic.rule);
        let title = Group::with_title(title);
        let mut groups = vec![self.place(title, diagnostic.file, diagnostic.span)];
        for related in &diagnostic.related {
            let note = Level::NOTE.secondary_title(self.sentence(&related.message));
            let note = Group::with_title(note);
            groups.push(self.place(note, related.file, related.span));
        }
        groups.extend(self.help(diagnostic));
        groups
    }

    fn help<'s>(&'s self, diagnostic: &'s Diagnostic) -> Option<Group<'s>> {
        let help = self.strings.help(diagnostic.help.as_ref()?)?;
        let title = Level::HELP.secondary_title(on_one_line(&help));
        if diagnostic.fix.is_empty() {
            return Some(Group::with_title(title));
        }
        let spans = diagnostic.fix.iter().map(|edit| edit.span);
        let place = spans.reduce(Span::cover).unwrap_or(diagnostic.span);
        let excerpt = self.excerpt(diagnostic.file, place);
        if excerpt.bytes.end < place.end {
            return Some(Group::with_title(title));
        }
        let patches = diagnostic.fix.iter().map(|edit| {
            let span = self.boundaries(diagnostic.file, edit.span);
            Patch::new(excerpt.inside(span), without_controls(&edit.text))
        });
        let source = self.snippet(diagnostic.file, &excerpt);
        Some(title.element(source.patches(patches)))
    }

    fn sentence(&self, message: &Message) -> String {
        on_one_line(&self.strings.message(message))
    }

    /// The group with the place; of an excerpt that starts within a line, the renderer cannot
    /// know the column.
    fn place<'s>(&'s self, group: Group<'s>, file: FileId, span: Span) -> Group<'s> {
        let excerpt = self.excerpt(file, span);
        let marked = excerpt.inside(self.boundaries(file, span));
        let source = self.snippet(file, &excerpt);
        let source = source.annotation(AnnotationKind::Primary.span(marked));
        if !excerpt.is_cut {
            return group.element(source);
        }
        let Position { line, column } = self.lines[&file].position(span.start);
        let origin = Origin::path(self.path(file)).line(line).char_column(column);
        group.element(origin).element(source)
    }

    fn snippet<T: Clone>(&self, file: FileId, excerpt: &Excerpt) -> Snippet<'_, T> {
        let text = &self.texts[&file][excerpt.bytes.range()];
        let source = Snippet::source(text).line_start(excerpt.line);
        match excerpt.is_cut {
            true => source,
            false => source.path(self.path(file)),
        }
    }

    fn path(&self, file: FileId) -> String {
        on_one_line(&self.sources.get(file).path)
    }

    /// What is shown of a file: to hand on all of it for each of many findings would take the
    /// square of its size.
    fn excerpt(&self, file: FileId, span: Span) -> Excerpt {
        let (lines, line) = self.lines[&file].around(span);
        if lines.end - lines.start <= LONGEST_BYTES {
            let (bytes, is_cut) = (lines, false);
            return Excerpt {
                bytes,
                line,
                is_cut,
            };
        }
        let text = &self.texts[&file];
        let start = lines.start.max(span.start.saturating_sub(BESIDE_BYTES));
        let end = span.end.min(span.start + BESIDE_BYTES) + BESIDE_BYTES;
        let start = text.floor_char_boundary(start);
        let end = text.ceil_char_boundary(end.min(lines.end));
        Excerpt {
            bytes: Span::new(start, end),
            line,
            is_cut: true,
        }
    }

    /// A span on character boundaries of the shown text, where a control character is several.
    fn boundaries(&self, file: FileId, span: Span) -> Range<usize> {
        let text = &self.texts[&file];
        let start = text.floor_char_boundary(span.start);
        start..text.ceil_char_boundary(span.end.max(start))
    }
}

/// Counts by level and by rule, the most frequent first; empty without findings.
pub fn summary(found: &[&Diagnostic], strings: &Strings) -> String {
    let mut rules: Vec<(Severity, &str, usize)> = Vec::new();
    for diagnostic in found {
        let (severity, rule) = (diagnostic.severity, diagnostic.rule);
        match rules
            .iter_mut()
            .find(|row| (row.0, row.1) == (severity, rule))
        {
            Some(row) => row.2 += 1,
            None => rules.push((severity, rule, 1)),
        }
    }
    rules.sort_by_key(|(severity, rule, count)| {
        (
            std::cmp::Reverse(*severity),
            std::cmp::Reverse(*count),
            *rule,
        )
    });
    let row = |(severity, rule, count): &(Severity, &str, usize)| {
        let level = strings.cli(severity.name(), &[]);
        format!("{count:>6}  {level}  {rule}\n")
    };
    rules.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::source::Source;

    #[test]
    fn finding_shows_place_and_remedy() {
        let document = Source {
            path: "a.md".into(),
            text: "가나 <Calout/>\u{1b}[31m\n".into(),
        };
        let sources = SourceSet {
            documents: vec![document],
            ..SourceSet::default()
        };
        let span = Span::new("가나 <".len(), "가나 <Calout".len());
        let found = Diagnostic::new("unknown-component", Severity::Error, FileId(0), span)
            .with("name", "Calout")
            .help(Message::new("did-you-mean").with("suggestion", "Callout"));
        let text = human(
            &[&found],
            &sources,
            &Strings::load(Language::En),
            Color::Never,
        );
        assert!(
            text.contains("error[unknown-component]: unknown component `Calout`"),
            "{text}"
        );
        assert!(
            text.contains("a.md:1:5") && text.contains("^^^^^^"),
            "{text}"
        );
        assert!(text.contains("did you mean `Callout`?"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn long_line_shows_what_stands_around_the_place() {
        let before = "가 ".repeat(LONGEST_BYTES);
        let document = Source {
            path: "a.md".into(),
            text: format!("글\n{before}<Calout/>{before}\n"),
        };
        let start = "글\n".len() + before.len();
        let span = Span::new(start, start + "<Calout".len());
        let sources = SourceSet {
            documents: vec![document],
            ..SourceSet::default()
        };
        let found = Diagnostic::new("unknown-component", Severity::Error, FileId(0), span)
            .with("name", "Calout")
            .edit(span, "<Callout");
        let strings = Strings::load(Language::En);
        let text = human(&[&found], &sources, &strings, Color::Never);
        let column = before.chars().count() + 1;
        assert!(text.contains(&format!("a.md:2:{column}")), "{text}");
        assert!(
            text.contains("<Calout/>") && text.contains("^^^^^^^"),
            "{text}"
        );
        assert!(text.len() < LONGEST_BYTES * 2, "{text}");
    }
}
