//! The sheets of guides and their names, which are made of scenario and mode.

use std::collections::{HashMap, HashSet};

use crate::model::anchor::slug;
use crate::model::guide::{Guide, Scenario};
use crate::model::limit::{MAX_MODES, MAX_MOVES};
use crate::model::mode::Mode;
use crate::model::page::Page;
use crate::model::page_address::PageAddress;

/// Longest part of a sheet's file name, in characters.
const MAX_NAME: usize = 60;

/// A sheet of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// Index of the scenario.
    pub scenario: usize,
    /// Index of the mode in the scenario.
    pub mode: usize,
    /// Last part of its address, without an ending; unique in the guide.
    pub name: String,
}

/// The sheets of a guide, in scenario and mode order; at most [`MAX_MODES`] for each scenario.
pub fn sheet_names(guide: &Guide) -> Vec<SheetName> {
    let mut names = Names::default();
    let mut sheets = Vec::new();
    for (scenario_index, scenario) in guide.scenarios.iter().enumerate() {
        let modes = scenario.modes.iter().enumerate();
        let modes = modes.filter(|(_, mode)| mode.has_procedure());
        for (mode_index, mode) in modes.take(MAX_MODES) {
            let name = names.free(file_stem(scenario, mode));
            sheets.push(SheetName {
                scenario: scenario_index,
                mode: mode_index,
                name,
            });
        }
    }
    sheets
}

/// The former addresses of a guide whose sheets get redirects; at most [`MAX_MOVES`].
pub fn former_guides(page: &Page) -> impl Iterator<Item = &PageAddress> {
    page.aliases.iter().take(MAX_MOVES)
}

/// The file names in use in a folder.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// The last number tried for each stem.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The stem itself, or with the first free number from 2 appended.
    fn free(&mut self, stem: String) -> String {
        let number = self.numbers.entry(stem.clone()).or_insert(0);
        loop {
            *number += 1;
            let name = match *number {
                1 => stem.clone(),
                number => format!("{stem}-{number}"),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// The scenario and the mode, or the scenario alone where steps are in no mode.
fn file_stem(scenario: &Scenario, mode: &Mode) -> String {
    if mode.has_tasks() {
        let name = match scenario.id.as_str() {
            "" => &scenario.title,
            id => id,
        };
        let name: String = slug(name).chars().take(MAX_NAME).collect();
        return name.trim_end_matches('-').to_string();
    }
    let scenario = slug(&scenario.id)
        .chars()
        .take(MAX_NAME)
        .collect::<String>();
    format!("{}-{}", scenario.trim_end_matches('-'), slug(&mode.key))
}
