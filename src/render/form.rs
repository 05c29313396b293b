//! Sheets that can be filled in on a screen: fields put into a printed PDF.
//!
//! A PDF with marks goes in, one with an AcroForm comes out. A mark is a link to `field:3` that the
//! template has where field 3 is: the engine gives each link its place on the page, its place in
//! the order of reading and its element of structure, and [`with_fields`] makes a widget of the
//! annotation and a `Form` of the element.
//!
//! ```text
//! << /Subtype /Link /A << /URI (field:3) >> /StructParent 7 >>       the engine's
//! << /Subtype /Widget /FT /Btn /T (…) /TU (…) /StructParent 7 >>     ours
//! ```
//!
//! Fields have their appearances, so that no program has to make any before one is filled in.

mod appearance;
pub mod font;
mod marks;
mod widget;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, dictionary, text_string};

use crate::error::Error;
use crate::render::form::appearance::{FONT, text_style};
use crate::render::form::font::FormFont;
use crate::render::form::marks::{Mark, find_marks};
use crate::render::form::widget::Widgets;

/// How an address begins that marks a field in a template.
pub const MARK: &str = "field:";

/// Compression of what is not compressed yet, 0–9; 9 takes twice as long and saves 1 %.
const COMPRESSION: u32 = 6;

/// A place of a sheet that is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, by which programs find it; unique in its document, without a full stop.
    pub name: String,
    /// What is asked for, for those who cannot see what is printed beside it.
    pub tip: String,
    /// What is filled in.
    pub kind: FieldKind,
}

/// What is filled into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// A tick.
    Tick,
    /// A tick at one of several values, of which one applies.
    Choice {
        /// Name of the field that the values belong to.
        group: String,
        /// What is chosen.
        group_tip: String,
    },
    /// Text on one line, or on several where the place is high enough.
    Text {
        /// What it contains at first; empty for nothing.
        value: String,
    },
    /// A character in each cell.
    Comb {
        /// Number of cells.
        cells: usize,
        /// What it contains at first; empty for nothing.
        value: String,
    },
}

impl FieldKind {
    /// What the field contains at first; empty for nothing.
    pub fn value(&self) -> &str {
        match self {
            Self::Tick | Self::Choice { .. } => "",
            Self::Text { value } | Self::Comb { value, .. } => value,
        }
    }
}

/// The PDF with those of the fields that it has a mark for, at a factor of the size of text. A field is
/// marked by its index.
///
/// # Errors
/// [`Error::Template`] when the PDF is none, or one field has two marks.
pub fn with_fields(
    pdf: &[u8],
    fields: &[Field],
    font: &FormFont,
    scale: f32,
) -> Result<Vec<u8>, Error> {
    let document = Document::load_mem(pdf).map_err(failed)?;
    let marks = find_marks(&document, fields.len())?;
    add(document, &marks, fields, font, scale).map_err(failed)
}

fn failed(error: lopdf::Error) -> Error {
    let reason = format!("fields cannot be added: {error}");
    Error::Template { reason }
}

fn add(
    mut document: Document,
    marks: &[Mark],
    fields: &[Field],
    font: &FormFont,
    scale: f32,
) -> Result<Vec<u8>, lopdf::Error> {
    let font_id = font.write(&mut document)?;
    let mut widgets = Widgets::new(&mut document, font, font_id, scale);
    let mut roots = Vec::new();
    let mut groups: BTreeMap<&str, ObjectId> = BTreeMap::new();
    for mark in marks {
        let field = &fields[mark.field];
        match &field.kind {
            FieldKind::Choice { group, group_tip } => {
                let parent = groups.get(group.as_str()).copied().unwrap_or_else(|| {
                    let parent = widgets.group(group, group_tip);
                    roots.push(parent.into());
                    groups.insert(group, parent);
                    parent
                });
                widgets.choice(mark, field, parent)?;
            }
            _ => {
                widgets.alone(mark, field)?;
                roots.push(mark.annotation.into());
            }
        }
    }
    tag(&mut document, marks, fields)?;
    document
        .catalog_mut()?
        .set("AcroForm", form(roots, font_id));
    written(&mut document)
}

/// Makes each element of structure around a mark one of a form.
fn tag(document: &mut Document, marks: &[Mark], fields: &[Field]) -> Result<(), lopdf::Error> {
    for mark in marks {
        document.get_dictionary_mut(mark.page)?.set("Tabs", "S");
        let element = document.get_dictionary_mut(mark.element)?;
        element.set("S", "Form");
        element.set("Alt", text_string(&fields[mark.field].tip));
    }
    Ok(())
}

fn form(roots: Vec<Object>, font: ObjectId) -> Dictionary {
    let mut fonts = Dictionary::new();
    fonts.set(FONT, font);
    dictionary! {
        "Fields" => roots,
        "DR" => dictionary! { "Font" => fonts },
        "DA" => Object::string_literal(text_style(10.0)),
    }
}

fn written(document: &mut Document) -> Result<Vec<u8>, lopdf::Error> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(COMPRESSION);
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options.build())?;
    Ok(bytes)
}
