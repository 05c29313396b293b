//! What fields look like: streams of drawing operators, in a place whose lower left is 0, 0.

use crate::render::form::font::FormFont;

/// Name of the font in the form. It is a name of symbols because PDFium, which shows PDFs in Chromium,
/// writes Hangul with a font of the system that it does not embed, but for a font with this name: it
/// takes every character from that as far as it has it (`CPDF_BAFontMap::GetWordFontIndex`). To other
/// programs the name is a key of the resources and nothing more.
pub(super) const FONT: &str = "Wingdings";

/// Room between text and the edge of its place, in points, as programs that show forms have it.
const MARGIN: f32 = 2.0;

/// Height of a line as a factor of the size of its letters.
const LEADING: f32 = 1.3;

/// The style of text at a size: black, in the font of the form.
pub(super) fn text_style(size: f32) -> String {
    format!("/{FONT} {size:.2} Tf 0 g")
}

/// A check mark in a place of this size, in points.
pub(super) fn check_mark((width, height): (f32, f32)) -> String {
    let point = |x: f32, y: f32| format!("{:.2} {:.2}", x * width, y * height);
    let (start, corner, end) = (point(0.18, 0.5), point(0.42, 0.22), point(0.84, 0.8));
    let thickness = (width.min(height) * 0.13).max(1.0);
    format!("q 0 G {thickness:.2} w 1 J 1 j {start} m {corner} l {end} l S Q")
}

/// Text at a size, as far as it has room.
pub(super) fn text(value: &str, font: &FormFont, size: f32, area: (f32, f32)) -> String {
    let (width, height) = area;
    let (above, below) = font.reach(size);
    let is_one = !is_high(height, size);
    let lines = match is_one {
        true => vec![value.to_string()],
        false => lines(value, font, size, width - 2.0 * MARGIN),
    };
    let first = match is_one {
        true => (height - above - below) / 2.0 + below,
        false => height - MARGIN - above,
    };
    let mut shown = format!(
        "{} {MARGIN:.2} {first:.2} Td {:.2} TL",
        text_style(size),
        size * LEADING
    );
    for line in lines {
        shown.push_str(&format!(" <{}> Tj T*", font.codes(&line)));
    }
    within(area, &shown)
}

/// A character in the middle of each cell.
pub(super) fn comb(
    value: &str,
    font: &FormFont,
    size: f32,
    area: (f32, f32),
    cells: f32,
) -> String {
    let (width, height) = area;
    let (above, below) = font.reach(size);
    let base = (height - above - below) / 2.0 + below;
    let cell = width / cells;
    let mut shown = text_style(size);
    let mut start = 0.0;
    let mut before = 0.0;
    for character in value.chars() {
        let letter = character.to_string();
        let x = start + (cell - font.width(&letter, size)) / 2.0;
        let y = if start == 0.0 { base } else { 0.0 };
        let code = font.codes(&letter);
        shown.push_str(&format!(" {:.2} {y:.2} Td <{code}> Tj", x - before));
        before = x;
        start += cell;
    }
    within(area, &shown)
}

/// Whether a place is high enough for several lines.
pub(super) fn is_high(height: f32, size: f32) -> bool {
    height >= 2.0 * size * LEADING
}

/// Text that can be changed, cut off at the edges of its place.
fn within((width, height): (f32, f32), text: &str) -> String {
    format!("/Tx BMC q 0 0 {width:.2} {height:.2} re W n BT {text} ET Q EMC")
}

/// A text in lines that are no wider than `room`, in points; a word that is wider is cut.
fn lines(value: &str, font: &FormFont, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in value.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_inclusive(' ') {
            if !line.is_empty()
                && font.width(&line, size) + font.width(word.trim_end(), size) > room
            {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if font.width(line.trim_end(), size) > room && line.chars().nth(1).is_some() {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, character.to_string()));
                }
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontSet;

    #[test]
    fn lines_are_no_wider_than_their_place_and_lose_no_character() {
        let font = FormFont::new(FontSet::built_in().files(), [].into_iter()).unwrap();
        for value in [
            "\u{ac00}\u{ac01}\u{ac10} \u{ac00}\u{ac01}\u{ac10}\u{ac00}\u{ac01}\u{ac10}\u{ac00}",
            "https://example.com/a/very/long/address",
            "\u{ac00}\n\u{ac01}",
        ] {
            let lines = lines(value, &font, 10.0, 50.0);
            assert!(
                lines
                    .iter()
                    .all(|line| font.width(line.trim_end(), 10.0) <= 50.0),
                "{lines:?}"
            );
            assert_eq!(lines.concat(), value.replace('\n', ""));
        }
    }
}
