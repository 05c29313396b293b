//! What a printed sheet needs besides its template: fonts, and a date that is not the clock's.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::strings::Strings;

/// Name of the built-in font in `print.fonts` and `--font`.
const BUILT_IN: &str = "pretendard";

/// The built-in font: Pretendard, under the SIL Open Font License.
const BUILT_IN_FILES: [(&str, &[u8]); 2] = [
    (
        "Pretendard-Regular.otf",
        include_bytes!("../../fonts/Pretendard-Regular.otf"),
    ),
    (
        "Pretendard-Bold.otf",
        include_bytes!("../../fonts/Pretendard-Bold.otf"),
    ),
];

/// A font file.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Its path as the user wrote it.
    pub name: String,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

/// Fonts and date of printed sheets.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Font files; a glyph is taken from the first that has it.
    pub fonts: Vec<FontFile>,
    /// Seconds since 1970 that stand for the time of printing; `None` prints no such date.
    pub epoch: Option<i64>,
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            fonts: built_in(),
            epoch: None,
        }
    }
}

impl Paper {
    /// Reads the named font files, below `root` where they are not absolute; without a name, the
    /// built-in font.
    ///
    /// # Errors
    /// [`Error::Request`] when a file cannot be read.
    pub fn load(names: &[String], root: &Path, strings: &Strings) -> Result<Self, Error> {
        let mut fonts = Vec::new();
        for name in names {
            if name.eq_ignore_ascii_case(BUILT_IN) {
                fonts.extend(built_in());
                continue;
            }
            let bytes = fs::read(root.join(name)).map_err(|error| {
                let values = [("path", name.as_str()), ("reason", &error.to_string())];
                Error::Request(strings.cli("no_font", &values))
            })?;
            fonts.push(FontFile {
                name: name.clone(),
                bytes: Cow::Owned(bytes),
            });
        }
        if fonts.is_empty() {
            fonts = built_in();
        }
        Ok(Self { fonts, epoch: None })
    }
}

fn built_in() -> Vec<FontFile> {
    let file = |(name, bytes): (&str, &'static [u8])| FontFile {
        name: name.to_string(),
        bytes: Cow::Borrowed(bytes),
    };
    BUILT_IN_FILES.map(file).to_vec()
}
