//! Emphasis by the CJK-friendly amendments to CommonMark, which pulldown-cmark does not know.
//!
//! pulldown-cmark reads a text by CommonMark. Where a mark could do otherwise by the
//! amendments, the emphasis of the paragraph, heading or cell around it is paired again:
//!
//! ```text
//! **a(b)**가     CommonMark: text;  amended: strong and a particle
//! ```
//!
//! Code, links, images and tags bind closer than emphasis and stay as pulldown-cmark has them, and
//! so do `_` and single tildes.

mod flanking;
mod pairs;

use std::mem;
use std::ops::Range;

use memchr::memchr2_iter;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::markdown::emphasis::flanking::{Flanking, Rules, flanking};
use crate::markdown::emphasis::pairs::{Run, pairs};

/// An event with its range in the text.
type Ranged<'m> = (Event<'m>, Range<usize>);

/// `events` of `text` with emphasis as the amendments have it.
pub(super) fn amend<'m>(text: &'m str, events: Vec<Ranged<'m>>) -> Vec<Ranged<'m>> {
    let differing = differing(text);
    if differing.is_empty() {
        return events;
    }
    let mut amended = Vec::with_capacity(events.len());
    let mut leaf: Vec<Ranged<'m>> = Vec::new();
    for (event, range) in events {
        if is_inline(&event) {
            leaf.push((event, range));
        } else {
            flush(text, &mut leaf, &differing, &mut amended);
            amended.push((event, range));
        }
    }
    flush(text, &mut leaf, &differing, &mut amended);
    amended
}

/// Offsets of marks that may do otherwise by the amendments than by CommonMark, in order. Marks in
/// code are among them; they do no harm.
fn differing(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_ascii = |at: usize| bytes.get(at).is_none_or(u8::is_ascii);
    let mut differing = Vec::new();
    let mut end = 0;
    for at in memchr2_iter(b'*', b'~', bytes) {
        if at < end {
            continue;
        }
        end = end_of_run(text, at);
        // The amendments speak of CJK characters, none of which is ASCII.
        if at.checked_sub(1).is_none_or(is_ascii) && is_ascii(end) {
            continue;
        }
        let mark = (bytes[at], end - at);
        let by = |rules| flanking(rules, mark, &text[..at], &text[end..]);
        if by(Rules::CommonMark) != by(Rules::CjkFriendly) {
            differing.push(at);
        }
    }
    differing
}

/// ```text
/// a***b
///  ^  ^ start and end
/// ```
fn end_of_run(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let more = bytes[start..]
        .iter()
        .take_while(|byte| **byte == bytes[start]);
    start + more.count()
}

/// Whether an event is part of running text.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(&tag.to_end()),
        Event::End(tag) => is_inline_end(tag),
        Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
        _ => true,
    }
}

fn is_inline_end(tag: &TagEnd) -> bool {
    is_emphasis(tag) || matches!(tag, TagEnd::Link | TagEnd::Image)
}

fn is_emphasis(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
    )
}

/// Moves the events of one paragraph, heading or cell to `amended`, paired again where a mark in
/// it may do otherwise.
fn flush<'m>(
    text: &'m str,
    leaf: &mut Vec<Ranged<'m>>,
    differing: &[usize],
    amended: &mut Vec<Ranged<'m>>,
) {
    let leaf = mem::take(leaf);
    let (Some((_, first)), Some((_, last))) = (leaf.first(), leaf.last()) else {
        return;
    };
    let next = differing.partition_point(|at| *at < first.start);
    let is_free = differing.get(next).is_none_or(|at| *at >= last.end);
    // Text of a code block is no running text, and has no marks.
    if is_free || matches!(amended.last(), Some((Event::Start(Tag::CodeBlock(_)), _))) {
        amended.extend(leaf);
    } else {
        Leaf::new(text, first.start..last.end)
            .read(leaf)
            .write(amended);
    }
}

/// A piece of running text: an event, or the run of marks with this index.
enum Token<'m> {
    Event(Ranged<'m>),
    Run(usize),
}

/// The running text of one paragraph, heading or cell.
struct Leaf<'m> {
    text: &'m str,
    range: Range<usize>,
    tokens: Vec<Token<'m>>,
    runs: Vec<Run>,
    /// Runs by what they are in: emphasis never reaches into a link or out of it.
    scopes: Vec<Vec<usize>>,
    /// Scopes that are open, innermost last.
    open: Vec<usize>,
}

impl<'m> Leaf<'m> {
    fn new(text: &'m str, range: Range<usize>) -> Self {
        Self {
            text,
            range,
            tokens: Vec::new(),
            runs: Vec::new(),
            scopes: vec![Vec::new()],
            open: vec![0],
        }
    }

    /// Takes emphasis apart into its marks.
    fn read(mut self, events: Vec<Ranged<'m>>) -> Self {
        for (event, range) in events {
            match &event {
                Event::Start(tag) if is_emphasis(&tag.to_end()) => {
                    let length = self.length(&tag.to_end(), range.start);
                    self.marks(range.start..range.start + length);
                    continue;
                }
                Event::End(tag) if is_emphasis(tag) => {
                    let length = self.length(tag, range.start);
                    self.marks(range.end - length..range.end);
                    continue;
                }
                Event::Text(shown) if **shown == self.text[range.clone()] => {
                    self.written(range);
                    continue;
                }
                Event::Start(_) => {
                    self.open.push(self.scopes.len());
                    self.scopes.push(Vec::new());
                }
                Event::End(_) => {
                    self.open.pop();
                }
                _ => {}
            }
            self.tokens.push(Token::Event((event, range)));
        }
        for index in 0..self.runs.len() {
            self.runs[index].flanking = self.flanking(&self.runs[index]);
        }
        self
    }

    /// How many marks are on each side of emphasis that starts at `start`.
    fn length(&self, tag: &TagEnd, start: usize) -> usize {
        match tag {
            TagEnd::Emphasis => 1,
            TagEnd::Strong => 2,
            _ if self.text[start..].starts_with("~~") => 2,
            _ => 1,
        }
    }

    /// Text as it is written, with the marks in it.
    ///
    /// ```text
    /// a\*b**c
    ///     ^^ a run
    /// ```
    fn written(&mut self, range: Range<usize>) {
        let mut done = range.start;
        let mut at = range.start + usize::from(self.is_escaped(&range));
        while at < range.end {
            if !matches!(self.text.as_bytes()[at], b'*' | b'_' | b'~') {
                at += 1;
                continue;
            }
            self.plain(done..at);
            // Each mark of a long run may be a text of its own.
            done = end_of_run(&self.text[..range.end], at);
            self.marks(at..done);
            at = done;
        }
        self.plain(done..range.end);
    }

    /// Whether text starts with a mark after an odd number of backslashes.
    fn is_escaped(&self, range: &Range<usize>) -> bool {
        let is_mark = self.text[range.clone()].starts_with(['*', '_', '~']);
        let before = self.text[..range.start].bytes().rev();
        is_mark && before.take_while(|byte| *byte == b'\\').count() % 2 == 1
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let text = CowStr::Borrowed(&self.text[range.clone()]);
            self.tokens.push(Token::Event((Event::Text(text), range)));
        }
    }

    /// Adds marks to the run that they go on, or starts one.
    fn marks(&mut self, range: Range<usize>) {
        let mark = self.text.as_bytes()[range.start];
        if let (Some(Token::Run(_)), Some(run)) = (self.tokens.last(), self.runs.last_mut())
            && run.mark == mark
            && run.range.end >= range.start
        {
            run.range.end = run.range.end.max(range.end);
            return;
        }
        if let Some(scope) = self.open.last() {
            self.scopes[*scope].push(self.runs.len());
        }
        self.tokens.push(Token::Run(self.runs.len()));
        let flanking = Flanking {
            can_open: false,
            can_close: false,
        };
        self.runs.push(Run {
            mark,
            range,
            flanking,
        });
    }

    /// The ends of running text count as spaces: in a cell, a bar is there.
    fn flanking(&self, run: &Run) -> Flanking {
        let before = &self.text[self.range.start..run.range.start];
        let behind = &self.text[run.range.end..self.range.end];
        let mark = (run.mark, run.range.len());
        flanking(Rules::CjkFriendly, mark, before, behind)
    }

    /// Pairs the marks and writes the events.
    fn write(self, amended: &mut Vec<Ranged<'m>>) {
        let Self {
            text, tokens, runs, ..
        } = self;
        let mut left: Vec<Range<usize>> = runs.iter().map(|run| run.range.clone()).collect();
        let mut opened: Vec<Vec<Ranged<'m>>> = runs.iter().map(|_| Vec::new()).collect();
        let mut closed: Vec<Vec<Ranged<'m>>> = runs.iter().map(|_| Vec::new()).collect();
        for pair in self.scopes.iter().flat_map(|scope| pairs(&runs, scope)) {
            left[pair.opener].end -= pair.length;
            left[pair.closer].start += pair.length;
            let range = left[pair.opener].end..left[pair.closer].start;
            let tag = tag(runs[pair.opener].mark, pair.length);
            closed[pair.closer].push((Event::End(tag.to_end()), range.clone()));
            opened[pair.opener].push((Event::Start(tag), range));
        }
        for token in tokens {
            match token {
                Token::Event(event) => amended.push(event),
                Token::Run(run) => {
                    amended.append(&mut closed[run]);
                    let rest = left[run].clone();
                    if !rest.is_empty() {
                        let shown = CowStr::Borrowed(&text[rest.clone()]);
                        amended.push((Event::Text(shown), rest));
                    }
                    amended.extend(opened[run].drain(..).rev());
                }
            }
        }
    }
}

fn tag(mark: u8, length: usize) -> Tag<'static> {
    match (mark, length) {
        (b'~', _) => Tag::Strikethrough,
        (_, 1) => Tag::Emphasis,
        _ => Tag::Strong,
    }
}
