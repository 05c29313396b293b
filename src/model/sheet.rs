//! Addresses of sheets: `checklists/`, the guide's address, and a name made of scenario and mode.

use std::collections::{HashMap, HashSet};

use crate::model::anchor::slug;
use crate::model::guide::{Guide, Scenario};
use crate::model::limit::{MAX_MODES, MAX_MOVES};
use crate::model::mode::Mode;
use crate::model::page::Page;

/// Folder of all sheets.
pub const SHEETS_FOLDER: &str = "checklists/";

/// Longest part of a sheet's file name, in characters.
const MAX_NAME: usize = 60;

/// A sheet of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// Index of the scenario.
    pub scenario: usize,
    /// Index of the mode in the scenario.
    pub mode: usize,
    /// Name of its file, with `.html`; unique in the guide.
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
                name: name + ".html",
            });
        }
    }
    sheets
}

/// The former addresses of a guide whose sheets get redirects; at most [`MAX_MOVES`].
pub fn former_guides(page: &Page) -> impl Iterator<Item = &String> {
    page.aliases.iter().take(MAX_MOVES)
}

/// Address of the sheet with this name, of the guide at the address `guide`.
pub fn sheet_address(guide: &str, name: &str) -> String {
    format!("{SHEETS_FOLDER}{}/{name}", guide.trim_end_matches(".html"))
}

/// Address of the guide to which the sheet at this address belongs; `None` for other addresses.
pub fn guide_of_sheet(address: &str) -> Option<String> {
    let (guide, _) = address.strip_prefix(SHEETS_FOLDER)?.rsplit_once('/')?;
    Some(format!("{guide}.html"))
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

fn file_stem(scenario: &Scenario, mode: &Mode) -> String {
    let scenario = slug(&scenario.id)
        .chars()
        .take(MAX_NAME)
        .collect::<String>();
    format!("{}-{}", scenario.trim_end_matches('-'), slug(&mode.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_of_a_sheet_names_its_guide() {
        let address = sheet_address("channels/kg.html", "a-live.html");
        assert_eq!(address, "checklists/channels/kg/a-live.html");
        assert_eq!(
            guide_of_sheet(&address).as_deref(),
            Some("channels/kg.html")
        );
        assert_eq!(guide_of_sheet("checklists/index.html"), None);
        assert_eq!(guide_of_sheet("channels/kg.html"), None);
    }
}
