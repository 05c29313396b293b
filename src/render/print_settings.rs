//! Settings of printed sheets: fonts, paper, and a date that is not the clock's.

use std::path::Path;

use serde::Serialize;

use crate::config::CONFIG_FILE;
use crate::config::print::PrintConfig;
use crate::disk::Folder;
use crate::error::Error;
use crate::font::{FontSet, Unreadable};
use crate::render::figure::MAX_IMAGE_BYTES;
use crate::strings::Strings;

/// Paper, and how large what is printed on it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PageSetup {
    /// Width in mm.
    pub width: f64,
    /// Height in mm.
    pub height: f64,
    /// Factor of the size of text and boxes.
    pub scale: f64,
}

impl PageSetup {
    /// The paper of a project's configuration.
    pub fn new(config: &PrintConfig) -> Self {
        let (width, height) = config.paper.size(config.orientation);
        Self {
            width,
            height,
            scale: config.scale,
        }
    }

    /// How much of a sheet a page has room for, where A4 upright with usual sizes is 1.
    pub fn room(&self) -> f64 {
        let usual = Self::new(&PrintConfig::default());
        let area = self.width * self.height / (usual.width * usual.height);
        area / (self.scale * self.scale)
    }
}

/// What a project has at the head and the foot of each page.
#[derive(Debug, Clone, Default, Hash, PartialEq, Eq)]
pub struct Letterhead {
    /// Bytes of the picture at the head.
    pub logo: Option<Vec<u8>>,
    /// Line at the foot.
    pub footer: String,
    /// Who prints.
    pub by: String,
}

impl Letterhead {
    /// Reads what the configuration names; the logo is a file below the root and no link.
    ///
    /// # Errors
    /// [`Error::Config`] when the logo cannot be read or is larger than [`MAX_IMAGE_BYTES`].
    pub fn load(config: &PrintConfig, root: Option<&Path>) -> Result<Self, Error> {
        let logo = root.filter(|_| !config.logo.is_empty());
        let logo = logo.map(|root| {
            let read = Folder::open(root).and_then(|folder| {
                folder.read_below(Path::new(&config.logo), MAX_IMAGE_BYTES as u64)
            });
            read.map_err(|error| wrong_logo(config, root, &error.to_string()))
        });
        Ok(Self {
            logo: logo.transpose()?,
            footer: config.footer.clone(),
            by: config.by.clone(),
        })
    }
}

/// The error of a logo that cannot be read.
fn wrong_logo(config: &PrintConfig, root: &Path, what: &str) -> Error {
    Error::Config {
        path: root.join(CONFIG_FILE).display().to_string(),
        reason: format!("print.logo: `{}`: {what}", config.logo),
    }
}

/// Fonts, paper and date of printed sheets.
#[derive(Debug, Clone)]
pub struct PrintSettings {
    /// The fonts.
    pub fonts: FontSet,
    /// The paper.
    pub page: PageSetup,
    /// What is at the head and the foot of each page.
    pub letterhead: Letterhead,
    /// Whether they have fields, so that they can be filled in on a screen.
    pub is_fillable: bool,
    /// Seconds since 1970 that replace the time of printing; `None` prints no such date.
    pub epoch: Option<i64>,
}

impl Default for PrintSettings {
    fn default() -> Self {
        Self {
            fonts: FontSet::built_in(),
            page: PageSetup::new(&PrintConfig::default()),
            letterhead: Letterhead::default(),
            is_fillable: false,
            epoch: None,
        }
    }
}

impl PrintSettings {
    /// Reads the named font files; without a name, the built-in font. A file that `root` is given
    /// for is below it and is no link; where it is absolute or leads out, or without a root, the
    /// name is the user's own word and links are followed.
    ///
    /// # Errors
    /// [`Error::Request`] when a file cannot be read.
    pub fn load(names: &[String], root: Option<&Path>, strings: &Strings) -> Result<Self, Error> {
        let fonts = FontSet::read(names, root);
        let fonts = fonts.map_err(|font| unreadable(&font, strings))?;
        Ok(Self {
            fonts,
            ..Self::default()
        })
    }
}

/// The error of a font file that cannot be read.
pub fn unreadable(font: &Unreadable, strings: &Strings) -> Error {
    let reason = font.reason.to_string();
    let values = [("path", font.name.as_str()), ("reason", &reason)];
    Error::Request(strings.cli("no_font", &values))
}
