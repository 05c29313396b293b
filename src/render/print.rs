//! Sheets on paper: views go in, PDF comes out.
//!
//! The template gets the views as JSON, the words of the string table and what must be known of
//! them beforehand: QR codes, and the shapes of characters that no font has. A character that can
//! not be shown is reported before anything is laid out.

mod fault;
mod flatten;
mod pictures;
mod spacing;
mod spell;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

use crate::config::Language;
use crate::error::Error;
use crate::font::{FontSet, Setting};
use crate::model::glyph::{Characters, Replacement, is_invisible, replacements, without_sequences};
use crate::model::language::language_of_words;
use crate::normal::composed;
use crate::render::checklist::ChecklistView;
use crate::render::html::Destination;
use crate::render::page::View;
use crate::render::pdf::{DocumentInfo, Fault, Layout, PdfEngine};
pub use crate::render::print::fault::SheetFault;
use crate::render::print::flatten::flatten;
use crate::render::print::pictures::Pictures;
use crate::render::print::spacing::fewest_pages;
use crate::render::print::spell::{Drawn, spelled};
use crate::render::print_settings::PageSetup;
use crate::render::qr::draw;
use crate::render::sheet::{SheetRef, view as sheet_view};
use crate::render::unbroken::unbroken_words;

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
    engine: PdfEngine,
    view: &'v View<'v>,
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
        Ok(Self { engine, view })
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
        let (layout, _) = self.closest(sheet)?;
        Ok(self.engine.print(&layout, &self.info(&[sheet]))?)
    }

    /// Several sheets as one PDF, after a page that lists them.
    ///
    /// # Errors
    /// [`SheetFault`] of the first sheet that cannot be printed, with its index.
    pub fn booklet(&self, sheets: &[ChecklistView]) -> Result<Vec<u8>, (usize, SheetFault)> {
        let mut parts = Vec::with_capacity(sheets.len());
        for (index, sheet) in sheets.iter().enumerate() {
            let (_, density) = self.closest(sheet).map_err(|fault| (index, fault))?;
            parts.push((sheet, density));
        }
        let sheets: Vec<&ChecklistView> = sheets.iter().collect();
        let print = || {
            let (data, files) = self.data(&parts, true)?;
            let layout = self.engine.lay_out(data.to_string(), files)?;
            Ok(self.engine.print(&layout, &self.info(&sheets))?)
        };
        print().map_err(|fault| (0, fault))
    }

    /// The sheet on as few pages as its spacing can save.
    fn closest(&self, sheet: &ChecklistView) -> Result<(Layout, f64), SheetFault> {
        fewest_pages(sheet, self.page().room(), |density| {
            self.spaced(sheet, density)
        })
    }

    fn spaced(&self, sheet: &ChecklistView, density: f64) -> Result<Layout, SheetFault> {
        let (data, files) = self.data(&[(sheet, density)], false)?;
        Ok(self.engine.lay_out(data.to_string(), files)?)
    }

    fn data(
        &self,
        parts: &[(&ChecklistView, f64)],
        is_booklet: bool,
    ) -> Result<(Value, Files), SheetFault> {
        let mut pictures = Pictures::new(&self.engine, &self.view.sources.assets);
        let mut sheets = Vec::with_capacity(parts.len());
        let mut codes = BTreeMap::new();
        for (sheet, density) in parts {
            self.refuse_unprintable_values(sheet)?;
            let mut data = serde_json::to_value(sheet).map_err(|error| Error::Template {
                reason: error.to_string(),
            })?;
            pictures.place(&mut data);
            tidy(&mut data);
            flatten(&mut data);
            let (address, print) = (address(sheet), print_address(sheet));
            for url in urls(sheet).chain([address.clone(), print.clone()]) {
                if let Some(code) = draw(&url) {
                    codes.insert(url, code);
                }
            }
            data["density"] = json!(density);
            data["address"] = json!(address);
            data["print"] = json!(print);
            sheets.push(data);
        }
        let first = parts[0].0;
        let words = self.words(language_of_words(&first.lang));
        let mut sheets = Value::Array(sheets);
        let drawn = self.stand_in(&words, &mut sheets)?;
        let kept = unbroken_words(&[&words, &sheets]);
        let spelled = spelled(&[&words, &sheets], &drawn);
        let title = if is_booklet {
            words["booklet_title"]
                .as_str()
                .unwrap_or_default()
                .to_string()
        } else {
            title(first)
        };
        let data = json!({
            "lang": first.lang,
            "fonts": self.engine.families(),
            "code_fonts": self.engine.code_families(),
            "title": title,
            "author": self.view.site_data().title,
            "description": parts.iter().map(|(sheet, _)| sheet.id.as_str()).collect::<Vec<_>>().join(", "),
            "keywords": keywords(parts.iter().map(|(sheet, _)| *sheet)),
            "printed": self.printed(),
            "page": self.page(),
            "booklet": is_booklet,
            "words": words,
            "symbols": of_kind(&drawn, "shape"),
            "circled": of_kind(&drawn, "circled"),
            "codes": codes,
            "kept": kept,
            "spelled": spelled,
            "sheets": sheets,
        });
        Ok((data, pictures.files))
    }

    /// The words that sheets are made with; those of a booklet are in the language of its first one.
    fn words(&self, language: Language) -> Value {
        let strings = self.view.strings.in_language(language);
        let words = strings.templates().into_iter();
        let words =
            words.filter(|(key, _)| key.starts_with("checklist_") || key.starts_with("booklet_"));
        let words: Map<String, Value> = words
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
        DocumentInfo {
            id: ids.join(" "),
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
