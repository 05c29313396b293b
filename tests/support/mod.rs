//! A site built in memory, and what tests ask of its files.

pub mod links;
pub mod outline;
pub mod safe;
pub mod sheet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use scraper::Html;
use tickbook::build::{Book, emit, prepare_theme};
use tickbook::config::Config;
use tickbook::diagnostic::Message;
use tickbook::output::ArtifactContent;
use tickbook::render::theme::Theme;
use tickbook::source::{SourceSet, load};
use tickbook::strings::Strings;

/// A project as it was read.
pub struct Project {
    root: PathBuf,
    sources: SourceSet,
    strings: Strings,
    pub config: Config,
    pub book: Book,
}

/// Files of a built site by path; those that are copied are empty.
pub type Files = BTreeMap<String, String>;

/// Folder of this package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Project {
    pub fn read(root: &Path) -> Self {
        let config = Config::load(root).unwrap();
        let sources = load(&root.join(&config.content)).unwrap();
        let book = Book::read(&sources, &config).unwrap();
        Self {
            root: root.to_path_buf(),
            strings: Strings::load(config.lang),
            sources,
            config,
            book,
        }
    }

    pub fn build(&self) -> Files {
        assert!(!self.book.is_fatal(), "{}", self.findings());
        let mut theme = Theme::load(Some(&self.root)).unwrap();
        let (book, sources) = (&self.book, &self.sources);
        prepare_theme(&mut theme, book, sources, &self.config, &self.strings);
        let view = book.view(sources, &self.config, &theme, &self.strings);
        let files = Mutex::new(Files::new());
        emit(&view, &[], &|artifact| {
            let text = match artifact.content {
                ArtifactContent::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
                ArtifactContent::Copy(_) => String::new(),
            };
            let before = files.lock().unwrap().insert(artifact.path.clone(), text);
            assert_eq!(before, None, "{} is made twice", artifact.path);
            Ok(())
        })
        .unwrap();
        files.into_inner().unwrap()
    }

    /// Addresses that redirect.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let pages = self.book.site.pages.iter();
        pages.flat_map(|page| page.aliases.iter().map(String::as_str))
    }

    /// Every finding on a line of its own, as `path:line:column level[rule] message | help`.
    pub fn findings(&self) -> String {
        let faults = self.sources.faults.iter().map(|fault| {
            let message = Message::new(fault.rule)
                .with("path", &fault.path)
                .with("offset", fault.offset.to_string());
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
