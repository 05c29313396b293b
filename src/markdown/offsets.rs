//! Derived texts that know where every byte came from.
//!
//! Line ends are normalised, container prefixes stripped and character references decoded before
//! Markdown is read. A [`Derived`] text records each of these steps, and a [`Locator`] leads a
//! range of it back to bytes of the file, through as many derivations as there were.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::source::{FileId, Span};

/// A text made from pieces of another one.
#[derive(Debug, Default)]
pub(super) struct Derived {
    /// The text itself.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A run of a derived text and the run of the original it means.
#[derive(Debug)]
struct Piece {
    /// First byte in the derived text.
    at: usize,
    /// The original's bytes.
    original: Range<usize>,
    /// Whether both runs hold the same bytes.
    verbatim: bool,
}

impl Derived {
    /// Appends `original[range]` as it is.
    pub fn push_verbatim(&mut self, original: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(&original[range.clone()]);
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.original.end == range.start => {
                last.original.end = range.end;
            }
            _ => self.pieces.push(Piece {
                at,
                original: range,
                verbatim: true,
            }),
        }
    }

    /// Appends `text`, which means the bytes `range` of the original.
    pub fn push_replaced(&mut self, text: &str, range: Range<usize>) {
        let at = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece {
            at,
            original: range,
            verbatim: false,
        });
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= offset);
        after.checked_sub(1).map(|index| &self.pieces[index])
    }

    /// Bytes of the original that `range` means.
    fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = match self.piece(range.start) {
            Some(piece) if piece.verbatim => {
                (piece.original.start + range.start - piece.at).min(piece.original.end)
            }
            Some(piece) => piece.original.start,
            None => 0,
        };
        let end = match range.end.checked_sub(1).filter(|last| *last >= range.start) {
            None => return start..start,
            Some(last) => match self.piece(last) {
                Some(piece) if piece.verbatim => {
                    (piece.original.start + last - piece.at + 1).min(piece.original.end)
                }
                Some(piece) => piece.original.end,
                None => start,
            },
        };
        start..end.max(start)
    }
}

/// The way from a text back to the file.
#[derive(Clone, Copy)]
pub(super) struct Locator<'a> {
    /// The text whose ranges are asked for.
    pub derived: &'a Derived,
    /// Where that text was derived from; `None` for the file itself.
    pub parent: Option<&'a Locator<'a>>,
}

impl Locator<'_> {
    /// Bytes of the file that `range` means.
    pub fn span(&self, range: Range<usize>) -> Span {
        let range = self.derived.original(range);
        match self.parent {
            Some(parent) => parent.span(range),
            None => Span::new(range.start, range.end),
        }
    }
}

/// Bidirectional controls: they can make a text read otherwise than it is.
fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_dropped(character: char) -> bool {
    is_bidi_control(character)
        || (character.is_control() && !matches!(character, '\n' | '\t' | '\r'))
}

/// The text without characters that are dropped. A character reference or an escape in YAML can
/// bring one into a text that was read already.
pub fn without_dropped(text: &str) -> Cow<'_, str> {
    match next_special(text, 0, is_dropped) {
        Some(_) => Cow::Owned(text.replace(is_dropped, "")),
        None => Cow::Borrowed(text),
    }
}

/// The finding for a character that is dropped; removing its bytes fixes it.
pub(super) fn dropped(file: FileId, span: Span, character: char) -> Diagnostic {
    Diagnostic::new("control-character", Severity::Warning, file, span)
        .with("code", format!("U+{:04X}", u32::from(character)))
        .help(Message::new("control-character.help"))
        .edit(span, "")
}

/// Derives the text that Markdown is read from out of `source[from..]`: LF line ends, no control
/// characters. Returns the ranges of dropped characters too.
///
/// ```text
/// a\r\nb␈
///  ^^^^  two bytes become one, the backspace is dropped
/// ```
pub(super) fn normalise(source: &str, from: usize) -> (Derived, Vec<Range<usize>>) {
    let mut derived = Derived::default();
    let mut dropped = Vec::new();
    let mut start = from;
    let is_special = |character| character == '\r' || is_dropped(character);
    while let Some(at) = next_special(source, start, is_special) {
        derived.push_verbatim(source, start..at);
        let character = source[at..].chars().next().map_or(1, char::len_utf8);
        start = at + character;
        if source[at..].starts_with("\r\n") {
            start = at + 2;
            derived.push_replaced("\n", at..start);
        } else if source[at..].starts_with('\r') {
            derived.push_replaced("\n", at..start);
        } else {
            dropped.push(at..start);
        }
    }
    derived.push_verbatim(source, start..source.len());
    (derived, dropped)
}

/// Offset of the next special character, which is a carriage return or a dropped one. Bytes are
/// looked at first: few can start such a character.
fn next_special(source: &str, from: usize, is_special: impl Fn(char) -> bool) -> Option<usize> {
    let mut from = from;
    loop {
        let at = from + first_suspect(&source.as_bytes()[from..])?;
        let character = source[at..].chars().next()?;
        if is_special(character) {
            return Some(at);
        }
        from = at + character.len_utf8();
    }
}

/// Position of the first byte that can start a special character. All bytes of a block are compared
/// before any is chosen, which the compiler turns into instructions for many bytes at once.
fn first_suspect(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let mut blocks = bytes.chunks(BLOCK).enumerate();
    blocks.find_map(|(number, block)| {
        if !block.iter().fold(false, |any, byte| any | may_start(*byte)) {
            return None;
        }
        let within = block.iter().position(|byte| may_start(*byte));
        within.map(|at| number * BLOCK + at)
    })
}

/// Whether a special character can start with this byte: C2 leads the controls U+0080 to U+009F,
/// E2 the bidirectional ones.
fn may_start(byte: u8) -> bool {
    (byte.is_ascii_control() & (byte != b'\n') & (byte != b'\t')) | (byte == 0xC2) | (byte == 0xE2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, needle: &str, expected: &str) {
        let (derived, _) = normalise(source, 0);
        let at = derived.text.find(needle).unwrap();
        let span = Locator {
            derived: &derived,
            parent: None,
        }
        .span(at..at + needle.len());
        assert_eq!(&source[span.range()], expected);
    }

    #[test]
    fn dropped_character_is_found_at_every_distance() {
        for length in 0..200 {
            let before = "가 – a\r\n".chars().cycle().take(length);
            let kept: String = before.chain("b".chars()).collect();
            let text = kept.replace('b', "\u{202e}b");
            assert_eq!(without_dropped(&text), kept, "{length}");
            assert_eq!(without_dropped(&kept), kept, "{length}");
            let (derived, dropped) = normalise(&text, 0);
            assert_eq!(derived.text, kept.replace("\r\n", "\n").replace('\r', "\n"));
            assert_eq!(dropped.len(), 1, "{length}");
        }
    }

    #[test]
    fn ranges_lead_back_over_line_ends_and_dropped_characters() {
        check("가\r\n나\r\n다", "나", "나");
        check("a\r\nb", "a\nb", "a\r\nb");
        check("a\u{8}b", "ab", "a\u{8}b");
        check("a\rb", "\n", "\r");
    }

    #[test]
    fn empty_range_stays_where_it_is() {
        let (derived, _) = normalise("ab\r\nc", 0);
        let span = Locator {
            derived: &derived,
            parent: None,
        }
        .span(3..3);
        assert_eq!((span.start, span.end), (4, 4));
    }
}
