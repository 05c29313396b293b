//! Proves fixes: a document is edited, read again, and compared with what it showed before.
//!
//! All fixes of one effect are tried at once. Only where that fails are they divided, so an ordinary
//! document is read once for each effect; those that fail alone are left out.

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::fix::announced::is_only;
use crate::check::fix::apply;
use crate::check::fix::edited::edited;
use crate::check::fix::shown::{Item, shown};
use crate::check::rules;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::markdown::parse;
use crate::model::anchor::is_item_id;
use crate::model::lock::locked;
use crate::model::page::Page;
use crate::model::site::Target;
use crate::source::{FileId, Source, Span};

/// Most times that a document is read for its fixes. Real ones need as many as their fixes have
/// effects, four or five; fixes that are not proven by then are left out.
const MAX_PROOFS: usize = 64;

/// What became of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is applied, and changes what its rule announces.
    Proven,
    /// It would change more.
    Unproven,
    /// It touches the bytes of another one that is applied.
    InTheWay,
}

/// Ids that links and the lock name, by page.
#[derive(Debug)]
pub(super) struct Named {
    pages: Vec<BTreeSet<String>>,
}

impl Named {
    /// Gathers them from all documents.
    pub fn read(context: &Context<'_>) -> Self {
        let mut pages: Vec<BTreeSet<String>> = vec![BTreeSet::new(); context.site.pages.len()];
        for link in context.links() {
            let Some((_, written)) = link.url.split_once('#') else {
                continue;
            };
            let target = context.site.target(link.file.0, link.url);
            if let Target::Page {
                page,
                is_known: true,
                ..
            } = target
            {
                let fragment = percent_decode_str(written).decode_utf8_lossy();
                pages[page].insert(fragment.into_owned());
            }
        }
        let addresses = context.site.pages.iter().enumerate();
        let addresses: HashMap<&str, usize> = addresses
            .map(|(index, page)| (page.address.file(), index))
            .collect();
        let lock = context.sources.lock.as_ref();
        for line in lock.iter().flat_map(|lock| locked(&lock.text)) {
            if let (Some(page), Some(id)) = (addresses.get(line.address), line.id) {
                pages[*page].insert(id.to_string());
            }
        }
        Self { pages }
    }
}

/// A document as it is read.
struct ParsedText {
    text: String,
    /// Its page; `None` for the document as it was, whose page the site has, and where nothing names
    /// an id of it.
    page: Option<Page>,
    items: Vec<Item>,
}

/// The fixes of one document.
pub(super) struct Proof<'c, 'a> {
    context: &'c Context<'a>,
    named: &'c BTreeSet<String>,
    file: FileId,
    /// The document with what is applied.
    parsed: ParsedText,
    /// Edits that are applied, in order, as they are in the document as it was.
    applied: Vec<Edit>,
    proofs_left: usize,
}

impl<'c, 'a> Proof<'c, 'a> {
    pub fn new(context: &'c Context<'a>, named: &'c Named, file: FileId) -> Self {
        let page = &context.site.pages[file.0];
        let parsed = ParsedText {
            text: context.text(file).to_string(),
            page: None,
            items: shown(&page.document, &context.config.components),
        };
        Self {
            context,
            named: &named.pages[file.0],
            file,
            parsed,
            applied: Vec::new(),
            proofs_left: MAX_PROOFS,
        }
    }

    /// Applies the fixes of `found` that can be proven; what became of each, in their order.
    pub fn apply(&mut self, found: &[&Diagnostic]) -> Vec<Outcome> {
        let mut outcomes = vec![Outcome::InTheWay; found.len()];
        let mut order: Vec<(Effect, usize)> = found
            .iter()
            .enumerate()
            .map(|(index, found)| (effect(found), index))
            .collect();
        order.sort_unstable();
        for group in order.chunk_by(|a, b| a.0 == b.0) {
            let free = self.free(group.iter().map(|(_, index)| *index), found);
            self.settle(group[0].0, &free, found, &mut outcomes);
        }
        outcomes
    }

    /// The document with what is applied.
    pub fn into_text(self) -> String {
        self.parsed.text
    }

    /// The findings whose edits touch neither what is applied nor each other's.
    fn free(&self, group: impl Iterator<Item = usize>, found: &[&Diagnostic]) -> Vec<usize> {
        let mut taken: BTreeSet<Span> = self.applied.iter().map(|edit| edit.span).collect();
        let mut free = Vec::new();
        for index in group {
            let spans = found[index].fix.iter().map(|edit| edit.span);
            let mut own = BTreeSet::new();
            let is_free = spans
                .clone()
                .all(|span| !touches(&taken, span) && !touches(&own, span) && own.insert(span));
            if is_free {
                taken.extend(own);
                free.push(index);
            }
        }
        free
    }

    /// Applies what can be proven of a group: all at once, or in halves.
    fn settle(
        &mut self,
        effect: Effect,
        group: &[usize],
        found: &[&Diagnostic],
        outcomes: &mut [Outcome],
    ) {
        if group.is_empty() {
            return;
        }
        if self.try_all(effect, group, found) {
            group
                .iter()
                .for_each(|index| outcomes[*index] = Outcome::Proven);
            return;
        }
        if let [index] = group {
            outcomes[*index] = Outcome::Unproven;
            return;
        }
        let (first, second) = group.split_at(group.len() / 2);
        self.settle(effect, first, found, outcomes);
        self.settle(effect, second, found, outcomes);
    }

    fn try_all(&mut self, effect: Effect, group: &[usize], found: &[&Diagnostic]) -> bool {
        let Some(left) = self.proofs_left.checked_sub(1) else {
            return false;
        };
        self.proofs_left = left;
        let edits = group.iter().flat_map(|index| found[*index].fix.clone());
        let mut edits: Vec<Edit> = edits.collect();
        edits.sort_by_key(|edit| edit.span);
        let moves = Moves::of(&self.applied);
        let here = edits.iter().map(|edit| Edit {
            span: moves.span(edit.span),
            text: edit.text.clone(),
        });
        let here: Vec<Edit> = here.collect();
        let text = apply(&self.parsed.text, here.clone());
        let after = self.read(text);
        let after = after.filter(|after| self.is_proven(effect, &here, after));
        let is_proven = after.is_some();
        if let Some(after) = after {
            self.parsed = after;
            self.applied.extend(edits);
            self.applied.sort_by_key(|edit| edit.span);
        }
        is_proven
    }

    /// Reads the document with edits; `None` where it has a fault that stops a build.
    fn read(&self, text: String) -> Option<ParsedText> {
        let context = self.context;
        let schema = context
            .config
            .schema_of(&context.sources.get(self.file).path);
        let (document, found) = parse(&text, self.file, schema);
        if found.iter().any(|found| found.severity == Severity::Fatal) {
            return None;
        }
        let items = shown(&document, schema);
        let source = Source {
            path: context.sources.get(self.file).path.clone(),
            text,
        };
        let page = (!self.named.is_empty())
            .then(|| Page::read(&source, document, context.config, context.conventions).0);
        Some(ParsedText {
            text: source.text,
            page,
            items,
        })
    }

    fn is_proven(&self, effect: Effect, edits: &[Edit], after: &ParsedText) -> bool {
        let before = self.parsed.items.clone();
        let before = match effect {
            Effect::Text | Effect::Nesting => edited(before, &self.parsed.text, edits),
            _ => before,
        };
        let resolve = |url: &str| match self.context.site.target(self.file.0, url) {
            target @ Target::Page { .. } => format!("{target:?}"),
            // What leads nowhere is kept as it is written.
            target => format!("{target:?} {}", url.trim()),
        };
        is_only(effect, before, after.items.clone(), &resolve) && self.keeps_ids(edits, after)
    }

    /// Whether each id that is named still leads to its heading or item.
    fn keeps_ids(&self, edits: &[Edit], after: &ParsedText) -> bool {
        let Some(after) = &after.page else {
            return true;
        };
        let own = &self.context.site.pages[self.file.0];
        let before = self.parsed.page.as_ref().unwrap_or(own);
        let ids = |page: &Page| -> Vec<(String, String)> {
            let anchors = page.anchors.iter();
            let ids = anchors.map(|anchor| (anchor.id.clone(), anchor.text.clone()));
            ids.collect()
        };
        // Looking every id up is slow, and most fixes change no heading.
        let are_same = ids(before) == ids(after);
        let moves = Moves::of(edits);
        let mut named = self.named.iter().filter(|id| !are_same || is_item_id(id));
        named.all(|id| match before.anchor(id) {
            Some(heading) => {
                let found = after.anchor(id).map(|heading| heading.span.start);
                found == Some(moves.to(heading.span.start))
            }
            None => !before.has_part(id) || after.has_part(id),
        })
    }
}

fn effect(found: &Diagnostic) -> Effect {
    rules::get(found.rule).map_or(Effect::NoFix, |rule| rule.fix)
}

/// Whether a span has bytes in common with one of `taken`, or is an insertion at its edge, or the
/// other way about.
fn touches(taken: &BTreeSet<Span>, span: Span) -> bool {
    let before = taken.range(..=span).next_back();
    let behind = taken.range(span..).next();
    let is_touched = |other: &Span| {
        let is_insertion = other.start == other.end || span.start == span.end;
        let shared = other.end.min(span.end) as isize - other.start.max(span.start) as isize;
        shared > 0 || (is_insertion && shared == 0)
    };
    before.is_some_and(is_touched) || behind.is_some_and(is_touched)
}

/// Where bytes are when edits that do not touch them are made.
struct Moves {
    /// End of each edit, and how many bytes are inserted and removed up to it.
    ends: Vec<(usize, usize, usize)>,
}

impl Moves {
    /// Of edits in order.
    fn of(edits: &[Edit]) -> Self {
        let (mut inserted, mut removed) = (0, 0);
        let ends = edits.iter().map(|edit| {
            inserted += edit.text.len();
            removed += edit.span.end - edit.span.start;
            (edit.span.end, inserted, removed)
        });
        Self {
            ends: ends.collect(),
        }
    }

    fn to(&self, at: usize) -> usize {
        let before = self.ends.partition_point(|(end, ..)| *end <= at);
        match before.checked_sub(1).map(|index| self.ends[index]) {
            Some((_, inserted, removed)) => at + inserted - removed,
            None => at,
        }
    }

    fn span(&self, span: Span) -> Span {
        let start = self.to(span.start);
        Span::new(start, start + span.end - span.start)
    }
}
