//! The size of an image, read from the head of its file: a page that states it does not move when
//! the image comes.
//!
//! Photographs and screenshots contain it in their own formats, which `imagesize` knows. A drawing
//! has it in its root element, in pixels or as the box that it draws in:
//!
//! ```text
//! <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 250" width="760" height="250">
//! ```

use std::io::{BufRead, Cursor, Read, Seek};

/// Width and height in CSS pixels; neither is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Endings of the formats that are read, in lower case.
const ENDINGS: [&str; 6] = ["gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The ending of drawings.
const DRAWING: &str = "svg";

/// Bytes of a drawing that are searched for its root element. What drawing programs write before
/// it, a document type with entities, was seen to take up to 1,300.
const DRAWING_HEAD: u64 = 8192;

/// Whether a file of this path is an image whose size can be read.
pub(super) fn is_measured(path: &str) -> bool {
    ENDINGS.contains(&ending(path).as_str())
}

/// The size of the image at `path` that `file` contains; `None` where it has none.
pub(super) fn size(path: &str, file: impl BufRead + Seek) -> Option<ImageSize> {
    if ending(path) == DRAWING {
        let mut head = Vec::new();
        file.take(DRAWING_HEAD).read_to_end(&mut head).ok()?;
        return size_of_drawing(&String::from_utf8_lossy(&head));
    }
    let size = imagesize::reader_size(file).ok()?;
    let side = |pixels: usize| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0);
    Some(ImageSize {
        width: side(size.width)?,
        height: side(size.height)?,
    })
}

/// The size of the image of these bytes; `path` has its ending.
pub fn size_of(path: &str, bytes: &[u8]) -> Option<ImageSize> {
    size(path, Cursor::new(bytes))
}

fn ending(path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// A length that is missing follows from the other one and the box.
fn size_of_drawing(head: &str) -> Option<ImageSize> {
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let length = |name| attribute(tag, name).and_then(pixels);
    let (width, height) = match (length("width"), length("height")) {
        (Some(width), Some(height)) => (width, height),
        (width, height) => {
            let (across, down) = view_box(tag)?;
            let scale = width.map(|width| width / across);
            let scale = scale.or(height.map(|height| height / down)).unwrap_or(1.0);
            (across * scale, down * scale)
        }
    };
    Some(ImageSize {
        width: whole(width)?,
        height: whole(height)?,
    })
}

/// Value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let is_whole = rest[..at].ends_with(|c: char| c.is_ascii_whitespace());
        rest = &rest[at + name.len()..];
        let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| is_whole) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
        return value[1..].split(quote).next();
    }
}

/// A length without a unit or in pixels; one in other units depends on where it is shown.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    positive(length.strip_suffix("px").unwrap_or(length))
}

/// Width and height of the box that is drawn in.
///
/// ```text
/// 0 0 760 250
/// ```
fn view_box(tag: &str) -> Option<(f64, f64)> {
    let value = attribute(tag, "viewBox")?;
    let numbers = value.split(|c: char| c == ',' || c.is_ascii_whitespace());
    let mut numbers = numbers.filter(|number| !number.is_empty()).skip(2);
    Some((positive(numbers.next()?)?, positive(numbers.next()?)?))
}

fn positive(number: &str) -> Option<f64> {
    let number: f64 = number.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number)
}

/// The nearest number of whole pixels.
fn whole(length: f64) -> Option<u32> {
    let text = format!("{length:.0}");
    text.parse().ok().filter(|pixels| *pixels > 0)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn check(path: &str, bytes: &[u8], expected: Option<(u32, u32)>) {
        assert!(is_measured(path), "{path}");
        let size = size(path, Cursor::new(bytes));
        let size = size.map(|size| (size.width, size.height));
        assert_eq!(size, expected, "{path}: {}", String::from_utf8_lossy(bytes));
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0";
    const GIF: &[u8] = b"GIF89a\x10\0\x20\0\x80\0";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04AB\xff\xc0\0\x11\x08\0\x20\0\x40";
    const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0";

    #[test]
    fn photographs_and_screenshots_say_their_size() {
        check("a.png", PNG, Some((640, 480)));
        check("a.PNG", PNG, Some((640, 480)));
        check("a.gif", GIF, Some((16, 32)));
        check("a.jpg", JPEG, Some((64, 32)));
        check("a.webp", WEBP, Some((100, 50)));
    }

    #[test]
    fn heads_that_are_cut_short_have_no_size() {
        for head in [PNG, GIF, JPEG, WEBP] {
            for end in 0..head.len() {
                check("a.png", &head[..end], None);
            }
        }
    }

    #[test]
    fn drawing_says_its_size_in_pixels_or_by_its_box() {
        let drawing = |attributes: &str, expected| {
            let text =
                format!("<?xml version=\"1.0\"?>\n<!-- a --><svg {attributes}><path/></svg>");
            check("a.svg", text.as_bytes(), expected);
        };
        drawing("width=\"760\" height=\"250\"", Some((760, 250)));
        drawing("width='76.4px'\n height = '25px'", Some((76, 25)));
        drawing("viewBox=\"0 0 24 12\"", Some((24, 12)));
        drawing("viewBox=\"-1,-1,24,12\" width=\"48\"", Some((48, 24)));
        drawing(
            "stroke-width=\"2\" viewBox=\"0 0 24 12\" height=\"6\"",
            Some((12, 6)),
        );
        drawing(
            "width=\"100%\" height=\"100%\" viewBox=\"0 0 9 8\"",
            Some((9, 8)),
        );
        drawing("width=\"100%\"", None);
        drawing("width=\"2cm\" height=\"1cm\"", None);
        drawing("viewBox=\"0 0 0 0\"", None);
        drawing("width=\"NaN\" height=\"inf\" viewBox=\"0 0\"", None);
        drawing("width=\"1e30\" height=\"1\"", None);
        drawing("width=", None);
    }

    #[test]
    fn what_is_no_image_has_no_size() {
        check("a.png", b"", None);
        check("a.jpg", b"\xff\xd8\xff\xe0\0\0", None);
        check("a.webp", b"RIFF", None);
        check("a.svg", b"<svg", None);
        check("a.gif", b"GIF89a\0\0\0\0\0\0\0\0", None);
        assert!(!is_measured("a.pdf") && !is_measured("png"));
    }
}
