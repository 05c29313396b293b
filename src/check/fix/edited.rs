//! What a document would show if edits changed its text, and nothing else.

use std::ops::Range;

use crate::check::fix::shown::{Item, Kind};
use crate::diagnostic::Edit;
use crate::source::Span;

/// Longest character reference, in bytes.
const MAX_REFERENCE: usize = 34;

/// `items` of the file `source` with `edits` made in the texts that they are in. Edits are in
/// order; one that is in no text changes none.
pub(super) fn edited(mut items: Vec<Item>, source: &str, edits: &[Edit]) -> Vec<Item> {
    let mut used = vec![false; edits.len()];
    for item in &mut items {
        let Some(place) = item.place else { continue };
        let first = edits.partition_point(|edit| edit.span.end < place.start);
        let here: Vec<usize> = (first..edits.len())
            .take_while(|index| edits[*index].span.end <= place.end)
            .filter(|index| !used[*index] && edits[*index].span.start >= place.start)
            .collect();
        if here.is_empty() {
            continue;
        }
        let spans = here.iter().map(|index| edits[*index].span);
        let ranges: Vec<Option<Range<usize>>> = match item.kind {
            Kind::Field(..) => spans
                .map(|edit| in_field(&item.text, source, place, edit))
                .collect(),
            _ => in_text(&item.text, source, place, spans),
        };
        let mut text = String::with_capacity(item.text.len());
        let mut done = 0;
        for (index, range) in here.into_iter().zip(ranges) {
            if let Some(range) = range.filter(|range| range.start >= done) {
                text.push_str(&item.text[done..range.start]);
                text.push_str(&edits[index].text);
                done = range.end;
                used[index] = true;
            }
        }
        text.push_str(&item.text[done..]);
        item.text = text;
    }
    items
}

/// Bytes of a value of the frontmatter that an edit names, where the block writes the value as it
/// is, or folded into lines.
fn in_field(value: &str, source: &str, block: Span, edit: Span) -> Option<Range<usize>> {
    let first = value.split_whitespace().next()?;
    let mut places = source[block.range()].match_indices(first);
    places.find_map(|(at, _)| {
        let start = block.start + at;
        let wanted = edit.start.checked_sub(start)?..edit.end.checked_sub(start)?;
        in_folded(&source[start..block.end], value.trim_start(), wanted).map(|range| {
            let padding = value.len() - value.trim_start().len();
            range.start + padding..range.end + padding
        })
    })
}

/// Bytes of `value` that are at `wanted` in a source that starts with it; a run of spaces and
/// line ends may mean another.
fn in_folded(source: &str, value: &str, wanted: Range<usize>) -> Option<Range<usize>> {
    let (mut at, mut to) = (0, 0);
    let (mut start, mut end) = (None, None);
    loop {
        start = start.or((at == wanted.start).then_some(to));
        end = end.or((at == wanted.end).then_some(to));
        let (source, value) = (&source[at..], &value[to..]);
        let Some(character) = value.chars().next() else {
            return Some(start?..end?);
        };
        if character.is_whitespace() {
            let blanks = source.len() - source.trim_start().len();
            if blanks == 0 {
                return None;
            }
            at += blanks;
            to += value.len() - value.trim_start().len();
        } else if source.starts_with(character) {
            at += character.len_utf8();
            to += character.len_utf8();
        } else {
            return None;
        }
    }
}

/// Bytes of a text that edits name, which come in order.
fn in_text(
    text: &str,
    source: &str,
    place: Span,
    edits: impl Iterator<Item = Span>,
) -> Vec<Option<Range<usize>>> {
    let mut walk = Walk {
        source: &source[place.range()],
        shown: text,
        at: 0,
        to: 0,
    };
    let ranges = edits.map(|edit| {
        let start = walk.reach(edit.start - place.start)?;
        Some(start..walk.reach(edit.end - place.start)?)
    });
    ranges.collect()
}

/// A walk through a source and what it shows: escapes and character references are followed.
///
/// ```text
/// a\*b &amp; c      source
/// a*b & c           shown
/// ```
struct Walk<'a> {
    source: &'a str,
    shown: &'a str,
    /// How far it came in the source, and in what is shown.
    at: usize,
    to: usize,
}

impl Walk<'_> {
    /// The offset in what is shown of what is at `wanted` in the source, which is after what
    /// was asked before. `None` inside a reference, and where the source writes it in another way.
    fn reach(&mut self, wanted: usize) -> Option<usize> {
        while self.at < wanted {
            let (taken, made) = step(&self.source[self.at..], self.shown.get(self.to..)?)?;
            self.at += taken;
            self.to += made;
        }
        (self.at == wanted).then_some(self.to)
    }
}

/// Bytes of the next piece of the source and of what it shows.
fn step(source: &str, shown: &str) -> Option<(usize, usize)> {
    let character = source.chars().next()?;
    let length = character.len_utf8();
    if character == '\\' {
        let escaped = source[1..].chars().next();
        let escaped = escaped.filter(char::is_ascii_punctuation);
        if let Some(escaped) = escaped.filter(|escaped| shown.starts_with(*escaped)) {
            return Some((1 + escaped.len_utf8(), escaped.len_utf8()));
        }
    }
    if let Some(step) = reference(source, shown) {
        return Some(step);
    }
    if shown.starts_with(character) {
        return Some((length, length));
    }
    // Control characters are not shown.
    character.is_control().then_some((length, 0))
}

fn reference(source: &str, shown: &str) -> Option<(usize, usize)> {
    let end = source.starts_with('&').then(|| source.find(';'))??;
    let written = source.get(..=end).filter(|_| end < MAX_REFERENCE)?;
    let decoded = html_escape::decode_html_entities(written);
    let is_shown = decoded != written && shown.starts_with(&*decoded);
    is_shown.then(|| (written.len(), decoded.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_references_are_followed() {
        let source = "a\\*b &amp; c";
        let shown = "a*b & c";
        for (wanted, expected) in [
            (0, Some(0)),
            (1, Some(1)),
            (2, None),
            (3, Some(2)),
            (5, Some(4)),
            (7, None),
            (10, Some(5)),
            (12, Some(7)),
        ] {
            assert_eq!(offset(source, shown, wanted), expected, "{wanted}");
        }
        assert_eq!(offset("> a", "a", 3), None);
    }

    fn offset(source: &str, shown: &str, wanted: usize) -> Option<usize> {
        let mut walk = Walk {
            source,
            shown,
            at: 0,
            to: 0,
        };
        walk.reach(wanted)
    }

    #[test]
    fn folded_values_are_found_line_by_line() {
        let source = "title: 갯수\nseo:\n  description: >-\n    가 갯수\n    나 갯수\n";
        let block = Span::new(0, source.len());
        let value = "가 갯수 나 갯수";
        for (at, _) in source.match_indices("갯수").skip(1) {
            let edit = Span::new(at, at + "갯수".len());
            let range = in_field(value, source, block, edit).unwrap();
            assert_eq!(&value[range], "갯수");
        }
        assert_eq!(in_field(value, source, block, Span::new(7, 13)), None);
    }
}
