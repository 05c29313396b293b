//! Finds the tags of a text in one pass from left to right.
//!
//! The pass knows fences, code spans, escapes, autolinks and comments, and it knows the line
//! structure well enough to state which tags are alone on their lines:
//!
//! ```text
//! > <Tag text="a" /> <Tag text="b" />     two flow tags, each alone but for the other
//! - a <Tag text="a" />                    phrasing: there is text on its line
//! ```
//!
//! In MDX it finds expressions and lines of `import` and `export`, too, and in MDX and Markdown
//! the lines of directives; all of them are tags to what follows.
//!
//! Where it errs about code, [`super::mask`] finds out and asks again with [`Overrides`].

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use crate::markdown::braces::is_plausible;
use crate::markdown::containers::{Container, Containers, Line, Surplus};
use crate::markdown::directive::{self, Marker};
use crate::markdown::esm;
use crate::markdown::schema::Dialect;
use crate::markdown::shortcode::{self, Closings};
use crate::markdown::tag::{self, DeadEnds, Found, TagKind};

/// A tag with its place.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// Opening or closing, with its name and attributes.
    pub kind: TagKind,
    /// Its bytes in the scanned text.
    pub span: Range<usize>,
    /// Whether it is alone on its lines.
    pub is_flow: bool,
    /// Columns between the container prefix and the tag.
    pub indent: usize,
    /// The containers it is in, outermost first.
    pub containers: Rc<[Container]>,
}

/// What an earlier pass got wrong, as start offsets.
#[derive(Debug, Default, Clone)]
pub(super) struct Overrides {
    /// Tags that pulldown-cmark did not show: they are text.
    pub dead_tags: BTreeSet<usize>,
    /// Code spans and fences that pulldown-cmark did not see: they are text.
    pub dead_code: BTreeSet<usize>,
}

/// What one pass found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Tags in source order; they do not overlap.
    pub tags: Vec<Tag>,
    /// Code that was passed over although a tag may be in it, as start offsets.
    pub skipped_code: Vec<usize>,
    /// Names of components whose tag is not whole.
    pub broken: Vec<Range<usize>>,
}

/// Scans `text`, following `overrides`.
pub(super) fn scan(text: &str, dialect: Dialect, overrides: &Overrides) -> Scan {
    let mut scanner = Scanner::new(text, dialect, overrides, Containers::default());
    scanner.run();
    scanner.found
}

/// Scans a text whose indentation is free: its tags, and the blanks that no container needs.
pub(super) fn scan_free(text: &str, dialect: Dialect) -> (Scan, Vec<Surplus>) {
    let overrides = Overrides::default();
    let containers = Containers::with_free_indent(dialect == Dialect::Mdx);
    let mut scanner = Scanner::new(text, dialect, &overrides, containers);
    scanner.run();
    (scanner.found, scanner.containers.into_surplus())
}

/// What an expression without anything in it is filled with; see [`tag::FRAGMENT_FILLER`].
pub(super) const EMPTY_EXPRESSION: &str = "{\u{8}}";

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    dialect: Dialect,
    overrides: &'a Overrides,
    containers: Containers,
    /// Tags of the current line, while nothing else is on it.
    line_run: Vec<usize>,
    line_is_clean: bool,
    /// Where the line's container prefix ends.
    line_start: usize,
    /// End of the paragraph around the last backtick; no code span reaches beyond it.
    paragraph_end: usize,
    /// Offsets of the backtick runs up to that paragraph end, by length.
    runs: HashMap<usize, Vec<usize>>,
    /// Where attributes lead to no whole tag.
    dead_ends: DeadEnds,
    /// Offset of the last `-->`.
    comments_end: usize,
    /// End of the lines around the last brace, up to a blank one.
    lines_end: usize,
    /// Elements that are open, and where the last closing tag of each name is; in Markdown.
    open_elements: Vec<&'a str>,
    element_ends: HashMap<&'a str, usize>,
    /// Where shortcodes are closed.
    closings: Closings,
    /// How many lines looked like `import` and had no end.
    unclosed_esm: usize,
    found: Scan,
}

/// How many statements without an end are looked for in a text.
const MAX_UNCLOSED_ESM: usize = 8;

impl<'a> Scanner<'a> {
    fn new(
        text: &'a str,
        dialect: Dialect,
        overrides: &'a Overrides,
        containers: Containers,
    ) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            dialect,
            overrides,
            containers,
            line_run: Vec::new(),
            line_is_clean: true,
            line_start: 0,
            paragraph_end: 0,
            runs: HashMap::new(),
            dead_ends: DeadEnds::new(dialect),
            comments_end: text.rfind("-->").unwrap_or(0),
            lines_end: 0,
            unclosed_esm: 0,
            open_elements: Vec::new(),
            element_ends: match dialect {
                Dialect::Markdown => element_ends(text),
                Dialect::Help | Dialect::Mdx => HashMap::new(),
            },
            closings: match dialect {
                Dialect::Markdown => Closings::of(text),
                Dialect::Help | Dialect::Mdx => Closings::default(),
            },
            found: Scan::default(),
        }
    }
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let mut at = self.enter_line(0);
        while at < self.bytes.len() {
            at = match self.bytes[at] {
                b'\n' => self.enter_line(at + 1),
                b' ' | b'\t' => at + 1,
                b'\\' => self.pass_text(
                    at,
                    if self.bytes.get(at + 1) == Some(&b'\n') {
                        1
                    } else {
                        2
                    },
                ),
                b'`' => self.code_span(at),
                b'<' => self.angle_bracket(at),
                b'{' if self.dialect == Dialect::Mdx => self.brace(at),
                b'{' if self.dialect == Dialect::Markdown => self.template_tag(at),
                _ => self.pass_text(at, self.plain_run(at)),
            };
        }
    }

    /// Length of the text at `at` in which no line, code or tag can start, at least one byte.
    fn plain_run(&self, at: usize) -> usize {
        let rest = &self.bytes[at + 1..];
        let is_mark = |byte: &u8| matches!(byte, b'\n' | b'\\' | b'`' | b'<' | b'{');
        1 + rest.iter().position(is_mark).unwrap_or(rest.len())
    }

    /// Starts the line at `start` and returns where its own text starts; fenced lines are passed.
    fn enter_line(&mut self, start: usize) -> usize {
        self.line_run.clear();
        self.line_is_clean = true;
        let dead = &self.overrides.dead_code;
        let mut start = start;
        loop {
            let line = self
                .containers
                .enter_line(self.text, start, |fence| !dead.contains(&fence));
            let Line { content, fence } = line;
            let Some(fence) = fence else {
                self.line_start = content;
                return self.marked_line(start, content);
            };
            let end = self.line_end(content);
            if self.may_hold_tag(content..end) && self.found.skipped_code.last() != Some(&fence) {
                self.found.skipped_code.push(fence);
            }
            if end == self.bytes.len() {
                return end;
            }
            start = end + 1;
        }
    }

    fn may_hold_tag(&self, range: Range<usize>) -> bool {
        let bytes = &self.bytes[range];
        bytes.contains(&b'<') || (self.dialect != Dialect::Help && bytes.contains(&b'{'))
    }

    /// Takes the line at `content` when it is no Markdown as a whole: a statement or a directive.
    /// Returns where reading goes on.
    fn marked_line(&mut self, start: usize, content: usize) -> usize {
        if self.dialect == Dialect::Help || self.overrides.dead_tags.contains(&content) {
            return content;
        }
        let is_esm = self.dialect == Dialect::Mdx
            && content == start
            && self.containers.stack.is_empty()
            && matches!(self.bytes.get(content), Some(b'i' | b'e'));
        if is_esm && let Some(end) = self.esm_end(content) {
            return self.tag(TagKind::Esm, content, end);
        }
        let is_marked = match self.bytes.get(content) {
            Some(b':') => true,
            Some(b'/') => self.dialect == Dialect::Markdown,
            _ => false,
        };
        if !is_marked {
            return content;
        }
        let kind = match directive::read(self.text, content) {
            Some(Marker::Open(directive)) => TagKind::Directive(directive),
            Some(Marker::Close(marks)) => TagKind::DirectiveEnd { marks },
            None => return content,
        };
        let line = &self.text[content..self.line_end(content)];
        self.tag(kind, content, content + line.trim_end().len())
    }

    fn esm_end(&mut self, start: usize) -> Option<usize> {
        if self.unclosed_esm >= MAX_UNCLOSED_ESM {
            return None;
        }
        let end = esm::end(self.text, start);
        self.unclosed_esm += usize::from(end.is_none());
        end
    }

    /// ```text
    /// a {' '} b {/* c */}
    ///   ^^^^^   ^^^^^^^^^
    /// ```
    fn brace(&mut self, start: usize) -> usize {
        // `{#id}` is the id of a heading.
        let is_id = self.text[start + 1..]
            .trim_start_matches(' ')
            .starts_with('#');
        if is_id || self.overrides.dead_tags.contains(&start) {
            return self.pass_text(start, 1);
        }
        if self.text[start..].starts_with(EMPTY_EXPRESSION) {
            let end = start + EMPTY_EXPRESSION.len();
            return self.tag(TagKind::Expression { inner: end..end }, start, end);
        }
        // An expression that has its lines to itself may contain blank ones.
        let limit = match self.line_is_clean {
            true => self.bytes.len(),
            false => self.end_of_lines(start),
        };
        let Some(end) = self.dead_ends.braces.end(self.bytes, start, limit) else {
            return self.pass_text(start, 1);
        };
        let inner = start + 1..end - 1;
        let text = self.text[inner.clone()].trim();
        if text.starts_with("/*") && text.find("*/") == Some(text.len() - 2) {
            return self.tag(TagKind::Comment, start, end);
        }
        match is_plausible(text) {
            true => self.tag(TagKind::Expression { inner }, start, end),
            false => self.pass_text(start, 1),
        }
    }

    /// A shortcode, or the attributes of what is before them.
    ///
    /// ```text
    /// {{< note >}} 글 {{< /note >}}
    /// [가](/a){ .button }
    /// ```
    fn template_tag(&mut self, start: usize) -> usize {
        if self.overrides.dead_tags.contains(&start) {
            return self.pass_text(start, 1);
        }
        if let Some((kind, end)) = shortcode::read(self.text, start, &self.closings) {
            return self.tag(kind, start, end);
        }
        let is_heading = self.bytes.get(self.line_start) == Some(&b'#');
        match attribute_list_end(&self.text[start..]).filter(|_| !is_heading) {
            Some(length) => self.tag(TagKind::Comment, start, start + length),
            None => self.pass_text(start, 1),
        }
    }

    /// End of the lines around `at`, up to the next blank one.
    fn end_of_lines(&mut self, at: usize) -> usize {
        if self.lines_end <= at {
            let mut end = self.line_end(at);
            while end < self.bytes.len() {
                let next = self.line_end(end + 1);
                let line = self.text[end + 1..next].trim_start_matches([' ', '\t', '>']);
                if line.is_empty() {
                    break;
                }
                end = next;
            }
            self.lines_end = end;
        }
        self.lines_end
    }

    fn line_end(&self, at: usize) -> usize {
        self.bytes[at..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.bytes.len(), |n| at + n)
    }

    /// Passes over text, which makes the tags of its line phrasing.
    fn pass_text(&mut self, at: usize, length: usize) -> usize {
        if self.line_is_clean {
            self.line_is_clean = false;
            for tag in self.line_run.drain(..) {
                self.found.tags[tag].is_flow = false;
            }
        }
        (at + length).min(self.bytes.len())
    }

    /// ```text
    /// a `b <Tag/>` c
    ///   ^^^^^^^^^^  no tag in there
    /// ```
    fn code_span(&mut self, start: usize) -> usize {
        let length = self.bytes[start..]
            .iter()
            .take_while(|byte| **byte == b'`')
            .count();
        let end = match self.closing_run(start, length) {
            Some(end) if !self.overrides.dead_code.contains(&start) => end,
            _ => return self.pass_text(start, length),
        };
        if self.may_hold_tag(start..end) {
            self.found.skipped_code.push(start);
        }
        self.pass_text(start, end - start)
    }

    fn closing_run(&mut self, start: usize, length: usize) -> Option<usize> {
        if self.paragraph_end <= start {
            self.paragraph_end = self.find_paragraph_end(start);
            self.index_runs(start);
        }
        let starts = self.runs.get(&length)?;
        let after = starts.partition_point(|run| *run < start + length);
        starts.get(after).map(|run| run + length)
    }

    /// Notes every run of backticks up to the paragraph's end, so that no search passes over the
    /// same text twice.
    fn index_runs(&mut self, start: usize) {
        self.runs.clear();
        let mut at = start;
        while at < self.paragraph_end {
            let run = self.bytes[at..self.paragraph_end]
                .iter()
                .take_while(|byte| **byte == b'`')
                .count();
            if run > 0 {
                self.runs.entry(run).or_default().push(at);
            }
            at += run.max(1);
        }
    }

    /// End of the running text around `at`: the next line that is blank or opens a block.
    fn find_paragraph_end(&self, at: usize) -> usize {
        let mut end = self.line_end(at);
        if self.bytes[self.line_start..].starts_with(b"#") {
            return end;
        }
        while end < self.bytes.len() {
            let next = self.line_end(end + 1);
            let line = self.text[end + 1..next].trim_start_matches([' ', '\t', '>']);
            if opens_block(line) {
                return end;
            }
            end = next;
        }
        end
    }

    fn angle_bracket(&mut self, start: usize) -> usize {
        if self.overrides.dead_tags.contains(&start) {
            return self.pass_text(start, 1);
        }
        if self.bytes[start..].starts_with(b"<!--") {
            return match self.comment_end(start) {
                Some(end) => self.tag(TagKind::Comment, start, end),
                None => self.pass_text(start, 4),
            };
        }
        match tag::read(self.text, start, &mut self.dead_ends) {
            Found::Nothing => self.pass_text(start, 1),
            Found::Autolink(end) => self.pass_text(start, end - start),
            Found::Tag(kind, end) => self.tag(kind, start, end),
            Found::Broken(name) => {
                self.found.broken.push(name);
                self.pass_text(start, 1)
            }
        }
    }

    fn comment_end(&self, start: usize) -> Option<usize> {
        let inner = start + 4;
        for short in [">", "->"] {
            if self.text[inner..].starts_with(short) {
                return Some(inner + short.len());
            }
        }
        if self.comments_end < inner {
            return None;
        }
        self.text[inner..]
            .find("-->")
            .map(|length| inner + length + 3)
    }

    /// Turns free indentation on between the tags of an element that begins a line.
    fn follow_elements(&mut self, kind: &TagKind, start: usize) {
        match kind {
            TagKind::Open {
                name,
                self_closing: false,
                ..
            } if self.line_is_clean => {
                let name = &self.text[name.clone()];
                let end = self.element_ends.get(name);
                if end.is_some_and(|end| *end > start) {
                    self.open_elements.push(name);
                }
            }
            TagKind::Close { name } => {
                let name = &self.text[name.clone()];
                let open = self.open_elements.iter().rposition(|open| *open == name);
                self.open_elements
                    .truncate(open.unwrap_or(self.open_elements.len()));
            }
            _ => {}
        }
        self.containers.set_free(!self.open_elements.is_empty());
    }

    fn tag(&mut self, kind: TagKind, start: usize, end: usize) -> usize {
        if self.dialect == Dialect::Markdown {
            self.follow_elements(&kind, start);
        }
        if self.line_is_clean {
            self.line_run.push(self.found.tags.len());
        }
        // The tags of a line share one list: a line may contain thousands, a hundred containers
        // deep.
        let containers = match self.found.tags.last() {
            Some(last) if *last.containers == *self.containers.stack => last.containers.clone(),
            _ => self.containers.stack.as_slice().into(),
        };
        self.found.tags.push(Tag {
            kind,
            span: start..end,
            is_flow: self.line_is_clean,
            indent: start.saturating_sub(self.line_start),
            containers,
        });
        end
    }
}

/// Where the last closing tag of each name is.
fn element_ends(text: &str) -> HashMap<&str, usize> {
    let tags = text.match_indices("</").map(|(at, _)| {
        let rest = &text[at + 2..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        (&rest[..end], at)
    });
    tags.collect()
}

/// Length of a list of attributes in braces, such as `{: .info }` and `{ .wide #id }`.
fn attribute_list_end(text: &str) -> Option<usize> {
    const MAX_BYTES: usize = 200;
    let end = text
        .bytes()
        .take(MAX_BYTES)
        .position(|byte| matches!(byte, b'}' | b'\n'))?;
    let inner = text[..end].strip_prefix('{')?.trim_start_matches(':');
    let is_item = |item: &str| {
        item.starts_with(['.', '#']) || item.split_once('=').is_some_and(|(key, _)| !key.is_empty())
    };
    let mut items = inner.split_whitespace().peekable();
    let starts = items.peek().is_some_and(|item| is_item(item));
    let is_list = starts && (text.starts_with("{:") || items.all(is_item));
    (is_list && text[end..].starts_with('}')).then_some(end + 1)
}

fn opens_block(line: &str) -> bool {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.starts_with('#')
        || ["- ", "* ", "+ ", ". ", ") "]
            .iter()
            .any(|mark| marker.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows each tag as its text, in brackets when it is flow.
    fn check(text: &str, expected: &[&str]) {
        let found = scan(text, Dialect::Help, &Overrides::default());
        let shown: Vec<_> = found
            .tags
            .iter()
            .map(|tag| {
                let text = &text[tag.span.clone()];
                if tag.is_flow {
                    format!("[{text}]")
                } else {
                    text.to_string()
                }
            })
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn tag_alone_on_its_lines_is_flow() {
        check("para\n<A/>\nrest", &["[<A/>]"]);
        check("<A/> trailing", &["<A/>"]);
        check("<A/> <B/>", &["[<A/>]", "[<B/>]"]);
        check("> - <A/>", &["[<A/>]"]);
        check("## <A/>", &["<A/>"]);
        check("<A b='\n\n'/>\nx", &["[<A b='\n\n'/>]"]);
    }

    #[test]
    fn whichever_starts_first_wins_code_or_tag() {
        check("`a <Tag text=\"`\" /> `", &[]);
        check("a <Tag text=\"`\" /> b ` c", &["<Tag text=\"`\" />"]);
        check("`` a ` <A/> `` <B/>", &["<B/>"]);
        check("` <A/>\n\n` <B/>", &["<A/>", "<B/>"]);
    }

    #[test]
    fn code_escapes_and_comments_hold_no_tags() {
        check("```\n<A/>\n```\n<B/>", &["[<B/>]"]);
        check("- a\n\n  ```\n  code\n\nafter <A/>", &["<A/>"]);
        check("\\<A/> <!-- <B/> -->", &["<!-- <B/> -->"]);
        check("<!-- <A/>", &["<A/>"]);
    }

    #[test]
    fn broken_tag_does_not_swallow_the_next() {
        check(
            "<C content=\"abc\n\n<C content=\"x\" />",
            &["[<C content=\"x\" />]"],
        );
    }
}
