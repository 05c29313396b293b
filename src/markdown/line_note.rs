//! Comments in code that say how its lines are shown, as VitePress and Shiki read them. They mark
//! lines and are not shown.
//!
//! ```text
//! note = opening [ text ] "[!code " word [ ":" count ] "]" [ closing ]
//! word = "++" | "--" | "highlight" | "hl" | "focus" | "error" | "warning" | "info" | "word:" text
//!
//! call()  // [!code ++]
//! ```
//!
//! A comment with nothing else on its line is about the lines after it, and the line is left out. A
//! comment with more text keeps that text. Of several notes in a line the last one counts.

use crate::markdown::node::{Block, Children, CodeBlock, Content, LineMark};

/// Beginning of a note.
const OPENING: &str = "[!code ";

/// What begins a comment, and what ends it.
const COMMENTS: [(&str, &str); 6] = [
    ("{/*", "*/}"),
    ("<!--", "-->"),
    ("/*", "*/"),
    ("//", ""),
    ("--", ""),
    ("#", ""),
];

/// Reads the notes in all code of a document.
pub(super) fn read_notes(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Code(node) => read_code(node),
            Block::Quote(node) => read_notes(&mut node.blocks),
            Block::Footnote(node) => read_notes(&mut node.blocks),
            Block::List(node) => {
                let items = node.items.iter_mut();
                items.for_each(|item| read_notes(&mut item.blocks));
            }
            Block::Component(node) => {
                if let Children::Blocks(blocks) = &mut node.children {
                    read_notes(blocks);
                }
                for attribute in &mut node.attributes {
                    if let Content::Blocks(blocks) = &mut attribute.content {
                        read_notes(blocks);
                    }
                }
            }
            _ => {}
        }
    }
}

fn read_code(code: &mut CodeBlock) {
    if !code.text.contains(OPENING) {
        return;
    }
    let mut shown = String::with_capacity(code.text.len());
    let mut marks = Vec::new();
    let mut number = 1;
    // The last line that a note is about, and how it marks it.
    let mut until = (0, None);
    for line in code.text.split_inclusive('\n') {
        let note = Note::of(line);
        let is_alone = note.as_ref().is_some_and(Note::is_alone);
        if let Some(note) = &note {
            // A note alone in its line is about the lines after it, which begin at this number.
            until = (number + note.count - 1, note.mark);
            note.push_rest(&mut shown);
        } else {
            shown.push_str(line);
        }
        if is_alone {
            continue;
        }
        if let (true, Some(mark)) = (number <= until.0, until.1) {
            marks.push((number, mark));
        }
        number += 1;
    }
    code.text = shown;
    code.marks = marks;
}

/// A note in a line.
struct Note<'a> {
    /// What is before and after it.
    before: &'a str,
    after: &'a str,
    /// How lines are marked; `None` for a note about words.
    mark: Option<LineMark>,
    /// How many lines it is about.
    count: usize,
}

impl<'a> Note<'a> {
    /// The last note of a line.
    fn of(line: &'a str) -> Option<Self> {
        let start = line.rfind(OPENING)?;
        let (inner, after) = line[start + OPENING.len()..].split_once(']')?;
        let (word, count) = match inner.rsplit_once(':') {
            Some((word, count)) => (word, count.parse().ok().filter(|count| *count > 0)),
            None => (inner, Some(1)),
        };
        let mark = match word.trim() {
            "++" => Some(LineMark::Inserted),
            "--" => Some(LineMark::Deleted),
            "highlight" | "hl" | "focus" | "error" | "warning" | "info" => Some(LineMark::Marked),
            _ if inner.starts_with("word:") => None,
            _ => return None,
        };
        let count = if mark.is_some() { count? } else { 1 };
        let before = &line[..start];
        let (before, after) = without_comment(before, after)?;
        Some(Self {
            before,
            after,
            mark,
            // A text has fewer lines than this.
            count: usize::min(count, u32::MAX as usize),
        })
    }

    /// Whether its line has nothing else.
    fn is_alone(&self) -> bool {
        self.before.trim().is_empty() && self.after.trim().is_empty()
    }

    /// Adds what its line has besides.
    fn push_rest(&self, shown: &mut String) {
        if !self.is_alone() {
            shown.push_str(self.before);
            shown.push_str(self.after);
        }
    }
}

/// What is around a note without the marks of the comment that it is in; these stay where the
/// comment has a text of its own. `None` where there is no comment.
fn without_comment<'a>(before: &'a str, after: &'a str) -> Option<(&'a str, &'a str)> {
    let code = before.trim_end();
    for (opening, closing) in COMMENTS {
        let Some(rest) = code.strip_suffix(opening) else {
            continue;
        };
        if closing.is_empty() && !after.trim().is_empty() {
            return Some((code, after));
        }
        let after = after.trim_start_matches([' ', '\t']);
        let rest = rest.trim_end_matches([' ', '\t']);
        return Some((rest, after.strip_prefix(closing)?));
    }
    // A comment with a text before the note.
    let is_opened = |(opening, _): &(&str, &str)| code.contains(opening);
    COMMENTS.iter().any(is_opened).then_some((code, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// The lines that are shown, each after its mark.
    fn check(text: &str, expected: &str) {
        let mut code = CodeBlock {
            info: None,
            text: text.to_string(),
            marks: Vec::new(),
            span: Span::new(0, 0),
        };
        read_code(&mut code);
        let sign = |number| {
            let mark = code.marks.iter().find(|(line, _)| *line == number);
            match mark.map(|(_, mark)| mark) {
                None => ' ',
                Some(LineMark::Marked) => '=',
                Some(LineMark::Inserted) => '+',
                Some(LineMark::Deleted) => '-',
            }
        };
        let lines = code.text.lines().enumerate();
        let shown: Vec<String> = lines
            .map(|(index, line)| format!("{}{line}", sign(index + 1)))
            .collect();
        assert_eq!(shown.join("\n"), expected, "{text}");
    }

    #[test]
    fn comments_mark_lines_and_are_not_shown() {
        check("a() // [!code ++]\nb()\n", "+a()\n b()");
        check("a # [!code --]\n", "-a");
        check("<a> <!-- [!code highlight] -->\n", "=<a>");
        check("<a> {/* [!code focus] */}\n<b>", "=<a>\n <b>");
        check("a, /* [!code hl:2] */\nb\nc", "=a,\n=b\n c");
        check("a { /* [!code ++] */ b\n", "+a { b");
        check("a // [!code word:b]\n", " a");
    }

    #[test]
    fn comment_alone_is_about_the_lines_after_it() {
        check("a\n// [!code ++:2]\nb\nc\nd", " a\n+b\n+c\n d");
        check("// [!code --]", "");
        check("// [!code ++]\n// [!code --]\na\nb", "-a\n b");
    }

    #[test]
    fn text_of_a_comment_stays() {
        check("// b [!code highlight]\na", "=// b\n a");
        check("a // [!code ++] b\n", "+a // b");
    }

    #[test]
    fn other_code_stays() {
        for text in [
            "a[!code ++]",
            "// [!code other]",
            "// [!code ++",
            "// [!code ++:0]",
            "// [!code ++:x]",
        ] {
            check(text, &format!(" {text}"));
        }
        check(
            "// [!code ++:99999999999999999999]\na",
            " // [!code ++:99999999999999999999]\n a",
        );
    }
}
