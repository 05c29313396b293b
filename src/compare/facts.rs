//! What a mode says, as facts that can be compared one by one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::queue::Queues;
use crate::markdown::text::{block_text, collapse_blanks, label_text};
use crate::model::field::Field;
use crate::model::item::{Item, Role, Section};
use crate::model::mode::Mode;

/// One thing that a mode says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// What it is: `path`, `choice`, `field`, `prerequisite`, `notice`, `related`, `extra`,
    /// `summary`, or `scenario` and `versions` of its scenario.
    pub part: &'static str,
    /// What distinguishes it from others of its part.
    key: String,
    /// What people call it; empty where the part says it all.
    pub label: String,
    /// What it says, on one line.
    pub value: String,
}

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What it is; see [`Fact::part`].
    pub part: String,
    /// What people call it; empty where the part says it all.
    pub label: String,
    /// What it said; `null` when it is new.
    pub before: Option<String>,
    /// What it says; `null` when it is gone.
    pub after: Option<String>,
}

impl Fact {
    /// A fact that is alone in its part.
    pub(super) fn of_part(part: &'static str, value: String) -> Self {
        Self {
            part,
            key: String::new(),
            label: String::new(),
            value,
        }
    }

    fn new(part: &'static str, label: &str, value: &str) -> Self {
        Self {
            part,
            key: label.to_string(),
            label: label.to_string(),
            value: collapse_blanks(value),
        }
    }

    fn change(&self, before: Option<&Fact>, after: Option<&Fact>) -> Change {
        let value = |fact: Option<&Fact>| fact.map(|fact| fact.value.clone());
        Change {
            part: self.part.to_string(),
            label: self.label.clone(),
            before: value(before),
            after: value(after),
        }
    }
}

/// All that a mode says, in the order of its checklist.
pub fn facts(mode: &Mode) -> Vec<Fact> {
    mode.all_items()
        .filter(|item| item.is_in_source())
        .map(fact)
        .collect()
}

fn fact(item: &Item) -> Fact {
    if let Some(setting) = &item.setting {
        return from_setting(item, setting);
    }
    if let Some(link) = &item.link {
        return Fact::new(
            "related",
            &link.label,
            link.url.as_deref().unwrap_or_default(),
        );
    }
    if item.role == Role::Go {
        let steps = item.trail.as_ref().map(|trail| trail.steps.join(" > "));
        return Fact::of_part("path", steps.unwrap_or_default());
    }
    let part = match item.section {
        Section::Before => "prerequisite",
        Section::Route | Section::Steps | Section::Tasks => "notice",
        Section::After | Section::Closing => "extra",
    };
    Fact::new(part, &item.title, &item.text())
}

/// A field with its value, its choices and whatever else is said about it.
fn from_setting(item: &Item, field: &Field) -> Fact {
    let part = match item.section {
        Section::Route => "choice",
        _ => "field",
    };
    let mut said: Vec<String> = vec![field.text_line()];
    said.extend(field.answer.cases().map(|(case, value)| {
        let condition = label_text(&case.condition);
        let note = collapse_blanks(&block_text(&case.note));
        [condition.as_str(), value, &note].join(" ")
    }));
    if let Some(source) = &field.source {
        said.push(source.steps.join(" > "));
    }
    said.push(field.note_text());
    said.retain(|text| !text.trim().is_empty());
    Fact {
        key: item.key.clone(),
        ..Fact::new(part, &label_text(&field.label), &said.join(" · "))
    }
}

/// What differs, in the order of `after`; what is gone comes last.
pub fn changes(before: &[Fact], after: &[Fact]) -> Vec<Change> {
    let mut left = vec![true; before.len()];
    let mut equal = Queues::of(before.iter().map(Some));
    // Facts that did not change are settled first, so that of two with one key the other pairs.
    let open: Vec<&Fact> = after
        .iter()
        .filter(|fact| equal.take(*fact, &mut left).is_none())
        .collect();
    let mut by_key = Queues::of(
        before
            .iter()
            .map(|fact| Some((fact.part, fact.key.as_str()))),
    );
    let mut by_value = Queues::of(
        before
            .iter()
            .map(|fact| Some((fact.part, fact.value.as_str()))),
    );
    let mut found = Vec::new();
    for fact in open {
        let same = by_key.take(&(fact.part, fact.key.as_str()), &mut left);
        if let Some(former) = same {
            found.push(fact.change(Some(&before[former]), Some(fact)));
            continue;
        }
        let value = Some(fact.value.as_str()).filter(|value| !value.is_empty());
        let renamed = value.and_then(|value| by_value.take(&(fact.part, value), &mut left));
        found.push(match renamed {
            Some(former) => Change {
                part: fact.part.to_string(),
                label: String::new(),
                before: Some(before[former].label.clone()),
                after: Some(fact.label.clone()),
            },
            None => fact.change(None, Some(fact)),
        });
    }
    let gone = before.iter().zip(left).filter(|(_, is_left)| *is_left);
    found.extend(gone.map(|(fact, _)| fact.change(Some(fact), None)));
    found
}
