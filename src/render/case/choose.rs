//! Narrows sheets to a case, by its choices and conditional items.
//!
//! Only what certainly belongs to another case is left out: a choice beside a chosen one, a field
//! beside its twin for the case, such as `Key (A)` beside `Key (B)`, and every item with the
//! condition of one of these. Hazards always stay.

use std::collections::BTreeSet;

use crate::error::Error;
use crate::markdown::text::collapse_blanks;
use crate::model::item::Role;
use crate::normal::folded;
use crate::render::case::{CaseFiller, label_of, listed};
use crate::render::checklist::{ChecklistView, ItemView, SectionView};

/// Shortest condition that is searched for in another one, and shortest that is searched, in
/// characters: shorter ones are parts of words.
const SHORTEST_PART: usize = 2;
const SHORTEST_WHOLE: usize = 3;

/// The conditions of a sheet by what they mean for a case, folded.
#[derive(Debug, Default)]
struct Conditions {
    /// The words that were chosen.
    chosen: Vec<String>,
    /// Conditions of choices that stay.
    kept: Vec<String>,
    /// Conditions of other cases.
    others: Vec<String>,
}

impl CaseFiller<'_> {
    /// Keeps what applies to a case; each of its words must concern one of the sheets.
    pub(super) fn choose(
        self,
        words: &[String],
        sheets: &mut [ChecklistView],
    ) -> Result<(), Error> {
        let chosen: Vec<String> = words.iter().map(|words| folded(words)).collect();
        let is_known = |word: &String| items(sheets).any(|item| concerns(item, word));
        if !chosen.iter().all(is_known) {
            return Err(self.unknown_case(sheets));
        }
        for sheet in sheets.iter_mut().filter(|_| !chosen.is_empty()) {
            self.narrow_sheet(chosen.clone(), sheet)?;
        }
        Ok(())
    }

    fn unknown_case(self, sheets: &[ChecklistView]) -> Error {
        let all: Vec<String> = items(sheets).flat_map(conditions).collect();
        let message = match all.is_empty() {
            true => "no_choices",
            false => "choice_of_none",
        };
        Error::Request(self.strings.cli(message, &[]) + &listed(&all))
    }

    fn narrow_sheet(self, chosen: Vec<String>, sheet: &mut ChecklistView) -> Result<(), Error> {
        let all: Vec<String> = sheet_items(sheet).flat_map(conditions).collect();
        let had_boxes = sheet_items(sheet).any(|item| item.has_box);
        let mut case = Conditions {
            chosen,
            ..Conditions::default()
        };
        for item in sheet.sections.iter_mut().flat_map(|one| &mut one.items) {
            self.narrow_choices(item, &mut case)?;
        }
        case.add_twins(sheet);
        for section in &mut sheet.sections {
            leave_out(section, &case);
        }
        let is_used = |section: &SectionView| section.path.is_some() || !section.items.is_empty();
        sheet.sections.retain(is_used);
        let items = sheet.sections.iter().flat_map(|section| &section.items);
        let ids: BTreeSet<&str> = items.map(|item| item.id.as_str()).collect();
        sheet.faults.keep_rows(|id| ids.contains(id));
        if had_boxes && !sheet_items(sheet).any(|item| item.has_box) {
            let text = self.strings.cli("nothing_chosen", &[]);
            return Err(Error::Request(text + &listed(&all)));
        }
        Ok(())
    }

    /// Keeps the choices of an item that all words about it match.
    fn narrow_choices(self, item: &mut ItemView, case: &mut Conditions) -> Result<(), Error> {
        let named = case.chosen.iter().map(|word| matching(item, word));
        let named = named.filter(|found| found.contains(&true));
        let both = |one: Vec<bool>, other: Vec<bool>| {
            let pairs = one.into_iter().zip(other);
            pairs.map(|(one, other)| one && other).collect()
        };
        let Some(keep) = named.reduce(both) else {
            return Ok(());
        };
        if !keep.contains(&true) {
            let label = label_of(item);
            let text = self.strings.cli("no_choice_left", &[("label", &label)]);
            return Err(Error::Request(text + &listed(&conditions(item))));
        }
        for (choice, is_kept) in item.choices.iter().zip(&keep) {
            let condition = folded(&choice.condition.text());
            match is_kept {
                true => case.kept.push(condition),
                false => case.others.push(condition),
            }
        }
        keep_choices(item, &keep);
        Ok(())
    }
}

impl Conditions {
    /// Adds the conditions of fields whose twin is for the case.
    fn add_twins(&mut self, sheet: &ChecklistView) {
        let is_conditional = |item: &&ItemView| is_setting(item) && !item.condition.is_empty();
        let settings: Vec<&ItemView> = sheet_items(sheet).filter(is_conditional).collect();
        let (ours, others): (Vec<&ItemView>, Vec<&ItemView>) =
            settings.into_iter().partition(|item| self.holds(item));
        let ours: BTreeSet<String> = ours.into_iter().map(stem).collect();
        let twins = others.into_iter().filter(|item| ours.contains(&stem(item)));
        self.others
            .extend(twins.map(|item| folded(&item.condition)));
    }

    fn holds(&self, item: &ItemView) -> bool {
        self.chosen.iter().any(|word| is_for(item, word))
    }

    /// Whether an item is for other cases only.
    fn is_of_another(&self, item: &ItemView) -> bool {
        let condition = folded(&item.condition);
        let mut parts = condition.split('/');
        let is_of_another = |part: &str| {
            let is_kept = self.kept.iter().any(|kept| kept.contains(part));
            !is_kept && self.others.iter().any(|other| is_same(other, part))
        };
        !condition.is_empty() && !self.holds(item) && parts.all(is_of_another)
    }
}

/// Whether a condition is another, or a part of it.
fn is_same(other: &str, condition: &str) -> bool {
    let length = |text: &str| text.chars().count();
    length(condition) >= SHORTEST_PART && other.contains(condition)
        || length(other) >= SHORTEST_WHOLE && condition.contains(other)
}

/// Removes the items of other cases, with the items nested in them. The heading of a removed item
/// moves to the next one below the same heading.
fn leave_out(section: &mut SectionView, case: &Conditions) {
    let mut is_out = false;
    let mut heading = String::new();
    section.items.retain_mut(|item| {
        let belongs = item.nested && is_out;
        let is_other = item.role != Role::Hazard.name() && case.is_of_another(item);
        if !item.nested {
            is_out = is_other;
        }
        if belongs || is_other {
            if !item.heading.is_empty() {
                heading.clone_from(&item.heading);
            }
            return false;
        }
        if item.heading.is_empty() && !heading.is_empty() && item.title == heading {
            item.heading.clone_from(&heading);
        }
        heading.clear();
        item.may_not_apply &= !case.holds(item);
        true
    });
}

/// For each choice, whether the words match it: those with this condition or value, or else those
/// whose condition contains them.
pub(super) fn matching(item: &ItemView, wanted: &str) -> Vec<bool> {
    let texts: Vec<(String, String)> = item
        .choices
        .iter()
        .map(|choice| (folded(&choice.condition.text()), folded(&choice.answer)))
        .collect();
    let is_it = |(condition, answer): &(String, String)| {
        !wanted.is_empty() && (condition == wanted || answer == wanted)
    };
    let holds =
        |(condition, _): &(String, String)| !wanted.is_empty() && condition.contains(wanted);
    match texts.iter().any(is_it) {
        true => texts.iter().map(is_it).collect(),
        false => texts.iter().map(holds).collect(),
    }
}

/// Keeps the choices of an item for which `keep` is true.
pub(super) fn keep_choices(item: &mut ItemView, keep: &[bool]) {
    let mut keep = keep.iter();
    item.choices
        .retain(|_| keep.next().copied().unwrap_or_default());
    if item.choices.len() == 1 {
        item.choices_hint.clear();
    }
}

/// The conditions of an item and of its choices, as shown in messages.
pub(super) fn conditions(item: &ItemView) -> Vec<String> {
    let label = label_of(item);
    let choices = item.choices.iter();
    let choices = choices.map(|choice| collapse_blanks(&choice.condition.text()));
    let choices = choices.map(|condition| format!("{label}: {condition}"));
    let own = match (item.condition.as_str(), is_setting(item)) {
        ("", _) => None,
        (condition, true) => Some(format!("{label}: {condition}")),
        (condition, false) => Some(condition.to_string()),
    };
    choices.chain(own).collect()
}

fn concerns(item: &ItemView, word: &str) -> bool {
    matching(item, word).contains(&true) || is_for(item, word)
}

/// Whether a word is in an item's condition.
fn is_for(item: &ItemView, word: &str) -> bool {
    !word.is_empty() && folded(&item.condition).contains(word)
}

/// Whether an item is a field of the form.
fn is_setting(item: &ItemView) -> bool {
    item.has_box && !matches!(item.kind, "check" | "titled")
}

/// The letters of a label without its condition, which twins have in common.
fn stem(item: &ItemView) -> String {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let label = letters(&folded(&item.label.text()));
    let condition = folded(&item.condition);
    let parts = condition.split('/').map(letters);
    let parts = parts.filter(|part| !part.is_empty());
    parts.fold(label, |label, part| label.replace(&part, ""))
}

fn items(sheets: &[ChecklistView]) -> impl Iterator<Item = &ItemView> {
    sheets.iter().flat_map(sheet_items)
}

fn sheet_items(sheet: &ChecklistView) -> impl Iterator<Item = &ItemView> {
    sheet.sections.iter().flat_map(|section| &section.items)
}
