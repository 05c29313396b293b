//! A project as tests read it, and what it is made into.

use std::path::{Path, PathBuf};

use tickbook::build::{Book, prepare_theme};
use tickbook::config::Config;
use tickbook::include::expand;
use tickbook::render::page::View;
use tickbook::render::theme::Theme;
use tickbook::source::{SourceSet, load};
use tickbook::strings::Strings;

/// A project as it was read.
pub struct Project {
    pub root: PathBuf,
    pub sources: SourceSet,
    pub strings: Strings,
    pub config: Config,
    pub book: Book,
}

/// Folder of this package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Project {
    pub fn read(root: &Path) -> Self {
        let config = Config::load(root).unwrap();
        let content = root.join(&config.content);
        Self::read_content(root, &content, config)
    }

    /// Another folder's documents with the project's theme.
    pub fn read_content(root: &Path, content: &Path, config: Config) -> Self {
        let mut sources = load(content).unwrap();
        config.keep_pages(&mut sources);
        expand(&mut sources, &config);
        let book = Book::read(&sources, &config).unwrap();
        Self {
            root: root.to_path_buf(),
            strings: Strings::load(config.lang),
            sources,
            config,
            book,
        }
    }

    /// What pages and sheets are made of.
    pub fn with_view<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        let mut theme = Theme::load(Some(&self.root)).unwrap();
        theme = theme
            .with_brand(Some(&self.root), &self.config.site)
            .unwrap();
        let (book, sources) = (&self.book, &self.sources);
        prepare_theme(&mut theme, book, sources, &self.config, &self.strings);
        look(&book.view(sources, &self.config, &theme, &self.strings))
    }
}
