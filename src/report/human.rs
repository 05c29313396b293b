//! Findings as text for people.
//!
//! annotate-snippets is named here only: it underlines wide characters where they stand.

use std::collections::HashMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::report::clean::{on_one_line, without_controls};
use crate::report::finding::lines;
use crate::source::{FileId, Lines, SourceSet, Span};
use crate::strings::Strings;

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

    /// The finding, the places that explain it, and how to mend it.
    fn groups<'s>(&'s self, diagnostic: &'s Diagnostic) -> Vec<Group<'s>> {
        let level = match diagnostic.severity {
            Severity::Info => Level::INFO,
            Severity::Warning => Level::WARNING,
            Severity::Error | Severity::Fatal => Level::ERROR,
        };
        let title = level
            .primary_title(self.sentence(&diagnostic.message))
            .id(diagnostic.rule)
            .element(self.place(diagnostic.file, diagnostic.span));
        let mut groups = vec![title];
        for related in &diagnostic.related {
            let note = Level::NOTE.secondary_title(self.sentence(&related.message));
            groups.push(note.element(self.place(related.file, related.span)));
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
        let (source, start) = self.source(diagnostic.file, place);
        let patches = diagnostic.fix.iter().map(|edit| {
            let span = self.boundaries(diagnostic.file, edit.span);
            let span = span.start - start..span.end - start;
            Patch::new(span, without_controls(&edit.text))
        });
        Some(title.element(source.patches(patches)))
    }

    fn sentence(&self, message: &Message) -> String {
        on_one_line(&self.strings.message(message))
    }

    fn place(&self, file: FileId, span: Span) -> Snippet<'_, Annotation<'_>> {
        let (source, start) = self.source(file, span);
        let span = self.boundaries(file, span);
        let span = span.start - start..span.end - start;
        source.annotation(AnnotationKind::Primary.span(span))
    }

    /// The lines around a span, and where they start: to hand on the whole file for each of many
    /// findings would take the square of its size.
    fn source<T: Clone>(&self, file: FileId, span: Span) -> (Snippet<'_, T>, usize) {
        let (lines, number) = self.lines[&file].around(span);
        let source = Snippet::source(&self.texts[&file][lines.range()])
            .line_start(number)
            .path(on_one_line(&self.sources.get(file).path));
        (source, lines.start)
    }

    /// A span on character boundaries of the shown text, where a control character is several.
    fn boundaries(&self, file: FileId, span: Span) -> std::ops::Range<usize> {
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
            text.contains("error[unknown-component]: the component `Calout` is not known"),
            "{text}"
        );
        assert!(
            text.contains("a.md:1:5") && text.contains("^^^^^^"),
            "{text}"
        );
        assert!(text.contains("did you mean `Callout`?"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}
