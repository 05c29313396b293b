//! Findings as text for people.
//!
//! annotate-snippets is named here only: it underlines wide characters where they stand.

use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Source, SourceSet};
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
    let mut clean: HashMap<FileId, String> = HashMap::new();
    let mut text = String::new();
    for diagnostic in found {
        let source = sources.get(diagnostic.file);
        let shown = clean
            .entry(diagnostic.file)
            .or_insert_with(|| without_controls(&source.text));
        text.push_str(&block(diagnostic, source, shown, strings, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn block(
    diagnostic: &Diagnostic,
    source: &Source,
    shown: &str,
    strings: &Strings,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.severity {
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error | Severity::Fatal => Level::ERROR,
    };
    let message = without_controls(&strings.message(&diagnostic.message));
    let help = diagnostic
        .help
        .as_ref()
        .and_then(|help| strings.help(help))
        .map(|help| without_controls(&help));
    let start = shown.floor_char_boundary(diagnostic.span.start);
    let end = shown.ceil_char_boundary(diagnostic.span.end.max(start));
    let annotation = AnnotationKind::Primary.span(start..end);
    let snippet = Snippet::source(shown)
        .path(source.path.as_str())
        .annotation(annotation);
    let title = level
        .primary_title(message.as_str())
        .id(diagnostic.rule)
        .element(snippet);
    let mut report: Vec<Group<'_>> = vec![title];
    if let Some(help) = &help {
        report.push(Group::with_title(
            Level::HELP.secondary_title(help.as_str()),
        ));
    }
    renderer.render(&report)
}

/// The text with control characters replaced by as many bytes, so that offsets stay true and no
/// escape code of the content reaches the terminal.
pub fn without_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && !matches!(character, '\n' | '\t' | '\r') {
            clean.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            clean.push(character);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::source::Span;

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
            .help(crate::diagnostic::Message::new("did-you-mean").with("suggestion", "Callout"));
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
