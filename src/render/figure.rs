//! Images of a sheet: shown where that can be done, or else named, and never left out.
//!
//! A self-contained sheet contains its images. What they may cost is limited: by bytes, by
//! points once they are unpacked, and for drawings by what they are made of. One that passes a
//! limit, is on another host or is not there is named in its place. Both have the same number in
//! every form of a sheet; an icon, which is no higher than two lines, has none:
//!
//! ```text
//! Figure 1: where the red button is (stop.svg)
//! Figure 2 (pick.svg)
//! ```

mod drawing;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::figure::drawing::is_plain;
use crate::source::Asset;
use crate::source::image::ImageSize;

/// Largest image that a sheet shows, in bytes.
pub const MAX_IMAGE_BYTES: usize = 4 << 20;

/// Bytes of all images of a sheet, each as often as it is shown.
pub const MAX_SHEET_BYTES: usize = 16 << 20;

/// Points of an image and of all images of a sheet: unpacked, each takes four bytes.
pub const MAX_IMAGE_POINTS: u64 = 1 << 24;
const MAX_SHEET_POINTS: u64 = 1 << 26;

/// An image of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// What it shows, or its number where nobody says so.
    pub name: String,
    /// Its number with what it shows; empty for an icon.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Its number, by which a sentence names it; empty for an icon.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Path of its file below the content folder; empty where it is only named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// What is said in its place.
    pub instead: String,
}

/// Bytes of an image that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its format, as addresses of data name it, such as `png`.
    pub format: Format,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its size in CSS pixels; `None` for a drawing without a size.
    pub size: Option<ImageSize>,
}

/// Formats of images that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GIF, of which paper shows the first picture.
    Gif,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// A drawing.
    Svg,
    /// WebP.
    Webp,
}

impl Format {
    /// The format of these bytes, whatever their file is called.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => is_plain(bytes).then_some(Self::Svg),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Gif => "image/gif",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Webp => "image/webp",
        }
    }
}

/// What the images of one sheet have taken so far, and those that were read. A file is read once,
/// however often it is shown.
#[derive(Debug, Default)]
pub struct Figures {
    taken: Cell<Taken>,
    /// By path; `None` for one that cannot be shown.
    read: RefCell<HashMap<String, Option<Rc<Picture>>>>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    count: usize,
    bytes: usize,
    points: u64,
}

impl Figures {
    /// Where counting is, to be taken up there again: a text is read once for each of its forms.
    pub(super) fn taken(&self) -> Taken {
        self.taken.get()
    }

    pub(super) fn take_up(&self, taken: Taken) {
        self.taken.set(taken);
    }

    /// Number of the next image.
    pub(super) fn next(&self) -> usize {
        let mut taken = self.taken.get();
        taken.count += 1;
        self.taken.set(taken);
        taken.count
    }

    /// Whether the sheet may contain one more image of this size; counts it if so.
    fn may_hold(&self, bytes: usize, size: Option<ImageSize>) -> bool {
        let points = size.map_or(0, |size| u64::from(size.width) * u64::from(size.height));
        let mut taken = self.taken.get();
        taken.bytes += bytes;
        taken.points += points;
        let fits = bytes <= MAX_IMAGE_BYTES
            && points <= MAX_IMAGE_POINTS
            && taken.bytes <= MAX_SHEET_BYTES
            && taken.points <= MAX_SHEET_POINTS;
        if fits {
            self.taken.set(taken);
        }
        fits
    }
}

impl Figures {
    /// The image with this path where it is fit to be shown and the sheet may contain it; counts
    /// it.
    pub(super) fn picture(&self, assets: &[Asset], path: &str) -> Option<Rc<Picture>> {
        let known = self.read.borrow().get(path).cloned();
        let read = || picture(assets, path).map(Rc::new);
        let is_known = known.is_some();
        let picture = known.unwrap_or_else(read);
        let held = picture.filter(|picture| self.may_hold(picture.bytes.len(), picture.size));
        if !is_known {
            let mut read = self.read.borrow_mut();
            read.insert(path.to_string(), held.clone());
        }
        held
    }
}

/// The image of these bytes where it is fit to be shown; its size is left open.
pub(super) fn picture_of(bytes: Vec<u8>) -> Option<Picture> {
    let format = Format::of(&bytes)?;
    let size = None;
    Some(Picture {
        format,
        bytes,
        size,
    })
}

/// The image with this path where its file is fit to be shown.
pub(super) fn picture(assets: &[Asset], path: &str) -> Option<Picture> {
    let at = assets.binary_search_by(|asset| asset.path.as_str().cmp(path));
    let asset = &assets[at.ok()?];
    let bytes = asset.read_within(MAX_IMAGE_BYTES as u64).ok()?;
    let format = Format::of(&bytes)?;
    // What a drawing is drawn with is not counted in points, so it needs no size.
    (asset.size.is_some() || format == Format::Svg).then_some(Picture {
        format,
        bytes,
        size: asset.size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Option<ImageSize> {
        Some(ImageSize { width, height })
    }

    #[test]
    fn formats_are_reported_by_their_bytes() {
        for (bytes, format) in [
            (b"GIF89a".as_slice(), Some(Format::Gif)),
            (b"\xff\xd8\xff\xe0", Some(Format::Jpeg)),
            (b"\x89PNG\r\n", Some(Format::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(Format::Webp)),
            (b"<svg><path/></svg>", Some(Format::Svg)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"%PDF-1.7", None),
            (b"", None),
        ] {
            assert_eq!(Format::of(bytes), format);
        }
    }

    #[test]
    fn sheet_holds_images_up_to_its_limits() {
        let figures = Figures::default();
        assert!(!figures.may_hold(MAX_IMAGE_BYTES + 1, size(1, 1)));
        assert!(!figures.may_hold(1, size(4097, 4096)));
        assert!(!figures.may_hold(1, size(u32::MAX, u32::MAX)));
        for _ in 0..4 {
            assert!(figures.may_hold(MAX_IMAGE_BYTES, size(4096, 4096)));
        }
        assert!(!figures.may_hold(1, None));
    }
}
