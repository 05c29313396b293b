//! The grammar of shortcodes and tags of templates. They are found and never run.
//!
//! ```text
//! shortcode = "{{<" call ">}}" | "{{%" call "%}}" | "{%" [ "-" ] call [ "-" ] "%}"
//! call      = [ "/" ] name { blank argument } [ "/" ]
//! argument  = [ key "=" ] ( '"' any* '"' | "`" any* "`" | bare+ )
//!
//! {{< glossary_tooltip text="파드" term_id="pod" >}}
//! ```
//!
//! `{% endname %}` closes `{% name %}`. A shortcode without a closing one later in the text is
//! alone. An argument without a key is named by its number, from 0.

use std::collections::HashMap;
use std::ops::Range;

use crate::markdown::tag::{RawAttribute, TagKind};

/// Longest shortcode, in bytes.
const MAX_BYTES: usize = 2048;

/// Opening and closing marks.
const MARKS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// Where the shortcodes of a text are closed.
#[derive(Debug, Default)]
pub(super) struct Closings {
    /// Offset of the last closing shortcode of each name.
    last: HashMap<String, usize>,
}

impl Closings {
    /// Finds the closing shortcodes of a text.
    pub fn of(text: &str) -> Self {
        let mut last = HashMap::new();
        let mut end = 0;
        for start in memchr::memchr_iter(b'{', text.as_bytes()) {
            if start < end {
                continue;
            }
            if let Some((call, after)) = call(text, start)
                && let Some(name) = closed(&text[call])
            {
                last.insert(name.to_string(), start);
                end = after;
            }
        }
        Self { last }
    }
}

/// The shortcode at `start`, and where it ends.
pub(super) fn read(text: &str, start: usize, closings: &Closings) -> Option<(TagKind, usize)> {
    let (inner, end) = call(text, start)?;
    let written = &text[inner.clone()];
    if let Some(name) = closed(written) {
        let at = inner.start + written.find(name)?;
        let name = at..at + name.len();
        return Some((TagKind::Close { name }, end));
    }
    let mut words = words(text, inner);
    let name = words.next().filter(|word| is_name(&text[word.clone()]))?;
    let mut attributes: Vec<RawAttribute> = Vec::new();
    let mut is_closed = false;
    for word in words {
        is_closed = &text[word.clone()] == "/";
        if !is_closed {
            attributes.push(argument(text, word));
        }
    }
    let last = closings.last.get(&text[name.clone()]);
    let self_closing = is_closed || last.is_none_or(|last| *last < end);
    let kind = TagKind::Open {
        name,
        attributes,
        self_closing,
    };
    Some((kind, end))
}

/// What is between the marks of the shortcode at `start`, and where it ends.
fn call(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let rest = &text[start..];
    let (open, close) = MARKS.iter().find(|(open, _)| rest.starts_with(open))?;
    let mut most = rest.len().min(MAX_BYTES);
    while !rest.is_char_boundary(most) {
        most -= 1;
    }
    let length = rest[open.len()..most].find(close)?;
    let inner = &rest[open.len()..open.len() + length];
    // A comment shows a shortcode as it is written.
    if inner.starts_with("/*") || inner.contains("\n\n") {
        return None;
    }
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    let inner = inner.strip_suffix('-').unwrap_or(inner);
    let from = start + open.len() + usize::from(rest[open.len()..].starts_with('-'));
    Some((
        from..from + inner.len(),
        start + open.len() + length + close.len(),
    ))
}

/// The name of a closing shortcode.
fn closed(call: &str) -> Option<&str> {
    let call = call.trim();
    let name = call
        .strip_prefix('/')
        .or_else(|| call.strip_prefix("end").filter(|name| !name.is_empty()))?
        .trim();
    is_name(name).then_some(name)
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_part)
}

/// Words parted by blanks outside quotes.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = &text[at..range.end];
        let start = at + (rest.len() - rest.trim_start().len());
        let mut quote = None;
        let mut end = range.end;
        for (offset, character) in text[start..range.end].char_indices() {
            match quote {
                Some(open) if open == character => quote = None,
                Some(_) => {}
                None if matches!(character, '"' | '`' | '\'') => quote = Some(character),
                None if character.is_whitespace() => {
                    end = start + offset;
                    break;
                }
                None => {}
            }
        }
        at = end;
        (start < end).then_some(start..end)
    })
}

/// ```text
/// text="파드"
/// ^^^^^^^^^^^
/// ```
fn argument(text: &str, word: Range<usize>) -> RawAttribute {
    let written = &text[word.clone()];
    let is_key = |key: &str| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let key = written.split_once('=').filter(|(key, _)| is_key(key));
    let (name, value) = match key {
        Some((key, _)) => (
            word.start..word.start + key.len(),
            word.start + key.len() + 1..word.end,
        ),
        None => (word.start..word.start, word),
    };
    let value = match text[value.clone()].chars().next() {
        Some(quote @ ('"' | '`' | '\''))
            if value.len() > 1 && text[value.clone()].ends_with(quote) =>
        {
            value.start + 1..value.end - 1
        }
        _ => value,
    };
    RawAttribute {
        name,
        value: Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the shortcode that the text starts with as `name key=value …`, with `/` before one
    /// that closes and after one that is alone.
    fn check(text: &str, expected: Option<&str>) {
        let found = read(text, 0, &Closings::of(text)).map(|(kind, _)| match kind {
            TagKind::Close { name } => format!("/{}", &text[name]),
            TagKind::Open {
                name,
                attributes,
                self_closing,
            } => {
                let mut shown = text[name].to_string();
                for attribute in attributes {
                    let value = attribute.value.map(|value| &text[value]);
                    shown += &format!(" {}={}", &text[attribute.name], value.unwrap_or_default());
                }
                shown + if self_closing { "/" } else { "" }
            }
            other => format!("{other:?}"),
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn shortcodes_have_names_and_arguments() {
        check(
            "{{< tooltip text=\"파 드\" id=pod >}}",
            Some("tooltip text=파 드 id=pod/"),
        );
        check("{{% heading \"next\" %}} a", Some("heading =next/"));
        check("{{< note >}}a{{< /note >}}", Some("note"));
        check("{{< /note >}}", Some("/note"));
        check("{%- if a == 'b' -%}c{% endif %}", Some("if =a === =b"));
        check("{% endif %}", Some("/if"));
        check("{{< new-in 0.1 />}}", Some("new-in =0.1/"));
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{{ a }}", "{{</* note */>}}", "{% a", "{{< 1 >}}", "{a}"] {
            check(text, None);
        }
    }
}
