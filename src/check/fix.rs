//! Applies edits to a text.

use crate::diagnostic::Edit;

/// The text with `edits` made. Where two edits touch the same bytes, the first in the text wins
/// and the other is left for a later round.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    let mut last = None;
    for edit in edits {
        let is_free = edit.span.start >= done && last != Some(edit.span);
        if is_free {
            fixed.push_str(&text[done..edit.span.start]);
            fixed.push_str(&edit.text);
            done = edit.span.end;
            last = Some(edit.span);
        }
    }
    fixed.push_str(&text[done..]);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn check(edits: &[(usize, usize, &str)], expected: &str) {
        let edits = edits.iter().map(|(start, end, text)| Edit {
            span: Span::new(*start, *end),
            text: (*text).to_string(),
        });
        assert_eq!(apply("abcdef", edits.collect()), expected);
    }

    #[test]
    fn edits_change_only_what_they_name() {
        check(&[(4, 5, ""), (0, 1, "x")], "xbcdf");
        check(&[(3, 3, "-")], "abc-def");
    }

    #[test]
    fn first_of_two_that_touch_wins() {
        check(&[(0, 3, "x"), (2, 4, "y")], "xdef");
        check(&[(1, 1, "x"), (1, 1, "x")], "axbcdef");
    }
}
