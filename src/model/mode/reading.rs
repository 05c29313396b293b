//! Parts of a document are read into a mode.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Children, Component, Inline, Item, List, Paragraph};
use crate::markdown::text::{block_text, collapse_blanks, label_text};
use crate::model::anchor::slug;
use crate::model::conventions::{Conventions, Opens};
use crate::model::field::{self, Field, FieldKind};
use crate::model::items::{holds_items, item_of, rows};
use crate::model::label::{Cut, cut};
use crate::model::mode::{ANY_MODE, Extra, Mode, Prerequisite, SettingPath};
use crate::model::notice::{Notice, title};
use crate::model::outline::Part;
use crate::model::path::{Trail, trail};
use crate::model::related::related;
use crate::normal::folded;
use crate::source::{FileId, Span};

/// Shortest word, in characters, that ties a notice to a field.
const SHARED_WORD: usize = 3;

/// Most words of a field that are looked for in notices.
const MOST_WORDS: usize = 200;

/// Most notices of a mode that complete fields with what a value starts with.
const MOST_PREFIXES: usize = 16;

/// Reads the parts of a mode; the first one is its heading's.
pub(in crate::model) fn read(
    mode: usize,
    parts: &[Part<'_>],
    conventions: &Conventions<'_>,
    file: FileId,
    found: &mut Vec<Diagnostic>,
) -> Mode {
    let convention = conventions.mode(mode);
    let (key, title) = (&convention.key, &convention.title);
    Reading::new(key, title, &parts[0], conventions).whole(parts, file, found)
}

/// Reads the parts of a mode whose heading the conventions do not know; the heading's own words
/// are its key and title.
pub(in crate::model) fn read_unknown(
    parts: &[Part<'_>],
    conventions: &Conventions<'_>,
    file: FileId,
    found: &mut Vec<Diagnostic>,
) -> Mode {
    let head = &parts[0];
    Reading::new(&slug(head.text), head.text, head, conventions).whole(parts, file, found)
}

/// Reads sections that stand right under a scenario's heading.
pub(in crate::model) fn read_without_mode(
    head: &Part<'_>,
    sections: &[Part<'_>],
    conventions: &Conventions<'_>,
    file: FileId,
    found: &mut Vec<Diagnostic>,
) -> Mode {
    let mut reading = Reading::new(ANY_MODE, "", head, conventions);
    reading.sections(sections, file, found);
    reading.finish()
}

struct Reading<'c, 'w> {
    conventions: &'c Conventions<'w>,
    mode: Mode,
    /// How often each id of a field was asked for.
    taken: HashMap<String, usize>,
    /// Words of the last field, with the number of fields and of its blocks when they were read.
    words: ((usize, usize), Vec<String>),
}

impl<'c, 'w> Reading<'c, 'w> {
    fn new(key: &str, title: &str, head: &Part<'_>, conventions: &'c Conventions<'w>) -> Self {
        let mode = Mode {
            key: key.to_string(),
            title: title.to_string(),
            id: head.id.to_string(),
            summary: Vec::new(),
            prerequisites: Vec::new(),
            path: None,
            fields: Vec::new(),
            notices: Vec::new(),
            extras: Vec::new(),
            related: Vec::new(),
            items: Vec::new(),
            span: head.span,
        };
        Self {
            conventions,
            mode,
            taken: HashMap::new(),
            words: ((0, 0), Vec::new()),
        }
    }

    fn whole(mut self, parts: &[Part<'_>], file: FileId, found: &mut Vec<Diagnostic>) -> Mode {
        for block in parts[0].blocks {
            self.intro(block);
        }
        self.sections(&parts[1..], file, found);
        self.finish()
    }

    fn intro(&mut self, block: &Block) {
        if let Some(links) = related(block, self.conventions) {
            self.mode.related.extend(links);
            return;
        }
        match block {
            Block::Component(component) if self.conventions.is_notice(&component.name) => {
                let notice = Notice::read(component, self.conventions);
                self.mode.prerequisites.push(Prerequisite::Notice(notice));
            }
            Block::List(list) => self.intro_list(list),
            Block::Rule(_) | Block::Comment(_) => {}
            other => self.mode.summary.push(other.clone()),
        }
    }

    /// Items named like a section are that section; the others are prerequisites.
    fn intro_list(&mut self, list: &List) {
        let mut left = Vec::new();
        for item in &list.items {
            let Some((Block::Paragraph(first), below)) = item.blocks.split_first() else {
                left.push(item.clone());
                continue;
            };
            let name = cut(&first.inlines, &self.conventions.words.fields.actions).label;
            match self.conventions.opens(&label_text(&name)) {
                Opens::Path if self.mode.path.is_none() => {
                    let mut path = SettingPath::empty(item.span);
                    self.path_item(item, &mut path);
                    self.mode.path = Some(path);
                }
                Opens::Fields if below.iter().any(holds_items) => self.fields(below),
                _ => left.push(item.clone()),
            }
        }
        if !left.is_empty() {
            let list = List {
                items: left,
                ..list.clone()
            };
            self.mode.prerequisites.push(Prerequisite::List(list));
        }
    }

    fn sections(&mut self, parts: &[Part<'_>], file: FileId, found: &mut Vec<Diagnostic>) {
        for part in parts {
            let blocks = part.blocks;
            self.mode.span = blocks
                .iter()
                .map(Block::span)
                .fold(self.mode.span.cover(part.span), Span::cover);
            match part.opens {
                Opens::Path if self.mode.path.is_none() => self.path(part, file, found),
                Opens::Fields => self.fields(blocks),
                _ if part.text.is_empty() && part.id.is_empty() => self.extra(part),
                _ if blocks.is_empty() && part.text.is_empty() => {}
                _ => self.extra(part),
            }
        }
    }

    fn extra(&mut self, part: &Part<'_>) {
        let mut blocks = Vec::new();
        for block in part.blocks {
            match related(block, self.conventions) {
                Some(links) => self.mode.related.extend(links),
                None => blocks.push(block.clone()),
            }
        }
        if !blocks.is_empty() {
            let (title, id) = (part.text.to_string(), part.id.to_string());
            self.mode.extras.push(Extra { title, id, blocks });
        }
    }

    fn path(&mut self, part: &Part<'_>, file: FileId, found: &mut Vec<Diagnostic>) {
        let span = part
            .blocks
            .iter()
            .map(Block::span)
            .fold(part.span, Span::cover);
        let mut path = SettingPath::empty(span);
        for block in part.blocks {
            match block {
                Block::List(list) => {
                    list.items
                        .iter()
                        .for_each(|item| self.path_item(item, &mut path));
                }
                Block::Paragraph(paragraph) if path.steps.is_empty() => {
                    match trail(&self.behind_name(&paragraph.inlines), 2, self.conventions) {
                        Some(Trail { steps, url, .. }) => (path.steps, path.url) = (steps, url),
                        None => path.note.push(block.clone()),
                    }
                }
                Block::Component(component) if self.conventions.is_notice(&component.name) => {
                    let notice = Notice::read(component, self.conventions);
                    self.mode.prerequisites.push(Prerequisite::Notice(notice));
                }
                other => path.note.push(other.clone()),
            }
        }
        if path.steps.is_empty() {
            let help = Message::new("path-without-steps.help");
            found.push(
                Diagnostic::new("path-without-steps", Severity::Warning, file, part.span)
                    .help(help),
            );
        }
        self.mode.path = Some(path);
    }

    /// The text behind the section's own name and colon, or all of it.
    fn behind_name(&self, inlines: &[Inline]) -> Vec<Inline> {
        let Cut { label, value, .. } = cut(inlines, &self.conventions.words.fields.actions);
        match value {
            Some(value) if self.conventions.opens(&label_text(&label)) == Opens::Path => value,
            _ => inlines.to_vec(),
        }
    }

    /// The first item with steps is the path; its nested items, and items beside it, are choices.
    fn path_item(&self, item: &Item, path: &mut SettingPath) {
        let (first, others) = match item.blocks.split_first() {
            Some((Block::Paragraph(first), others)) => (first.inlines.as_slice(), others),
            _ => ([].as_slice(), item.blocks.as_slice()),
        };
        let said = self.behind_name(first);
        match trail(&said, 2, self.conventions).filter(|_| path.steps.is_empty()) {
            Some(Trail { steps, url, .. }) => {
                (path.steps, path.url) = (steps, url);
                for block in others {
                    match block {
                        Block::List(list) => path.choices.extend(
                            list.items
                                .iter()
                                .map(|item| field::read(item, self.conventions)),
                        ),
                        other => path.note.push(other.clone()),
                    }
                }
            }
            None => path.choices.push(field::read(item, self.conventions)),
        }
    }

    fn fields(&mut self, blocks: &[Block]) {
        let last_items = blocks.iter().rposition(holds_items);
        let has_items = last_items.is_some();
        for (index, block) in blocks.iter().enumerate() {
            let is_amid = last_items.is_some_and(|last| last > index);
            if let Block::Component(_) = block
                && let Some(links) = related(block, self.conventions)
            {
                self.mode.related.extend(links);
                continue;
            }
            match block {
                Block::List(list) => list.items.iter().for_each(|item| self.field(item)),
                Block::Table(table) => rows(table).iter().for_each(|item| self.field(item)),
                Block::Component(component) => self.field_component(component, block, is_amid),
                Block::Rule(_) | Block::Comment(_) => {}
                Block::Paragraph(paragraph) if !has_items && self.is_field(paragraph) => {
                    self.field(&item_of(block.clone(), paragraph.span));
                }
                other => match self.mode.fields.last_mut() {
                    Some(field) if is_amid => field.note.push(other.clone()),
                    Some(_) => self.mode.extras.push(Extra::untitled(other)),
                    None => self.mode.summary.push(other.clone()),
                },
            }
        }
    }

    /// A notice is tied to a field; what only sets its children apart is read through; any other
    /// component is a part of its own.
    fn field_component(&mut self, component: &Component, block: &Block, is_amid: bool) {
        if self.conventions.is_notice(&component.name) {
            let notice = Notice::read(component, self.conventions);
            return self.attach(notice, is_amid);
        }
        let title = title(component);
        match &component.children {
            Children::Blocks(children) if title.is_empty() && children.iter().any(holds_items) => {
                self.fields(children);
            }
            _ => self.mode.extras.push(Extra {
                title,
                id: String::new(),
                blocks: vec![block.clone()],
            }),
        }
    }

    /// Whether a paragraph is `label : value`.
    fn is_field(&self, paragraph: &Paragraph) -> bool {
        cut(&paragraph.inlines, &self.conventions.words.fields.actions)
            .value
            .is_some()
    }

    /// Adds a field; an item that only repeats the section's heading is none.
    fn field(&mut self, item: &Item) {
        let field = field::read(item, self.conventions);
        let label = label_text(&field.label);
        if self.conventions.opens(&label) == Opens::Fields && field.value.is_empty() {
            return;
        }
        let taken = self.taken.entry(field.id.clone()).or_insert(0);
        *taken += 1;
        let id = match *taken {
            1 => field.id.clone(),
            number => format!("{}-{number}", field.id),
        };
        self.mode.fields.push(Field { id, ..field });
    }

    /// Ties a notice to the field above it when more fields follow, or when both share a word.
    fn attach(&mut self, notice: Notice, is_amid: bool) {
        let is_tied = is_amid || self.shares_word(&notice);
        match self.mode.fields.last_mut() {
            Some(field) if is_tied => field.notices.push(notice),
            _ => self.mode.notices.push(notice),
        }
    }

    /// Whether a notice names the last field, or what is said about it.
    fn shares_word(&mut self, notice: &Notice) -> bool {
        let Some(field) = self.mode.fields.last() else {
            return false;
        };
        let state = (self.mode.fields.len(), field.note.len());
        if self.words.0 != state {
            let note = collapse_blanks(&block_text(&field.note));
            let said = format!("{} {note}", label_text(&field.label));
            self.words = (state, words(&said));
        }
        let text = folded(&format!("{} {}", notice.title, notice.text()));
        occur_in(&self.words.1, &text)
    }

    fn finish(mut self) -> Mode {
        self.prefixes_from_notices();
        self.mode
    }

    /// A notice that names an issued value and says how it starts completes that field, wherever
    /// in the mode it stands.
    fn prefixes_from_notices(&mut self) {
        let first = self.mode.prerequisites.iter().filter_map(|one| match one {
            Prerequisite::Notice(notice) => Some(notice),
            Prerequisite::List(_) => None,
        });
        let tied = self.mode.fields.iter().flat_map(|field| &field.notices);
        let texts: Vec<(String, String)> = first
            .chain(tied)
            .chain(&self.mode.notices)
            .map(Notice::text)
            .map(|text| (field::prefix(&text, self.conventions), text))
            .filter(|(prefix, _)| !prefix.is_empty())
            .map(|(prefix, text)| (prefix, folded(&text)))
            .take(MOST_PREFIXES)
            .collect();
        for field in &mut self.mode.fields {
            if field.kind != FieldKind::IssuedPublic || !field.prefix.is_empty() {
                continue;
            }
            let words = words(&label_text(&field.label));
            if let Some((prefix, _)) = texts.iter().find(|(_, text)| occur_in(&words, text)) {
                field.prefix.clone_from(prefix);
            }
        }
    }
}

/// The words of what is said that may tie a notice to it.
fn words(said: &str) -> Vec<String> {
    let words = said
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    words
        .filter(|word| word.chars().count() >= SHARED_WORD)
        .take(MOST_WORDS)
        .collect()
}

/// Whether one of the words occurs in a folded text.
fn occur_in(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}
