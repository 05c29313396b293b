//! Fonts of printed sheets, and which characters they have.
//!
//! Files go in, by name or built in; out comes whether a text can be printed. The engine of the
//! printed sheet reads the same files.

#[cfg(feature = "pdf")]
pub mod part;

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::Path;

#[cfg(feature = "pdf")]
use crate::disk::named::read_through_links;
#[cfg(feature = "pdf")]
use crate::disk::{leads_down, open_below};

/// Name of the built-in font in `print.fonts` and `--font`.
pub const BUILT_IN: &str = "pretendard";

/// The built-in font: Pretendard, under the SIL Open Font License.
#[cfg(feature = "pdf")]
const BUILT_IN_FILES: [(&str, &[u8]); 2] = [
    (
        "Pretendard-Regular.otf",
        include_bytes!("../fonts/Pretendard-Regular.otf"),
    ),
    (
        "Pretendard-Bold.otf",
        include_bytes!("../fonts/Pretendard-Bold.otf"),
    ),
];

/// The font of code: DejaVu Sans Mono, under the licence of Bitstream Vera.
#[cfg(feature = "pdf")]
const CODE_FILE: (&str, &[u8]) = (
    "DejaVuSansMono.ttf",
    include_bytes!("../fonts/DejaVuSansMono.ttf"),
);

/// Largest font file that is read, in bytes. Fonts of all Chinese characters have 20 MB.
#[cfg(feature = "pdf")]
const MAX_FONT_BYTES: u64 = 64 << 20;

/// A font file.
#[derive(Clone)]
pub struct FontFile {
    /// Its path as the user wrote it.
    pub name: String,
    /// What it contains.
    pub bytes: Cow<'static, [u8]>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// Font files; a glyph is taken from the first that has it. Code is tried in a font of its own first,
/// and text in that one last.
#[derive(Debug, Clone)]
pub struct FontSet {
    files: Vec<FontFile>,
    code: Vec<FontFile>,
}

/// What a character is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Running text in its own fonts.
    Text,
    /// Code, which is set in a font whose letters all have one width, and in those of text: whatever
    /// this has can be printed in text, too.
    Code,
}

/// A font file that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Its path as the user wrote it.
    pub name: String,
    /// The system's reason.
    pub reason: io::Error,
}

impl FontSet {
    /// The files for text.
    pub fn files(&self) -> &[FontFile] {
        &self.files
    }

    /// The files that code is tried in before those for text.
    pub fn code(&self) -> &[FontFile] {
        &self.code
    }
}

#[cfg(feature = "pdf")]
impl FontSet {
    /// The built-in font.
    pub fn built_in() -> Self {
        Self::with(BUILT_IN_FILES.map(embedded).to_vec())
    }

    /// These files for text, and the built-in one for code.
    fn with(files: Vec<FontFile>) -> Self {
        let code = vec![embedded(CODE_FILE)];
        Self { files, code }
    }

    /// Reads the named font files, below `root` where they are not absolute; without a name, the
    /// built-in font.
    ///
    /// # Errors
    /// [`Unreadable`] with the first file that cannot be read, or is no regular one.
    pub fn read(names: &[String], root: Option<&Path>) -> Result<Self, Unreadable> {
        let mut files = Vec::new();
        for name in names {
            if name.eq_ignore_ascii_case(BUILT_IN) {
                files.extend(Self::built_in().files);
                continue;
            }
            let bytes = read_file(name, root).map_err(|reason| Unreadable {
                name: name.clone(),
                reason,
            })?;
            files.push(FontFile {
                name: name.clone(),
                bytes: Cow::Owned(bytes),
            });
        }
        if files.is_empty() {
            return Ok(Self::built_in());
        }
        Ok(Self::with(files))
    }

    /// Those of the characters that no font of the setting has. A file that is no font has none.
    pub fn missing(
        &self,
        setting: Setting,
        characters: impl IntoIterator<Item = char>,
    ) -> Vec<char> {
        let code = match setting {
            Setting::Text => &[],
            Setting::Code => self.code.as_slice(),
        };
        let faces = code.iter().chain(&self.files).flat_map(|file| {
            let count = ttf_parser::fonts_in_collection(&file.bytes).unwrap_or(1);
            (0..count).filter_map(|index| ttf_parser::Face::parse(&file.bytes, index).ok())
        });
        let faces: Vec<_> = faces.collect();
        let is_missing = |character: &char| {
            let mut faces = faces.iter();
            !faces.any(|face| face.glyph_index(*character).is_some())
        };
        characters.into_iter().filter(is_missing).collect()
    }
}

/// Without PDF no sheet is printed, and so none lacks a character.
#[cfg(not(feature = "pdf"))]
impl FontSet {
    /// No font.
    pub fn built_in() -> Self {
        let (files, code) = (Vec::new(), Vec::new());
        Self { files, code }
    }

    /// No font.
    ///
    /// # Errors
    /// Never.
    pub fn read(_names: &[String], _root: Option<&Path>) -> Result<Self, Unreadable> {
        Ok(Self::built_in())
    }

    /// None of the characters.
    pub fn missing(
        &self,
        _setting: Setting,
        _characters: impl IntoIterator<Item = char>,
    ) -> Vec<char> {
        Vec::new()
    }
}

/// A file that is part of the program.
#[cfg(feature = "pdf")]
fn embedded((name, bytes): (&str, &'static [u8])) -> FontFile {
    FontFile {
        name: name.to_string(),
        bytes: Cow::Borrowed(bytes),
    }
}

/// A file that the project names below its root is one of the project, and no link is followed to
/// it; any other is the user's own.
#[cfg(feature = "pdf")]
fn read_file(name: &str, root: Option<&Path>) -> io::Result<Vec<u8>> {
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

#[cfg(test)]
#[cfg(feature = "pdf")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn built_in_font_has_korean_and_no_chinese() {
        let missing = FontSet::built_in().missing(Setting::Text, "A가①·「」株會㉠".chars());
        assert_eq!(missing, ['株', '會', '㉠']);
    }

    #[test]
    fn code_has_the_characters_of_both_fonts() {
        let fonts = FontSet::built_in();
        assert_eq!(fonts.missing(Setting::Text, "├─⇒가a".chars()), ['├', '─']);
        assert_eq!(fonts.missing(Setting::Code, "├─⇒가a株".chars()), ['株']);
    }

    #[test]
    fn what_is_no_font_has_no_character() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.otf"), "no font").unwrap();
        let fonts = FontSet::read(&["a.otf".to_string()], Some(folder.path())).unwrap();
        assert_eq!(fonts.missing(Setting::Text, ['A']), ['A']);
        let names = ["a.otf".to_string(), "Pretendard".to_string()];
        let fonts = FontSet::read(&names, Some(folder.path())).unwrap();
        assert_eq!(fonts.missing(Setting::Text, ['A', '漢']), ['漢']);
    }

    #[test]
    #[cfg(unix)]
    fn regular_files_are_read_and_nothing_else() {
        for name in ["/dev/zero", "/", "/gone"] {
            let error = FontSet::read(&[name.to_string()], Some(Path::new("/"))).unwrap_err();
            assert_eq!(error.name, name);
        }
    }
}
