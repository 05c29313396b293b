//! A part of a font: the characters that people are likely to type, to be embedded where they do.
//!
//! Font files go in; out come the outlines of one of them and what must be known of its glyphs.
//! Beside Latin letters the part has the syllables of KS X 1001, with which nearly every Korean
//! text is written: all 11,172 would take four times the room.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use encoding_rs::EUC_KR;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, GlyphId, RawFace, Tag, name_id};

use crate::font::FontFile;

/// Units of an em in a PDF.
pub const EM: f32 = 1000.0;

/// Characters beside letters of Latin and Hangul that are typed into a form.
const MARKS: &str = "–—‘’“”•…‰′″※₩€℃℡№™→←↑↓⇒①②③④⑤⑥⑦⑧⑨⑩■□▲△▶▷▼▽◆◇○◎●★☆、。〈〉《》「」『』【】〔〕";

/// A syllable that every font with Hangul has, and the letters that syllables are typed with.
const SYLLABLE: char = '\u{ac00}';
const LETTERS: RangeInclusive<char> = '\u{3131}'..='\u{3163}';

/// Rows of KS X 1001 with its 2,350 syllables, as the first of two bytes.
const SYLLABLES: RangeInclusive<u8> = 0xb0..=0xc8;

/// Characters of a row of KS X 1001, as the second of two bytes.
const ROW: RangeInclusive<u8> = 0xa1..=0xfe;

/// A part of a font. Its glyphs are numbered from 0, the sign for a missing one.
#[derive(Debug)]
pub struct FontPart {
    /// The PostScript name behind six letters that name the part, as ISO 32000 asks.
    pub name: String,
    /// The outlines.
    pub program: Vec<u8>,
    /// Whether the outlines are a table of CFF, and not a TrueType font.
    pub is_cff: bool,
    /// Numbers of the glyphs of characters.
    pub glyphs: BTreeMap<char, u16>,
    /// Widths of the glyphs by their numbers, in thousandths of an em.
    pub widths: Vec<f32>,
    /// Other lengths.
    pub metrics: Metrics,
}

/// Lengths of a font, in thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// How far letters reach above the line that they are on.
    pub ascent: f32,
    /// How far they reach below it; negative.
    pub descent: f32,
    /// Height of capital letters.
    pub cap_height: f32,
    /// Left, lower, right and upper edge of a box that has room for every glyph.
    pub bounds: [f32; 4],
}

impl FontPart {
    /// A part of the first of the files that has both Latin letters and Hangul, or else of the
    /// first that has Latin letters: what is likely to be typed, and the characters of `values`,
    /// as far as the font has them. `None` when there is no such file.
    pub fn to_type_with<'v>(
        files: &[FontFile],
        values: impl Iterator<Item = &'v str>,
    ) -> Option<Self> {
        let mut characters = likely();
        characters.extend(values.flat_map(str::chars));
        Self::new(to_type_with(files)?, &characters)
    }

    fn new(file: &FontFile, characters: &BTreeSet<char>) -> Option<Self> {
        let face = Face::parse(&file.bytes, 0).ok()?;
        let scale = EM / f32::from(face.units_per_em());
        let mut remapper = GlyphRemapper::new();
        let found = characters.iter().filter_map(|character| {
            let glyph = face.glyph_index(*character)?;
            Some((*character, remapper.remap(glyph.0)))
        });
        let glyphs = found.collect();
        let advances = remapper.remapped_gids().map(|glyph| {
            let advance = face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default();
            f32::from(advance) * scale
        });
        let widths = advances.collect();
        let (program, is_cff) = outlines(subset(&file.bytes, 0, &remapper).ok()?)?;
        Some(Self {
            name: name(&face, &program),
            program,
            is_cff,
            glyphs,
            widths,
            metrics: Metrics::new(&face, scale),
        })
    }

    /// Width of a character in thousandths of an em; 0 for one that it does not have.
    pub fn width(&self, character: char) -> f32 {
        let glyph = self.glyphs.get(&character);
        let width = glyph.and_then(|glyph| self.widths.get(usize::from(*glyph)));
        width.copied().unwrap_or_default()
    }
}

impl Metrics {
    fn new(face: &Face<'_>, scale: f32) -> Self {
        let bounds = face.global_bounding_box();
        let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        let cap_height = face.capital_height().unwrap_or(face.ascender());
        Self {
            ascent: f32::from(face.ascender()) * scale,
            descent: f32::from(face.descender()) * scale,
            cap_height: f32::from(cap_height) * scale,
            bounds: bounds.map(|length| f32::from(length) * scale),
        }
    }
}

fn to_type_with(files: &[FontFile]) -> Option<&FontFile> {
    let has = |file: &&FontFile, characters: &[char]| {
        let face = Face::parse(&file.bytes, 0);
        face.is_ok_and(|face| characters.iter().all(|c| face.glyph_index(*c).is_some()))
    };
    let both = files.iter().find(|file| has(file, &['a', SYLLABLE]));
    both.or_else(|| files.iter().find(|file| has(file, &['a'])))
}

fn likely() -> BTreeSet<char> {
    let latin = (' '..='~').chain('\u{a0}'..='\u{ff}');
    let letters = LETTERS;
    let syllables = SYLLABLES.flat_map(|first| ROW.map(move |second| [first, second]));
    let syllables = syllables.filter_map(|bytes| {
        let text = EUC_KR.decode_without_bom_handling_and_without_replacement(&bytes)?;
        text.chars().next()
    });
    let all = latin.chain(letters).chain(syllables);
    all.chain(MARKS.chars()).collect()
}

/// What of a font file is put into a PDF, and whether it is CFF.
fn outlines(file: Vec<u8>) -> Option<(Vec<u8>, bool)> {
    let face = RawFace::parse(&file, 0).ok()?;
    match face.table(Tag::from_bytes(b"CFF ")) {
        Some(outlines) => Some((outlines.to_vec(), true)),
        None => Some((file, false)),
    }
}

fn name(face: &Face<'_>, program: &[u8]) -> String {
    let mut names = face.names().into_iter();
    let name = names.find(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    let name = name.and_then(|name| name.to_string()).unwrap_or_default();
    let name = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    let hash = blake3::hash(program);
    let letters = hash.as_bytes()[..6].iter();
    let letters = letters.map(|byte| char::from(b'A' + byte % 26));
    letters.chain(['+']).chain(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontSet;

    /// A syllable that is not in KS X 1001.
    const RARE: char = '\u{bdc1}';

    fn part(values: &[&str]) -> FontPart {
        let fonts = FontSet::built_in();
        FontPart::to_type_with(fonts.files(), values.iter().copied()).unwrap()
    }

    #[test]
    fn syllables_are_those_of_ks_x_1001() {
        let likely = likely();
        let syllables = likely
            .iter()
            .filter(|c| ('\u{ac00}'..='\u{d7a3}').contains(*c));
        assert_eq!(syllables.count(), 2350);
        assert!(likely.contains(&'\u{d79d}') && !likely.contains(&RARE));
    }

    #[test]
    fn characters_of_values_are_added_as_far_as_the_font_has_them() {
        assert!(!part(&[]).glyphs.contains_key(&RARE));
        let part = part(&["\u{bdc1}株"]);
        assert!(part.glyphs.contains_key(&RARE) && !part.glyphs.contains_key(&'株'));
        assert!(part.width(RARE) > 500.0 && part.width('株') == 0.0);
    }

    #[test]
    fn same_characters_make_the_same_part() {
        let [first, second] = [part(&[]), part(&[])];
        assert!(first.program == second.program && first.glyphs == second.glyphs);
        assert_eq!(first.name, second.name);
        assert_ne!(first.name, part(&["\u{bdc1}"]).name);
        assert!(
            first.name.ends_with("+Pretendard-Regular"),
            "{}",
            first.name
        );
    }

    #[test]
    fn font_that_has_both_scripts_is_preferred() {
        let fonts = FontSet::built_in();
        let latin = fonts.code()[0].clone();
        let files = [latin.clone(), fonts.files()[0].clone()];
        let name = |files: &[FontFile]| to_type_with(files).map(|file| file.name.clone());
        assert_eq!(name(&files), Some(files[1].name.clone()));
        assert_eq!(name(std::slice::from_ref(&latin)), Some(latin.name));
        assert_eq!(name(&[]), None);
    }
}
