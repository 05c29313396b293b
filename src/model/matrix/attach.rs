//! Attaches notices and references to fields that they are not next to.
//!
//! A notice is about the field with which it shares most words. Words that occur everywhere – the
//! provider's name, the cases of the scenario, words that the preset calls generic – do not count.

use std::collections::BTreeSet;

use crate::config::signals::Signal;
use crate::markdown::text::label_text;
use crate::model::conventions::Conventions;
use crate::model::field::{FieldKind, prefix};
use crate::model::item::{Item, Role, Section};
use crate::normal::folded;

/// Shortest word that counts, in characters.
const SHORTEST: usize = 2;

/// Most fields of a mode with which notices are compared, and most words of a text.
const MOST_FIELDS: usize = 64;
const MOST_WORDS: usize = 200;

/// Most notices of a mode from which fields get the prefix of their value.
const MOST_PREFIXES: usize = 16;

/// How much of such a notice is read, in characters.
const LONGEST_NOTICE: usize = 2000;

/// Attaches the notices and references of a mode to its fields.
pub(super) fn attach(items: &mut [Item], conventions: &Conventions<'_>) {
    let strange = everywhere(items, conventions);
    let fields: Vec<Target> = items
        .iter()
        .filter(|item| is_target(item, conventions))
        .take(MOST_FIELDS)
        .map(|item| Target::of(item, &strange, conventions))
        .collect();
    if fields.is_empty() {
        return;
    }
    for item in items.iter_mut() {
        if item.setting.is_none() && item.attaches_to.is_none() {
            item.about = about(item, &fields, &strange, conventions);
        }
    }
}

/// Sets the prefix of an issued value from a notice, anywhere in the mode, that names the field
/// and states how its value starts.
pub(super) fn complete_prefixes(items: &mut [Item], conventions: &Conventions<'_>) {
    let nothing = BTreeSet::new();
    let all = items.iter().flat_map(Item::with_parts);
    let notices = all.filter(|item| item.setting.is_none());
    let said: Vec<(String, String)> = notices
        .map(Item::text)
        .map(|text| (prefix(&text, conventions), text))
        .filter(|(prefix, _)| !prefix.is_empty())
        .map(|(prefix, text)| (prefix, folded(&start_of(&text))))
        .take(MOST_PREFIXES)
        .collect();
    for field in items.iter_mut().filter_map(|item| item.setting.as_mut()) {
        if field.kind() != FieldKind::IssuedPublic || !field.prefix.is_empty() {
            continue;
        }
        let words = words(&label_text(&field.label), &nothing, conventions);
        let names = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
        if let Some((prefix, _)) = said.iter().find(|(_, text)| names(text)) {
            field.prefix.clone_from(prefix);
        }
    }
}

/// The start of a notice, in which every field is searched for.
fn start_of(notice: &str) -> String {
    notice.chars().take(LONGEST_NOTICE).collect()
}

/// A field that a notice can be about.
struct Target {
    span: crate::source::Span,
    role: Role,
    words: BTreeSet<String>,
    cases: BTreeSet<String>,
}

impl Target {
    fn of(item: &Item, strange: &BTreeSet<String>, conventions: &Conventions<'_>) -> Self {
        let label = label_text(&item.label);
        let setting = item.setting.as_ref();
        let said = setting.map_or(String::new(), |field| field.whole_text());
        Self {
            span: item.span,
            role: item.role,
            words: words(&format!("{label} {said}"), strange, conventions),
            cases: cases(&label, conventions),
        }
    }
}

fn is_target(item: &Item, conventions: &Conventions<'_>) -> bool {
    let takes_value = matches!(
        item.role,
        Role::EnterIssued | Role::EnterSecret | Role::Choose | Role::SetFixed | Role::LeaveBlank
    );
    takes_value && item.section == Section::Steps && !names_place(item, conventions)
}

/// Whether an item's label names a place in the console and not a value.
fn names_place(item: &Item, conventions: &Conventions<'_>) -> bool {
    let label = conventions.signals_in(&label_text(&item.label));
    label.has(Signal::PlaceLabel)
}

fn about(
    item: &Item,
    fields: &[Target],
    strange: &BTreeSet<String>,
    conventions: &Conventions<'_>,
) -> Option<crate::source::Span> {
    let evidence = item.evidence.first().map_or("", String::as_str);
    if evidence == "reference" {
        let issued = fields.iter().find(|field| field.role == Role::EnterIssued);
        return Some(issued.unwrap_or(&fields[0]).span);
    }
    let looks_up = item.trail.is_some() && {
        let title = conventions.signals_in(&item.heading);
        title.has(Signal::LookUp) && !title.has(Signal::OtherParty)
    };
    let text = item.text();
    let is_notice = matches!(
        evidence,
        "question"
            | "check-failure"
            | "caution"
            | "failure"
            | "barred"
            | "use"
            | "set-before"
            | "statement"
    ) && !item.title.is_empty()
        && item.section != Section::After;
    if !looks_up && !is_notice {
        return None;
    }
    let said = if looks_up {
        format!("{} {text}", item.heading)
    } else {
        text
    };
    let own = words(&said, strange, conventions);
    let cases = cases(&said, conventions);
    let best = fields.iter().rev().max_by_key(|field| {
        let shared = field.words.intersection(&own).count();
        (shared, field.cases.intersection(&cases).count())
    })?;
    let shares = best.words.intersection(&own).next().is_some();
    if shares {
        return Some(best.span);
    }
    let issued = fields.iter().find(|field| field.role == Role::EnterIssued);
    issued.filter(|_| looks_up).map(|field| field.span)
}

/// Words that identify no field: those in the values of labels that name a place.
fn everywhere(items: &[Item], conventions: &Conventions<'_>) -> BTreeSet<String> {
    let values = items.iter().filter_map(|item| {
        let field = item.setting.as_ref()?;
        names_place(item, conventions).then(|| field.text_line())
    });
    let values: Vec<String> = values.collect();
    words(&values.join(" "), &BTreeSet::new(), conventions)
}

fn cases(text: &str, conventions: &Conventions<'_>) -> BTreeSet<String> {
    let found = conventions
        .signal_matcher()
        .all(Signal::Case, text)
        .into_iter();
    found.map(|case| text[case].to_string()).collect()
}

/// The words of a text that count, in lower case and without particles.
fn words(
    text: &str,
    strange: &BTreeSet<String>,
    conventions: &Conventions<'_>,
) -> BTreeSet<String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric());
    let mut found = BTreeSet::new();
    for piece in pieces.flat_map(by_script).take(MOST_WORDS) {
        if conventions.signals_in(piece).has(Signal::Generic) {
            continue;
        }
        let word = conventions.without_particle(piece).to_lowercase();
        let ties = word.chars().count() >= SHORTEST
            && !strange.contains(&word)
            && word.chars().any(char::is_alphabetic);
        // Signals ignore case, so the same word need not be matched again.
        let is_same = word.eq_ignore_ascii_case(piece);
        if ties && (is_same || !conventions.signals_in(&word).has(Signal::Generic)) {
            found.insert(word);
        }
    }
    found
}

/// A word cut where its script changes: `MID인지` is `MID` and `인지`.
fn by_script(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_other = |c: char| c.is_ascii() != first.is_ascii();
        let (piece, behind) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}
