//! The list of all sheets of a site, with their addresses, errors and revisions.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::model::guide::Scenario;
use crate::model::mode::Mode;
use crate::model::page_address::PageAddress;
use crate::model::sheet::{former_guides, sheet_names};
use crate::model::site::Site;
use crate::render::sheet::fault::Fault;

/// Hexadecimal digits of a revision.
const REVISION_DIGITS: usize = 7;

/// Identifies a sheet by the indices of its page, scenario and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRef {
    /// Index of the page.
    pub page: usize,
    /// Index of the scenario in the page's guide.
    pub scenario: usize,
    /// Index of the mode in the scenario.
    pub mode: usize,
    /// Address of the sheet.
    pub address: PageAddress,
    /// The errors in its content, those that make a value wrong first; at most
    /// [`crate::render::sheet::fault::MOST_FAULTS`]. Empty until
    /// [`crate::render::sheet::fault::mark`] has run.
    pub faults: Vec<Fault>,
    /// Computed on first use, because its page, its guide's page and `site.json` all need it.
    revision: OnceLock<String>,
}

impl SheetRef {
    /// Name under which a browser stores its ticks: its address without folder and ending.
    pub fn store(&self) -> String {
        self.address.stem_in_checklists().to_string()
    }

    /// Whether an error makes a value on it wrong.
    pub fn is_wrong(&self) -> bool {
        self.faults.iter().any(|fault| fault.makes_wrong)
    }

    /// Its former addresses, one for each former address of its guide.
    pub fn former<'s>(&self, site: &'s Site) -> impl Iterator<Item = PageAddress> + use<'s> {
        let name = self.address.name().to_string();
        let guides = former_guides(&site.pages[self.page]);
        guides.map(move |guide| guide.checklist(&name))
    }

    /// Its scenario and mode.
    pub fn parts<'s>(&self, site: &'s Site) -> (&'s Scenario, &'s Mode) {
        let guide = site.pages[self.page]
            .guide
            .as_ref()
            .expect("sheets are listed from guides");
        let scenario = &guide.scenarios[self.scenario];
        (scenario, &scenario.modes[self.mode])
    }

    /// Its revision: a hash of the content, independent of its position in the file.
    pub fn revision(&self, site: &Site) -> &str {
        self.revision.get_or_init(|| {
            let (scenario, mode) = self.parts(site);
            revision(scenario, mode)
        })
    }
}

/// Every sheet of a site, in page, scenario and mode order.
pub fn sheets(site: &Site) -> Vec<SheetRef> {
    let mut sheets: Vec<SheetRef> = Vec::new();
    for (page_index, page) in site.pages.iter().enumerate() {
        let names = page.guide.iter().flat_map(sheet_names);
        sheets.extend(names.map(|sheet| SheetRef {
            page: page_index,
            scenario: sheet.scenario,
            mode: sheet.mode,
            address: page.address.checklist(&sheet.name),
            faults: Vec::new(),
            revision: OnceLock::new(),
        }));
    }
    sheets
}

/// The hash of title and versions, and of the key, role, condition and hash of each item.
fn revision(scenario: &Scenario, mode: &Mode) -> String {
    let mut said = format!("{}\0{}\0", scenario.title, scenario.versions.join("\0"));
    for item in mode.all_items() {
        let condition = item.condition.as_deref().unwrap_or_default();
        let parts = [item.key.as_str(), item.role.name(), condition, &item.hash];
        for part in parts {
            said.push_str(part);
            said.push('\0');
        }
    }
    let digest = Sha256::digest(said.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..REVISION_DIGITS].to_string()
}
