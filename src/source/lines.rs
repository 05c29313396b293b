//! Byte offsets as places for people: lines and columns.

use crate::source::Span;

/// A place for people: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Bytes of a long line from one [`Mark`] to the next.
const MARK_BYTES: usize = 1024;

/// Marks along a text, so that a place far down is found as fast as one at its head.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    marks: Vec<Mark>,
}

/// A place whose line and columns are known: a line's start, or a place far along it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    /// Index of the line.
    line: usize,
    /// Characters of the line before it.
    characters: usize,
    /// UTF-16 code units of the line before it.
    units: usize,
}

impl<'t> Lines<'t> {
    /// The lines of a text. A byte order mark takes no column.
    pub fn of(text: &'t str) -> Self {
        let mut marks = Vec::new();
        let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
        for (line, content) in text[start..].split_inclusive('\n').enumerate() {
            mark_line(content, start, line, &mut marks);
            start += content.len();
        }
        if text.ends_with('\n') || marks.is_empty() {
            let line = marks.last().map_or(0, |mark: &Mark| mark.line + 1);
            mark_line("", start, line, &mut marks);
        }
        Self { text, marks }
    }

    /// Line and character column of a byte offset; an offset past the end is the end's.
    pub fn position(&self, offset: usize) -> Position {
        let (mark, rest) = self.before(offset);
        Position {
            line: mark.line + 1,
            column: mark.characters + rest.chars().count() + 1,
        }
    }

    /// Column of a byte offset in UTF-16 code units, from 1.
    pub fn utf16_column(&self, offset: usize) -> usize {
        let (mark, rest) = self.before(offset);
        mark.units + rest.encode_utf16().count() + 1
    }

    /// The bytes of the whole lines that a span touches, and the number of the first, from 1.
    pub fn around(&self, span: Span) -> (Span, usize) {
        let first = self.before(span.start).0.line;
        let last = self.before(span.end.max(span.start)).0.line;
        let start = |line| {
            let index = self.marks.partition_point(|mark| mark.line < line);
            self.marks.get(index).map(|mark| mark.at)
        };
        let from = if first == 0 { Some(0) } else { start(first) };
        let to = start(last + 1);
        let lines = Span::new(from.unwrap_or_default(), to.unwrap_or(self.text.len()));
        (lines, first + 1)
    }

    /// The last mark before an offset, and the text between them.
    fn before(&self, offset: usize) -> (Mark, &'t str) {
        let end = self.text.floor_char_boundary(offset);
        let after = self.marks.partition_point(|mark| mark.at <= end);
        let mark = self.marks[after.saturating_sub(1)];
        (mark, &self.text[mark.at..end.max(mark.at)])
    }
}

fn mark_line(content: &str, start: usize, line: usize, marks: &mut Vec<Mark>) {
    let mut mark = Mark {
        at: start,
        line,
        characters: 0,
        units: 0,
    };
    marks.push(mark);
    let mut rest = content;
    while rest.len() > MARK_BYTES {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(MARK_BYTES));
        mark.at += piece.len();
        mark.characters += piece.chars().count();
        mark.units += piece.encode_utf16().count();
        marks.push(mark);
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: usize, expected: (usize, usize)) {
        let Position { line, column } = Lines::of(text).position(offset);
        assert_eq!((line, column), expected, "{text:?} at {offset}");
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        check("설정경로 x", "설정경로 ".len(), (1, 6));
        check("a\n설정", "a\n설".len(), (2, 2));
        check("a\n", 99, (2, 1));
    }

    #[test]
    fn utf16_columns_count_pairs_as_two() {
        let lines = Lines::of("a\n💡가x");
        assert_eq!(lines.utf16_column("a\n💡가".len()), 4);
    }

    #[test]
    fn places_far_along_a_line_are_counted_from_its_start() {
        let text = format!("\u{feff}{}\nx{}", "가".repeat(5000), "💡나".repeat(3000));
        let lines = Lines::of(&text);
        for offset in [0, 3, 5000, 14_999, 15_003, 15_004, 20_001, 36_000, 36_005] {
            let before = &text[..text.floor_char_boundary(offset)];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let own = before[start..].trim_start_matches('\u{feff}');
            let at = lines.position(offset);
            assert_eq!(at.line, before.matches('\n').count() + 1, "{offset}");
            assert_eq!(at.column, own.chars().count() + 1, "{offset}");
            assert_eq!(lines.utf16_column(offset), own.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn lines_around_a_span_are_whole() {
        let check = |start, end, expected: (&str, usize)| {
            let text = "a\nbc\nde";
            let (lines, line) = Lines::of(text).around(Span::new(start, end));
            assert_eq!((&text[lines.range()], line), expected, "{start}..{end}");
        };
        check(0, 1, ("a\n", 1));
        check(3, 3, ("bc\n", 2));
        check(3, 6, ("bc\nde", 2));
        check(9, 9, ("de", 3));
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        check("\u{feff}a", 3, (1, 1));
    }
}
