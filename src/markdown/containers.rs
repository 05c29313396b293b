//! Which block quotes and list items a line is in, and whether it is fenced code.
//!
//! CommonMark's container rules (0.31.2, section 5), just enough of them to know where a line's
//! own text starts and where a fence ends with its list item. pulldown-cmark has the last word:
//! [`super::mask`] compares its answer with ours.

use std::ops::Range;

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
    /// Columns before it, after the prefixes of its containers.
    indent: usize,
}

/// Blanks at the start of a line that are more than its containers need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Surplus {
    /// All blanks at that place.
    pub blanks: Range<usize>,
    /// How many spaces are needed there.
    pub needed: usize,
}

/// Indentation without limits, as MDX has it: no indented code, and blocks that start at any
/// column.
#[derive(Default)]
struct Free {
    /// Whether it is so at the current line.
    is_on: bool,
    /// For each container, by how many columns more than needed its text is indented.
    cuts: Vec<usize>,
    surplus: Vec<Surplus>,
}

/// Follows containers and fences from line to line.
#[derive(Default)]
pub(super) struct Containers {
    /// The containers around the current line, outermost first.
    pub stack: Vec<Container>,
    fence: Option<Fence>,
    /// `None` where four columns are code.
    free: Option<Free>,
}

impl Containers {
    /// Containers of a text whose indentation is free; where it is not everywhere,
    /// [`Self::set_free`] turns it on.
    pub fn with_free_indent(is_on: bool) -> Self {
        let free = Free {
            is_on,
            ..Free::default()
        };
        Self {
            free: Some(free),
            ..Self::default()
        }
    }

    /// Decides whether indentation is free on the lines from here.
    pub fn set_free(&mut self, is_on: bool) {
        if let Some(free) = &mut self.free {
            free.is_on = is_on;
        }
    }

    fn is_free(&self) -> bool {
        self.free.as_ref().is_some_and(|free| free.is_on)
    }

    /// The blanks found so far that no container needs, in order.
    pub fn into_surplus(self) -> Vec<Surplus> {
        self.free.map(|free| free.surplus).unwrap_or_default()
    }

    /// Reads the prefix of the line at `start`; `is_fence` states whether a fence may open there.
    pub fn enter_line(
        &mut self,
        text: &str,
        start: usize,
        is_fence: impl Fn(usize) -> bool,
    ) -> Line {
        let mut cursor = Cursor::new(text, start, self.is_free());
        let matched = self.enter_containers(&mut cursor);
        if let Some(fence) = self.fence.take_if(|fence| matched >= fence.depth) {
            let opened = fence.start;
            match cursor.closes(&fence) {
                true => self.cut_blanks(&mut cursor.clone(), usize::MAX),
                false => {
                    self.cut_blanks(&mut cursor.clone(), fence.indent);
                    self.fence = Some(fence);
                }
            }
            return Line {
                content: cursor.at,
                fence: Some(opened),
            };
        }
        self.fence = None;
        if !cursor.is_blank() {
            self.stack.truncate(matched);
            if let Some(free) = &mut self.free {
                free.cuts.truncate(matched);
            }
            self.open_containers(&mut cursor);
        }
        let fence = cursor
            .opens_fence(self.stack.len())
            .filter(|fence| is_fence(fence.start));
        let opened = fence.as_ref().map(|fence| fence.start);
        self.fence = fence;
        if !cursor.is_blank() {
            self.cut_blanks(&mut cursor.clone(), usize::MAX);
        }
        cursor.skip_blanks();
        Line {
            content: cursor.at,
            fence: opened,
        }
    }

    /// Takes the prefixes of the containers that the line is in, and returns how many they are.
    fn enter_containers(&mut self, cursor: &mut Cursor<'_>) -> usize {
        for (index, container) in self.stack.iter().enumerate() {
            let start = cursor.clone();
            if !cursor.enter(*container) {
                return index;
            }
            let Some(free) = self.free.as_mut().filter(|_| !start.is_blank()) else {
                continue;
            };
            let needed = match container {
                Container::Item(columns) => columns - free.cuts[index],
                Container::Quote => 0,
            };
            // The rest of a tab that reaches beyond the prefix is part of the code.
            let spare = if self.fence.is_some() {
                cursor.spare
            } else {
                0
            };
            free.note(&start, cursor, needed + spare);
        }
        self.stack.len()
    }

    fn open_containers(&mut self, cursor: &mut Cursor<'_>) {
        while self.stack.len() < MAX_DEPTH {
            let start = cursor.clone();
            let Some(container) = cursor.opens_container() else {
                return;
            };
            self.stack.push(container);
            if let Some(free) = &mut self.free {
                free.open(&start, cursor, container);
            }
        }
    }

    /// Notes up to `columns` blanks before a line's own text as surplus.
    fn cut_blanks(&mut self, cursor: &mut Cursor<'_>, columns: usize) {
        if let Some(free) = self.free.as_mut().filter(|free| free.is_on) {
            let start = cursor.clone();
            cursor.take_blank(columns);
            free.note(&start, cursor, 0);
        }
    }
}

impl Free {
    /// Notes what is surplus of the blanks from `start` to `end`.
    fn note(&mut self, start: &Cursor<'_>, end: &Cursor<'_>, needed: usize) {
        if !self.is_on && self.cuts.iter().all(|cut| *cut == 0) {
            return;
        }
        let marks = |byte: &u8| !matches!(byte, b' ' | b'\t');
        let bytes = &start.bytes[start.at..end.at];
        let blanks = bytes.iter().position(marks).unwrap_or(bytes.len());
        if blanks > 0 && (blanks != needed || bytes[..blanks].contains(&b'\t')) {
            self.surplus.push(Surplus {
                blanks: start.at..start.at + blanks,
                needed,
            });
        }
    }

    /// Notes the blanks around the marker of a container that opens.
    fn open(&mut self, start: &Cursor<'_>, end: &Cursor<'_>, container: Container) {
        if self.is_on {
            self.note(start, end, 0);
        }
        let is_item = start.bytes.get(start.at..).is_some_and(|rest| {
            let text = rest.trim_ascii_start();
            !text.starts_with(b"[^")
        });
        let columns = match container {
            Container::Item(columns) if self.is_on && is_item => columns,
            _ => return self.cuts.push(0),
        };
        let prefix = &start.bytes[start.at..end.at];
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let marker = prefix.iter().skip_while(|byte| is_blank(byte));
        let marker = marker.take_while(|byte| !is_blank(byte)).count();
        self.cuts.push(columns.saturating_sub(marker + 1));
        let mut padding = start.clone();
        padding.skip_blanks();
        padding.step(marker);
        if !padding.is_blank() {
            self.note(&padding, end, 1);
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
    /// Whether a block may start at any column.
    is_free: bool,
}

/// Columns before a block that make it code.
const CODE_INDENT: usize = 4;

impl<'a> Cursor<'a> {
    fn new(text: &'a str, start: usize, is_free: bool) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: start,
            column: 0,
            spare: 0,
            is_free,
        }
    }

    /// Takes the blanks before a block; whether they are few enough for one.
    fn take_indent(&mut self) -> Option<usize> {
        if self.is_free {
            return Some(self.take_blank(usize::MAX));
        }
        let indent = self.take_blank(CODE_INDENT);
        (indent < CODE_INDENT).then_some(indent)
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
        self.take_blank(if self.is_free {
            usize::MAX
        } else {
            CODE_INDENT - 1
        });
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
        if self.is_free && next.take_note_label() {
            *self = next;
            return Some(Container::Item(CODE_INDENT));
        }
        let mut next = self.clone();
        let indent = next.take_indent()?;
        if next.is_thematic_break() {
            return None;
        }
        let marker = next.marker_length()?;
        next.step(marker);
        let after = next.clone();
        let most = if self.is_free {
            usize::MAX
        } else {
            CODE_INDENT + 1
        };
        let blanks = next.take_blank(most);
        if blanks == 0 && !next.is_blank() {
            return None;
        }
        let padding = if blanks == most || next.is_blank() {
            next = after;
            next.take_blank(1);
            1
        } else {
            blanks
        };
        *self = next;
        Some(Container::Item(indent + marker + padding))
    }

    /// Takes the label of a footnote, whose other lines are indented by four columns.
    ///
    /// ```text
    /// [^1]: 각주
    /// ^^^^^^
    /// ```
    fn take_note_label(&mut self) -> bool {
        const LONGEST_LABEL: usize = 100;
        self.take_blank(CODE_INDENT - 1);
        let rest = &self.bytes[self.at..];
        if !rest.starts_with(b"[^") {
            return false;
        }
        let mut label = rest
            .iter()
            .take(LONGEST_LABEL)
            .take_while(|byte| **byte != b'\n');
        let end = label.position(|byte| *byte == b']');
        let Some(end) = end.filter(|end| rest[end + 1..].starts_with(b":")) else {
            return false;
        };
        self.step(end + 2);
        true
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
        let indent = next.take_indent()?;
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
            indent,
        })
    }

    fn closes(&self, fence: &Fence) -> bool {
        let mut next = self.clone();
        if next.take_indent().is_none() || next.peek() != Some(fence.marker) {
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
