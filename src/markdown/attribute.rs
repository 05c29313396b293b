//! Attribute values: from the bytes between the quotes to the text that is read as Markdown.
//!
//! ```text
//! > - <Callout content="a
//! >   &quot;b&quot;" />
//! ```
//!
//! The container prefix `>   ` and the common indent are taken off, character references are
//! decoded, and only then is the value read. `<>…</>` around the whole value is a fragment: its
//! markers go, too. Every step keeps the way back to the file.

use std::ops::Range;

use crate::markdown::containers::Container;
use crate::markdown::offsets::{Derived, without_dropped};

/// The value `range` of `text` with container prefixes removed and references decoded.
pub(super) fn decode(text: &str, range: Range<usize>, containers: &[Container]) -> Derived {
    derive(text, &lines(text, range, containers))
}

/// The same value ready to be read as block Markdown; `tag_indent` is how far its tag is indented.
pub(super) fn block_text(
    text: &str,
    range: Range<usize>,
    containers: &[Container],
    tag_indent: usize,
) -> Derived {
    let mut lines = lines(text, range, containers);
    let is_fragment = strip_fragment(text, &mut lines);
    let first_is_text = lines
        .first()
        .is_some_and(|line| !text[line.clone()].trim().is_empty());
    let rest = &lines[usize::from(first_is_text && !is_fragment).min(lines.len())..];
    let indents = rest.iter().map(|line| &text[line.clone()]);
    let common = indents
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let common = if first_is_text && !is_fragment {
        common.min(tag_indent)
    } else {
        common
    };
    let skip = usize::from(first_is_text && !is_fragment);
    for line in lines.iter_mut().skip(skip) {
        let blanks = line.len() - text[line.clone()].trim_start_matches([' ', '\t']).len();
        line.start += common.min(blanks);
    }
    derive(text, &lines)
}

/// The same value on one line, after [`INLINE_GUARD`], so that no block can start in it.
pub(super) fn inline_text(text: &str, range: Range<usize>, containers: &[Container]) -> Derived {
    let mut derived = Derived::default();
    derived.push_replaced(INLINE_GUARD, range.start..range.start);
    for (index, line) in lines(text, range, containers).into_iter().enumerate() {
        if index > 0 {
            derived.push_replaced(" ", line.start.saturating_sub(1)..line.start);
        }
        let trimmed = text[line.clone()].trim_start_matches([' ', '\t']).len();
        push_decoded(&mut derived, text, line.end - trimmed..line.end);
    }
    derived
}

/// Text before a value that is inline only; the tree builder takes it off again. It ends in
/// a space so that emphasis after it opens as at the start of a line.
pub(super) const INLINE_GUARD: &str = "x ";

/// Lines of the value without container prefixes; line ends are not included.
fn lines(text: &str, range: Range<usize>, containers: &[Container]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for (index, line) in text[range.clone()].split('\n').enumerate() {
        let prefix = if index == 0 {
            0
        } else {
            prefix_length(line, containers)
        };
        lines.push(start + prefix..start + line.len());
        start += line.len() + 1;
    }
    lines
}

/// ```text
/// >   b
/// ^^^^  the prefix inside a quoted list item
/// ```
fn prefix_length(line: &str, containers: &[Container]) -> usize {
    let mut rest = line;
    for container in containers {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest = match container {
            Container::Quote => match rest[blanks..].strip_prefix('>') {
                Some(inner) => inner.strip_prefix(' ').unwrap_or(inner),
                None => break,
            },
            Container::Item(columns) => &rest[blanks.min(*columns)..],
        };
    }
    line.len() - rest.len()
}

fn derive(text: &str, lines: &[Range<usize>]) -> Derived {
    let mut derived = Derived::default();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            let end = lines[index - 1].end;
            derived.push_replaced("\n", end..(end + 1).min(text.len()));
        }
        push_decoded(&mut derived, text, line.clone());
    }
    derived
}

fn push_decoded(derived: &mut Derived, text: &str, range: Range<usize>) {
    let mut start = range.start;
    while let Some(found) = text[start..range.end].find('&') {
        let at = start + found;
        derived.push_verbatim(text, start..at);
        let end = reference_end(&text[at..range.end]).map_or(at + 1, |length| at + length);
        let decoded = html_escape::decode_html_entities(&text[at..end]);
        if decoded == text[at..end] {
            derived.push_verbatim(text, at..end);
        } else {
            derived.push_replaced(&without_dropped(&decoded), at..end);
        }
        start = end;
    }
    derived.push_verbatim(text, start..range.end);
}

/// Length of the character reference that `text` starts with.
fn reference_end(text: &str) -> Option<usize> {
    const LONGEST_NAME: usize = 33;
    let end = text
        .bytes()
        .take(LONGEST_NAME)
        .position(|byte| byte == b';')?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    text[1..end].bytes().all(is_name).then_some(end + 1)
}

/// Takes `<>` and `</>` and the spaces around them off; whether they were there.
fn strip_fragment(text: &str, lines: &mut Vec<Range<usize>>) -> bool {
    let is_blank = |line: &Range<usize>| text[line.clone()].trim().is_empty();
    let Some(first) = lines.iter().position(|line| !is_blank(line)) else {
        return false;
    };
    let Some(last) = lines.iter().rposition(|line| !is_blank(line)) else {
        return false;
    };
    let opening = text[lines[first].clone()].trim_start();
    let closing = text[lines[last].clone()].trim_end();
    let is_long_enough = first != last || opening.trim_end().len() >= "<></>".len();
    if !opening.starts_with("<>") || !closing.ends_with("</>") || !is_long_enough {
        return false;
    }
    let inner_start = lines[first].end - opening.len() + "<>".len();
    lines[last].end = lines[last].start + closing.len() - "</>".len();
    lines[first].start = inner_start;
    let inner = &lines[first..=last];
    let start = inner.iter().position(|line| !is_blank(line));
    let end = inner.iter().rposition(|line| !is_blank(line));
    *lines = match (start, end) {
        (Some(start), Some(end)) => inner[start..=end].to_vec(),
        _ => Vec::new(),
    };
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, containers: &[Container], expected: &str) {
        let derived = block_text(text, 0..text.len(), containers, 0);
        assert_eq!(derived.text, expected, "{text:?}");
    }

    #[test]
    fn references_are_decoded_and_unknown_ones_kept() {
        check(
            "`&quot;Tier&quot; : a&#x9;b` &nope; & x",
            &[],
            "`\"Tier\" : a\tb` &nope; & x",
        );
    }

    #[test]
    fn indent_of_a_nested_list_stays() {
        check("- a\n  - b", &[], "- a\n  - b");
        check("\n  - a\n    - b\n", &[], "\n- a\n  - b\n");
    }

    #[test]
    fn container_prefix_is_no_text() {
        check("a\n> - b", &[Container::Quote], "a\n- b");
        check("a\n  - b", &[Container::Item(2)], "a\n- b");
        check(
            "a\n>   b\nlazy",
            &[Container::Quote, Container::Item(2)],
            "a\nb\nlazy",
        );
    }

    #[test]
    fn fragment_markers_go() {
        check("<>\n  가\n  \n  * 나\n</>", &[], "가\n\n* 나");
        check("<>가</>", &[], "가");
        check("<", &[], "<");
    }

    #[test]
    fn inline_value_stays_on_one_line() {
        let derived = inline_text("a\n  b", 0..5, &[]);
        assert_eq!(derived.text, "x a b");
    }
}
