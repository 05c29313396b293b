//! A site built in memory, and what tests ask of its files.

pub mod links;
pub mod outline;
pub mod project;
pub mod safe;
pub mod sheet;

use std::collections::BTreeMap;
use std::sync::Mutex;

use scraper::Html;
use tickbook::build::emit;
use tickbook::model::page_address::PageAddress;
use tickbook::output::ArtifactContent;
use tickbook::report::finding::fault_message;

use crate::support::project::Project;

/// Files of a built site by path; those that are copied, pictures and fonts are empty.
pub type Files = BTreeMap<String, String>;

/// Whether a file is a picture or a font of a brand.
fn is_binary(path: &str) -> bool {
    [".png", ".ico", ".woff2"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

impl Project {
    pub fn build(&self) -> Files {
        assert!(!self.book.is_fatal(), "{}", self.findings());
        self.with_view(|view| {
            let files = Mutex::new(Files::new());
            emit(view, &[], &|artifact| {
                let text = match artifact.content {
                    ArtifactContent::Bytes(_) if is_binary(&artifact.path) => String::new(),
                    ArtifactContent::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
                    ArtifactContent::Copy(_) => String::new(),
                };
                let before = files.lock().unwrap().insert(artifact.path.clone(), text);
                assert_eq!(before, None, "{} is made twice", artifact.path);
                Ok(())
            })
            .unwrap();
            files.into_inner().unwrap()
        })
    }

    /// Addresses that redirect.
    pub fn aliases(&self) -> impl Iterator<Item = PageAddress> {
        let site = &self.book.site;
        let pages = site.pages.iter().flat_map(|page| page.aliases.clone());
        let sheets = self.book.sheets.iter();
        let fronts = site.translations.iter();
        let fronts = fronts.filter_map(|own| own.folder_front.clone());
        let fronts = fronts.filter(|front| site.is_free(front));
        pages
            .chain(sheets.flat_map(|sheet| sheet.former(site)))
            .chain(fronts)
    }

    /// Every finding on a line of its own, as `path:line:column level[rule] message | help`.
    pub fn findings(&self) -> String {
        let faults = self.sources.faults.iter().map(|fault| {
            let message = fault_message(fault);
            format!("error[{}] {}\n", fault.rule, self.strings.message(&message))
        });
        let diagnostics = self.book.diagnostics.iter().map(|found| {
            let source = self.sources.get(found.file);
            let at = source.position(found.span.start);
            let help = found.help.as_ref();
            let help = help.and_then(|help| self.strings.help(help));
            format!(
                "{}:{}:{} {}[{}] {}{}\n",
                source.path,
                at.line,
                at.column,
                found.severity.name(),
                found.rule,
                self.strings.message(&found.message),
                help.map_or(String::new(), |help| format!(" | {help}")),
            )
        });
        faults.chain(diagnostics).collect()
    }
}

/// Parsed HTML files by path.
pub fn pages(files: &Files) -> BTreeMap<&str, Html> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, text)| (path.as_str(), Html::parse_document(text)))
        .collect()
}
