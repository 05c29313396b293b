//! Options of `tickbook print` for PDF sheets, which stand in for those of `tickbook.yaml`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::config::print::{Orientation, PageSize, PrintConfig, SCALES, scale_fault};

/// Fonts and paper.
#[derive(Debug, Default, Args)]
pub struct PrintOptions {
    /// Font files for PDF sheets, instead of those in tickbook.yaml; `pretendard` is the built-in one
    #[arg(long, value_name = "FILE")]
    pub font: Vec<String>,
    /// Size of the paper of PDF sheets [default: print.paper in tickbook.yaml, or a4]
    #[arg(long, value_name = "SIZE", value_parser = PossibleValuesParser::new(["a4", "letter"]).map(paper))]
    paper: Option<PageSize>,
    /// How the paper of PDF sheets lies [default: print.orientation in tickbook.yaml, or portrait]
    #[arg(long, value_parser = PossibleValuesParser::new(["portrait", "landscape"]).map(orientation))]
    orientation: Option<Orientation>,
    /// Factor of the size of text and boxes in PDF sheets, from 1 to 2, such as 1.4 for large print
    #[arg(long, value_name = "FACTOR", value_parser = scale)]
    scale: Option<f64>,
    /// Who prints, for the foot of PDF sheets [default: print.by in tickbook.yaml]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Make a form of PDF sheets: boxes and lines can be filled in on a screen, except for secrets
    #[arg(long)]
    pub fillable: bool,
}

impl PrintOptions {
    /// Those of a build, which takes all else from the configuration.
    pub fn of_build(fillable: bool) -> Self {
        Self {
            fillable,
            ..Self::default()
        }
    }

    /// The configuration with what is given here in place of it.
    pub fn over(&self, config: &PrintConfig) -> PrintConfig {
        PrintConfig {
            paper: self.paper.unwrap_or(config.paper),
            orientation: self.orientation.unwrap_or(config.orientation),
            scale: self.scale.unwrap_or(config.scale),
            by: self.by.clone().unwrap_or_else(|| config.by.clone()),
            ..config.clone()
        }
    }
}

fn paper(name: String) -> PageSize {
    match name.as_str() {
        "letter" => PageSize::Letter,
        _ => PageSize::A4,
    }
}

fn orientation(name: String) -> Orientation {
    match name.as_str() {
        "landscape" => Orientation::Landscape,
        _ => Orientation::Portrait,
    }
}

fn scale(text: &str) -> Result<f64, String> {
    let factor = text.parse().ok().filter(|factor| SCALES.contains(factor));
    factor.ok_or_else(scale_fault)
}
