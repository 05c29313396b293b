//! Fields and their widgets as objects of a PDF (ISO 32000-1, 12.5.6.19 and 12.7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};

use crate::render::form::appearance::{self, FONT, check_mark, is_high, text_style};
use crate::render::form::font::FormFont;
use crate::render::form::marks::Mark;
use crate::render::form::{Field, FieldKind};

/// Size of what is typed, in points.
const SIZE: f32 = 10.0;

/// Largest share of the height of a line that is for letters.
const MOST_OF_LINE: f32 = 0.75;

/// Flags of annotations: printed with the page.
const PRINT: i64 = 1 << 2;

/// Flags of fields.
const MULTILINE: i64 = 1 << 12;
const RADIO: i64 = 1 << 15;
const NO_SPELLING: i64 = 1 << 22;
const COMB: i64 = 1 << 24;

/// What is ticked in a box that is ticked.
const ON: &str = "Yes";
const OFF: &str = "Off";

/// Makes widgets of marks.
pub(super) struct Widgets<'d> {
    document: &'d mut Document,
    font: &'d FormFont,
    font_id: ObjectId,
    scale: f32,
    /// Appearances by what is drawn and where: most boxes look the same.
    appearances: BTreeMap<String, ObjectId>,
}

impl<'d> Widgets<'d> {
    /// In a document with a font, at a factor of the size of text.
    pub fn new(
        document: &'d mut Document,
        font: &'d FormFont,
        font_id: ObjectId,
        scale: f32,
    ) -> Self {
        Self {
            document,
            font,
            font_id,
            scale,
            appearances: BTreeMap::new(),
        }
    }

    /// Makes a widget that is a field of its own.
    ///
    /// # Errors
    /// When the mark is no object of the document.
    pub fn alone(&mut self, mark: &Mark, field: &Field) -> Result<(), lopdf::Error> {
        let mut own = dictionary! { "T" => text_string(&field.name) };
        match &field.kind {
            FieldKind::Text { value } => self.fill_text(&mut own, mark, value),
            FieldKind::Comb { cells, value } => self.fill_comb(&mut own, mark, *cells, value),
            FieldKind::Tick | FieldKind::Choice { .. } => {
                own.set("FT", "Btn");
                own.set("V", OFF);
                self.fill_tick(&mut own, mark, ON);
            }
        }
        self.put(mark, field, own)
    }

    /// Makes a field without a widget, for several of which one is chosen.
    pub fn group(&mut self, name: &str, tip: &str) -> ObjectId {
        self.document.add_object(dictionary! {
            "FT" => "Btn",
            "Ff" => RADIO,
            "T" => text_string(name),
            "TU" => text_string(tip),
            "V" => OFF,
            "Kids" => Vec::<Object>::new(),
        })
    }

    /// Makes one of the widgets of a group. Each is ticked under a name of its own: its number.
    ///
    /// # Errors
    /// When the mark or the group is no object of the document.
    pub fn choice(
        &mut self,
        mark: &Mark,
        field: &Field,
        group: ObjectId,
    ) -> Result<(), lopdf::Error> {
        let kids = self.document.get_dictionary_mut(group)?.get_mut(b"Kids")?;
        let kids = kids.as_array_mut()?;
        kids.push(mark.annotation.into());
        let state = kids.len().to_string();
        let mut own = dictionary! { "Parent" => group };
        self.fill_tick(&mut own, mark, &state);
        self.put(mark, field, own)
    }

    /// Puts a widget in the place of the mark.
    fn put(&mut self, mark: &Mark, field: &Field, own: Dictionary) -> Result<(), lopdf::Error> {
        let link = self.document.get_dictionary(mark.annotation)?;
        let mut widget = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "Rect" => mark.area.map(Object::Real).to_vec(),
            "StructParent" => link.get(b"StructParent")?.clone(),
            "P" => mark.page,
            "F" => PRINT,
            "TU" => text_string(&field.tip),
        };
        widget.extend(&own);
        self.document.set_object(mark.annotation, widget);
        Ok(())
    }

    fn fill_tick(&mut self, own: &mut Dictionary, mark: &Mark, state: &str) {
        let size = mark.size();
        let (on, off) = (
            self.drawn(check_mark(size), size),
            self.drawn(String::new(), size),
        );
        let mut states = Dictionary::new();
        states.set(state, on);
        states.set(OFF, off);
        own.set("AS", OFF);
        own.set("AP", dictionary! { "N" => states });
    }

    fn fill_text(&mut self, own: &mut Dictionary, mark: &Mark, value: &str) {
        let area = mark.size();
        let size = self.size(area.1);
        let lines = if is_high(area.1, size) { MULTILINE } else { 0 };
        let shown = appearance::text(value, self.font, size, area);
        own.set("Ff", lines | NO_SPELLING);
        self.fill(own, value, size, shown, area);
    }

    fn fill_comb(&mut self, own: &mut Dictionary, mark: &Mark, cells: usize, value: &str) {
        let area = mark.size();
        let size = self.size(area.1);
        let count = u16::try_from(cells).unwrap_or(u16::MAX);
        let shown = appearance::comb(value, self.font, size, area, f32::from(count));
        own.set("Ff", COMB | NO_SPELLING);
        own.set("MaxLen", i64::from(count));
        self.fill(own, value, size, shown, area);
    }

    fn fill(
        &mut self,
        own: &mut Dictionary,
        value: &str,
        size: f32,
        shown: String,
        area: (f32, f32),
    ) {
        let shown = if value.is_empty() {
            "/Tx BMC EMC".to_string()
        } else {
            shown
        };
        let shown = self.drawn(shown, area);
        own.set("FT", "Tx");
        own.set("DA", Object::string_literal(text_style(size)));
        own.set("V", text_string(value));
        own.set("AP", dictionary! { "N" => shown });
    }

    /// Size of letters in a place of this height.
    fn size(&self, height: f32) -> f32 {
        (SIZE * self.scale).min(height * MOST_OF_LINE)
    }

    /// What is drawn in a place of this size.
    fn drawn(&mut self, operators: String, area: (f32, f32)) -> ObjectId {
        let key = format!("{area:?} {operators}");
        if let Some(known) = self.appearances.get(&key) {
            return *known;
        }
        let form = self.appearance(area);
        let drawn = Stream::new(form, operators.into_bytes());
        let drawn = self.document.add_object(drawn);
        self.appearances.insert(key, drawn);
        drawn
    }

    fn appearance(&self, (width, height): (f32, f32)) -> Dictionary {
        let mut fonts = Dictionary::new();
        fonts.set(FONT, self.font_id);
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => [0.0, 0.0, width, height].map(Object::Real).to_vec(),
            "Resources" => dictionary! { "Font" => fonts },
        }
    }
}
