//! The colour of a brand: what is made of it for light and dark pages, and whether each pair can be
//! read.

use crate::config::site::color::Color;

/// Lowest contrast of text, by WCAG 2.2 AA.
pub const TEXT_CONTRAST: f64 = 4.5;

/// Lowest contrast of a colour that is derived for dark pages: bright text glares less than dim text
/// tires, so it is that of AAA.
const DERIVED_CONTRAST: f64 = 7.0;

/// Share of the accent in the ground of what is current or under the pointer.
const SOFT: f64 = 0.08;

/// Share of the accent in lines around what belongs to it.
const LINE: f64 = 0.26;

/// The grounds of `site/style.css/0-base.css` on which text has the accent: the page, and surfaces.
const LIGHT: [Color; 2] = [Color::new(0xff, 0xff, 0xff), Color::new(0xf6, 0xf8, 0xfa)];

/// The same of dark pages.
const DARK: [Color; 2] = [Color::new(0x12, 0x15, 0x1a), Color::new(0x1a, 0x1f, 0x26)];

/// The colours that pages of one brightness have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accents {
    /// Of links, marks and current things.
    pub accent: Color,
    /// Of the ground of what is current.
    pub soft: Color,
    /// Of lines around it.
    pub line: Color,
}

/// A text and its ground whose contrast is too low.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unreadable {
    /// The text.
    pub text: Color,
    /// What is behind it.
    pub ground: Color,
    /// Their contrast.
    pub contrast: f64,
    /// The nearest colour for the text that passes on every ground.
    pub nearest: Option<Color>,
}

impl Accents {
    /// The colours of light pages.
    pub fn light(accent: Color) -> Self {
        Self::on(accent, LIGHT[0])
    }

    /// The colours of dark pages for an accent that was chosen for light ones.
    pub fn dark_of(light: Color) -> Self {
        let is_read = |color: Color| Self::dark(color).worst(&DARK, DERIVED_CONTRAST).is_none();
        // White is read on every dark ground.
        let accent = light.nearest(false, is_read);
        Self::dark(accent.unwrap_or(Color::new(0xff, 0xff, 0xff)))
    }

    /// The colours of dark pages.
    pub fn dark(accent: Color) -> Self {
        Self::on(accent, DARK[0])
    }

    fn on(accent: Color, ground: Color) -> Self {
        Self {
            accent,
            soft: accent.mixed(ground, SOFT),
            line: accent.mixed(ground, LINE),
        }
    }

    /// The pair with the lowest contrast, if that is below `least`; `None` when all can be read.
    fn worst(self, grounds: &[Color], least: f64) -> Option<(Color, f64)> {
        let grounds = grounds.iter().copied().chain([self.soft]);
        let pairs = grounds.map(|ground| (ground, self.accent.contrast(ground)));
        let pairs = pairs.filter(|(_, contrast)| *contrast < least);
        pairs.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }
}

/// What cannot be read of an accent on light pages; `None` when all can.
pub fn unreadable_on_light(accent: Color) -> Option<Unreadable> {
    let is_read = |color: Color| Accents::light(color).worst(&LIGHT, TEXT_CONTRAST).is_none();
    let (ground, contrast) = Accents::light(accent).worst(&LIGHT, TEXT_CONTRAST)?;
    Some(Unreadable {
        text: accent,
        ground,
        contrast,
        nearest: accent.nearest(true, is_read),
    })
}

/// The same on dark pages.
pub fn unreadable_on_dark(accent: Color) -> Option<Unreadable> {
    let is_read = |color: Color| Accents::dark(color).worst(&DARK, TEXT_CONTRAST).is_none();
    let (ground, contrast) = Accents::dark(accent).worst(&DARK, TEXT_CONTRAST)?;
    Some(Unreadable {
        text: accent,
        ground,
        contrast,
        nearest: accent.nearest(false, is_read),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn accent_that_is_read_on_light_pages_is_made_readable_on_dark_ones() {
        for text in [
            "#0f766e", "#1a56c4", "#000", "#7c2d12", "#b3261e", "#6d28d9",
        ] {
            assert_eq!(unreadable_on_light(color(text)), None, "{text}");
            let dark = Accents::dark_of(color(text));
            assert_eq!(unreadable_on_dark(dark.accent), None, "{text}");
        }
    }

    #[test]
    fn unreadable_pairs_are_named_with_the_nearest_colour_that_passes() {
        for text in ["#ffcc00", "#fff", "#22c55e"] {
            let found = unreadable_on_light(color(text)).unwrap();
            assert!(found.contrast < TEXT_CONTRAST, "{text}");
            assert_eq!(unreadable_on_light(found.nearest.unwrap()), None, "{text}");
        }
        let found = unreadable_on_dark(color("#0f4f4a")).unwrap();
        assert_eq!(unreadable_on_dark(found.nearest.unwrap()), None);
    }

    #[test]
    fn grounds_are_those_of_the_style_sheet() {
        let style = include_str!("../../../site/style.css/0-base.css");
        let found = |name: &str| -> Vec<Color> {
            let start = format!("--{name}: ");
            let lines = style
                .lines()
                .map(str::trim)
                .filter(|line| line.starts_with(&start));
            let words = lines.flat_map(|line| line.split(['(', ')', ',', ';', ' ']));
            words.filter_map(Color::parse).collect()
        };
        let (papers, surfaces) = (found("paper"), found("surface"));
        assert_eq!(papers, [LIGHT[0], DARK[0]]);
        assert_eq!(surfaces, [LIGHT[1], DARK[1]]);
    }
}
