//! What a build is made of, as one hash: where it is that of the build before, nothing has to be
//! made again.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::error::Error;
use crate::render::theme::Theme;
use crate::source::{Source, SourceSet};

/// Hash of the program's own sources, templates and static files, made by `build.rs`.
const PROGRAM: &str = env!("TICKBOOK_SOURCES");

/// Hash of everything that decides the artifacts named in `only`, in hexadecimal digits: the
/// program, the configuration, the theme, every document and every other file. Another release of
/// Rust may hash otherwise; then all is made anew.
///
/// # Errors
/// [`Error::Io`] when a file cannot be read.
pub fn inputs(
    config: &Config,
    theme: &Theme,
    sources: &SourceSet,
    only: &[String],
) -> Result<String, Error> {
    let mut hasher = DefaultHasher::new();
    PROGRAM.hash(&mut hasher);
    only.hash(&mut hasher);
    format!("{config:?}").hash(&mut hasher);
    theme.digest().hash(&mut hasher);
    #[cfg(feature = "pdf")]
    hash_print_settings(theme, &mut hasher);
    let text = |source: &Source| hash_of(&(&source.path, &source.text));
    let texts: Vec<u64> = sources.documents.par_iter().map(text).collect();
    texts.hash(&mut hasher);
    sources.lock.as_ref().map(text).hash(&mut hasher);
    sources.changed.hash(&mut hasher);
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

/// Fonts, paper and date of printed sheets.
#[cfg(feature = "pdf")]
fn hash_print_settings(theme: &Theme, hasher: &mut impl Hasher) {
    let print_settings = theme.print_settings();
    print_settings.epoch.hash(hasher);
    print_settings.is_fillable.hash(hasher);
    let page = &print_settings.page;
    for length in [page.width, page.height, page.scale] {
        length.to_bits().hash(hasher);
    }
    print_settings.letterhead.hash(hasher);
    for font in print_settings.fonts.files() {
        font.bytes.hash(hasher);
    }
}
