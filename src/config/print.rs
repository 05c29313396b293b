//! How sheets are printed: `print:` in `tickbook.yaml`.

use std::ops::RangeInclusive;

use serde::Deserialize;

/// The factors of sizes that a sheet can be printed with.
pub const SCALES: RangeInclusive<f64> = 1.0..=2.0;

/// What is wrong with a factor that is none of [`SCALES`].
pub fn scale_fault() -> String {
    format!("must be from {} to {}", SCALES.start(), SCALES.end())
}

/// Endings of the formats that a logo may have.
pub const LOGO_FORMATS: &[&str] = &["svg", "png", "jpg", "webp"];

/// How sheets are printed as PDF.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PrintConfig {
    /// Font files below the root, in the order they are tried; `pretendard` is the built-in font,
    /// which is also taken when none is named.
    pub fonts: Vec<String>,
    /// Size of the paper.
    pub paper: PageSize,
    /// How the paper lies.
    pub orientation: Orientation,
    /// Factor of the size of text and boxes, in [`SCALES`].
    pub scale: f64,
    /// Picture below the root for the head of each page, in one of [`LOGO_FORMATS`].
    pub logo: String,
    /// A line at the foot of each page, such as a company's name and telephone number.
    pub footer: String,
    /// Whether the day of printing is at the foot of each page.
    pub date: bool,
    /// Who prints, at the foot of each page.
    pub by: String,
}

impl Default for PrintConfig {
    fn default() -> Self {
        Self {
            fonts: Vec::new(),
            paper: PageSize::default(),
            orientation: Orientation::default(),
            scale: *SCALES.start(),
            logo: String::new(),
            footer: String::new(),
            date: false,
            by: String::new(),
        }
    }
}

impl PrintConfig {
    /// CSS for the sheet as a browser prints it; empty for A4 upright with usual sizes, which the
    /// sheet's own style has.
    pub fn style(&self) -> String {
        let usual = Self::default();
        let mut style = String::new();
        if (self.paper, self.orientation) != (usual.paper, usual.orientation) {
            let (width, height) = self.paper.size(self.orientation);
            style += &format!("@page {{ size: {width}mm {height}mm; }}\n");
        }
        if self.scale > usual.scale {
            let scale = self.scale;
            style += &format!("@media print {{ :is(.sheet, .memo) {{ zoom: {scale}; }} }}\n");
        }
        style
    }
}

/// Sizes of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// ISO 216: 210 × 297 mm.
    #[default]
    A4,
    /// ANSI A: 8.5 × 11 inches.
    Letter,
}

/// How paper lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Orientation {
    /// The short edge is above.
    #[default]
    Portrait,
    /// The long edge is above.
    Landscape,
}

impl PageSize {
    /// Width and height in mm.
    pub fn size(self, orientation: Orientation) -> (f64, f64) {
        let (short, long) = match self {
            Self::A4 => (210.0, 297.0),
            Self::Letter => (215.9, 279.4),
        };
        match orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_edge_is_where_the_orientation_has_it() {
        let (portrait, landscape) = (Orientation::Portrait, Orientation::Landscape);
        assert_eq!(PageSize::A4.size(portrait), (210.0, 297.0));
        assert_eq!(PageSize::A4.size(landscape), (297.0, 210.0));
        assert_eq!(PageSize::Letter.size(landscape), (279.4, 215.9));
    }

    #[test]
    fn style_of_a_sheet_has_what_differs_from_the_usual_paper() {
        let mut config = PrintConfig::default();
        assert_eq!(config.style(), "");
        config.paper = PageSize::Letter;
        config.orientation = Orientation::Landscape;
        assert_eq!(config.style(), "@page { size: 279.4mm 215.9mm; }\n");
        config.scale = 1.5;
        let zoom = "@media print { :is(.sheet, .memo) { zoom: 1.5; } }\n";
        assert!(config.style().ends_with(zoom));
    }
}
