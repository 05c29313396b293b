//! Admonitions and tabs whose content is indented, as directives.
//!
//! ```text
//! !!! note "제목"              :::note[제목]{admonition=fixed}
//!                             
//!     글                      글
//!                             :::
//! ??? tip                     :::tip{admonition=closed}
//! ???+ tip                    :::tip{admonition=open}
//! === "npm"                   :::tabs
//!                             :::tab[npm]
//! ```
//!
//! `!!!` is always open and `???` can be closed, `???+` is open at first. What is indented by four
//! columns more than the marker belongs to it. The derived text leads back to the bytes before; the
//! attribute is in no document, by which it is known.

use std::ops::Range;

use crate::markdown::offsets::Derived;

/// The attribute of a directive that was an admonition, and its values: it is always open, or opens
/// and is so at first, or opens and is closed at first.
pub(super) const ADMONITION: &str = "admonition";
pub(super) const FIXED: &str = "fixed";
pub(super) const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// Columns by which the content of a marker is indented.
const CONTENT_INDENT: usize = 4;

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 32;

/// The text with directives for its admonitions; `None` when it has none.
pub(super) fn expand(text: &str) -> Option<Derived> {
    let has_marker = ["!!!", "???", "==="].iter().any(|mark| text.contains(mark));
    if !has_marker {
        return None;
    }
    let mut expander = Expander {
        text,
        derived: Derived::default(),
        open: Vec::new(),
        fence: None,
        kept: 0,
        has_any: false,
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        expander.line(start..start + line.len());
        start += line.len();
    }
    expander.close_down_to(0, text.len());
    expander.keep_up_to(text.len());
    expander.has_any.then_some(expander.derived)
}

/// A marker whose content is being read.
struct Open {
    /// Columns before the marker.
    indent: usize,
    is_tab: bool,
}

struct Expander<'a> {
    text: &'a str,
    derived: Derived,
    open: Vec<Open>,
    /// Mark and length of the fence that is open.
    fence: Option<(char, usize)>,
    /// Up to where the text was taken over.
    kept: usize,
    has_any: bool,
}

impl Expander<'_> {
    fn line(&mut self, range: Range<usize>) {
        let line = &self.text[range.clone()];
        let content = line.trim_start_matches([' ', '\t']);
        if content.trim().is_empty() {
            return;
        }
        let indent = columns(&line[..line.len() - content.len()]);
        self.leave(indent, content, range.start);
        let content = content.trim_end();
        match self.fence {
            Some(fence) => {
                if closes(content, fence) {
                    self.fence = None;
                }
            }
            None => {
                self.fence = opens_fence(content);
                if let Some(marker) = Marker::of(content).filter(|_| self.open.len() < MAX_DEPTH) {
                    return self.enter(marker, indent, range);
                }
            }
        }
        self.dedent(range, indent);
    }

    /// Closes the markers that a line is not in.
    fn leave(&mut self, indent: usize, content: &str, start: usize) {
        let is_in = |open: &&Open| indent >= open.indent + CONTENT_INDENT;
        let depth = self.open.iter().take_while(is_in).count();
        if depth == self.open.len() {
            return;
        }
        self.fence = None;
        let is_tab = Marker::of(content.trim_end()).is_some_and(|marker| marker.is_tab);
        let goes_on = is_tab && self.open[depth].is_tab && self.open[depth].indent == indent;
        self.close_down_to(depth + usize::from(goes_on), start);
        if goes_on {
            self.close_tab(start);
        }
    }

    fn close_down_to(&mut self, depth: usize, start: usize) {
        while self.open.len() > depth {
            let is_tab = self.open.last().is_some_and(|open| open.is_tab);
            self.close_tab(start);
            if is_tab {
                self.insert(":::\n", start);
            }
            self.open.pop();
        }
    }

    /// Closes the innermost directive, after the last line with text before `start`.
    fn close_tab(&mut self, start: usize) {
        let end = self.text[..start].trim_end().len().max(self.kept);
        let end = self.text[end..start]
            .find('\n')
            .map_or(start, |at| end + at + 1);
        self.keep_up_to(end.max(self.kept));
        if !self.derived.text.is_empty() && !self.derived.text.ends_with('\n') {
            self.insert("\n", end);
        }
        let indent = self.indent_of_innermost();
        self.insert(&format!("{}:::\n", " ".repeat(indent)), end);
    }

    /// Columns before the innermost marker, less what the markers around it have.
    fn indent_of_innermost(&self) -> usize {
        let around = self.open.len().saturating_sub(1) * CONTENT_INDENT;
        let indent = self.open.last().map_or(0, |open| open.indent);
        indent.saturating_sub(around)
    }

    fn enter(&mut self, marker: Marker<'_>, indent: usize, range: Range<usize>) {
        self.has_any = true;
        self.keep_up_to(range.start);
        let goes_on = marker.is_tab
            && self
                .open
                .last()
                .is_some_and(|open| open.is_tab && open.indent == indent);
        if !goes_on {
            self.open.push(Open {
                indent,
                is_tab: marker.is_tab,
            });
        }
        let blanks = " ".repeat(self.indent_of_innermost());
        if marker.is_tab && !goes_on {
            self.insert(&format!("{blanks}:::tabs\n"), range.start);
        }
        let line = &self.text[range.clone()];
        let title_start = marker.title.map(|title| range.start + offset(line, title));
        self.insert(&format!("{blanks}:::{}", marker.name), range.start);
        if let (Some(title), Some(start)) = (marker.title, title_start) {
            self.insert("[", start);
            self.derived
                .push_verbatim(self.text, start..start + title.len());
            self.insert("]", start + title.len());
        }
        // Within the line, for the place after it may be that of what follows.
        let end = range.start + line.trim_end_matches('\n').len();
        if let Some(state) = marker.state {
            self.insert(&format!("{{{ADMONITION}={state}}}"), end);
        }
        self.derived.push_replaced("\n", end..range.end);
        self.kept = range.end;
    }

    /// Takes the columns off a line that the markers around it ask for.
    fn dedent(&mut self, range: Range<usize>, indent: usize) {
        if self.open.is_empty() {
            return;
        }
        self.keep_up_to(range.start);
        let line = &self.text[range.clone()];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let rest = indent.saturating_sub(self.open.len() * CONTENT_INDENT);
        let place = range.start..range.start + blanks;
        match line[..blanks].contains('\t') {
            true => self.derived.push_replaced(&" ".repeat(rest), place.clone()),
            false => self
                .derived
                .push_verbatim(self.text, place.end - rest..place.end),
        }
        self.kept = place.end;
    }

    fn keep_up_to(&mut self, end: usize) {
        self.derived.push_verbatim(self.text, self.kept..end);
        self.kept = end;
    }

    /// Adds text that the document does not contain.
    fn insert(&mut self, text: &str, at: usize) {
        self.derived.push_replaced(text, at..at);
    }
}

/// Offset of a part of a line.
fn offset(line: &str, part: &str) -> usize {
    line.find(part).unwrap_or(0)
}

/// Columns of blanks.
fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |columns, blank| match blank {
        '\t' => columns + CONTENT_INDENT - columns % CONTENT_INDENT,
        _ => columns + 1,
    })
}

/// A line that opens an admonition or a tab.
struct Marker<'a> {
    name: &'a str,
    title: Option<&'a str>,
    is_tab: bool,
    /// Whether an admonition can be closed and is; `None` for a tab.
    state: Option<&'static str>,
}

impl<'a> Marker<'a> {
    fn of(content: &'a str) -> Option<Self> {
        if let Some(rest) = content.strip_prefix("===") {
            let rest = rest.trim_start_matches(['!', '+']);
            let title = quoted(rest.trim_start()).filter(|_| rest.starts_with([' ', '\t']))?;
            return Some(Self {
                name: "tab",
                title: Some(title),
                is_tab: true,
                state: None,
            });
        }
        let states = [("!!!", FIXED), ("???+", OPEN), ("???", CLOSED)];
        let mut states = states.into_iter();
        let (rest, state) =
            states.find_map(|(mark, state)| Some((content.strip_prefix(mark)?, state)))?;
        let named = rest.trim_start();
        let end = named.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
        let (name, rest) = named.split_at(end.unwrap_or(named.len()));
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_name || named.len() == rest.len() {
            return None;
        }
        // Classes may follow the kind; a title is in quotes.
        let title = rest.find('"').and_then(|at| quoted(&rest[at..]));
        let classes = rest.split('"').next().unwrap_or_default();
        let is_class = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "-_".contains(c);
        (classes.chars().all(is_class)).then_some(Self {
            name,
            title,
            is_tab: false,
            state: Some(state),
        })
    }
}

/// The text between the quotes that a text is in.
fn quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner)
}

fn opens_fence(content: &str) -> Option<(char, usize)> {
    let marker = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = content.len() - content.trim_start_matches(marker).len();
    (length >= 3).then_some((marker, length))
}

fn closes(content: &str, (marker, length): (char, usize)) -> bool {
    content.len() >= length && content.chars().all(|c| c == marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let derived = expand(text);
        let derived = derived.map_or(text.to_string(), |derived| derived.text);
        assert_eq!(derived, expected, "{text:?}");
    }

    #[test]
    fn indented_content_is_between_marked_lines() {
        check(
            "!!! note \"제목\"\n\n    글\n\n다음",
            ":::note[제목]{admonition=fixed}\n\n글\n:::\n\n다음",
        );
        check("???+ tip\n    글", ":::tip{admonition=open}\n글\n:::\n");
        check("??? tip\n    글", ":::tip{admonition=closed}\n글\n:::\n");
        check(
            "!!! a\n    !!! b\n        글\n    더\n끝",
            ":::a{admonition=fixed}\n:::b{admonition=fixed}\n글\n:::\n더\n:::\n끝",
        );
        check(
            "1. 하나\n\n    !!! a\n        글\n\n2. 둘",
            "1. 하나\n\n    :::a{admonition=fixed}\n    글\n    :::\n\n2. 둘",
        );
    }

    #[test]
    fn tabs_side_by_side_are_one_group() {
        check(
            "=== \"npm\"\n\n    a\n\n=== \"pnpm\"\n\n    b\n\n끝",
            ":::tabs\n:::tab[npm]\n\na\n:::\n\n:::tab[pnpm]\n\nb\n:::\n:::\n\n끝",
        );
    }

    #[test]
    fn other_lines_are_text() {
        check("!!!\n    a", "!!!\n    a");
        check("a === b", "a === b");
        check("제목\n===", "제목\n===");
        check("```\n!!! note\n    a\n```", "```\n!!! note\n    a\n```");
        check("???", "???");
        check("??? 7\n    a", "??? 7\n    a");
    }
}
