//! Whether a drawing is plain enough to be laid out by the engine.
//!
//! A small file can ask for much: entities and uses multiply, and filters, masks, patterns and
//! images inside a drawing are painted point by point. A drawing that contains such, or is nested
//! deep, is named and not drawn. Grammar of what is looked at:
//!
//! ```text
//! markup = "<!--" … "-->" | "<![CDATA[" … "]]>" | "<?" … "?>" | "<!" … ">"
//!        | "</" name ">" | "<" name (… | quoted)* "/"? ">"
//! ```

/// Largest drawing, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Elements of a drawing, and how deep they may be within each other.
const MAX_ELEMENTS: usize = 20_000;
const MAX_NESTING: usize = 64;

/// References to other parts of the drawing. Each may contain twice what the one before it
/// contains.
const MAX_USES: usize = 16;

/// Elements that are painted point by point, or hold something else than a drawing.
const REFUSED: [&str; 6] = [
    "filter",
    "feImage",
    "foreignObject",
    "image",
    "mask",
    "pattern",
];

/// Whether these bytes are a drawing that costs no more than its size says.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    if bytes.len() > MAX_BYTES {
        return false;
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    // A filter may be named by a style too.
    text.contains("<svg") && !text.contains("filter") && is_bounded(text).unwrap_or(false)
}

/// `None` where the text is no markup.
fn is_bounded(text: &str) -> Option<bool> {
    let (mut elements, mut uses, mut nesting) = (0, 0, 0_usize);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let ends = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        if let Some((start, end)) = ends.iter().find(|(start, _)| rest.starts_with(start)) {
            let inside = &rest[start.len()..];
            rest = &inside[inside.find(end)? + end.len()..];
            continue;
        }
        let end = tag_end(rest)?;
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with("<!") {
            // Entities are declared between brackets.
            if tag.contains('[') {
                return Some(false);
            }
        } else if tag.starts_with("</") {
            nesting = nesting.saturating_sub(1);
        } else {
            elements += 1;
            uses += usize::from(name(tag) == "use");
            nesting += usize::from(!tag.ends_with("/>"));
            let is_refused = REFUSED.contains(&name(tag));
            if is_refused || elements > MAX_ELEMENTS || uses > MAX_USES || nesting > MAX_NESTING {
                return Some(false);
            }
        }
    }
    Some(true)
}

/// One past the `>` that ends the tag at the start of the text; one in quotes does not.
///
/// ```text
/// <path d="a > b"/>
///                  ^
/// ```
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // The tag before it never ended.
            (None, b'<') if at > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// An element's name without its prefix.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let end = name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
    let name = &name[..end.unwrap_or(name.len())];
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inside: &str, expected: bool) {
        let text = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE svg><svg xmlns=\"a\"><!-- <g> -->{inside}</svg>"
        );
        assert_eq!(is_plain(text.as_bytes()), expected, "{inside}");
    }

    #[test]
    fn drawings_of_shapes_and_words_are_plain() {
        check(
            "<g><path d=\"M0 0>\"/><text x='1'>image, mask</text></g>",
            true,
        );
        check(
            "<defs><linearGradient id=\"a\"/></defs><use href=\"#a\"/>",
            true,
        );
        check("<style><![CDATA[ .a > .b { fill: red } ]]></style>", true);
    }

    #[test]
    fn drawings_that_multiply_or_are_painted_are_not() {
        for inside in [
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<svg:image href=\"file:///etc/passwd\"/>",
            "<mask id=\"a\"/>",
            "<pattern id=\"a\"/>",
            "<rect style=\"filter: blur(9px)\"/>",
            "<foreignObject></foreignObject>",
            "<path",
            "<!-- ",
        ] {
            check(inside, false);
        }
        check(&"<use href=\"#a\"/>".repeat(17), false);
        check(&"<g>".repeat(64), false);
        check(&"<path/>".repeat(20_000), false);
        check(&format!("<text>{}</text>", "a".repeat(MAX_BYTES)), false);
        assert!(!is_plain(b"<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>"));
        assert!(!is_plain(b"\x1f\x8b<svg/>") && !is_plain(b"\xff<svg/>"));
    }
}
