//! Files of the content that would control the server they are published on.
//!
//! Everything that is written under a name from the content is looked at: files that are copied, and
//! the pages, Markdown twins and redirects of documents, whose folders and inner endings are the
//! author's words.

use crate::config::assets::AssetConfig;
use crate::model::page_address::PageAddress;
use crate::model::site::Site;
use crate::source::{LoadFault, SourceSet};

/// Files and documents that a build must not publish under their names.
pub fn hosting_files(site: &Site, sources: &SourceSet, config: &AssetConfig) -> Vec<LoadFault> {
    let assets = sources.assets.iter();
    let assets = assets.filter_map(|asset| fault(&asset.path, &asset.path, config));
    let pages = site.pages.iter().filter_map(|page| {
        let twin = page.address.twin();
        let former = page.aliases.iter().map(PageAddress::file);
        let own = [page.address.file(), &twin].into_iter().chain(former);
        let mut odd = own.filter(|address| has_inner_ending(address));
        odd.find_map(|address| fault(address, &page.path, config))
    });
    assets.chain(pages).collect()
}

/// Whether an address has a dot besides that of its own ending. Only such a one can be taken for
/// another kind of file than a page.
fn has_inner_ending(address: &str) -> bool {
    address.matches('.').nth(1).is_some()
}

fn fault(written: &str, path: &str, config: &AssetConfig) -> Option<LoadFault> {
    let pattern = config.refused(written)?;
    Some(LoadFault {
        path: path.to_string(),
        rule: "hosting-file",
        offset: 0,
        other: pattern.to_string(),
    })
}
