//! What the rules of this group ask of a setting: a choice of the path, or a field.

use crate::check::context::{Context, ModeOf};
use crate::markdown::text::{block_text, label_text};
use crate::model::conventions::Opens;
use crate::model::field::Field;
use crate::model::mode::Mode;
use crate::normal::without_blanks;
use crate::source::{FileId, Span};

/// The choices of the path, then the fields.
pub(super) fn settings(mode: &Mode) -> impl Iterator<Item = &Field> {
    mode.settings()
}

/// Whether the setting's label is one of `names`, spaces aside.
pub(super) fn is_named(setting: &Field, names: &[String]) -> bool {
    let label = without_blanks(&label_text(&setting.label));
    names.iter().any(|name| without_blanks(name) == label)
}

/// The setting's label without what is in brackets and without spaces.
pub(super) fn plain_label(setting: &Field) -> String {
    without_blanks(before_bracket(&label_text(&setting.label)))
}

/// What is after the setting's label, on one line.
pub(super) fn value(setting: &Field) -> String {
    label_text(&setting.text)
}

/// The bytes of the setting's value; the first line of the setting where it has none, or where
/// its text is not there letter for letter.
pub(super) fn value_span(context: &Context<'_>, file: FileId, setting: &Field) -> Span {
    let line = first_line(context, file, setting.span);
    let text = context.slice(file, line);
    let label = label_text(&setting.label);
    let behind = match text.find(&label) {
        Some(at) => at + label.len(),
        None => text.find(':').unwrap_or(0),
    };
    let rest = Span::new(line.start + behind, line.end);
    let found = context.locate(file, rest, &value(setting));
    if found == rest { line } else { found }
}

/// The first line of what starts at `span`.
pub(super) fn first_line(context: &Context<'_>, file: FileId, span: Span) -> Span {
    let line = context.slice(file, span).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.trim_end().len())
}

/// All text of the setting: label, value, choices and note.
pub(super) fn said(setting: &Field) -> String {
    let mut said = format!("{} {} ", label_text(&setting.label), value(setting));
    for (case, value) in setting.answer.cases() {
        said.push_str(&label_text(&case.condition));
        said.push(' ');
        said.push_str(value);
        said.push(' ');
        said.push_str(&block_text(&case.note));
    }
    said.push_str(&block_text(&setting.note));
    said
}

/// The bytes of the heading above the mode's fields; of the mode's own where there is none.
pub(super) fn fields_heading(context: &Context<'_>, place: &ModeOf<'_>) -> Span {
    let own = context.heading(place.file, &place.mode.id);
    let anchors = &place.page.anchors;
    let start = anchors.partition_point(|anchor| anchor.span.start < place.mode.span.start);
    let inside = anchors[start..]
        .iter()
        .take_while(|anchor| anchor.span.end <= place.mode.span.end);
    let mut fields =
        inside.filter(|anchor| context.conventions.opens(&anchor.text) == Opens::Fields);
    fields.next().map_or(own, |anchor| anchor.span)
}

/// The text up to its first opening bracket.
pub(super) fn before_bracket(text: &str) -> &str {
    let end = text.find(['(', '（']).unwrap_or(text.len());
    text[..end].trim()
}
