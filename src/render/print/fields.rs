//! The fields of sheets that are filled in on a screen: what each is called, what is asked for and
//! what it contains.
//!
//! Sheets as JSON go in and get numbers, as `"field": 3` beside what is ticked or written; the
//! template marks the places of these numbers, and [`crate::render::form`] makes fields there. A name is the
//! sheet's id, the item's and what of it is filled in, so it stays the same when other items
//! change. A secret gets no place for its value, only the tick that it was entered.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::render::form::{Field, FieldKind};
use crate::strings::Strings;

/// Cells at the end of a sheet: who, and what of them.
const WHO: [&str; 2] = ["checklist_done_by", "checklist_checked_by"];
const WHAT: [&str; 3] = [
    "checklist_name",
    "checklist_signature",
    "checklist_date_time",
];

/// Longest label in a tip, in characters.
const LONGEST_LABEL: usize = 120;

/// The fields that have a number.
#[derive(Debug, Clone)]
pub(super) struct Fields<'s> {
    strings: &'s Strings,
    /// By their numbers.
    pub all: Vec<Field>,
    names: BTreeSet<String>,
}

impl<'s> Fields<'s> {
    /// No fields yet.
    pub fn new(strings: &'s Strings) -> Self {
        Self {
            strings,
            all: Vec::new(),
            names: BTreeSet::new(),
        }
    }

    /// Boxes at the head of the cover, and one for each sheet.
    pub fn cover(&mut self, sheets: &mut [Value]) {
        if let Some(first) = sheets.first_mut() {
            self.case_fields(first, "cover", "cover_field");
        }
        for sheet in sheets {
            let name = format!("cover/{}", text(&sheet["id"]));
            let tip = self.with("field_done", &[("label", &title(sheet))]);
            sheet["cover_field"] = self.add(name, tip, FieldKind::Tick);
        }
    }

    /// Numbers what is filled in on a sheet.
    pub fn sheet(&mut self, sheet: &mut Value) {
        let id = text(&sheet["id"]).to_string();
        self.case_fields(sheet, &id, "field");
        for item in items(sheet) {
            let name = format!("{id}/{}", text(&item["id"]));
            self.item(item, &name);
        }
        let memo = self.strings.checklist("checklist_memo").to_string();
        sheet["memo_field"] = self.add(format!("{id}/memo"), memo, empty_text());
        let cells = WHO.iter().flat_map(|who| WHAT.map(|what| (*who, what)));
        let cells = cells.map(|(who, what)| self.sign_off(&id, who, what));
        sheet["sign_off_fields"] = cells.collect();
    }

    fn sign_off(&mut self, sheet: &str, who: &str, what: &str) -> Value {
        let short = |key: &str| key.trim_start_matches("checklist_").to_string();
        let name = format!("{sheet}/{}/{}", short(who), short(what));
        let label = self.strings.checklist(who);
        let tip = [("label", label), ("choice", self.strings.checklist(what))];
        self.add(name, self.with("field_of", &tip), empty_text())
    }

    /// Boxes at the head of a sheet, whose numbers get this key.
    fn case_fields(&mut self, sheet: &mut Value, name: &str, key: &str) {
        for field in list(&mut sheet["case_fields"]) {
            let name = format!("{name}/case/{}", text(&field["key"]));
            let value = text(&field["value"]).to_string();
            let tip = text(&field["label"]).to_string();
            field[key] = self.add(name, tip, FieldKind::Text { value });
        }
    }

    fn item(&mut self, item: &mut Value, name: &str) {
        let label = label(item);
        if item["has_box"] == true {
            let key = match text(&item["action"]) {
                "verify" => "field_verified",
                _ => "field_done",
            };
            let tip = self.with(key, &[("label", &label)]);
            item["field"] = self.add(format!("{name}/done"), tip, FieldKind::Tick);
        }
        if item["may_not_apply"] == true {
            let tip = self.with("field_absent", &[("label", &label)]);
            item["absent_field"] = self.add(format!("{name}/absent"), tip, FieldKind::Tick);
        }
        self.boxes(&mut item["notices"], name);
        self.boxes(&mut item["body"], name);
        for (index, blank) in list(&mut item["blanks"]).iter_mut().enumerate() {
            self.write_in(blank, &format!("{name}/blank-{}", index + 1), &label);
        }
        self.choices(item, name, &label);
        self.write_in(&mut item["write_in"], name, &label);
    }

    /// What is chosen from: of several values one, of several conditions each that holds.
    fn choices(&mut self, item: &mut Value, name: &str, label: &str) {
        let is_one_of = !text(&item["choices_hint"]).is_empty();
        for (index, choice) in list(&mut item["choices"]).iter_mut().enumerate() {
            let own = format!("{name}/choice-{}", index + 1);
            let shown = [
                runs(&choice["condition"]["runs"]),
                text(&choice["answer"]).to_string(),
            ];
            let shown = shown.into_iter().filter(|part| !part.is_empty());
            let shown = shown.collect::<Vec<_>>().join(" ");
            let tip = self.with("field_of", &[("label", label), ("choice", &shown)]);
            let kind = match is_one_of {
                true => FieldKind::Choice {
                    group: plain_name(&format!("{name}/choice")),
                    group_tip: label.to_string(),
                },
                false => FieldKind::Tick,
            };
            choice["field"] = self.add(own.clone(), tip.clone(), kind);
            self.boxes(&mut choice["body"], &own);
            self.write_in(&mut choice["write_in"], &own, &tip);
        }
    }

    /// A place to write; of a secret only the tick that it was entered.
    fn write_in(&mut self, place: &mut Value, name: &str, item: &str) {
        if !place.is_object() {
            return;
        }
        let own = text(&place["label"]);
        let label = match own.is_empty() || item.contains(own) {
            true => item.to_string(),
            false => self.with("field_of", &[("label", item), ("choice", own)]),
        };
        let (part, tip, kind) = match text(&place["kind"]) {
            "secret" => {
                let tip = self.with("field_entered", &[("label", &label)]);
                ("entered", tip, FieldKind::Tick)
            }
            kind => {
                let (tip, kind) = self.value(place, kind, label);
                ("value", tip, kind)
            }
        };
        place["field"] = self.add(format!("{name}/{part}"), tip, kind);
    }

    /// A place for a value, which contains what it begins with or what is filled in.
    fn value(&self, place: &Value, kind: &str, label: String) -> (String, FieldKind) {
        let filled = text(&place["value"]);
        if kind != "comb" || !filled.is_empty() {
            let value = [filled, text(&place["prefix"])];
            let value = value.into_iter().find(|value| !value.is_empty());
            let value = value.unwrap_or_default().to_string();
            return (label, FieldKind::Text { value });
        }
        let cells = place["cells"].as_u64().unwrap_or_default();
        let tip = [("label", label.as_str()), ("length", &cells.to_string())];
        let kind = FieldKind::Comb {
            cells: usize::try_from(cells).unwrap_or_default(),
            value: text(&place["prefix"]).to_string(),
        };
        (self.with("field_of_length", &tip), kind)
    }

    /// The boxes of lists in a text.
    fn boxes(&mut self, value: &mut Value, name: &str) {
        match value {
            Value::Object(map) => {
                if map.get("checked") == Some(&json!(false)) {
                    let label = map.get("blocks").map(first_text).unwrap_or_default();
                    let tip = self.with("field_done", &[("label", &label)]);
                    let number = self.add(format!("{name}/box"), tip, FieldKind::Tick);
                    map.insert("field".to_string(), number);
                }
                map.values_mut().for_each(|value| self.boxes(value, name));
            }
            Value::Array(all) => all.iter_mut().for_each(|value| self.boxes(value, name)),
            _ => {}
        }
    }

    /// The number of a new field. A name that is taken gets a number, too.
    fn add(&mut self, name: String, tip: String, kind: FieldKind) -> Value {
        let name = plain_name(&name);
        let mut numbered = (1..).map(|number| match number {
            1 => name.clone(),
            number => format!("{name}-{number}"),
        });
        let free = numbered.find(|name| !self.names.contains(name));
        let name = free.unwrap_or_default();
        self.names.insert(name.clone());
        let tip = on_one_line(&tip);
        self.all.push(Field { name, tip, kind });
        json!(self.all.len() - 1)
    }

    fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.strings.sheet_with(key, values)
    }
}

/// A name as a form has it: a full stop would divide it (ISO 32000-1, 12.7.3.2).
fn plain_name(name: &str) -> String {
    name.replace('.', "_")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn empty_text() -> FieldKind {
    let value = String::new();
    FieldKind::Text { value }
}

/// What a sheet is called on the cover.
fn title(sheet: &Value) -> String {
    let parts = [&sheet["scenario"]["title"], &sheet["mode"]["title"]];
    let parts = parts.map(text).into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What an item is called: its number and its label, or where it has none its first words. What follows
/// in a tip takes the place of a mark at its end.
fn label(item: &Value) -> String {
    let label = runs(&item["label"]["runs"]).trim().to_string();
    let label = match label.is_empty() {
        true => first_text(&item["body"]["blocks"]),
        false => label,
    };
    let label = shortened(&label);
    let parts = [
        text(&item["number"]),
        label.trim_end_matches(['.', ':', ' ']),
    ]
    .into_iter();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The first sentences of a text that is too long to be read out before every field.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_LABEL {
        return text.to_string();
    }
    let start: String = text.chars().take(LONGEST_LABEL).collect();
    match start.rsplit_once(". ") {
        Some((sentences, _)) => sentences.to_string(),
        None => start + "…",
    }
}

fn items(sheet: &mut Value) -> impl Iterator<Item = &mut Value> {
    let sections = list(&mut sheet["sections"]).iter_mut();
    sections.flat_map(|section| list(&mut section["items"]))
}

fn list(value: &mut Value) -> &mut [Value] {
    value.as_array_mut().map_or(&mut [], Vec::as_mut_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text of the first block with any.
fn first_text(blocks: &Value) -> String {
    let blocks = blocks.as_array().into_iter().flatten();
    let mut texts = blocks.map(|block| runs(&block["runs"]));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

fn runs(runs: &Value) -> String {
    let runs = runs.as_array().into_iter().flatten();
    runs.map(|run| text(&run["text"])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;

    fn place(item: Value) -> Vec<Field> {
        let mut sheet = json!({"id": "a/b/live", "sections": [{"items": [item]}]});
        let strings = Strings::load(Language::En);
        let mut fields = Fields::new(&strings);
        fields.sheet(&mut sheet);
        fields.all
    }

    fn line(kind: &str) -> Value {
        json!({"kind": kind, "label": "Key", "cells": 8, "prefix": "AB", "value": ""})
    }

    #[test]
    fn secret_has_a_tick_and_no_place_for_its_value() {
        let fields = place(json!({"id": "key", "write_in": {"kind": "secret", "label": "Key"}}));
        assert_eq!(fields[0].name, "a/b/live/key/entered");
        assert_eq!(fields[0].kind, FieldKind::Tick);
    }

    #[test]
    fn place_contains_what_its_value_begins_with() {
        let value = "AB".to_string();
        let fields = place(json!({"id": "key", "write_in": line("line")}));
        assert_eq!(
            fields[0].kind,
            FieldKind::Text {
                value: value.clone()
            }
        );
        let fields = place(json!({"id": "key", "write_in": line("comb")}));
        assert_eq!(fields[0].kind, FieldKind::Comb { cells: 8, value });
    }

    #[test]
    fn values_are_one_field_where_one_applies() {
        let choices = json!([{"answer": "x"}, {"answer": "y"}]);
        let fields = place(json!({"id": "v1.2", "choices_hint": "one", "choices": choices}));
        let groups = fields.iter().filter_map(|field| match &field.kind {
            FieldKind::Choice { group, .. } => Some(group.as_str()),
            _ => None,
        });
        assert_eq!(groups.collect::<Vec<_>>(), ["a/b/live/v1_2/choice"; 2]);
        let fields = place(json!({"id": "v", "choices_hint": "", "choices": choices}));
        assert!(
            fields[..2]
                .iter()
                .all(|field| field.kind == FieldKind::Tick)
        );
    }

    #[test]
    fn names_are_unique_and_tips_are_never_empty() {
        let boxes = json!({"blocks": [{"kind": "list", "items": [
            {"checked": false, "blocks": [{"runs": [{"text": "one"}]}]},
            {"checked": false, "blocks": []},
            {"checked": true, "blocks": []},
        ]}]});
        let fields = place(json!({"id": "i", "number": "1.1", "has_box": true, "body": boxes}));
        let names: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), fields.len());
        assert!(names.contains("a/b/live/i/box-2") && !names.contains("a/b/live/i/box-3"));
        assert!(fields.iter().all(|field| !field.tip.is_empty()));
    }
}
