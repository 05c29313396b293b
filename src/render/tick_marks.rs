//! Where a guide's own page states what its checklists let a reader tick off.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use crate::model::field::FieldKind;
use crate::model::guide::Scenario;
use crate::model::item::{Item, Role};
use crate::model::mode::Mode;
use crate::model::tick::{id, ticked};
use crate::source::Span;

/// What can be ticked off, by the bytes that say it.
#[derive(Debug, Default)]
pub struct Marks {
    by_span: HashMap<Span, Mark>,
    /// Values that are chosen from.
    choices: HashMap<Span, String>,
}

/// Something to tick off, for one sheet or for several.
#[derive(Debug)]
pub struct Mark {
    /// The key that its tick is kept by.
    pub key: String,
    /// Hash of what it says.
    pub hash: String,
    /// The literal value to set; empty when there is none.
    pub literal: String,
    /// Its id in the page.
    pub id: String,
    /// Positions among the sheets of the page.
    pub sheets: Vec<usize>,
    /// Whether the page has an element for it, which is known when its HTML is written: not every
    /// item has a block of its own.
    pub has_place: AtomicBool,
}

impl Marks {
    /// Marks of the page whose sheets are of these scenarios and modes.
    pub fn of<'s>(sheets: impl Iterator<Item = (&'s Scenario, &'s Mode)>) -> Self {
        let mut marks = Self::default();
        for (position, (scenario, mode)) in sheets.enumerate() {
            for item in ticked(mode).filter(|item| item.is_in_source()) {
                marks.add(item, || id(scenario, mode, item), position);
            }
            for choice in mode.settings().flat_map(|field| field.answer.choices()) {
                marks.choices.insert(choice.case.span, choice.value.clone());
            }
        }
        marks
    }

    /// What a scenario says for all its modes has the same key in each.
    fn add(&mut self, item: &Item, id: impl FnOnce() -> String, sheet: usize) {
        let mark = self.by_span.entry(item.node).or_insert_with(|| Mark {
            key: item.key.clone(),
            hash: item.hash.clone(),
            literal: literal(item),
            id: id(),
            sheets: Vec::new(),
            has_place: AtomicBool::new(false),
        });
        if mark.key == item.key && mark.sheets.last() != Some(&sheet) {
            mark.sheets.push(sheet);
        }
    }

    /// The items of a mode's sheet that the page, which is written, has no place for, such as those
    /// that the conventions add: `hash:key` of each, with blanks between them.
    pub fn missing(&self, mode: &Mode) -> String {
        let has_place = |item: &&Item| {
            let mark = self.get(item.node).filter(|_| item.is_in_source());
            mark.is_some_and(|mark| mark.key == item.key && mark.has_place.load(Relaxed))
        };
        let missing = ticked(mode).filter(|item| !has_place(item));
        let missing = missing.map(|item| format!("{}:{}", item.hash, item.key));
        missing.collect::<Vec<_>>().join(" ")
    }

    /// Id of the first place of the page, which is written; empty when it has none.
    pub fn first_place(&self) -> &str {
        let placed = self.by_span.iter();
        let placed = placed.filter(|(_, mark)| mark.has_place.load(Relaxed));
        let first = placed.min_by_key(|(span, _)| span.start);
        first.map_or("", |(_, mark)| mark.id.as_str())
    }

    /// The literal value that an item says to set; empty without one.
    pub fn literal(&self, span: Span) -> &str {
        let own = self.get(span).map(|mark| mark.literal.as_str());
        match own {
            Some(literal) if !literal.is_empty() => literal,
            _ => self.choices.get(&span).map_or("", String::as_str),
        }
    }

    /// The mark of a node.
    pub fn get(&self, span: Span) -> Option<&Mark> {
        self.by_span.get(&span)
    }
}

/// The literal value that an item sets by its own words; a choice has its own.
fn literal(item: &Item) -> String {
    match (item.role, &item.setting) {
        (Role::SetFixed, Some(field)) if field.kind() == FieldKind::Fixed => field.answer.literal(),
        _ => None,
    }
    .unwrap_or_default()
    .to_string()
}
