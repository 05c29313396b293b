//! What a build is made of, as one hash: where it is that of the build before, nothing has to be
//! made again.

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::render::page::View;

/// Hash of the program's own sources, made by `build.rs`.
const PROGRAM: &str = env!("TICKBOOK_SOURCES");

/// Hash of everything that decides the artifacts named in `only`, in hexadecimal digits: the
/// program, the configuration, the theme, every document and every other file.
///
/// # Errors
/// [`Error::Io`] when a file cannot be read.
pub fn inputs(view: &View<'_>, only: &[String]) -> Result<String, Error> {
    let mut hash = Parts(Sha256::new());
    hash.add(PROGRAM.as_bytes());
    hash.add(only.join(",").as_bytes());
    hash.add(format!("{:?}", view.config).as_bytes());
    hash.add(&view.theme.digest());
    #[cfg(feature = "pdf")]
    hash.add_paper(view);
    let lock = view.sources.lock.iter();
    for source in view.sources.documents.iter().chain(lock) {
        hash.add(source.path.as_bytes());
        hash.add(source.text.as_bytes());
    }
    for asset in &view.sources.assets {
        hash.add(asset.path.as_bytes());
        hash.add(&asset.read()?);
    }
    let digest = hash.0.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Pieces that are told apart by their lengths.
struct Parts(Sha256);

impl Parts {
    fn add(&mut self, part: &[u8]) {
        self.0.update(part.len().to_le_bytes());
        self.0.update(part);
    }

    #[cfg(feature = "pdf")]
    fn add_paper(&mut self, view: &View<'_>) {
        let paper = view.theme.paper();
        self.add(format!("{:?}", paper.epoch).as_bytes());
        for font in &paper.fonts {
            self.add(&font.bytes);
        }
    }
}
