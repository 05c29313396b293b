//! Which mode a guide's own page speaks of: each mode's part is a section with a bar that stays in
//! sight.

use std::collections::HashMap;

use serde::Serialize;

use crate::render::page_data::{ModeLink, ScenarioLinks};
use crate::render::url::fragment;

/// Most other modes that the bar of a mode's part names.
const OTHERS_SHOWN: usize = 6;

/// What the bar of a mode's part says.
#[derive(Debug, Serialize)]
pub struct ModePart {
    /// Title of the scenario.
    pub scenario: String,
    /// Short word of the mode.
    pub label: String,
    /// `test`, `live` or `neutral`.
    pub tone: &'static str,
    /// Its sheet; empty when there is nothing to do in it.
    pub checklist: String,
    /// Whether an error makes a value in it wrong.
    pub is_wrong: bool,
    /// The same scenario's other modes.
    pub others: Vec<OtherPart>,
}

/// The part of another mode.
#[derive(Debug, Serialize)]
pub struct OtherPart {
    /// Name of the mode.
    pub title: String,
    /// Where it is on the page.
    pub url: String,
}

/// The parts of a page, by the ids of their headings.
#[derive(Debug, Default)]
pub struct ModeParts {
    by_id: HashMap<String, ModePart>,
}

impl ModeParts {
    /// Parts of every mode that has a heading.
    pub fn of(scenarios: &[ScenarioLinks]) -> Self {
        let parts = scenarios.iter().flat_map(|scenario| {
            let modes = scenario.modes.iter().filter(|mode| has_heading(mode));
            modes.map(|mode| (mode.id.clone(), part(scenario, mode)))
        });
        Self {
            by_id: parts.collect(),
        }
    }

    /// The part that begins with the heading of this id.
    pub fn get(&self, id: &str) -> Option<&ModePart> {
        self.by_id.get(id)
    }
}

fn has_heading(mode: &ModeLink) -> bool {
    !mode.id.is_empty()
}

fn part(scenario: &ScenarioLinks, mode: &ModeLink) -> ModePart {
    let others = scenario.modes.iter().filter(|other| has_heading(other));
    let others = others.filter(|other| other.id != mode.id);
    ModePart {
        scenario: scenario.title.clone(),
        label: mode.label.clone(),
        tone: mode.tone,
        checklist: mode.checklist.clone(),
        is_wrong: mode.is_wrong,
        others: others
            .take(OTHERS_SHOWN)
            .map(|other| OtherPart {
                title: other.title.clone(),
                url: fragment(&other.id),
            })
            .collect(),
    }
}
