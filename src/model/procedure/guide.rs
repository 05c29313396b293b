//! Procedures as the scenarios of a guide, each with one mode, so that sheets, search and comparisons
//! read one model.

use std::collections::HashMap;

use crate::config::procedures::Form;
use crate::model::anchor::Anchor;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::Item;
use crate::model::matrix::key::finish;
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::procedure::{Procedure, Procedures};
use crate::source::Span;

impl Procedures {
    /// The guide of a page without other scenarios; `None` without a procedure. Several task lists
    /// are one scenario, and their headings its sections.
    pub(in crate::model) fn guide(&mut self, title: &str, anchors: &[Anchor]) -> Option<Guide> {
        let tasks = self
            .found
            .iter()
            .filter(|one| one.form == Form::Tasklist)
            .count();
        let mut scenarios: Vec<Scenario> = Vec::new();
        let mut list: Option<usize> = None;
        for procedure in &mut self.found {
            let items = std::mem::take(&mut procedure.items);
            let is_list = procedure.form == Form::Tasklist;
            if let Some(at) = list.filter(|_| is_list) {
                scenarios[at].add(items, procedure.span);
                continue;
            }
            let scenario = match is_list && tasks > 1 {
                true => {
                    list = Some(scenarios.len());
                    scenario(String::new(), title, items, procedure.span)
                }
                false => of_procedure(procedure, items, anchors),
            };
            scenarios.push(scenario);
        }
        finish_all(&mut scenarios);
        scenarios.retain(|scenario| scenario.modes.iter().any(Mode::has_procedure));
        (!scenarios.is_empty()).then_some(Guide { scenarios })
    }
}

fn of_procedure(procedure: &Procedure, mut items: Vec<Item>, anchors: &[Anchor]) -> Scenario {
    for item in &mut items {
        item.heading.clear();
    }
    let anchor = procedure.heading.and_then(|heading| {
        let at = anchors.partition_point(|anchor| anchor.span < heading);
        anchors.get(at).filter(|anchor| anchor.span == heading)
    });
    let id = anchor.map_or_else(String::new, |anchor| anchor.id.clone());
    scenario(id, &procedure.title, items, procedure.span)
}

fn scenario(id: String, title: &str, items: Vec<Item>, span: Span) -> Scenario {
    let mode = Mode {
        key: ANY_MODE.to_string(),
        title: String::new(),
        id: String::new(),
        route: None,
        items,
        span,
    };
    Scenario {
        id,
        title: title.to_string(),
        versions: Vec::new(),
        modes: vec![mode],
        span,
    }
}

impl Scenario {
    /// Adds items to its only mode.
    fn add(&mut self, items: Vec<Item>, span: Span) {
        self.span = self.span.cover(span);
        for mode in &mut self.modes {
            mode.items.extend(items.iter().cloned());
            mode.span = self.span;
        }
    }
}

/// Gives all items their keys, which are unique among the scenarios of one heading.
fn finish_all(scenarios: &mut [Scenario]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for scenario in scenarios {
        let number = seen.entry(scenario.id.clone()).or_insert(0);
        *number += 1;
        for mode in &mut scenario.modes {
            mode.items = finish(std::mem::take(&mut mode.items));
            if *number > 1 {
                mode.items
                    .iter_mut()
                    .for_each(|item| number_keys(item, *number));
            }
        }
    }
}

fn number_keys(item: &mut Item, number: usize) {
    item.key = format!("{number}-{}", item.key);
    if let Some(other) = &mut item.attaches_to {
        *other = format!("{number}-{other}");
    }
    for part in &mut item.items {
        number_keys(part, number);
    }
}
