//! Images that are read as text, which their writer did not mean.
//!
//! ```text
//! ![](/uploads/개인정보 202307.png)
//!                    ^ a blank ends the address: put it in angle brackets
//! ```

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// Finds such images in the text nodes of a tree; `text` is the whole file.
pub(super) fn find(blocks: &[Block], text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| {
        if let Node::Inline(Inline::Text(node)) = node
            && node.text.contains("![")
        {
            let source = &text[node.span.range()];
            found.extend(unread_images(source, node.span.start, file));
        }
    });
    found
}

/// Images whose address contains a space, or a bracket without its partner.
///
/// ```text
/// ![a](/b c.png) d
/// before|after
/// ```
fn unread_images(source: &str, start: usize, file: FileId) -> Vec<Diagnostic> {
    const MIDDLE: &str = "](";
    let mut found = Vec::new();
    let mut before: Option<Range<usize>> = None;
    let mut at = 0;
    for piece in source.split(MIDDLE) {
        let after = at..at + piece.len();
        if let Some(before) = before {
            let image = source[before.clone()].rfind("![").map(|n| before.start + n);
            let end = address_end(piece).map(|n| after.start + n);
            if let (Some(image), Some(end)) = (image, end) {
                found.extend(unread_image(source, image, after.start..end, start, file));
            }
        }
        at = after.end + MIDDLE.len();
        before = Some(after);
    }
    found
}

fn unread_image(
    source: &str,
    image: usize,
    address: Range<usize>,
    start: usize,
    file: FileId,
) -> Option<Diagnostic> {
    let written = source[address.clone()].trim();
    if !written.contains([' ', '(']) || written.contains(['<', '>', '"', '\n']) {
        return None;
    }
    let open = address.start - 1;
    let span = Span::new(start + open, start + address.end + 1);
    let fixed = format!("(<{written}>)");
    let help = Message::new("image-path-unsafe.help")
        .with("fixed", format!("{}{fixed}", &source[image..open]));
    let diagnostic = Diagnostic::new("image-path-unsafe", Severity::Warning, file, span);
    Some(diagnostic.help(help).edit(span, fixed))
}

/// Offset of the bracket that ends an address: the first without a partner, else the first.
///
/// ```text
/// /a/화면 (1).png)
///               ^
/// ```
fn address_end(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in rest.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            '\n' => break,
            _ => {}
        }
    }
    rest.find(')')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;

    /// Shows each finding as its source and its fix.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let (_, found) = parse(text, FileId(0), &Config::defaults().components);
        let shown: Vec<(&str, &str)> = found
            .iter()
            .map(|found| {
                (
                    &text[found.span.range()],
                    found.fix.first().map_or("", |edit| edit.text.as_str()),
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn blank_ends_the_address_of_an_image() {
        check(
            "![](/a/개인 정보.png)",
            &[("(/a/개인 정보.png)", "(</a/개인 정보.png>)")],
        );
        check(
            "![](/a/화면 (1).png)",
            &[("(/a/화면 (1).png)", "(</a/화면 (1).png>)")],
        );
        check("![](/a/b(c.png)", &[("(/a/b(c.png)", "(</a/b(c.png>)")]);
        check("![a](b.png \"제목\") ![a](<b c.png>) ![a](b(1).png)", &[]);
        check("![a ![b](c d) ](e f)", &[("(c d)", "(<c d>)")]);
    }
}
