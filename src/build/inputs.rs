//! What a build is made of, as one hash: where it is that of the build before, nothing has to be
//! made again.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::error::Error;
use crate::render::page::View;
use crate::source::Source;

/// Hash of the program's own sources, made by `build.rs`.
const PROGRAM: &str = env!("TICKBOOK_SOURCES");

/// Hash of everything that decides the artifacts named in `only`, in hexadecimal digits: the
/// program, the configuration, the theme, every document and every other file. Another release of
/// Rust may hash otherwise; then all is made anew.
///
/// # Errors
/// [`Error::Io`] when a file cannot be read.
pub fn inputs(view: &View<'_>, only: &[String]) -> Result<String, Error> {
    let mut hasher = DefaultHasher::new();
    PROGRAM.hash(&mut hasher);
    only.hash(&mut hasher);
    format!("{:?}", view.config).hash(&mut hasher);
    view.theme.digest().hash(&mut hasher);
    #[cfg(feature = "pdf")]
    hash_paper(view, &mut hasher);
    let sources = view.sources;
    let text = |source: &Source| hash_of(&(&source.path, &source.text));
    let texts: Vec<u64> = sources.documents.par_iter().map(text).collect();
    texts.hash(&mut hasher);
    sources.lock.as_ref().map(text).hash(&mut hasher);
    for asset in &sources.assets {
        asset.path.hash(&mut hasher);
        asset.read()?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Fonts and date of printed sheets.
#[cfg(feature = "pdf")]
fn hash_paper(view: &View<'_>, hasher: &mut impl Hasher) {
    let paper = view.theme.paper();
    paper.epoch.hash(hasher);
    for font in &paper.fonts {
        font.bytes.hash(hasher);
    }
}
