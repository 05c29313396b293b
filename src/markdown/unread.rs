//! Marks that look like Markdown and are read as text, which their writer did not mean.
//!
//! CommonMark closes bold only where the mark stands at the end of a word. Korean particles
//! follow without a blank, so punctuation before the mark keeps it open:
//!
//! ```text
//! **[Sandbox 페이지]**의 값
//!                  ^^ stays text: move the brackets out of the bold
//! ![](/uploads/개인정보 202307.png)
//!                    ^ a blank ends the address: put it in angle brackets
//! ```

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit, Message, Severity};
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

const BOLD: &str = "**";

/// Finds such marks in the text nodes of a tree; `text` is the whole file.
pub(super) fn find(blocks: &[Block], text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut marks: Vec<usize> = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| match node {
        Node::Inline(Inline::Text(node)) => {
            let source = &text[node.span.range()];
            if node.text.contains(BOLD) {
                marks.extend(bold_marks(source).map(|at| node.span.start + at));
            }
            if node.text.contains("![") {
                found.extend(unread_images(source, node.span.start, file));
            }
        }
        Node::Block(Block::Paragraph(_) | Block::Heading(_)) => {
            found.extend(unclosed(&std::mem::take(&mut marks), text, file));
        }
        _ => {}
    });
    found.extend(unclosed(&marks, text, file));
    found
}

/// Offsets of `**` that no backslash escapes.
fn bold_marks(source: &str) -> impl Iterator<Item = usize> + '_ {
    let marks = source.match_indices(BOLD).map(|(at, _)| at);
    marks.filter(|at| !source[..*at].ends_with('\\'))
}

/// Pairs of marks that enclose text and are followed by a letter.
fn unclosed(marks: &[usize], text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let inner = &text[open + BOLD.len()..close];
        let after = text[close + BOLD.len()..].chars().next();
        let Some(particle) = after.filter(|character| character.is_alphabetic()) else {
            continue;
        };
        if inner.is_empty()
            || inner.starts_with(char::is_whitespace)
            || inner.ends_with(char::is_whitespace)
        {
            continue;
        }
        let span = Span::new(open, close + BOLD.len() + particle.len_utf8());
        let mut diagnostic = Diagnostic::new("unclosed-bold", Severity::Warning, file, span);
        if let Some(fixed) = marks_moved_in(inner) {
            diagnostic = diagnostic.help(Message::new("unclosed-bold.help").with("fixed", &fixed));
            diagnostic.fix = vec![Edit {
                span: Span::new(open, close + BOLD.len()),
                text: fixed,
            }];
        }
        found.push(diagnostic);
    }
    found
}

/// `[Sandbox 페이지]` as `[**Sandbox 페이지**]`; `None` where that would change more than the mark.
fn marks_moved_in(inner: &str) -> Option<String> {
    let letter = |character: char| character.is_alphanumeric();
    let start = inner
        .strip_prefix("&quot;")
        .map_or_else(|| inner.find(letter), |rest| Some(inner.len() - rest.len()))?;
    let end = match inner.strip_suffix("&quot;") {
        Some(rest) => rest.len(),
        None => inner
            .rfind(letter)
            .map(|at| at + inner[at..].chars().next().map_or(1, char::len_utf8))?,
    };
    let outside = [&inner[..start], inner.get(end..)?];
    let is_plain = outside
        .iter()
        .all(|text| !text.contains(['`', '*', '_', '<', '>', '\n']));
    (start < end && is_plain)
        .then(|| format!("{}**{}**{}", outside[0], &inner[start..end], outside[1]))
}

/// Images whose address holds a blank, or a bracket without its partner.
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
    fn bold_before_a_particle_does_not_close() {
        check(
            "**[Sandbox 페이지]**의 값",
            &[("**[Sandbox 페이지]**의", "[**Sandbox 페이지**]")],
        );
        check(
            "**&quot;010&quot;**로",
            &[("**&quot;010&quot;**로", "&quot;**010**&quot;")],
        );
        check("**`API 이름`**이", &[("**`API 이름`**이", "")]);
        check("**굵게**로 \\*\\*글자\\*\\*로 2 ** 3 ** 4", &[]);
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
