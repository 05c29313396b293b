//! Ids that writers give headings: attributes in braces at the heading's end, and anchors of HTML.
//!
//! ```text
//! attributes = "{" item { blank item } "}"         one item at least is an id
//! short      = "[#" id "]"                         not in the help dialect
//! item       = "#" id | "." class | key "=" value
//! anchor     = "<a" { blank name "=" value } [ "/" ] ">" [ "</a>" ]
//!
//! ## 설치하기 {#install .wide}
//!            ^^^^^^^^^^^^^^^^
//! ## 옛 방식<a id="old"></a>
//!           ^^^^^^^^^^^^^^^
//! ```
//!
//! Only the id counts, and whatever else is there is dropped. What does not fit is text.

use crate::markdown::schema::Dialect;
use crate::normal::composed;

/// Longest id, in bytes.
const MAX_BYTES: usize = 200;

/// Attributes that an anchor may have and still be nothing but an anchor.
const ANCHOR_ATTRIBUTES: [&str; 3] = ["id", "name", "class"];

/// A tag of an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AnchorTag {
    /// An opening tag, and whether it closes itself.
    Open { id: String, is_closed: bool },
    /// `</a>`
    Close,
}

/// The attributes at the end of a heading: where they start, and their ids. The text has no spaces
/// at its end.
///
/// In MDX a backslash before the brace keeps it from being an expression; elsewhere it makes the
/// brace text.
pub(super) fn attributes(text: &str, dialect: Dialect) -> Option<(usize, Vec<String>)> {
    let inner = text.strip_suffix('}')?;
    let start = inner.rfind('{')?;
    let is_escaped = inner[..start].ends_with('\\');
    // `${#a}` and `{{#a}}` are code of other languages.
    if inner[..start].ends_with(['$', '{']) || (is_escaped && dialect != Dialect::Mdx) {
        return None;
    }
    let ids = ids_between(&inner[start + 1..])?;
    (!ids.is_empty()).then_some((start, ids))
}

fn ids_between(inner: &str) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    for item in items(inner)? {
        match item.strip_prefix('#') {
            Some(id) => ids.push(id_of(id)?),
            None if is_other(item) => {}
            None => return None,
        }
    }
    Some(ids)
}

/// The id in brackets at the end of a heading, where it starts.
///
/// ```text
/// ## 설치하기 [#install]
///            ^^^^^^^^^^
/// ```
pub(super) fn short(text: &str) -> Option<(usize, Vec<String>)> {
    let inner = text.strip_suffix(']')?;
    let start = inner.rfind("[#")?;
    let id = id_of(&inner[start + 2..])?;
    Some((start, vec![id]))
}

/// The id in a comment at the end of a heading: one word.
///
/// ```text
/// ## 설치하기 {/*install*/}
///            ^^^^^^^^^^^^^
/// ```
pub(super) fn of_comment(comment: &str) -> Option<String> {
    let inner = comment.strip_prefix("{/*")?.strip_suffix("*/}")?;
    id_of(inner.trim())
}

/// The items between braces; `None` where a quote stays open.
fn items(inner: &str) -> Option<Vec<&str>> {
    let mut items = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, character) in inner.char_indices() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if character.is_whitespace() => {
                items.push(&inner[start..at]);
                start = at + character.len_utf8();
            }
            None => {}
        }
    }
    items.push(&inner[start..]);
    items.retain(|item| !item.is_empty());
    quote.is_none().then_some(items)
}

/// Whether an item is a class, or a key with a value.
fn is_other(item: &str) -> bool {
    match item.strip_prefix('.') {
        Some(class) => is_id(class),
        None => item.split_once('=').is_some_and(|(key, _)| is_id(key)),
    }
}

/// The anchor that a tag of HTML is; `None` where it has anything else, such as a target.
pub(super) fn anchor_tag(html: &str) -> Option<AnchorTag> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?.trim();
    if inner
        .strip_prefix('/')
        .is_some_and(|name| name.eq_ignore_ascii_case("a"))
    {
        return Some(AnchorTag::Close);
    }
    let (inner, is_closed) = match inner.strip_suffix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let mut items = items(inner)?.into_iter();
    if !items.next()?.eq_ignore_ascii_case("a") {
        return None;
    }
    let mut id = None;
    for item in items {
        let (name, value) = item.split_once('=')?;
        let name = name.to_ascii_lowercase();
        if !ANCHOR_ATTRIBUTES.contains(&name.as_str()) {
            return None;
        }
        if name != "class" && (id.is_none() || name == "id") {
            id = Some(id_of(value.trim_matches(['"', '\'']))?);
        }
    }
    id.map(|id| AnchorTag::Open { id, is_closed })
}

/// The id that a text is; `None` for one that cannot be an id.
pub fn id_of(text: &str) -> Option<String> {
    is_id(text).then(|| composed(text).into_owned())
}

/// Whether a text can be an id: letters, digits and what names join words with. A slash parts the
/// ids that are made of the headings above.
fn is_id(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !text.is_empty() && text.len() <= MAX_BYTES && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let found = attributes(text, Dialect::Help);
        let shown = found.as_ref().map(|(start, ids)| {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            (&text[..*start], ids)
        });
        assert_eq!(
            shown,
            expected.map(|(before, ids)| (before, ids.to_vec())),
            "{text}"
        );
    }

    #[test]
    fn id_is_read_and_the_rest_dropped() {
        check("설치 {#install}", Some(("설치 ", &["install"])));
        check("설치{#설치.1}", Some(("설치", &["설치.1"])));
        check("a {.wide #b key=val k2=\"v w\"}", Some(("a ", &["b"])));
        check("h {#a onclick=alert(1)}", Some(("h ", &["a"])));
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "a {b}",
            "a {.b}",
            "a {#}",
            "a {#b c}",
            "a {#b/c}",
            "${#a}",
            "{{#if}}",
            "a {# b #}",
            "a \\{#b}",
            "a {#b",
            "a {#b\"c}",
            "a {#<b>}",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn anchors_are_tags_that_say_no_more_than_an_id() {
        let open = |id: &str, is_closed| {
            let id = id.to_string();
            Some(AnchorTag::Open { id, is_closed })
        };
        assert_eq!(anchor_tag("<a id=\"old\">"), open("old", false));
        assert_eq!(anchor_tag("<A NAME='old' class=x/>"), open("old", true));
        assert_eq!(anchor_tag("<a name=b id=c >"), open("c", false));
        assert_eq!(anchor_tag("</a>"), Some(AnchorTag::Close));
        for html in [
            "<a>",
            "<a href=\"b\" id=\"c\">",
            "<a id=\"b\" onclick=\"c\">",
            "<b id=\"c\">",
            "<a id>",
            "<a id=\"b c\">",
        ] {
            assert_eq!(anchor_tag(html), None, "{html}");
        }
    }
}
