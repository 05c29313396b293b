//! Files that would be written at one place, found before anything is written.
//!
//! Two documents of one address are the site's own finding. Here documents and copied files meet
//! those that a build makes by itself, such as the page of a category. File systems that know no
//! case count, and a file where a folder must be is in the way, too.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::config::Config;
use crate::model::page_address::{HOME, NOT_FOUND, OVERVIEW, PageAddress};
use crate::model::site::Site;
use crate::render::sheet::SheetRef;
use crate::source::{LoadFault, SourceSet, is_document};

/// Files that every build makes, whatever the content.
const MADE: [&str; 8] = [
    NOT_FOUND,
    OVERVIEW,
    HOME,
    "llms.txt",
    "search/index.js",
    "site.json",
    "site.schema.json",
    "sitemap.xml",
];

/// Who writes to which place.
#[derive(Default)]
struct Places<'a> {
    /// Places in lower case, with the file or the made page that is written there.
    taken: HashMap<String, &'a str>,
    faults: Vec<LoadFault>,
}

/// Documents and files whose place another one takes. A former address of a checklist is a page that
/// a build makes.
pub fn collisions(
    site: &Site,
    sheets: &[SheetRef],
    sources: &SourceSet,
    config: &Config,
) -> Vec<LoadFault> {
    let made = MADE.iter().copied();
    let categories = site
        .categories
        .iter()
        .filter(|category| category.head.is_none());
    let categories = categories.map(|category| &category.address);
    let topics = site.topics.list.iter().map(|topic| &topic.address);
    let former: Vec<PageAddress> = sheets.iter().flat_map(|sheet| sheet.former(site)).collect();
    let sheets = sheets.iter().map(|sheet| &sheet.address);
    let pages = categories.chain(topics).chain(sheets).chain(&former);
    let mut places = Places::default();
    for address in made.chain(pages.map(PageAddress::file)) {
        places.taken.insert(address.to_lowercase(), address);
    }
    // A document may be the home page, or the one for addresses that lead nowhere.
    for address in [HOME, NOT_FOUND] {
        let is_page = site.pages.iter().any(|page| page.address.file() == address);
        if is_page && (address == HOME || !config.files.index.is_empty()) {
            places.taken.remove(address);
        }
    }
    for page in &site.pages {
        for address in std::iter::once(&page.address).chain(&page.aliases) {
            places.take(address.file(), &page.path);
        }
        for address in std::iter::once(&page.address).chain(&page.aliases) {
            places.take(&address.twin(), &page.path);
        }
    }
    for asset in &sources.assets {
        places.take(&asset.path, &asset.path);
    }
    places.take_no_folder();
    places.faults
}

impl<'a> Places<'a> {
    /// Takes `place` for `path`, or reports which file has it. That a document has it is reported
    /// elsewhere when a document asks.
    fn take(&mut self, place: &str, path: &'a str) {
        let other = match self.taken.entry(place.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(path);
                return;
            }
            Entry::Occupied(taken) => *taken.get(),
        };
        if !(is_document(other) && is_document(path)) {
            self.refuse(path, other);
        }
    }

    /// Reports files that are where another one's folder must be.
    fn take_no_folder(&mut self) {
        let mut met = Vec::new();
        for (place, path) in &self.taken {
            let folders = place.match_indices('/').map(|(at, _)| &place[..at]);
            met.extend(folders.filter_map(|folder| Some((*path, *self.taken.get(folder)?))));
        }
        met.sort_unstable();
        for (path, other) in met {
            self.refuse(path, other);
        }
    }

    fn refuse(&mut self, path: &str, other: &str) {
        self.faults.push(LoadFault {
            path: path.to_string(),
            rule: "output-collision",
            offset: 0,
            other: other.to_string(),
        });
    }
}
