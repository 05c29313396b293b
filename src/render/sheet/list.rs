//! Every sheet of a site: where it is, what can be ticked off on it and its revision.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::model::anchor::slug;
use crate::model::export::{ModeData, ScenarioData};
use crate::model::guide::{Guide, Scenario};
use crate::model::limit::MAX_MODES;
use crate::model::mode::Mode;
use crate::model::site::Site;
use crate::model::tick::{Tick, ticks};
use crate::render::sheet::fault::Fault;

/// Hexadecimal digits of a revision.
const REVISION_DIGITS: usize = 7;

/// Longest part of a sheet's file name, in characters.
const MAX_NAME: usize = 60;

/// Which sheet: indices of the page, its scenario and its mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRef {
    /// Index of the page.
    pub page: usize,
    /// Index of the scenario in the page's guide.
    pub scenario: usize,
    /// Index of the mode in the scenario.
    pub mode: usize,
    /// Address of the sheet below the site's root.
    pub address: String,
    /// The errors in what it shows, those that make a value wrong first; at most
    /// [`crate::render::sheet::fault::MOST_FAULTS`]. Empty as long as nobody looked.
    pub faults: Vec<Fault>,
    /// Found when first asked for, since its page, its guide's and `site.json` all ask.
    ticks: OnceLock<Vec<Tick>>,
    /// As `ticks`.
    revision: OnceLock<String>,
}

impl SheetRef {
    /// Name that ticks of it are kept under in a browser: its address without folder and ending.
    pub fn store(&self) -> String {
        let name = self.address.trim_end_matches(".html");
        name.trim_start_matches("checklists/").to_string()
    }

    /// Whether an error makes a value on it wrong.
    pub fn is_wrong(&self) -> bool {
        self.faults.iter().any(|fault| fault.makes_wrong)
    }

    /// The scenario and mode it is of.
    pub fn parts<'s>(&self, site: &'s Site) -> (&'s Scenario, &'s Mode) {
        let guide = site.pages[self.page]
            .guide
            .as_ref()
            .expect("sheets are listed from guides");
        let scenario = &guide.scenarios[self.scenario];
        (scenario, &scenario.modes[self.mode])
    }

    /// What can be ticked off on it.
    pub fn ticks(&self, site: &Site) -> &[Tick] {
        self.ticks.get_or_init(|| {
            let (scenario, mode) = self.parts(site);
            ticks(scenario, mode)
        })
    }

    /// Its revision: a hash of what the guide says, wherever it stands in the file.
    pub fn revision(&self, site: &Site) -> &str {
        self.revision.get_or_init(|| {
            let (scenario, mode) = self.parts(site);
            revision(scenario, mode)
        })
    }
}

/// Every sheet of a site, in page, scenario and mode order. A scenario has [`MAX_MODES`] at most.
pub fn sheets(site: &Site) -> Vec<SheetRef> {
    let pages = site.pages.iter().enumerate();
    let guides = pages.filter_map(|(index, page)| Some((index, page, page.guide.as_ref()?)));
    guides
        .flat_map(|(index, page, guide)| sheets_of(index, &page.address, guide))
        .collect()
}

fn sheets_of(page: usize, address: &str, guide: &Guide) -> Vec<SheetRef> {
    let folder = format!("checklists/{}", address.trim_end_matches(".html"));
    let mut names = Names::default();
    let mut sheets = Vec::new();
    for (scenario_index, scenario) in guide.scenarios.iter().enumerate() {
        let modes = scenario.modes.iter().enumerate();
        let modes = modes.filter(|(_, mode)| mode.has_procedure());
        for (mode_index, mode) in modes.take(MAX_MODES) {
            let name = names.free(file_stem(scenario, mode));
            sheets.push(SheetRef {
                page,
                scenario: scenario_index,
                mode: mode_index,
                address: format!("{folder}/{name}.html"),
                faults: Vec::new(),
                ticks: OnceLock::new(),
                revision: OnceLock::new(),
            });
        }
    }
    sheets
}

/// The names of a folder's files.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// The last number that each stem was tried with.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The stem itself, or with the first free number from 2 behind it.
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

fn revision(scenario: &Scenario, mode: &Mode) -> String {
    let mut data = serde_json::json!({
        "title": scenario.title,
        "versions": scenario.versions,
        "scenario": ScenarioData::without_modes(scenario),
        "mode": ModeData::from(mode),
    });
    drop_spans(&mut data);
    let digest = Sha256::digest(data.to_string().as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..REVISION_DIGITS].to_string()
}

fn drop_spans(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("span");
            map.values_mut().for_each(drop_spans);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_spans),
        _ => {}
    }
}
