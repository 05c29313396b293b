//! QR codes as drawings.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// Modules of white around a code; fewer and scanners do not find it.
const QUIET: i32 = 4;

/// Longest address that is drawn, in bytes: a longer one gets too fine for a copier.
const LONGEST: usize = 300;

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// The code as SVG, one unit a module.
    pub svg: String,
    /// Modules along a side, the white around it included.
    pub modules: i32,
}

/// Draws a web address; `None` for what is not a web address or too long to be scanned.
pub fn draw(url: &str) -> Option<Drawing> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if !is_web || url.len() > LONGEST {
        return None;
    }
    let code = QrCode::encode_text(url, QrCodeEcc::Medium).ok()?;
    let modules = code.size() + 2 * QUIET;
    let path = path(&code);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {modules} {modules}\">\
         <path fill=\"#fff\" d=\"M0 0h{modules}v{modules}h-{modules}z\"/><path d=\"{path}\"/></svg>"
    );
    Some(Drawing { svg, modules })
}

/// A rectangle for every run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let (left, top, width) = (start + QUIET, y + QUIET, x - start);
                let _ = write!(path, "M{left} {top}h{width}v1h-{width}z");
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_of_a_fair_length_are_drawn() {
        let drawing = draw("https://help.example.com/a").unwrap();
        assert_eq!(drawing.modules, 25 + 2 * QUIET);
        // The finder in the corner begins with a run of seven.
        assert!(drawing.svg.contains("M4 4h7v1h-7z"));
        assert_eq!(draw("mailto:a@b.c"), None);
        assert_eq!(draw("page.html"), None);
        assert_eq!(draw(&format!("https://a.b/{}", "c".repeat(LONGEST))), None);
    }
}
