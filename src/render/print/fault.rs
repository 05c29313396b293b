//! Why a sheet cannot be printed, and where in its guide the reason is.

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::error::Error;
use crate::model::glyph::listed;
use crate::render::page::View;
use crate::render::sheet::SheetRef;
use crate::source::Span;

/// Why a sheet cannot be printed.
#[derive(Debug)]
pub enum SheetFault {
    /// No font has these characters, and nothing replaces them.
    Glyphs(Vec<char>),
    /// The engine cannot lay the sheet out, for this reason.
    Layout(String),
    /// Something that is not of the guide.
    Other(Error),
}

impl From<Error> for SheetFault {
    fn from(error: Error) -> Self {
        match error {
            Error::Template { reason } => Self::Layout(reason),
            other => Self::Other(other),
        }
    }
}

impl SheetFault {
    /// The fault as a finding in the guide.
    ///
    /// # Errors
    /// The fault itself where it is not of the guide.
    pub fn finding(self, sheet: &SheetRef, view: &View<'_>) -> Result<Diagnostic, Error> {
        let (scenario, mode) = sheet.parts(view.site);
        let file = view.site.pages[sheet.page].document.file;
        let text = &view.sources.get(file).text;
        let (rule, span, values) = match self {
            Self::Other(error) => return Err(error),
            Self::Glyphs(missing) => {
                let span = place(text, scenario.span, &missing);
                let span = span.unwrap_or(first_line(text, mode.span));
                ("missing-glyph", span, ("characters", listed(&missing)))
            }
            Self::Layout(reason) => {
                let span = first_line(text, mode.span);
                ("sheet-not-printed", span, ("reason", reason))
            }
        };
        let name = [&scenario.title, &mode.title].map(String::as_str);
        let name = name.join(" · ");
        let mut found = Diagnostic::new(rule, Severity::Error, file, span);
        found.message = Message::new(format!("{rule}.sheet"));
        let help = Message::new(format!("{rule}.help"));
        let (key, value) = values;
        let found = found.with("sheet", name.trim_end_matches(" · "));
        Ok(found.with(key, value).help(help))
    }

    /// The fault as the reason why nothing is printed.
    pub fn error(self, sheet: &SheetRef, view: &View<'_>) -> Error {
        let found = match self.finding(sheet, view) {
            Ok(found) => found,
            Err(error) => return error,
        };
        let (file, span) = view.sources.written(found.file, found.span);
        let source = view.sources.get(file);
        let position = source.position(span.start);
        let (path, message) = (&source.path, view.strings.message(&found.message));
        let help = found.help.and_then(|help| view.strings.help(&help));
        let place = format!("{path}:{}:{}", position.line, position.column);
        let help = help.map_or(String::new(), |help| format!("\nhelp: {help}"));
        Error::Request(format!("{place}: {message}{help}"))
    }
}

/// Where the first of the characters is: within the scenario, or else anywhere in its document.
fn place(text: &str, scenario: Span, characters: &[char]) -> Option<Span> {
    let find = |span: Span| {
        let inside = text.get(span.range())?;
        let at = span.start + inside.find(characters)?;
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        Some(Span::new(at, at + length))
    };
    find(scenario).or_else(|| find(Span::new(0, text.len())))
}

/// The first line of a part of a document.
fn first_line(text: &str, span: Span) -> Span {
    let inside = text.get(span.range()).unwrap_or_default();
    let length = inside.lines().next().map_or(0, str::len);
    Span::new(span.start, span.start + length)
}
