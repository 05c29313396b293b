//! The font that readers type into fields with, as objects of a PDF.
//!
//! A program that shows a form sets what is typed in the font of the form. The font is one of type 0
//! whose codes are glyphs (`Identity-H`); programs find the glyph of a character by `ToUnicode`.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::font::FontFile;
use crate::font::part::{EM, FontPart, Metrics};

/// Most entries of one block of a character map.
const BLOCK: usize = 100;

/// Flags of a font that has letters of several scripts.
const SYMBOLIC: i64 = 1 << 2;

/// Thickness of stems, for programs that use another font instead.
const STEM: i64 = 80;

/// A font for fields.
#[derive(Debug)]
pub struct FormFont(FontPart);

impl FormFont {
    /// A part of one of the files, with what is likely to be typed and the characters of `values`.
    /// `None` when no file has letters.
    pub fn new<'v>(files: &[FontFile], values: impl Iterator<Item = &'v str>) -> Option<Self> {
        FontPart::to_type_with(files, values).map(Self)
    }

    /// Whether it has every character of a text.
    pub fn has_all(&self, text: &str) -> bool {
        let mut characters = text.chars();
        characters.all(|character| self.0.glyphs.contains_key(&character))
    }

    /// Codes of the characters that it has, in hexadecimal digits.
    pub fn codes(&self, text: &str) -> String {
        let codes = text
            .chars()
            .filter_map(|character| self.0.glyphs.get(&character));
        codes.map(|code| format!("{code:04X}")).collect()
    }

    /// Width of a text at a size, in the unit of the size.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let widths = text.chars().map(|character| self.0.width(character));
        widths.sum::<f32>() * size / EM
    }

    /// How far letters reach above the line that they are on, and how far below it, at a size.
    pub fn reach(&self, size: f32) -> (f32, f32) {
        let Metrics {
            ascent, descent, ..
        } = self.0.metrics;
        (ascent * size / EM, -descent * size / EM)
    }

    /// Writes it into a document.
    ///
    /// # Errors
    /// When it cannot be compressed.
    pub fn write(&self, document: &mut Document) -> Result<ObjectId, lopdf::Error> {
        let descriptor = self.descriptor(document)?;
        let descendant = document.add_object(self.descendant(descriptor));
        let map = compressed(Dictionary::new(), self.map().into_bytes())?;
        let map = document.add_object(map);
        Ok(document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => self.0.name.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => map,
        }))
    }

    fn descendant(&self, descriptor: ObjectId) -> Dictionary {
        let mut font = dictionary! {
            "Type" => "Font",
            "Subtype" => if self.0.is_cff { "CIDFontType0" } else { "CIDFontType2" },
            "BaseFont" => self.0.name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 0,
            "W" => self.widths(),
        };
        if !self.0.is_cff {
            font.set("CIDToGIDMap", "Identity");
        }
        font
    }

    fn descriptor(&self, document: &mut Document) -> Result<ObjectId, lopdf::Error> {
        let Metrics {
            ascent,
            descent,
            cap_height,
            bounds,
        } = self.0.metrics;
        let mut descriptor = dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => self.0.name.as_str(),
            "Flags" => SYMBOLIC,
            "FontBBox" => bounds.map(Object::Real).to_vec(),
            "ItalicAngle" => 0,
            "Ascent" => ascent,
            "Descent" => descent,
            "CapHeight" => cap_height,
            "StemV" => STEM,
        };
        let (key, file) = self.file()?;
        descriptor.set(key, document.add_object(file));
        Ok(document.add_object(descriptor))
    }

    /// The outlines, with the key of a descriptor that they belong to.
    fn file(&self) -> Result<(&'static str, Stream), lopdf::Error> {
        let program = &self.0.program;
        let (key, dictionary) = match self.0.is_cff {
            true => ("FontFile3", dictionary! { "Subtype" => "CIDFontType0C" }),
            false => (
                "FontFile2",
                dictionary! { "Length1" => number(program.len()) },
            ),
        };
        Ok((key, compressed(dictionary, program.clone())?))
    }

    /// Runs of codes with the same width: first, last, width.
    fn widths(&self) -> Vec<Object> {
        let mut all = Vec::new();
        let mut first = 0;
        for run in self.0.widths.chunk_by(|left, right| left == right) {
            let last = first + run.len() - 1;
            all.extend([number(first), number(last), Object::Real(run[0])]);
            first = last + 1;
        }
        all
    }

    /// The map from codes to characters.
    fn map(&self) -> String {
        let mut characters = BTreeMap::new();
        for (character, code) in &self.0.glyphs {
            characters.entry(*code).or_insert(*character);
        }
        let entries: Vec<_> = characters.into_iter().collect();
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for block in entries.chunks(BLOCK) {
            map.push_str(&format!("{} beginbfchar\n", block.len()));
            for (code, character) in block {
                map.push_str(&format!("<{code:04X}> <{}>\n", utf16(*character)));
            }
            map.push_str("endbfchar\n");
        }
        map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    }
}

fn number(count: usize) -> Object {
    Object::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn utf16(character: char) -> String {
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units).iter();
    units.map(|unit| format!("{unit:04X}")).collect()
}

fn compressed(dictionary: Dictionary, bytes: Vec<u8>) -> Result<Stream, lopdf::Error> {
    let mut stream = Stream::new(dictionary, bytes);
    stream.compress()?;
    Ok(stream)
}
