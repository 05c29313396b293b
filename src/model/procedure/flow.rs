//! A document as one sequence: headings, paragraphs, lists and notices in the order in which they
//! are read, each with the components around it.
//!
//! Components are opened, so that a list in a tab or under a condition is an entry like any other.
//! Lists are not: what is in an item belongs to the item.

use std::cell::OnceCell;

use crate::config::procedures::words::Vocabulary;
use crate::config::procedures::{Cue, ProcedureConvention};
use crate::config::signal_matcher::SignalSet;
use crate::markdown::node::{
    Block, Children, CodeBlock, Component, Heading, List, Paragraph, Syntax,
};
use crate::markdown::role::Resolved;
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::text::label_text;
use crate::model::conventions::Conventions;
use crate::source::Span;

/// A document as a sequence.
pub(super) struct Flow<'a> {
    pub entries: Vec<Entry<'a>>,
    /// The components around entries; the first is the document itself.
    pub scopes: Vec<Scope<'a>>,
    pub conventions: &'a Conventions<'a>,
    pub vocabulary: &'a Vocabulary,
    /// Indices of the headings.
    headings: Vec<usize>,
    /// For each heading the nearest higher one above it.
    parents: Vec<Option<usize>>,
    /// For each heading the index after its section.
    ends: Vec<usize>,
    /// What the words of each heading show, once somebody asks.
    heading_cues: Vec<OnceCell<SignalSet<Cue>>>,
}

/// One block of the sequence.
pub(super) struct Entry<'a> {
    pub kind: Kind<'a>,
    /// Index of its scope.
    pub scope: usize,
    pub block: &'a Block,
    pub span: Span,
}

/// What an entry is.
pub(super) enum Kind<'a> {
    /// A heading with its text.
    Heading(&'a Heading, String),
    Paragraph(&'a Paragraph),
    List(&'a List),
    Code(&'a CodeBlock),
    /// A callout, the blocks of which follow in a scope of their own.
    Notice,
    /// Something that is neither an instruction nor ends a list: an image, a table, a comment.
    Other,
}

/// A component around entries.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub parent: usize,
    pub component: Option<&'a Component>,
    pub resolved: Option<Resolved<'a>>,
    /// What the project says that the component is.
    pub own_role: Option<ComponentRole>,
    /// What is between its tags.
    pub blocks: &'a [Block],
    /// The entries in it.
    pub first: usize,
    pub end: usize,
    /// Whether its content only looks like a procedure.
    pub is_ignored: bool,
}

impl<'a> Scope<'a> {
    pub fn role(&self) -> Option<ComponentRole> {
        let role = || self.resolved.map(|resolved| resolved.role);
        self.own_role.or_else(role)
    }

    fn document(blocks: &'a [Block]) -> Self {
        Self {
            parent: 0,
            blocks,
            component: None,
            resolved: None,
            own_role: None,
            first: 0,
            end: 0,
            is_ignored: false,
        }
    }
}

impl<'a> Flow<'a> {
    /// Reads a document's blocks but those in `others`.
    pub fn read(
        blocks: &'a [Block],
        conventions: &'a Conventions<'a>,
        convention: &'a ProcedureConvention,
        others: &[Span],
    ) -> Self {
        let mut flow = Self {
            entries: Vec::new(),
            scopes: vec![Scope::document(blocks)],
            conventions,
            vocabulary: convention.vocabulary(),
            headings: Vec::new(),
            parents: Vec::new(),
            ends: Vec::new(),
            heading_cues: Vec::new(),
        };
        let is_other = |block: &Block| {
            let at = block.span().start;
            let before = others.partition_point(|other| other.start <= at);
            before > 0 && at < others[before - 1].end
        };
        for run in blocks.chunk_by(|one, next| is_other(one) == is_other(next)) {
            if !run.first().is_some_and(is_other) {
                flow.add(run, 0, convention);
            }
        }
        flow.scopes[0].end = flow.entries.len();
        flow.index();
        flow
    }

    fn add(&mut self, blocks: &'a [Block], scope: usize, convention: &ProcedureConvention) {
        for block in blocks {
            let kind = match block {
                Block::Heading(heading) => Kind::Heading(heading, heading_text(heading)),
                Block::Paragraph(paragraph) => Kind::Paragraph(paragraph),
                Block::List(list) => Kind::List(list),
                Block::Code(code) => Kind::Code(code),
                Block::Component(component) => {
                    self.component(block, component, scope, convention);
                    continue;
                }
                Block::Quote(_) | Block::Table(_) | Block::Html(_) | Block::Comment(_) => {
                    Kind::Other
                }
                Block::Rule(_) | Block::Esm(_) | Block::Footnote(_) => continue,
            };
            self.push(kind, block, scope);
        }
    }

    fn push(&mut self, kind: Kind<'a>, block: &'a Block, scope: usize) {
        self.entries.push(Entry {
            kind,
            scope,
            block,
            span: block.span(),
        });
    }

    fn component(
        &mut self,
        block: &'a Block,
        component: &'a Component,
        scope: usize,
        convention: &ProcedureConvention,
    ) {
        let resolved = self.conventions.schema.resolve(component);
        let own_role = convention.role(&component.name);
        let role = own_role.or_else(|| resolved.map(|resolved| resolved.role));
        let is_notice = self.is_callout(component);
        let is_opened = match role {
            None => component.paired,
            Some(role) => is_opened(role),
        };
        if is_notice || !is_opened {
            let kind = if is_notice { Kind::Notice } else { Kind::Other };
            self.push(kind, block, scope);
        }
        let Children::Blocks(children) = &component.children else {
            return;
        };
        if !is_opened && !is_notice {
            return;
        }
        let is_ignored =
            convention.is_ignored(&component.name) || role == Some(ComponentRole::Field);
        let opened = self.scopes.len();
        self.scopes.push(Scope {
            parent: scope,
            component: Some(component),
            resolved,
            own_role,
            blocks: children,
            first: self.entries.len(),
            end: 0,
            is_ignored: is_ignored || self.scopes[scope].is_ignored,
        });
        self.add(children, opened, convention);
        self.scopes[opened].end = self.entries.len();
    }

    /// Whether a component warns or informs.
    pub fn is_callout(&self, component: &Component) -> bool {
        let resolved = self.conventions.schema.resolve(component);
        let is_notice = resolved.is_some_and(|resolved| match resolved.role {
            ComponentRole::Callout => true,
            // One that opens is a notice where its name is that of a kind.
            ComponentRole::Details => component.syntax == Syntax::Admonition,
            _ => false,
        });
        is_notice || self.conventions.is_notice(component)
    }

    /// The scope and those around it, innermost first, without the document.
    pub fn around(&self, scope: usize) -> impl Iterator<Item = &Scope<'a>> {
        let mut next = scope;
        std::iter::from_fn(move || {
            let scope = self.scopes.get(next).filter(|_| next != 0)?;
            next = scope.parent;
            Some(scope)
        })
    }

    /// Whether an entry is in a component of this role.
    pub fn is_in(&self, entry: usize, role: ComponentRole) -> bool {
        let scope = self.entries[entry].scope;
        self.around(scope).any(|scope| scope.role() == Some(role))
    }

    /// Whether an entry is in a notice.
    pub fn is_in_notice(&self, entry: usize) -> bool {
        let scope = self.entries[entry].scope;
        self.around(scope).any(|scope| {
            scope.role() == Some(ComponentRole::Callout)
                || scope
                    .component
                    .is_some_and(|one| self.conventions.is_notice(one))
        })
    }

    /// Whether a component that is opened after another one is in it.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        let span = |scope: usize| self.scopes[scope].component.map(|component| component.span);
        match (span(inner), span(outer)) {
            (Some(inner), Some(outer)) => inner.start < outer.end,
            _ => true,
        }
    }

    /// The blocks beside an entry behind it, up to a byte.
    pub fn siblings(&self, entry: usize, end: usize) -> &'a [Block] {
        let entry = &self.entries[entry];
        let blocks = self.scopes[entry.scope].blocks;
        let first = blocks.partition_point(|block| block.span().start <= entry.span.start);
        let last = blocks.partition_point(|block| block.span().start < end);
        &blocks[first.min(last)..last]
    }

    /// The heading of an entry, if it is one.
    pub fn heading(&self, entry: usize) -> Option<(&'a Heading, &str)> {
        match &self.entries[entry].kind {
            Kind::Heading(heading, text) => Some((heading, text)),
            _ => None,
        }
    }

    /// What the words of a heading show; nothing for other entries.
    pub fn heading_cues(&self, entry: usize) -> SignalSet<Cue> {
        let found = self.headings.binary_search(&entry).ok();
        let cell = found.and_then(|at| self.heading_cues.get(at));
        let Some((cell, (_, text))) = cell.zip(self.heading(entry)) else {
            return SignalSet::default();
        };
        *cell.get_or_init(|| self.vocabulary.cues(text))
    }

    /// The first entry that starts at a byte or behind it.
    pub fn at(&self, start: usize) -> usize {
        self.entries
            .partition_point(|entry| entry.span.start < start)
    }

    /// The headings among some entries.
    pub fn headings_in(&self, first: usize, end: usize) -> &[usize] {
        let from = self.headings.partition_point(|at| *at < first);
        let to = self.headings.partition_point(|at| *at < end);
        &self.headings[from..to.max(from)]
    }

    /// Indices of all headings, in order.
    pub fn headings(&self) -> &[usize] {
        &self.headings
    }

    /// The heading above an entry; `None` before the first.
    pub fn heading_above(&self, entry: usize) -> Option<usize> {
        let before = self.headings.partition_point(|heading| *heading < entry);
        Some(self.headings[before.checked_sub(1)?])
    }

    /// The nearest higher heading above a heading.
    pub fn parent(&self, heading: usize) -> Option<usize> {
        let at = self.headings.binary_search(&heading).ok()?;
        self.parents[at]
    }

    /// Index after the last entry of a heading's section.
    pub fn end_of_section(&self, heading: usize) -> usize {
        let at = self.headings.binary_search(&heading);
        at.map_or(self.entries.len(), |at| self.ends[at])
    }

    /// The headings above an entry, each higher than the one before, the nearest first.
    pub fn chain(&self, entry: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.heading_above(entry), |heading| self.parent(*heading))
    }

    /// Finds the headings, and which sections they have.
    fn index(&mut self) {
        let is_heading = |at: &usize| matches!(self.entries[*at].kind, Kind::Heading(..));
        let headings: Vec<usize> = (0..self.entries.len()).filter(is_heading).collect();
        let mut open: Vec<usize> = Vec::new();
        let mut parents = Vec::with_capacity(headings.len());
        let mut ends = vec![self.entries.len(); headings.len()];
        for (index, at) in headings.iter().enumerate() {
            let level = self.level(*at);
            while let Some(last) = open
                .last()
                .copied()
                .filter(|last| self.level(headings[*last]) >= level)
            {
                ends[last] = *at;
                open.pop();
            }
            parents.push(open.last().map(|last| headings[*last]));
            open.push(index);
        }
        self.heading_cues = vec![OnceCell::new(); headings.len()];
        (self.headings, self.parents, self.ends) = (headings, parents, ends);
    }

    /// The level of a heading; 0 for other entries.
    pub fn level(&self, entry: usize) -> u8 {
        self.heading(entry).map_or(0, |(heading, _)| heading.level)
    }

    /// The only heading of level 1, where it is the first of all: it names the page.
    pub fn title_heading(&self) -> Option<usize> {
        let first = *self.headings.first()?;
        let mut tops = self.headings.iter().filter(|at| self.level(**at) == 1);
        let top = *tops.next()?;
        (top == first && tops.next().is_none()).then_some(top)
    }
}

/// Text of a heading, without a colon at its end.
fn heading_text(heading: &Heading) -> String {
    let mut text = label_text(&heading.inlines);
    text.truncate(text.trim_end_matches([':', '：', ' ']).len());
    text
}

/// Whether what is in a component of this role is read.
fn is_opened(role: ComponentRole) -> bool {
    use ComponentRole as Role;
    matches!(
        role,
        Role::Details
            | Role::Steps
            | Role::Step
            | Role::Tabs
            | Role::Tab
            | Role::Cards
            | Role::Card
            | Role::Columns
            | Role::Column
            | Role::Field
            | Role::When
            | Role::Transparent
    )
}
