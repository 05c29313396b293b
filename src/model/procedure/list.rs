//! Lists as their reader sees them: what code, a picture or a notice interrupts is one list.

use crate::markdown::node::{Block, Inline, Item, List};
use crate::model::procedure::candidate::StepRef;
use crate::model::procedure::declaration::in_comment;
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::label::is_labelled_notice;

/// Most blocks behind bullets among which the next item of the list around them is looked for.
const MOST_ASIDE: usize = 32;

/// What the items of a list are marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Number,
    Box,
    Bullet,
}

/// One list, which may be several in Markdown.
pub(super) struct JoinedList<'a> {
    pub marker: Marker,
    pub items: Vec<&'a Item>,
    /// Its entries, in order.
    pub entries: Vec<usize>,
    pub scope: usize,
    /// Number of its last item, as it is written.
    last: u64,
    /// Whether something that may be between items has come after it.
    is_broken: bool,
    /// Whether running text has.
    is_ended: bool,
}

impl<'a> JoinedList<'a> {
    fn new(list: &'a List, entry: usize, scope: usize, source: &str) -> Self {
        let mut joined = Self {
            marker: marker(list),
            items: Vec::new(),
            entries: Vec::new(),
            scope,
            last: 0,
            is_broken: false,
            is_ended: false,
        };
        joined.add(list, entry, source);
        joined
    }

    fn add(&mut self, list: &'a List, entry: usize, source: &str) {
        self.last = list.items.last().map_or(0, |item| number(item, source));
        // Bullets among boxes belong to the box above them.
        let is_own = |item: &&Item| self.marker != Marker::Box || item.checked.is_some();
        self.items.extend(list.items.iter().filter(is_own));
        self.entries.push(entry);
        self.is_broken = false;
        self.is_ended = false;
    }

    /// Its items as steps, each with the code, pictures and bullets behind it that belong to it.
    pub fn steps(&self, flow: &Flow<'a>) -> Vec<StepRef<'a>> {
        let mut steps: Vec<StepRef<'a>> = self
            .items
            .iter()
            .map(|item| StepRef::of_item(item))
            .collect();
        for (index, at) in self.entries.iter().enumerate() {
            let list = flow.entries[*at].span;
            let next = self.entries.get(index + 1).copied();
            let above = steps
                .iter_mut()
                .rev()
                .find(|step| step.span.start < list.end);
            let (Some(above), last) = (above, next.unwrap_or(flow.entries.len())) else {
                continue;
            };
            let behind = flow.entries[at + 1..last]
                .iter()
                .take_while(|entry| next.is_some() || matches!(entry.kind, Kind::Code(_)));
            let behind = behind.filter(|entry| entry.scope == self.scope);
            above.behind = behind.map(|entry| entry.block).collect();
        }
        steps
    }

    /// Whether a list after it, in the same component, goes on with it.
    fn goes_on(&self, list: &List, scope: usize) -> bool {
        if self.marker != marker(list) || self.scope != scope {
            return false;
        }
        let start = list.start.unwrap_or(0);
        let is_next = start == self.last + 1;
        match self.marker {
            Marker::Box => true,
            Marker::Bullet => self.is_broken && !self.is_ended,
            Marker::Number if self.is_ended => is_next,
            // A writer who leaves the counting to the program writes one number for every item.
            Marker::Number => start > 1 || self.last == 1,
        }
    }
}

/// The number of an item as it is written; 0 without one.
fn number(item: &Item, source: &str) -> u64 {
    let written = source.get(item.span.range()).unwrap_or_default();
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    written[..digits].parse().unwrap_or(0)
}

/// What the items of a list are marked with.
pub(super) fn marker(list: &List) -> Marker {
    if list.start.is_some() {
        return Marker::Number;
    }
    match list.items.iter().any(|item| item.checked.is_some()) {
        true => Marker::Box,
        false => Marker::Bullet,
    }
}

/// All lists of a document that are in no other list, in order.
pub(super) fn lists<'a>(flow: &Flow<'a>, source: &str) -> Vec<JoinedList<'a>> {
    let mut found: Vec<JoinedList<'a>> = Vec::new();
    let mut is_open = false;
    for (at, entry) in flow.entries.iter().enumerate() {
        let Kind::List(list) = entry.kind else {
            if let Some(last) = found.last_mut() {
                match &entry.kind {
                    Kind::Heading(..) => is_open = false,
                    _ if declares(entry.block) => is_open = false,
                    Kind::Paragraph(paragraph)
                        if !is_picture(&paragraph.inlines)
                            && !is_labelled_notice(entry.block, flow.vocabulary) =>
                    {
                        last.is_broken = true;
                        last.is_ended = true;
                    }
                    _ => last.is_broken = true,
                }
            }
            continue;
        };
        if let Some(last) = found.last_mut().filter(|_| is_open) {
            if last.goes_on(list, entry.scope) {
                last.add(list, at, source);
                continue;
            }
            if is_aside(flow, last, list, at) {
                last.is_ended = true;
                continue;
            }
        }
        found.push(JoinedList::new(list, at, entry.scope, source));
        is_open = true;
    }
    found
}

/// Whether a block is a comment about whether what follows is a procedure.
fn declares(block: &Block) -> bool {
    matches!(block, Block::Comment(comment) if in_comment(&comment.text).is_some())
}

/// Whether bullets are between the items of a list, and belong to the item above them.
fn is_aside(flow: &Flow<'_>, open: &JoinedList<'_>, list: &List, at: usize) -> bool {
    if marker(list) != Marker::Bullet || open.marker == Marker::Bullet {
        return false;
    }
    let scope = flow.entries[at].scope;
    let behind = flow.entries[at + 1..].iter().take(MOST_ASIDE);
    for entry in behind {
        match &entry.kind {
            Kind::Heading(..) => return false,
            Kind::List(next) if marker(next) == open.marker && entry.scope == scope => {
                let start = next.start.unwrap_or(0);
                return open.marker == Marker::Box || start == open.last + 1 || start == 1;
            }
            _ => {}
        }
    }
    false
}

/// Whether a paragraph consists of pictures.
pub(super) fn is_picture(inlines: &[Inline]) -> bool {
    let mut shown = inlines.iter().filter(|inline| match inline {
        Inline::Text(text) => !text.text.trim().is_empty(),
        Inline::SoftBreak(_) | Inline::HardBreak(_) | Inline::Comment(_) => false,
        _ => true,
    });
    let is_image = |inline: &Inline| match inline {
        Inline::Image(_) => true,
        Inline::Link(link) => is_picture(&link.inlines),
        _ => false,
    };
    let first = shown.next();
    first.is_some_and(is_image) && shown.all(is_image)
}
