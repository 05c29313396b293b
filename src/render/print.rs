//! Sheets on paper: views go in, PDF comes out.
//!
//! The template gets the views as JSON, the words of the string table and what must be known of
//! them beforehand: QR codes, and the shapes of characters that no font has. A character that can
//! not be shown is told before anything is laid out.

mod shallow;
mod spell;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::render::checklist::ChecklistView;
use crate::render::html::Output;
use crate::render::kept::kept_words;
use crate::render::page::View;
use crate::render::pdf::{Fault, Imprint, Layout, Press};
use crate::render::print::shallow::shallow;
use crate::render::print::spell::spelled;
use crate::render::qr::draw;
use crate::render::sheet::{SheetRef, view as sheet_view};

/// The template that is printed.
const TEMPLATE: &str = "checklist.typ";

/// The usual spacing.
const WIDE: f64 = 1.0;

/// A closer spacing, which is taken when it saves a page.
const CLOSE: f64 = 0.55;

/// What the closer spacing leaves of a sheet's height, at best.
const CLOSEST: f64 = 0.92;

/// Height of the least closing part with the foot of its page, in pages.
const CLOSING: f64 = 0.22;

/// Longest address of a sheet's own page in a QR code, in bytes; beyond it, the marks of its
/// items are left out, and the page can only say that something changed.
const LONG_PRINT: usize = 240;

/// Longest address of a guide's section in a QR code, in bytes; beyond it, the page's is taken.
const LONG_ADDRESS: usize = 120;

/// Characters that are told of when they cannot be shown; more would not help.
const TOLD: usize = 12;

/// Characters whose shape the template draws. The icons of notices are known from the conventions.
const SHAPES: [(char, &str); 22] = [
    ('✅', "done"),
    ('✔', "done"),
    ('✓', "done"),
    ('☑', "done"),
    ('☐', "open"),
    ('📍', "pin"),
    ('📌', "pin"),
    ('⭐', "star"),
    ('✨', "star"),
    ('💡', "tip"),
    ('ℹ', "note"),
    ('ⓘ', "note"),
    ('📢', "note"),
    ('🔒', "lock"),
    ('🔑', "lock"),
    ('❗', "caution"),
    ('❕', "caution"),
    ('⚠', "caution"),
    ('🚧', "caution"),
    ('🚨', "warning"),
    ('⛔', "stop"),
    ('🚫', "stop"),
];

/// Prints the sheets of a site.
pub struct Printer<'v> {
    press: Press,
    view: &'v View<'v>,
}

impl<'v> Printer<'v> {
    /// Sets up the engine with the theme's templates and fonts.
    ///
    /// # Errors
    /// [`Error::Request`] when a font file is none, [`Error::Template`] when the theme is at fault.
    pub fn new(view: &'v View<'v>) -> Result<Self, Error> {
        let theme = view.theme;
        let press = Press::new(&theme.paper().fonts, theme.pages(), TEMPLATE);
        let press = press.map_err(|fault| match fault {
            Fault::NotAFont(path) => {
                Error::Request(view.strings.cli("not_a_font", &[("path", &path)]))
            }
            Fault::Template(error) => error,
        })?;
        Ok(Self { press, view })
    }

    /// The view of a sheet as it is printed: its links are absolute.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn look_at(&self, sheet: &SheetRef) -> Result<ChecklistView, Error> {
        let place = self.view.place(sheet.page, Output::Alone);
        sheet_view(sheet, self.view.sheets, place)
    }

    /// One sheet as PDF.
    ///
    /// # Errors
    /// [`Error::Request`] when a character cannot be shown, [`Error::Template`] when the template
    /// fails.
    pub fn sheet(&self, sheet: &ChecklistView) -> Result<Vec<u8>, Error> {
        let (layout, _) = self.closest(sheet)?;
        self.press.print(&layout, &self.imprint(&[sheet]))
    }

    /// Several sheets as one PDF, behind a page that lists them.
    ///
    /// # Errors
    /// As for [`Printer::sheet`].
    pub fn booklet(&self, sheets: &[ChecklistView]) -> Result<Vec<u8>, Error> {
        let mut parts = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let (_, density) = self.closest(sheet)?;
            parts.push((sheet, density));
        }
        let layout = self.press.lay_out(self.data(&parts, true)?.to_string())?;
        let sheets: Vec<&ChecklistView> = sheets.iter().collect();
        self.press.print(&layout, &self.imprint(&sheets))
    }

    /// The sheet on as few pages as its spacing can save.
    fn closest(&self, sheet: &ChecklistView) -> Result<(Layout, f64), Error> {
        let wide = self.spaced(sheet, WIDE)?;
        if !may_save_a_page(&wide) {
            return Ok((wide, WIDE));
        }
        let close = self.spaced(sheet, CLOSE)?;
        Ok(if close.pages() < wide.pages() {
            (close, CLOSE)
        } else {
            (wide, WIDE)
        })
    }

    fn spaced(&self, sheet: &ChecklistView, density: f64) -> Result<Layout, Error> {
        let data = self.data(&[(sheet, density)], false)?;
        self.press.lay_out(data.to_string())
    }

    fn data(&self, parts: &[(&ChecklistView, f64)], is_booklet: bool) -> Result<Value, Error> {
        let mut sheets = Vec::with_capacity(parts.len());
        let mut codes = BTreeMap::new();
        for (sheet, density) in parts {
            self.refuse_unprintable_values(sheet)?;
            let mut data = serde_json::to_value(sheet).map_err(|error| Error::Template {
                reason: error.to_string(),
            })?;
            tidy(&mut data);
            shallow(&mut data);
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
        let words = self.words();
        let sheets = Value::Array(sheets);
        let kept = kept_words(&[&words, &sheets]);
        let symbols = self.symbols(parts[0].0, &[&words, &sheets])?;
        let spelled = spelled(&[&words, &sheets], &symbols);
        let first = parts[0].0;
        let title = if is_booklet {
            words["booklet_title"]
                .as_str()
                .unwrap_or_default()
                .to_string()
        } else {
            title(first)
        };
        Ok(json!({
            "lang": first.lang,
            "fonts": self.press.families(),
            "title": title,
            "author": self.view.site_data().title,
            "description": parts.iter().map(|(sheet, _)| sheet.id.as_str()).collect::<Vec<_>>().join(", "),
            "keywords": keywords(parts.iter().map(|(sheet, _)| *sheet)),
            "printed": self.printed(),
            "booklet": is_booklet,
            "words": words,
            "symbols": symbols,
            "codes": codes,
            "kept": kept,
            "spelled": spelled,
            "sheets": sheets,
        }))
    }

    /// The words that a sheet is made with.
    fn words(&self) -> Value {
        let words = self.view.strings.templates().into_iter();
        let words =
            words.filter(|(key, _)| key.starts_with("checklist_") || key.starts_with("booklet_"));
        let words: Map<String, Value> = words
            .map(|(key, word)| (key.to_string(), json!(word)))
            .collect();
        Value::Object(words)
    }

    /// Shapes of the characters that no font has.
    fn symbols(
        &self,
        sheet: &ChecklistView,
        texts: &[&Value],
    ) -> Result<BTreeMap<char, &'static str>, Error> {
        let mut characters = BTreeSet::new();
        texts.iter().for_each(|text| collect(text, &mut characters));
        characters.retain(|character| !character.is_whitespace() && !self.press.has(*character));
        let mut symbols = BTreeMap::new();
        let mut missing = Vec::new();
        for character in characters {
            match self.shape(character) {
                Some(shape) => _ = symbols.insert(character, shape),
                None => missing.push(character),
            }
        }
        if missing.is_empty() {
            return Ok(symbols);
        }
        let list: Vec<String> = missing
            .iter()
            .take(TOLD)
            .map(|character| format!("{character} (U+{:04X})", u32::from(*character)))
            .collect();
        let values = [
            ("sheet", title(sheet)),
            ("fonts", self.press.families().join(", ")),
            ("count", missing.len().to_string()),
            ("characters", list.join(", ")),
        ];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        Err(Error::Request(
            self.view.strings.cli("missing_glyphs", &values),
        ))
    }

    /// An icon of the conventions has the shape of its kind; any other pictograph is a mark.
    fn shape(&self, character: char) -> Option<&'static str> {
        let icons = &self.view.config.conventions.notices.icons;
        let kinds = [
            ("warning", &icons.warning),
            ("caution", &icons.caution),
            ("tip", &icons.tip),
            ("note", &icons.note),
        ];
        let of_kind = kinds.into_iter().find(|(_, icons)| {
            icons
                .written()
                .iter()
                .any(|icon| icon.starts_with(character))
        });
        let known = SHAPES.iter().find(|(known, _)| *known == character);
        let known = known.map(|(_, shape)| *shape);
        let mark = is_pictograph(character).then_some("mark");
        of_kind.map(|(kind, _)| kind).or(known).or(mark)
    }

    /// Refuses a value that would be printed as something else. The value itself is not told: it
    /// may be a person's name.
    fn refuse_unprintable_values(&self, sheet: &ChecklistView) -> Result<(), Error> {
        for (label, value) in sheet.values() {
            let is_shown = |character: char| character == ' ' || self.press.has(character);
            let count = value
                .chars()
                .filter(|character| !is_shown(*character))
                .count();
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
        let epoch = self.view.theme.paper().epoch;
        let time = epoch.and_then(|epoch| Timestamp::from_second(epoch).ok());
        time.map_or(String::new(), |time| {
            Offset::UTC.to_datetime(time).date().to_string()
        })
    }

    /// The time is the one that is given for printing, or else the newest document's day.
    fn imprint(&self, sheets: &[&ChecklistView]) -> Imprint {
        let ids: Vec<String> = sheets
            .iter()
            .map(|sheet| format!("{}@{}", sheet.id, sheet.revision.hash))
            .collect();
        let given = self.view.theme.paper().epoch;
        let given = given.and_then(|epoch| Timestamp::from_second(epoch).ok());
        let given = given.map(|time| Offset::UTC.to_datetime(time));
        let newest = sheets
            .iter()
            .map(|sheet| sheet.revision.date.as_str())
            .max();
        let newest = newest.and_then(|date| date.parse::<Date>().ok());
        let newest = newest.map(|date| date.at(0, 0, 0, 0));
        Imprint {
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

/// Whether a second layout, which takes as long as the first, is worth trying.
fn may_save_a_page(wide: &Layout) -> bool {
    let fewer = f64::from(u32::try_from(wide.pages() - 1).unwrap_or(u32::MAX));
    let height = wide.height().map(|height| height * CLOSEST + CLOSING);
    wide.pages() > 1 && height.is_none_or(|height| height <= fewer)
}

/// What a sheet is called.
fn title(sheet: &ChecklistView) -> String {
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

/// Address of the sheet's own page, which says whether it is still right.
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
            map.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::String(text) if text.contains(|c| is_invisible(c) || c.is_control()) => {
            let kept = text.chars().filter(|character| !is_invisible(*character));
            let as_blank = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
            *text = kept.map(as_blank).collect();
        }
        _ => {}
    }
}

fn collect(value: &Value, characters: &mut BTreeSet<char>) {
    match value {
        Value::Object(map) => map.values().for_each(|value| collect(value, characters)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, characters)),
        Value::String(text) => characters.extend(text.chars()),
        _ => {}
    }
}

/// Characters that only change the one before them or are not seen.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}
