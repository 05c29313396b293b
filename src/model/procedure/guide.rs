//! Procedures as the scenarios of a guide, each with one mode, so that sheets, search and comparisons
//! read one model.

use std::collections::HashMap;

use crate::config::procedures::Form;
use crate::model::anchor::Anchor;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::Item;
use crate::model::matrix::key::finish;
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::procedure::parts::parts;
use crate::model::procedure::{Procedure, Procedures};
use crate::source::Span;

impl Procedures {
    /// The guide of a page: what another reader found, or else the procedures; `None` without either.
    /// Several task lists are one scenario, and their headings its sections. A procedure of more than `most` steps has a scenario for each part.
    pub(in crate::model) fn guide(
        &mut self,
        read: Option<Guide>,
        title: &str,
        anchors: &[Anchor],
        most: usize,
    ) -> Option<Guide> {
        if read.is_some() {
            return read;
        }
        let joins_lists = self.has_several_lists();
        let mut scenarios: Vec<Scenario> = Vec::new();
        let mut list: Option<usize> = None;
        for procedure in &mut self.found {
            let items = std::mem::take(&mut procedure.items);
            if procedure.form != Form::Tasklist || !joins_lists {
                scenarios.extend(of_procedure(procedure, items, anchors, most));
            } else if let Some(at) = list {
                scenarios[at].add(items, procedure.span);
            } else {
                list = Some(scenarios.len());
                scenarios.push(scenario(String::new(), title, items, procedure.span));
            }
        }
        finish_all(&mut scenarios);
        scenarios.retain(|scenario| scenario.modes.iter().any(Mode::has_procedure));
        (!scenarios.is_empty()).then_some(Guide { scenarios })
    }

    fn has_several_lists(&self) -> bool {
        let mut lists = self.found.iter().filter(|one| one.form == Form::Tasklist);
        lists.nth(1).is_some()
    }
}

/// The scenario of a procedure, or those of its parts.
fn of_procedure(
    procedure: &Procedure,
    mut items: Vec<Item>,
    anchors: &[Anchor],
    most: usize,
) -> Vec<Scenario> {
    for item in &mut items {
        item.heading.clear();
    }
    let anchor = procedure.heading.and_then(|heading| {
        let at = anchors.partition_point(|anchor| anchor.span < heading);
        anchors.get(at).filter(|anchor| anchor.span == heading)
    });
    let id = anchor.map_or_else(String::new, |anchor| anchor.id.clone());
    let title = &procedure.title;
    if procedure.form == Form::Tasklist {
        return vec![scenario(id, title, items, procedure.span)];
    }
    let parts = parts(procedure, items, anchors, most).into_iter();
    let scenarios = parts.map(|part| match part.number {
        (1, 1) => scenario(id.clone(), title, part.items, part.span),
        // The first part has the address that the procedure has as long as it is short.
        (1, _) => scenario(id.clone(), &part.title(title), part.items, part.span),
        _ => {
            let id = part
                .first
                .map_or_else(|| id.clone(), |first| first.id.clone());
            scenario(id, &part.title(title), part.items, part.span)
        }
    });
    scenarios.collect()
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
