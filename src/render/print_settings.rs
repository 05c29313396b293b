//! Settings of printed sheets: fonts, and a date that is not the clock's.

use std::path::Path;

use crate::error::Error;
use crate::font::{FontSet, Unreadable};
use crate::strings::Strings;

/// Fonts and date of printed sheets.
#[derive(Debug, Clone)]
pub struct PrintSettings {
    /// The fonts.
    pub fonts: FontSet,
    /// Seconds since 1970 that replace the time of printing; `None` prints no such date.
    pub epoch: Option<i64>,
}

impl Default for PrintSettings {
    fn default() -> Self {
        Self {
            fonts: FontSet::built_in(),
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
        Ok(Self { fonts, epoch: None })
    }
}

/// The error of a font file that cannot be read.
pub fn unreadable(font: &Unreadable, strings: &Strings) -> Error {
    let reason = font.reason.to_string();
    let values = [("path", font.name.as_str()), ("reason", &reason)];
    Error::Request(strings.cli("no_font", &values))
}
