//! What a printed sheet needs besides its template: fonts, and a date that is not the clock's.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use crate::disk::named::read_through_links;
use crate::disk::{leads_down, open_below};
use crate::error::Error;
use crate::strings::Strings;

/// Name of the built-in font in `print.fonts` and `--font`.
const BUILT_IN: &str = "pretendard";

/// Largest font file that is read, in bytes. Fonts of all Chinese characters have 20 MB.
const MAX_FONT_BYTES: u64 = 64 << 20;

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
    /// Reads the named font files; without a name, the built-in font. A file that `root` is given
    /// for lies below it and is no link; where it is absolute or leads out, or without a root, the
    /// name is the user's own word and links are followed.
    ///
    /// # Errors
    /// [`Error::Request`] when a file cannot be read.
    pub fn load(names: &[String], root: Option<&Path>, strings: &Strings) -> Result<Self, Error> {
        let mut fonts = Vec::new();
        for name in names {
            if name.eq_ignore_ascii_case(BUILT_IN) {
                fonts.extend(built_in());
                continue;
            }
            let bytes = read_font(name, root).map_err(|error| {
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

fn read_font(name: &str, root: Option<&Path>) -> io::Result<Vec<u8>> {
    let below = Path::new(name);
    match root {
        Some(root) if leads_down(below) => {
            let parent = below.parent().unwrap_or(Path::new(""));
            let name = below.file_name().ok_or(io::ErrorKind::InvalidInput)?;
            open_below(root, parent)?.read_within(name, MAX_FONT_BYTES)
        }
        root => {
            let root = root.unwrap_or(Path::new(""));
            read_through_links(&root.join(below), MAX_FONT_BYTES)
        }
    }
}

fn built_in() -> Vec<FontFile> {
    let file = |(name, bytes): (&str, &'static [u8])| FontFile {
        name: name.to_string(),
        bytes: Cow::Borrowed(bytes),
    };
    BUILT_IN_FILES.map(file).to_vec()
}
