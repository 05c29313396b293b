//! Conditions: whom a statement or a field is for.

use std::collections::BTreeSet;

use crate::config::hearing::Heard;
use crate::config::signals::Signal;
use crate::model::conventions::Conventions;
use crate::normal::folded;

/// A harm this near behind a condition says what happens otherwise, in characters.
const NEAR: usize = 25;

/// What everybody who reads a scenario has in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The guide's title and providers, without blanks.
    names: String,
    /// The cases that the scenario's title names.
    cases: BTreeSet<String>,
}

impl Scope {
    /// That of a scenario; `names` are the guide's title and providers.
    pub(super) fn new(names: &str, scenario: &str, conventions: &Conventions<'_>) -> Self {
        Self {
            names: folded(names),
            cases: cases(scenario, conventions),
        }
    }

    /// The cases in a text that only some readers have: neither the provider itself, nor all
    /// that the scenario is about.
    pub(super) fn own_cases(&self, text: &str, conventions: &Conventions<'_>) -> Option<String> {
        let mut found = cases(text, conventions);
        found.retain(|case| !self.names.contains(case.as_str()));
        if found.is_empty() || found == self.cases {
            return None;
        }
        Some(found.into_iter().collect::<Vec<_>>().join(" / "))
    }
}

/// The cases that a text names, without blanks.
fn cases(text: &str, conventions: &Conventions<'_>) -> BTreeSet<String> {
    let signals = conventions.signals();
    let found = signals.all(Signal::Case, text).into_iter();
    found.map(|case| folded(case.as_str().trim_end_matches('/'))).collect()
}

/// A condition in front of what a statement says.
pub(super) fn of_statement(
    text: &str,
    heard: Heard,
    scope: &Scope,
    conventions: &Conventions<'_>,
) -> Option<String> {
    let signals = conventions.signals();
    if heard.has(Signal::When)
        && let Some((clause, end)) = signals.group(Signal::When, text)
    {
        let behind: String = text[end..].chars().take(NEAR).collect();
        let behind = signals.hear(&behind);
        if !behind.has(Signal::Fails) && !behind.has(Signal::Bars) {
            return Some(cleaned(clause));
        }
    }
    let (topic, _) = signals.group(Signal::Topic, text)?;
    scope.own_cases(topic, conventions)?;
    Some(cleaned(topic))
}

/// The only condition that a field's value or a note names.
pub(super) fn only_when(texts: &[&str], conventions: &Conventions<'_>) -> Option<String> {
    let signals = conventions.signals();
    let clause = texts.iter().find_map(|text| {
        let (clause, _) = signals.group(Signal::OnlyWhen, text)?;
        Some(clause)
    })?;
    let inner = clause.split_once('(').map_or(clause, |(_, inner)| inner);
    Some(cleaned(inner))
}

/// A clause as the condition that it is: from the last start of a sentence or bracket in it, and
/// without the topic that it is said of.
fn cleaned(clause: &str) -> String {
    let start = clause.rfind(['.', '(', '!', '?']).map_or(0, |at| at + 1);
    clause[start..].trim_matches(|c: char| c.is_whitespace() || "()*,".contains(c)).to_string()
}
