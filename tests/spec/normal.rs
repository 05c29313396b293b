//! One form for HTML that means the same.
//!
//! - White space next to the tag of a block is dropped, but not inside `pre`.
//! - Attributes stand in the order of their names, in double quotes, one blank between them; a
//!   value that is not given is empty. `/` at the end of a tag is dropped.
//! - Characters are written as themselves, whatever entity they came from, and only `&`, `<`, `>`
//!   and `"` as entities.
//!
//! Everything else counts, line ends and blanks inside text too.

use std::sync::LazyLock;

use html_escape::{decode_html_entities, encode_double_quoted_attribute, encode_text};
use regex::{Captures, Regex};

const BLOCKS: [&str; 23] = [
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let value = r#"(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"#;
    let attribute = format!(r"\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*{value})?");
    let tag = format!(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:{attribute})*)\s*/?>");
    Regex::new(&tag).unwrap()
});

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    let value = r#"(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))"#;
    Regex::new(&format!(r"\s+([A-Za-z_:][\w:.-]*)(?:\s*=\s*{value})?")).unwrap()
});

/// The one form of `html`.
pub fn normalise(html: &str) -> String {
    let mut out = String::new();
    let mut start = 0;
    let mut is_pre = false;
    let mut after_block = true;
    for tag in TAG.captures_iter(html) {
        let place = tag.get(0).unwrap();
        let is_block = BLOCKS.contains(&&tag[2]);
        push_text(
            &mut out,
            &html[start..place.start()],
            is_pre,
            after_block,
            is_block,
        );
        out.push_str(&normal_tag(&tag));
        start = place.end();
        after_block = is_block;
        if &tag[2] == "pre" {
            is_pre = tag[1].is_empty();
        }
    }
    push_text(&mut out, &html[start..], is_pre, after_block, true);
    out
}

fn push_text(out: &mut String, text: &str, is_pre: bool, after_block: bool, before_block: bool) {
    let mut text = text;
    if after_block && !is_pre {
        text = text.trim_start();
    }
    if before_block && !is_pre {
        text = text.trim_end();
    }
    out.push_str(&encode(text));
}

fn encode(text: &str) -> String {
    encode_text(&decode_html_entities(text)).replace('"', "&quot;")
}

fn normal_tag(tag: &Captures<'_>) -> String {
    let attributes = ATTRIBUTE.captures_iter(&tag[3]);
    let mut attributes: Vec<String> = attributes
        .map(|attribute| normal_attribute(&attribute))
        .collect();
    attributes.sort();
    format!("<{}{}{}>", &tag[1], &tag[2], attributes.concat())
}

fn normal_attribute(attribute: &Captures<'_>) -> String {
    let value = (2..=4).find_map(|group| attribute.get(group));
    let value = decode_html_entities(value.map_or("", |value| value.as_str()));
    format!(
        " {}=\"{}\"",
        &attribute[1],
        encode_double_quoted_attribute(&value)
    )
}

#[test]
fn html_that_means_the_same_has_one_form() {
    assert_eq!(
        normalise("<ul>\n<li>a\n</li> </ul>\n"),
        "<ul><li>a</li></ul>"
    );
    assert_eq!(
        normalise("<a b='&quot;' A=x c>"),
        "<a A=\"x\" b=\"&quot;\" c=\"\">"
    );
    assert_eq!(
        normalise("<p>&ouml; \" &#x3E;<br /></p>"),
        "<p>ö &quot; &gt;<br></p>"
    );
}

#[test]
fn text_and_code_keep_their_blanks() {
    assert_eq!(normalise("<p>a\nb  c</p>"), "<p>a\nb  c</p>");
    assert_eq!(normalise("<pre> a\n\n</pre>\n"), "<pre> a\n\n</pre>");
}
