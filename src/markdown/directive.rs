//! The grammar of directives: marked lines around blocks.
//!
//! ```text
//! opening    = colons blank* name [ "[" title "]" | blank title ] [ "{" attributes "}" ]
//! closing    = colons
//! colons     = three colons or more
//! name       = letter { letter | digit | "-" | "_" }
//!
//! :::tip[다음에 할 일]{icon="rocket"}
//! 글
//! :::
//! ```
//!
//! In Markdown there are slashes as well, with a bar before the title:
//!
//! ```text
//! opening    = slashes blank name [ blank "|" blank title ]
//! closing    = slashes
//! ```
//!
//! A line within a text, as in `::std::vec`, is none: a directive has its line to itself.

use std::ops::Range;

/// A line that opens a directive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Directive {
    /// What closes it.
    pub marks: Marks,
    /// Its name.
    pub name: Range<usize>,
    /// Its title, which is inline Markdown.
    pub title: Option<Range<usize>>,
    /// What is in its braces.
    pub attributes: Option<Range<usize>>,
}

/// The colons or slashes of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Marks {
    mark: char,
    count: usize,
}

impl Marks {
    /// Whether a line of these marks closes what a line of `others` opens: it has as many or more.
    pub fn close(self, others: Self) -> bool {
        self.mark == others.mark && self.count >= others.count
    }
}

/// What a line of colons is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Marker {
    /// It opens a directive.
    Open(Directive),
    /// It closes one.
    Close(Marks),
}

/// Fewest marks of a directive that contains blocks.
const FEWEST_MARKS: usize = 3;

/// Reads the line of `text` that starts at `start`, after containers and blanks.
pub(super) fn read(text: &str, start: usize) -> Option<Marker> {
    let rest = &text[start..];
    let line = rest.split('\n').next().unwrap_or(rest).trim_end();
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, ':' | '/'))?;
    let after = line.trim_start_matches(mark);
    let count = line.len() - after.len();
    if count < FEWEST_MARKS {
        return None;
    }
    let marks = Marks { mark, count };
    let named = after.trim_start_matches([' ', '\t']);
    if named.is_empty() {
        return Some(Marker::Close(marks));
    }
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let length = named.find(|c| !is_name(c)).unwrap_or(named.len());
    let end = start + line.len();
    let name = end - named.len()..end - named.len() + length;
    let (title, attributes) = match mark {
        ':' => title_and_attributes(text, name.end..end)?,
        _ => (title_after_bar(text, name.end..end)?, None),
    };
    Some(Marker::Open(Directive {
        marks,
        name,
        title,
        attributes,
    }))
}

/// The title after a bar; `None` when there is something else.
fn title_after_bar(text: &str, rest: Range<usize>) -> Option<Option<Range<usize>>> {
    let rest = trimmed(text, rest);
    if rest.is_empty() {
        return Some(None);
    }
    let behind = text[rest.clone()].strip_prefix('|')?;
    Some(Some(trimmed(text, rest.end - behind.len()..rest.end)))
}

type Parts = (Option<Range<usize>>, Option<Range<usize>>);

/// The title and the attributes in what follows a name; `None` when there is something else.
fn title_and_attributes(text: &str, rest: Range<usize>) -> Option<Parts> {
    let (title, rest) = match text[rest.clone()].strip_prefix('[') {
        Some(inner) => {
            let end = rest.start + 1 + inner.rfind(']')?;
            (Some(rest.start + 1..end), trimmed(text, end + 1..rest.end))
        }
        None => (None, trimmed(text, rest)),
    };
    let braces = text[rest.clone()].rfind('{');
    let braces = braces.filter(|_| text[rest.clone()].ends_with('}'));
    let attributes = braces.map(|at| rest.start + at + 1..rest.end - 1);
    let bare_end = braces.map_or(rest.end, |at| rest.start + at);
    let bare = trimmed(text, rest.start..bare_end);
    match title {
        Some(_) if !bare.is_empty() => None,
        Some(_) => Some((title, attributes)),
        None => Some((Some(bare).filter(|bare| !bare.is_empty()), attributes)),
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a line as `colons name [title] {attributes}`.
    fn check(text: &str, expected: Option<&str>) {
        let shown = read(text, 0).map(|marker| match marker {
            Marker::Close(marks) => format!("close {}", marks.count),
            Marker::Open(found) => {
                let mut shown = format!("{} {}", found.marks.count, &text[found.name]);
                if let Some(title) = found.title {
                    shown += &format!(" [{}]", &text[title]);
                }
                if let Some(attributes) = found.attributes {
                    shown += &format!(" {{{}}}", &text[attributes]);
                }
                shown
            }
        });
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn name_title_and_attributes_are_parted() {
        check(":::note", Some("3 note"));
        check(
            ":::tip[다음 *일*]{icon=\"rocket\"}\n글",
            Some("3 tip [다음 *일*] {icon=\"rocket\"}"),
        );
        check(":::: warning Bare title  ", Some("4 warning [Bare title]"));
        check("::: details 제목 {open}", Some("3 details [제목] {open}"));
        check(":::", Some("close 3"));
        check("::::  ", Some("close 4"));
        check("/// note | 참고", Some("3 note [참고]"));
        check("///", Some("close 3"));
        check("/// a comment", None);
    }

    #[test]
    fn other_colons_are_text() {
        for text in [
            "::std::vec",
            ":: note",
            ":::1",
            ":::!",
            ":::note[a",
            ":::note[a] b",
        ] {
            check(text, None);
        }
    }
}
