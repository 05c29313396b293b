//! Fills in sheets for a case before they are printed: names, ids and choices.
//!
//! Secrets are refused: no value is accepted for a field that takes one, or for a label that looks
//! as if it did. No message contains a value.

mod choose;

use crate::config::FieldConvention;
use crate::config::sensitive::{Sensitive, sensitive};
use crate::error::Error;
use crate::markdown::text::collapse_blanks;
use crate::model::field::{FieldKind, secret_word};
use crate::normal::folded;
use crate::render::case::choose::{conditions, keep_choices, matching};
use crate::render::checklist::{ChecklistView, ItemView, Room, Space, WriteInView};
use crate::report::clean::on_one_line;
use crate::strings::Strings;

/// Longest value, in characters, that fits the box in which it is printed.
const LONGEST: usize = 200;

/// The known values of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Pairs of a place's key or label and its value.
    pub values: Vec<(String, String)>,
    /// Words of the conditions that the case meets.
    pub choices: Vec<String>,
}

/// Fills in sheets, with the words that it needs for this.
#[derive(Clone, Copy)]
pub struct CaseFiller<'a> {
    /// Words that make a label secret.
    pub words: &'a FieldConvention,
    /// Texts of messages.
    pub strings: &'a Strings,
}

/// A place on a sheet that a key can name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    label: String,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A box in the head of the sheet.
    Head,
    /// A place to write in.
    WriteIn,
    /// Values to choose from.
    Choose,
    /// A value that is never written down.
    Secret,
}

impl CaseFiller<'_> {
    /// Fills in sheets; every value and choice of the case must apply to at least one of them.
    ///
    /// # Errors
    /// [`Error::Request`] when a key names a secret, no place or several places, and when a value
    /// is too long, looks like a secret, does not have the form that the guide states, or matches
    /// no choice.
    pub fn fill(self, case: &Case, sheets: &mut [ChecklistView]) -> Result<(), Error> {
        // First, so that a value for an item that the case leaves out is an error.
        self.choose(&case.choices, sheets)?;
        for (key, value) in &case.values {
            self.set(key, &plain(value), sheets)?;
        }
        Ok(())
    }

    fn refuse(self, message: &str, values: &[(&str, &str)]) -> Error {
        Error::Request(self.strings.cli(message, values))
    }

    fn set(self, key: &str, value: &str, sheets: &mut [ChecklistView]) -> Result<(), Error> {
        let target = self.target(key, sheets)?;
        let label = target.label.as_str();
        let length = value.chars().count();
        if length > LONGEST {
            let most = LONGEST.to_string();
            return Err(self.refuse("value_too_long", &[("label", label), ("most", &most)]));
        }
        if value.is_empty() {
            return Ok(());
        }
        if matches!(target.sort, Sort::Head | Sort::WriteIn) {
            self.check_secrecy(label, value, sheets)?;
        }
        for sheet in sheets {
            match target.sort {
                Sort::Head => fill_head(sheet, label, value),
                Sort::WriteIn => self.fill_write_in(sheet, label, value)?,
                Sort::Choose => self.narrow_item(sheet, label, value)?,
                Sort::Secret => {}
            }
        }
        Ok(())
    }

    /// Refuses what looks like a card number, a key or a password. A token is accepted if the
    /// guide states its length.
    fn check_secrecy(
        self,
        label: &str,
        value: &str,
        sheets: &[ChecklistView],
    ) -> Result<(), Error> {
        let places = sheets.iter().flat_map(write_ins);
        let places = places.filter(|place| place.label == label);
        let mut lengths = places.filter_map(|place| place.room.space()?.length);
        let is_stated = lengths.any(|length| length == value.chars().count());
        let message = match sensitive(value, self.words) {
            Some(Sensitive::Card) => "value_is_card",
            Some(Sensitive::Secret) => "value_is_secret",
            Some(Sensitive::Token) if !is_stated => "value_is_secret",
            Some(Sensitive::Token) | None => return Ok(()),
        };
        Err(self.refuse(message, &[("label", label)]))
    }

    /// Refuses a value without the form that the guide states.
    fn check_form(self, label: &str, value: &str, space: &Space) -> Result<(), Error> {
        if !value.starts_with(&space.prefix) {
            let values = [("label", label), ("prefix", &space.prefix)];
            return Err(self.refuse("value_prefix", &values));
        }
        let is_code = space.length.is_some() || !space.prefix.is_empty();
        if is_code && !value.chars().all(|c| c.is_ascii_graphic()) {
            return Err(self.refuse("value_characters", &[("label", label)]));
        }
        match space.length {
            Some(length) if length != value.chars().count() => {
                let length = length.to_string();
                let values = [("label", label), ("length", &length)];
                Err(self.refuse("value_length", &values))
            }
            _ => Ok(()),
        }
    }

    fn is_secret(self, label: &str) -> bool {
        secret_word(label, self.words).is_some()
    }

    /// The one place that a key names. A secret is refused before any other error is reported.
    fn target(self, key: &str, sheets: &[ChecklistView]) -> Result<Target, Error> {
        let all: Vec<Target> = sheets.iter().flat_map(targets).collect();
        let named = named(key, sheets, &all);
        let is_secret = match named.as_slice() {
            [] => self.is_secret(key),
            named => named.iter().any(|target| match target.sort {
                Sort::Secret => true,
                Sort::Head => self.is_secret(&target.label) || self.is_secret(key),
                Sort::WriteIn | Sort::Choose => false,
            }),
        };
        if is_secret {
            let label = named.first().map_or(key, |target| target.label.as_str());
            return Err(self.refuse("secret_refused", &[("label", label)]));
        }
        let (message, candidates) = match named.as_slice() {
            [target] => return Ok(target.clone()),
            [] => ("no_such_field", &all),
            _ => ("several_fields", &named),
        };
        let open = candidates.iter().filter(|one| one.sort != Sort::Secret);
        let labels: Vec<String> = open.map(|target| target.label.clone()).collect();
        let text = self.strings.cli(message, &[("key", key)]);
        Err(Error::Request(text + &listed(&labels)))
    }

    fn fill_write_in(
        self,
        sheet: &mut ChecklistView,
        label: &str,
        value: &str,
    ) -> Result<(), Error> {
        let items = sheet
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.items);
        let places = items.filter_map(|item| item.write_in.as_mut());
        let places = places.filter(|place| place.label == label);
        for space in places.filter_map(|place| place.room.space_mut()) {
            self.check_form(label, value, space)?;
            space.value = value.to_string();
        }
        Ok(())
    }

    fn narrow_item(self, sheet: &mut ChecklistView, label: &str, value: &str) -> Result<(), Error> {
        let items = sheet
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.items);
        for item in items.filter(|item| label_of(item) == label) {
            let keep = matching(item, &folded(value));
            if !keep.contains(&true) {
                let text = self.strings.cli("no_such_choice", &[("label", label)]);
                return Err(Error::Request(text + &listed(&conditions(item))));
            }
            keep_choices(item, &keep);
        }
        Ok(())
    }
}

/// A value on one line, without control characters.
fn plain(value: &str) -> String {
    let shown: String = value
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    collapse_blanks(&shown)
}

/// The places to write in of a sheet's items.
fn write_ins(sheet: &ChecklistView) -> impl Iterator<Item = &WriteInView> {
    let items = sheet.sections.iter().flat_map(|section| &section.items);
    items.filter_map(|item| item.write_in.as_ref())
}

/// Every place on a sheet that a key can name.
fn targets(sheet: &ChecklistView) -> Vec<Target> {
    let head = sheet.case_fields.iter().map(|field| Target {
        label: field.label.clone(),
        sort: Sort::Head,
    });
    let items = sheet.sections.iter().flat_map(|section| &section.items);
    head.chain(items.flat_map(item_targets)).collect()
}

fn item_targets(item: &ItemView) -> Vec<Target> {
    let target = |label, sort| Target { label, sort };
    let mut found = Vec::new();
    if item.kind == FieldKind::IssuedSecret.name() {
        found.push(target(label_of(item), Sort::Secret));
    } else if let Some(place) = &item.write_in {
        found.push(target(place.label.clone(), sort_of(&place.room)));
    } else if !item.choices.is_empty() {
        found.push(target(label_of(item), Sort::Choose));
    }
    let choices = item.choices.iter();
    let places = choices.filter_map(|choice| choice.write_in.as_ref());
    found.extend(places.map(|place| target(place.label.clone(), sort_of(&place.room))));
    found
}

fn sort_of(room: &Room) -> Sort {
    match room {
        Room::Secret => Sort::Secret,
        Room::Line(_) | Room::Comb(_) => Sort::WriteIn,
    }
}

/// Places whose key or label is the word, or else those whose label contains it.
fn named(key: &str, sheets: &[ChecklistView], all: &[Target]) -> Vec<Target> {
    let wanted = folded(key);
    let fields = sheets.iter().flat_map(|sheet| &sheet.case_fields);
    let by_key = fields.filter(|field| folded(&field.key) == wanted);
    let by_key: Vec<&str> = by_key.map(|field| field.label.as_str()).collect();
    let is_named = |target: &Target| {
        folded(&target.label) == wanted
            || target.sort == Sort::Head && by_key.contains(&target.label.as_str())
    };
    let holds = |target: &Target| !wanted.is_empty() && folded(&target.label).contains(&wanted);
    let mut found: Vec<Target> = Vec::new();
    for matches in [&is_named as &dyn Fn(&Target) -> bool, &holds] {
        for target in all.iter().filter(|target| matches(target)) {
            if !found.contains(target) {
                found.push(target.clone());
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn fill_head(sheet: &mut ChecklistView, label: &str, value: &str) {
    let fields = sheet.case_fields.iter_mut();
    for field in fields.filter(|field| field.label == label) {
        field.value = value.to_string();
    }
}

fn label_of(item: &ItemView) -> String {
    collapse_blanks(&item.label.text())
}

/// Names for a message, each once, on a line of its own and indented.
fn listed(names: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        let line = format!("\n  {}", on_one_line(name));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.concat()
}
