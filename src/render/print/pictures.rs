//! Images of a sheet for the engine: their files, and how large they are.
//!
//! The engine opens no file, so it is given the bytes under names of ours. An image that it cannot
//! read is named in its place, as one that the sheet does not contain.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::render::figure::{Format, Picture, picture, picture_of};
use crate::render::pdf::PdfEngine;
use crate::source::Asset;

/// Points of paper in a CSS pixel.
const POINTS: f64 = 0.75;

/// Images that were asked for, by path; `None` where one cannot be shown.
pub(super) struct Pictures<'p> {
    engine: &'p PdfEngine,
    assets: &'p [Asset],
    known: BTreeMap<String, Option<Value>>,
    /// Bytes by name.
    pub files: Vec<(String, Vec<u8>)>,
}

impl<'p> Pictures<'p> {
    pub fn new(engine: &'p PdfEngine, assets: &'p [Asset]) -> Self {
        Self {
            engine,
            assets,
            known: BTreeMap::new(),
            files: Vec::new(),
        }
    }

    /// Gives the images in a sheet's data their file and size. One that is not shown becomes the
    /// words that are in its place.
    pub fn place(&mut self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                if let Some(figure) = map.remove("figure") {
                    let path = figure["picture"].as_str().unwrap_or_default();
                    match self.known(path) {
                        Some(mut file) => {
                            for key in ["name", "caption", "number"] {
                                file[key] = figure[key].as_str().unwrap_or_default().into();
                            }
                            map.insert("figure".to_string(), file);
                            map.insert("text".to_string(), json!(""));
                        }
                        None => _ = map.insert("text".to_string(), figure["instead"].clone()),
                    }
                }
                map.values_mut().for_each(|value| self.place(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.place(item)),
            _ => {}
        }
    }

    /// A picture that is no part of a sheet.
    pub fn other(&mut self, bytes: &[u8]) -> Option<Value> {
        self.read(picture_of(bytes.to_vec())?)
    }

    fn known(&mut self, path: &str) -> Option<Value> {
        if path.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let read = picture(self.assets, path).and_then(|picture| self.read(picture));
        self.known.insert(path.to_string(), read.clone());
        read
    }

    fn read(&mut self, picture: Picture) -> Option<Value> {
        let format = engine_name(picture.format);
        let own = self.engine.measure(&picture.bytes, format)?;
        let (width, height) = match picture.size {
            Some(size) => {
                let (width, height) = (f64::from(size.width), f64::from(size.height));
                // A camera may have been held upright.
                let is_turned = (width > height) != (own.0 > own.1) && width != height;
                if is_turned {
                    (height, width)
                } else {
                    (width, height)
                }
            }
            None => own,
        };
        let file = format!("picture-{}", self.files.len());
        self.files.push((file.clone(), picture.bytes));
        Some(json!({
            "file": file,
            "format": format,
            "width": width * POINTS,
            "height": height * POINTS,
        }))
    }
}

/// What the engine calls a format.
fn engine_name(format: Format) -> &'static str {
    match format {
        Format::Gif => "gif",
        Format::Jpeg => "jpg",
        Format::Png => "png",
        Format::Svg => "svg",
        Format::Webp => "webp",
    }
}
