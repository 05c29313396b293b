//! Keys and hashes of items.

use std::collections::{HashMap, HashSet};

use crate::model::item::{Item, Role, Section};
use crate::model::tick::{hash_of_setting, hash_of_text};
use crate::source::Span;

/// Gives each item its key, unique in the mode, and its hash.
///
/// The key of an item with a name contains that name, so it stays the same when items above are
/// added or removed; other items are numbered in their section.
pub(in crate::model) fn finish(mut items: Vec<Item>) -> Vec<Item> {
    for item in items.iter_mut().filter(|item| item.role == Role::Result) {
        item.section = Section::Closing;
    }
    // Sections come in the order of a sheet; within a section, the sort keeps the document's order.
    items.sort_by_key(|item| item.section);
    let mut keys = Keys::default();
    let mut numbers = [0; 6];
    for item in &mut items {
        let name = name_of(item, &mut numbers);
        item.key = keys.free(&format!("{}/{name}", item.section.name()));
        item.hash = hash(item);
        name_parts(item, &mut keys);
    }
    link(&mut items);
    items
}

fn name_of(item: &Item, numbers: &mut [usize; 6]) -> String {
    if let Some(setting) = &item.setting {
        return setting.id.clone();
    }
    if item.role == Role::Go && item.section == Section::Route {
        return "route".to_string();
    }
    let number = &mut numbers[item.section as usize];
    *number += 1;
    number.to_string()
}

fn name_parts(item: &mut Item, keys: &mut Keys) {
    let key = item.key.clone();
    for (index, part) in item.items.iter_mut().enumerate() {
        part.key = keys.free(&format!("{key}/{}", index + 1));
        part.hash = hash(part);
        part.attaches_to = Some(key.clone());
        name_parts(part, keys);
    }
}

/// Keys that are in use, and the last number that was tried for each.
#[derive(Default)]
struct Keys {
    taken: HashSet<String>,
    numbers: HashMap<String, usize>,
}

impl Keys {
    /// The key itself, or with the first free number from 2 appended.
    fn free(&mut self, key: &str) -> String {
        let number = self.numbers.entry(key.to_string()).or_insert(0);
        loop {
            *number += 1;
            let found = match *number {
                1 => key.to_string(),
                number => format!("{key}-{number}"),
            };
            if self.taken.insert(found.clone()) {
                return found;
            }
        }
    }
}

fn hash(item: &Item) -> String {
    match &item.setting {
        Some(setting) => hash_of_setting(setting),
        None => hash_of_text(&item.text()),
    }
}

/// Sets `attaches_to` to the key of the item that each item is about.
fn link(items: &mut [Item]) {
    let keys = items.iter().map(|item| (item.span, item.key.clone()));
    let keys: HashMap<Span, String> = keys.collect();
    for item in items.iter_mut() {
        if let Some(about) = item.about.take() {
            item.attaches_to = keys.get(&about).cloned();
        }
    }
}
