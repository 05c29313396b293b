//! Which block quotes and list items a line is in, and whether it is fenced code.
//!
//! CommonMark's container rules (0.31.2, section 5), just enough of them to know where a line's
//! own text starts and where a fence ends with its list item. pulldown-cmark has the last word:
//! [`super::mask`] compares its answer with ours.

/// Deepest stack of containers that is followed; nesting is cut at 64 when the tree is built.
const MAX_DEPTH: usize = 128;

/// A container around a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Container {
    /// `> `
    Quote,
    /// A list item whose text starts this many columns in.
    Item(usize),
}

/// What is known at the start of a line.
#[derive(Debug)]
pub(super) struct Line {
    /// Offset of the line's own text, after prefixes and spaces.
    pub content: usize,
    /// Start of the fence this line belongs to.
    pub fence: Option<usize>,
}

/// Where `text` gets deeper than any writer means: the start of the first line that is in
/// more containers than are followed, or the end of the text. CommonMark looks at every container
/// again on every line, so what follows such a line could take hours to read.
pub(super) fn readable_end(text: &str) -> usize {
    let mut containers = Containers::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        containers.enter_line(text, start, |_| true);
        if containers.stack.len() == MAX_DEPTH {
            return start;
        }
        start += line.len();
    }
    start
}

struct Fence {
    start: usize,
    marker: u8,
    length: usize,
    depth: usize,
}

/// Follows containers and fences from line to line.
#[derive(Default)]
pub(super) struct Containers {
    /// The containers around the current line, outermost first.
    pub stack: Vec<Container>,
    fence: Option<Fence>,
}

impl Containers {
    /// Reads the prefix of the line at `start`; `is_fence` states whether a fence may open there.
    pub fn enter_line(
        &mut self,
        text: &str,
        start: usize,
        is_fence: impl Fn(usize) -> bool,
    ) -> Line {
        let mut cursor = Cursor::new(text, start);
        let matched = self
            .stack
            .iter()
            .take_while(|container| cursor.enter(**container))
            .count();
        if let Some(fence) = self.fence.take_if(|fence| matched >= fence.depth) {
            let opened = fence.start;
            if !cursor.closes(&fence) {
                self.fence = Some(fence);
            }
            return Line {
                content: cursor.at,
                fence: Some(opened),
            };
        }
        self.fence = None;
        if !cursor.is_blank() {
            self.stack.truncate(matched);
            self.open_containers(&mut cursor);
        }
        let fence = cursor
            .opens_fence(self.stack.len())
            .filter(|fence| is_fence(fence.start));
        let opened = fence.as_ref().map(|fence| fence.start);
        self.fence = fence;
        cursor.skip_blanks();
        Line {
            content: cursor.at,
            fence: opened,
        }
    }

    fn open_containers(&mut self, cursor: &mut Cursor<'_>) {
        while self.stack.len() < MAX_DEPTH {
            match cursor.opens_container() {
                Some(container) => self.stack.push(container),
                None => return,
            }
        }
    }
}

/// A place in a line, with tabs counted as columns.
#[derive(Clone)]
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    column: usize,
    /// Columns of a tab that a prefix has not used up.
    spare: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: start,
            column: 0,
            spare: 0,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes
            .get(self.at)
            .copied()
            .filter(|byte| *byte != b'\n')
    }

    fn is_blank(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.iter()
            .take_while(|byte| **byte != b'\n')
            .all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// Takes up to `columns` of space and returns how many there were.
    fn take_blank(&mut self, columns: usize) -> usize {
        let mut taken = 0;
        while taken < columns {
            if self.spare > 0 {
                self.spare -= 1;
            } else {
                match self.peek() {
                    Some(b' ') => self.column += 1,
                    Some(b'\t') => {
                        let width = 4 - self.column % 4;
                        self.column += width;
                        self.spare = width - 1;
                    }
                    _ => break,
                }
                self.at += 1;
            }
            taken += 1;
        }
        taken
    }

    fn skip_blanks(&mut self) {
        self.take_blank(usize::MAX);
    }

    fn step(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
    }

    /// Takes the prefix of an open container; without it the cursor stays.
    fn enter(&mut self, container: Container) -> bool {
        let mut next = self.clone();
        let entered = match container {
            Container::Quote => next.take_quote(),
            Container::Item(_) if next.is_blank() => true,
            Container::Item(columns) => next.take_blank(columns) == columns,
        };
        if entered {
            *self = next;
        }
        entered
    }

    fn take_quote(&mut self) -> bool {
        self.take_blank(3);
        let found = self.spare == 0 && self.peek() == Some(b'>');
        if found {
            self.step(1);
            self.take_blank(1);
        }
        found
    }

    fn opens_container(&mut self) -> Option<Container> {
        let mut next = self.clone();
        if next.take_quote() {
            *self = next;
            return Some(Container::Quote);
        }
        let mut next = self.clone();
        let indent = next.take_blank(4);
        if indent == 4 || next.is_thematic_break() {
            return None;
        }
        let marker = next.marker_length()?;
        next.step(marker);
        let after = next.clone();
        let blanks = next.take_blank(5);
        if blanks == 0 && !next.is_blank() {
            return None;
        }
        let padding = if blanks == 5 || next.is_blank() {
            next = after;
            next.take_blank(1);
            1
        } else {
            blanks
        };
        *self = next;
        Some(Container::Item(indent + marker + padding))
    }

    fn marker_length(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        match rest.first()? {
            b'-' | b'+' | b'*' => Some(1),
            _ => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let is_marker = matches!(rest.get(digits), Some(b'.' | b')'));
                ((1..=9).contains(&digits) && is_marker).then_some(digits + 1)
            }
        }
    }

    fn is_thematic_break(&self) -> bool {
        let line = self.bytes[self.at..]
            .iter()
            .take_while(|byte| **byte != b'\n');
        let mut marks = line.filter(|byte| !matches!(byte, b' ' | b'\t'));
        let Some(first) = marks
            .next()
            .filter(|byte| matches!(byte, b'-' | b'*' | b'_'))
        else {
            return false;
        };
        let mut others = 0;
        marks.all(|byte| {
            others += 1;
            byte == first
        }) && others >= 2
    }

    fn run(&self) -> usize {
        let rest = &self.bytes[self.at..];
        rest.first().map_or(0, |first| {
            rest.iter().take_while(|byte| *byte == first).count()
        })
    }

    fn opens_fence(&self, depth: usize) -> Option<Fence> {
        let mut next = self.clone();
        if next.take_blank(4) == 4 {
            return None;
        }
        let marker = next.peek().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = next.run();
        let mut info = next.bytes[next.at + length..]
            .iter()
            .take_while(|byte| **byte != b'\n');
        let is_fence = length >= 3 && (marker == b'~' || info.all(|byte| *byte != b'`'));
        is_fence.then_some(Fence {
            start: next.at,
            marker,
            length,
            depth,
        })
    }

    fn closes(&self, fence: &Fence) -> bool {
        let mut next = self.clone();
        if next.take_blank(4) == 4 || next.peek() != Some(fence.marker) {
            return false;
        }
        let length = next.run();
        next.step(length);
        length >= fence.length && next.is_blank()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows each line as its containers, `#` when fenced, and its own text.
    fn check(text: &str, expected: &[&str]) {
        let mut containers = Containers::default();
        let mut start = 0;
        let mut shown = Vec::new();
        for line in text.split('\n') {
            let entered = containers.enter_line(text, start, |_| true);
            let stack: String = containers
                .stack
                .iter()
                .map(|container| match container {
                    Container::Quote => ">".to_string(),
                    Container::Item(columns) => columns.to_string(),
                })
                .collect();
            let fenced = if entered.fence.is_some() { "#" } else { "" };
            let end = start + line.len();
            shown.push(format!(
                "{stack}{fenced} {}",
                &text[entered.content.min(end)..end]
            ));
            start = end + 1;
        }
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn prefixes_are_taken_off() {
        check("> - a\n>   b\nc", &[">2 a", ">2 b", " c"]);
        check("1. a\n   b\n\n   c", &["3 a", "3 b", "3 ", "3 c"]);
        check("-\tx\n\ty", &["4 x", "4 y"]);
        check("* * *", &[" * * *"]);
    }

    #[test]
    fn text_is_read_up_to_the_line_that_is_too_deep() {
        let line = |depth| "> ".repeat(depth) + "a\n";
        let text = line(2) + &line(MAX_DEPTH) + &line(1);
        assert_eq!(readable_end(&text), line(2).len());
        assert_eq!(
            readable_end(&line(MAX_DEPTH - 1)),
            line(MAX_DEPTH - 1).len()
        );
    }

    #[test]
    fn fence_ends_with_its_list_item() {
        check(
            "- a\n\n  ```\n  code\n\nafter",
            &["2 a", "2 ", "2# ```", "2# code", "2# ", " after"],
        );
        check("```\na\n```\nb", &["# ```", "# a", "# ```", " b"]);
        check("~~~ x`y\na", &["# ~~~ x`y", "# a"]);
    }
}
