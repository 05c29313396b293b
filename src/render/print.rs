//! Sheets on paper: views go in, PDF comes out.
//!
//! The template gets the views as JSON, the words of the string table and what must be known of
//! them beforehand: QR codes, and the shapes of characters that no font has. A character that can
//! not be shown is reported before anything is laid out.

mod booklet;
mod fault;
mod fields;
mod fillable;
mod flatten;
mod pictures;
mod spacing;
mod spell;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::font::{FontSet, Setting};
use crate::model::glyph::{Characters, Replacement, is_invisible, replacements, without_sequences};
use crate::model::language::language_of_words;
use crate::normal::composed;
use crate::render::checklist::ChecklistView;
use crate::render::form::font::FormFont;
use crate::render::html::Destination;
use crate::render::page::View;
use crate::render::pdf::bind::PART;
use crate::render::pdf::{DocumentInfo, Fault, Layout, PdfEngine};
pub use crate::render::print::fault::SheetFault;
use crate::render::print::fields::Fields;
use crate::render::print::flatten::flatten;
use crate::render::print::pictures::Pictures;
use crate::render::print::spacing::fewest_pages;
use crate::render::print::spell::{Drawn, spelled};
use crate::render::print_settings::PageSetup;
use crate::render::qr::{Drawing, draw};
use crate::render::sheet::{SheetRef, view as sheet_view};
use crate::render::unbroken::unbroken_words;
use crate::strings::Strings;

/// The template that is printed.
const TEMPLATE: &str = "checklist.typ";

/// Longest address of a sheet's own page in a QR code, in bytes; beyond it, the marks of its
/// items are left out, and the page can only say that something changed.
const LONG_PRINT: usize = 240;

/// Longest address of a guide's section in a QR code, in bytes; beyond it, the page's is taken.
const LONG_ADDRESS: usize = 120;

/// Bytes of images by their names.
type Files = Vec<(String, Vec<u8>)>;

/// Prints the sheets of a site.
pub struct Printer<'v> {
    engine: Arc<PdfEngine>,
    view: &'v View<'v>,
    /// The font of fields, with what is likely to be typed; made for the first sheet that has any.
    form_font: Arc<OnceLock<Option<FormFont>>>,
}

impl<'v> Printer<'v> {
    /// Sets up the engine with the theme's templates and fonts.
    ///
    /// # Errors
    /// [`Error::Request`] when a font file is none, [`Error::Template`] when the theme is at fault.
    pub fn new(view: &'v View<'v>) -> Result<Self, Error> {
        let theme = view.theme;
        let engine = PdfEngine::new(&theme.print_settings().fonts, theme.pages(), TEMPLATE);
        let engine = engine.map_err(|fault| match fault {
            Fault::NotAFont(path) => {
                Error::Request(view.strings.cli("not_a_font", &[("path", &path)]))
            }
            Fault::Template(error) => error,
        })?;
        Ok(Self {
            engine: Arc::new(engine),
            view,
            form_font: Arc::default(),
        })
    }

    /// The same engine for another view of the same theme.
    pub fn with_view<'w>(&self, view: &'w View<'w>) -> Printer<'w> {
        Printer {
            engine: Arc::clone(&self.engine),
            view,
            form_font: Arc::clone(&self.form_font),
        }
    }

    /// The view of a sheet as it is printed: its links are absolute.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn look_at(&self, sheet: &SheetRef) -> Result<ChecklistView, Error> {
        let context = self.view.context(sheet.page, Destination::Alone);
        sheet_view(sheet, self.view.sheets, context)
    }

    /// One sheet as PDF.
    ///
    /// # Errors
    /// [`SheetFault`] with what of the sheet cannot be printed.
    pub fn sheet(&self, sheet: &ChecklistView) -> Result<Vec<u8>, SheetFault> {
        let mut fields = self.fields(sheet);
        let layout = self.closest(sheet, &mut fields)?;
        let pdf = self.engine.print(&layout, &self.info(&[sheet]))?;
        Ok(self.with_fields(pdf, &fields)?)
    }

    /// The sheet on as few pages as its spacing can save.
    /// Its fields come behind those that there are.
    fn closest(
        &self,
        sheet: &ChecklistView,
        fields: &mut Fields<'_>,
    ) -> Result<Layout, SheetFault> {
        let before = &*fields;
        let (layout, _) = fewest_pages(sheet, self.page().room(), |density| {
            self.spaced(sheet, density, &mut before.clone())
        })?;
        if self.is_fillable() {
            fields.sheet(&mut printable(sheet)?);
        }
        Ok(layout)
    }

    fn spaced(
        &self,
        sheet: &ChecklistView,
        density: f64,
        fields: &mut Fields<'_>,
    ) -> Result<Layout, SheetFault> {
        self.refuse_unprintable_values(sheet)?;
        let mut pictures = Pictures::new(&self.engine, &self.view.sources.assets);
        let mut data = value(sheet)?;
        pictures.place(&mut data);
        tidy(&mut data);
        flatten(&mut data);
        let (address, print) = (address(sheet), print_address(sheet));
        let urls = urls(sheet).chain([address.clone(), print.clone()]);
        let codes = urls.filter_map(|url| draw(&url).map(|code| (url, code)));
        let codes = codes.collect();
        if self.is_fillable() {
            fields.sheet(&mut data);
        }
        data["density"] = json!(density);
        data["address"] = json!(address);
        data["print"] = json!(print);
        let logo = self.logo(&mut pictures)?;
        let mut data = self.document(&[sheet], vec![data], codes, false)?;
        data["logo"] = logo;
        Ok(self.engine.lay_out(data.to_string(), pictures.files)?)
    }

    /// The picture for the head of pages, or nothing.
    fn logo(&self, pictures: &mut Pictures<'_>) -> Result<Value, Error> {
        let Some(bytes) = &self.view.theme.print_settings().letterhead.logo else {
            return Ok(Value::Null);
        };
        let logo = pictures.other(bytes);
        logo.ok_or_else(|| Error::Request(self.view.strings.cli("wrong_logo", &[])))
    }

    /// What the template is given: sheets to print or to list.
    fn document(
        &self,
        sheets: &[&ChecklistView],
        data: Vec<Value>,
        codes: BTreeMap<String, Drawing>,
        is_list: bool,
    ) -> Result<Value, SheetFault> {
        let first = sheets[0];
        let words = self.words(self.sheet_strings(first));
        let mut data = Value::Array(data);
        let drawn = self.stand_in(&words, &mut data)?;
        let kept = unbroken_words(&[&words, &data]);
        let spelled = spelled(&[&words, &data], &drawn);
        let title = if is_list {
            words["booklet_title"]
                .as_str()
                .unwrap_or_default()
                .to_string()
        } else {
            title(first)
        };
        let ids = sheets.iter().map(|sheet| sheet.id.as_str());
        Ok(json!({
            "lang": first.lang,
            "fonts": self.engine.families(),
            "code_fonts": self.engine.code_families(),
            "title": title,
            "author": self.view.site_data().title,
            "description": ids.collect::<Vec<_>>().join(", "),
            "keywords": keywords(sheets.iter().copied()),
            "printed": self.printed(),
            "page": self.page(),
            "part": PART,
            "list": is_list,
            "words": words,
            "symbols": of_kind(&drawn, "shape"),
            "circled": of_kind(&drawn, "circled"),
            "codes": codes,
            "kept": kept,
            "spelled": spelled,
            "sheets": data,
        }))
    }

    /// The words that sheets are made with, and the project's own for each page; those of a booklet are in the language of its first one.
    fn words(&self, strings: &Strings) -> Value {
        let words = strings.templates().into_iter();
        let words =
            words.filter(|(key, _)| key.starts_with("checklist_") || key.starts_with("booklet_"));
        let letterhead = &self.view.theme.print_settings().letterhead;
        let own = [
            ("footer", letterhead.footer.as_str()),
            ("printed_by", &letterhead.by),
        ];
        let words: Map<String, Value> = words
            .chain(own)
            .map(|(key, word)| (key.to_string(), json!(word)))
            .collect();
        Value::Object(words)
    }

    /// What is drawn for characters that no font has. Those that are written out instead are so in
    /// the sheets.
    fn stand_in(&self, words: &Value, sheets: &mut Value) -> Result<Drawn, SheetFault> {
        let mut characters = Characters::default();
        collect(words, &mut characters);
        collect(sheets, &mut characters);
        let icons = &self.view.config.conventions.notices.icons;
        let (replacements, missing) = replacements(&characters, self.fonts(), icons);
        if !missing.is_empty() {
            return Err(SheetFault::Glyphs(missing));
        }
        let mut drawn = Drawn::new();
        let mut written = BTreeMap::new();
        for (character, replacement) in replacements {
            match replacement {
                Replacement::Shape(shape) => _ = drawn.insert(character, json!({ "shape": shape })),
                Replacement::Circled(text) => {
                    _ = drawn.insert(character, json!({ "circled": text }))
                }
                Replacement::Written(text) => _ = written.insert(character, text),
                Replacement::Coloured(sign, key) => {
                    let colour = words[key].as_str().unwrap_or_default();
                    _ = written.insert(character, format!("{sign}({colour})"));
                }
            }
        }
        if !written.is_empty() {
            write_out(sheets, &written);
        }
        Ok(drawn)
    }

    fn sheet_strings(&self, sheet: &ChecklistView) -> &Strings {
        let language = language_of_words(&sheet.lang);
        self.view.strings.in_language(language)
    }

    fn is_fillable(&self) -> bool {
        self.view.theme.print_settings().is_fillable
    }

    fn fonts(&self) -> &FontSet {
        &self.view.theme.print_settings().fonts
    }

    fn page(&self) -> &PageSetup {
        &self.view.theme.print_settings().page
    }

    /// Refuses a value that would be printed as something else. The value itself is not reported:
    /// it may be a person's name.
    fn refuse_unprintable_values(&self, sheet: &ChecklistView) -> Result<(), Error> {
        for (label, value) in sheet.values() {
            let characters = value.chars().filter(|character| *character != ' ');
            let count = self.fonts().missing(Setting::Code, characters).len();
            if count > 0 {
                let values = [("label", label), ("count", &count.to_string())];
                let text = self.view.strings.cli("unprintable_value", &values);
                return Err(Error::Request(text));
            }
        }
        Ok(())
    }

    /// Day of printing, where one is given.
    fn printed(&self) -> String {
        let epoch = self.view.theme.print_settings().epoch;
        let time = epoch.and_then(|epoch| Timestamp::from_second(epoch).ok());
        time.map_or(String::new(), |time| {
            Offset::UTC.to_datetime(time).date().to_string()
        })
    }

    /// The time is the one that is given for printing, or else the newest document's day.
    fn info(&self, sheets: &[&ChecklistView]) -> DocumentInfo {
        let ids: Vec<String> = sheets
            .iter()
            .map(|sheet| format!("{}@{}", sheet.id, sheet.revision.hash))
            .collect();
        let given = self.view.theme.print_settings().epoch;
        let given = given.and_then(|epoch| Timestamp::from_second(epoch).ok());
        let given = given.map(|time| Offset::UTC.to_datetime(time));
        let newest = sheets
            .iter()
            .map(|sheet| sheet.revision.date.as_str())
            .max();
        let newest = newest.and_then(|date| date.parse::<Date>().ok());
        let newest = newest.map(|date| date.at(0, 0, 0, 0));
        let form = if self.is_fillable() { " form" } else { "" };
        DocumentInfo {
            id: ids.join(" ") + form,
            time: given.or(newest).map(|time| {
                let parts = [
                    time.month(),
                    time.day(),
                    time.hour(),
                    time.minute(),
                    time.second(),
                ];
                let [month, day, hour, minute, second] = parts.map(i8::unsigned_abs);
                (time.year().into(), month, day, hour, minute, second)
            }),
        }
    }
}

/// A sheet as the template has it, without images.
fn printable(sheet: &ChecklistView) -> Result<Value, Error> {
    let mut data = value(sheet)?;
    tidy(&mut data);
    flatten(&mut data);
    Ok(data)
}

/// A sheet as data.
fn value(sheet: &ChecklistView) -> Result<Value, Error> {
    serde_json::to_value(sheet).map_err(|error| Error::Template {
        reason: error.to_string(),
    })
}

/// What a sheet is called.
pub fn title(sheet: &ChecklistView) -> String {
    let mode = format!("{} {}", sheet.mode.title, sheet.mode.label);
    let parts = [sheet.scenario.title.as_str(), mode.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} — {}", parts.join(" · "), sheet.guide.title)
}

fn keywords<'s>(sheets: impl Iterator<Item = &'s ChecklistView>) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for sheet in sheets {
        let words = [&sheet.company, &sheet.mode.title].into_iter();
        for word in words.chain(&sheet.versions) {
            if !word.is_empty() && !keywords.contains(word) {
                keywords.push(word.clone());
            }
        }
    }
    keywords
}

/// Address of what the sheet was made from: its section, or the page when that is too long.
fn address(sheet: &ChecklistView) -> String {
    let section = &sheet.guide.url;
    if sheet.source.is_empty() || section.len() <= LONG_ADDRESS {
        section.clone()
    } else {
        sheet.source.clone()
    }
}

/// Address of the sheet's own page, which states whether it is still right.
fn print_address(sheet: &ChecklistView) -> String {
    let whole = sheet.print.as_str();
    let without_marks = whole.rsplit_once('.').map_or(whole, |(start, _)| start);
    let is_short = whole.len() <= LONG_PRINT;
    if is_short { whole } else { without_marks }.to_string()
}

/// Addresses that somebody at another screen must open.
fn urls(sheet: &ChecklistView) -> impl Iterator<Item = String> {
    let paths = sheet
        .sections
        .iter()
        .filter_map(|section| section.path.as_ref());
    let items = sheet.sections.iter().flat_map(|section| &section.items);
    let urls = paths
        .map(|path| &path.url)
        .chain(items.map(|item| &item.url));
    urls.cloned()
}

/// Leaves out what is not printed: HTML, and characters without a shape.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("html");
            for (key, value) in map {
                match value {
                    // An address stays as it is.
                    Value::String(url) if key == "url" => *url = visible(url),
                    value => tidy(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::String(text) => *text = visible(&without_sequences(&composed(text))),
        _ => {}
    }
}

/// The text without characters that have no shape.
fn visible(text: &str) -> String {
    let kept = text.chars().filter(|character| !is_invisible(*character));
    let as_blank = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    kept.map(as_blank).collect()
}

/// Puts texts in the place of characters.
fn write_out(value: &mut Value, written: &BTreeMap<char, String>) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| write_out(value, written)),
        Value::Array(items) => items.iter_mut().for_each(|item| write_out(item, written)),
        Value::String(text) if text.contains(|c| written.contains_key(&c)) => {
            let mut whole = String::with_capacity(text.len());
            for character in text.chars() {
                match written.get(&character) {
                    Some(instead) => whole.push_str(instead),
                    None => whole.push(character),
                }
            }
            *text = whole;
        }
        _ => {}
    }
}

/// Characters that are drawn in one way, with what the template needs for it.
fn of_kind<'d>(drawn: &'d Drawn, kind: &str) -> BTreeMap<char, &'d str> {
    let of_kind = drawn.iter().filter_map(|(character, how)| {
        let how = how.get(kind)?.as_str()?;
        Some((*character, how))
    });
    of_kind.collect()
}

fn collect(value: &Value, characters: &mut Characters) {
    match value {
        Value::Object(map) => {
            // Of an image, only the words below it are printed.
            if let Some(figure) = map.get("figure") {
                collect(&figure["caption"], characters);
                collect(&figure["number"], characters);
            }
            let is_code = map.get("code").is_some() || map.get("kind") == Some(&json!("code"));
            if let (true, Some(Value::String(code))) = (is_code, map.get("text")) {
                characters.code.extend(code.chars());
            }
            let shown = map
                .iter()
                .filter(|(key, _)| *key != "figure" && !(is_code && *key == "text"));
            shown.for_each(|(_, value)| collect(value, characters));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, characters)),
        Value::String(text) => characters.text.extend(text.chars()),
        _ => {}
    }
}
