//! Where a guide's own page says what its checklists let a reader tick off.

use std::collections::HashMap;

use crate::model::guide::Scenario;
use crate::model::mode::Mode;
use crate::model::tick::{self, Tick, ticks};
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
    /// The key, the hash and the literal value.
    pub tick: Tick,
    /// Its id in the page.
    pub id: String,
    /// Positions among the sheets of the page.
    pub sheets: Vec<usize>,
}

impl Marks {
    /// Marks of the page whose sheets these scenarios and modes make.
    pub fn of<'s>(sheets: impl Iterator<Item = (&'s Scenario, &'s Mode)>) -> Self {
        let mut marks = Self::default();
        for (position, (scenario, mode)) in sheets.enumerate() {
            for tick in ticks(scenario, mode) {
                let id = tick::id(scenario, mode, &tick);
                marks.add(tick, id, position);
            }
            let path = mode.path.iter().flat_map(|path| &path.choices);
            for choice in path.chain(&mode.fields).flat_map(|field| &field.choices) {
                marks.choices.insert(choice.span, choice.value.clone());
            }
        }
        marks
    }

    /// What a scenario says for all its modes has the same key in each.
    fn add(&mut self, tick: Tick, id: String, sheet: usize) {
        let mark = self.by_span.entry(tick.span).or_insert_with(|| Mark {
            tick: tick.clone(),
            id,
            sheets: Vec::new(),
        });
        if mark.tick.key == tick.key {
            mark.sheets.push(sheet);
        }
    }

    /// The literal value that an item says to set; empty without one.
    pub fn literal(&self, span: Span) -> &str {
        let own = self.get(span).map(|mark| mark.tick.literal.as_str());
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
