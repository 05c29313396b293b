//! Conditions: to whom a statement or a field applies.

use std::collections::BTreeSet;

use crate::config::signal_matcher::SignalSet;
use crate::config::signals::Signal;
use crate::model::conventions::Conventions;
use crate::normal::folded;

/// How far after a condition, in characters, a harm is what happens if the condition is not met.
const NEAR: usize = 25;

/// What all readers of a scenario have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The guide's title and providers, without blanks.
    names: String,
    /// The cases in the scenario's title.
    cases: BTreeSet<String>,
}

impl Scope {
    /// The scope of a scenario; `names` are the guide's title and providers.
    pub(super) fn new(names: &str, scenario: &str, conventions: &Conventions<'_>) -> Self {
        Self {
            names: folded(names),
            cases: cases(scenario, conventions),
        }
    }

    /// The cases in a text that apply to some readers only, joined by ` / `; `None` if there are
    /// none besides the provider, or if they are those of the whole scenario.
    pub(super) fn own_cases(&self, text: &str, conventions: &Conventions<'_>) -> Option<String> {
        let mut found = cases(text, conventions);
        found.retain(|case| !self.names.contains(case.as_str()));
        if found.is_empty() || found == self.cases {
            return None;
        }
        Some(found.into_iter().collect::<Vec<_>>().join(" / "))
    }
}

/// The cases in a text, without blanks; of two that overlap, the first and longest.
fn cases(text: &str, conventions: &Conventions<'_>) -> BTreeSet<String> {
    let matcher = conventions.signal_matcher();
    let mut end = 0;
    let mut found = BTreeSet::new();
    for case in matcher.all(Signal::Case, text) {
        if case.start >= end {
            end = case.end;
            found.insert(folded(text[case].trim_end_matches('/')));
        }
    }
    found
}

/// The condition at the start of a statement; `None` when it applies to everybody.
pub(super) fn of_statement(
    text: &str,
    signals: SignalSet,
    scope: &Scope,
    conventions: &Conventions<'_>,
) -> Option<String> {
    if (signals.has(Signal::When) || signals.has(Signal::WhenOpens))
        && let Some((clause, end)) = clause(text, Signal::When, Signal::WhenOpens, conventions)
    {
        let behind: String = text[end..].chars().take(NEAR).collect();
        let behind = conventions.signals_in(&behind);
        if !behind.has(Signal::Fails) && !behind.has(Signal::Bars) {
            return Some(clause.to_string());
        }
    }
    let topic = conventions.signal_matcher().find(Signal::Topic, text)?;
    let topic = trimmed(before(text, topic.start, conventions));
    scope.own_cases(topic, conventions)?;
    Some(topic.to_string())
}

/// The condition in a field's value or note under which alone the field applies.
pub(super) fn only_when(texts: &[&str], conventions: &Conventions<'_>) -> Option<String> {
    let (ends, opens) = (Signal::OnlyWhen, Signal::OnlyWhenOpens);
    let mut clauses = texts
        .iter()
        .filter_map(|text| clause(text, ends, opens, conventions));
    clauses.next().map(|(clause, _)| clause.to_string())
}

/// The clause that the signal `ends` ends or `opens` begins, and the byte offset after it.
pub(super) fn clause<'t>(
    text: &'t str,
    ends: Signal,
    opens: Signal,
    conventions: &Conventions<'_>,
) -> Option<(&'t str, usize)> {
    let matcher = conventions.signal_matcher();
    if let Some(found) = matcher.find(ends, text) {
        let clause = trimmed(before(text, found.end, conventions));
        return Some((clause, found.end)).filter(|(clause, _)| !clause.is_empty());
    }
    let found = matcher.find(opens, text)?;
    let behind = &text[found.start..];
    let end = behind
        .find([',', '.', ':', ';', ')'])
        .unwrap_or(behind.len());
    Some((trimmed(&behind[..end]), found.start + end))
}

/// The text before `end` in its sentence or bracket, without a topic that only announces.
fn before<'t>(text: &'t str, end: usize, conventions: &Conventions<'_>) -> &'t str {
    let start = text[..end]
        .rfind(['.', '(', '!', '?'])
        .map_or(0, |at| at + 1);
    let clause = &text[start..end];
    let topics = conventions.signal_matcher().all(Signal::Announces, clause);
    let start = topics.last().map_or(0, |topic| topic.end);
    &clause[start..]
}

fn trimmed(clause: &str) -> &str {
    clause.trim_matches(|c: char| c.is_whitespace() || "()*,".contains(c))
}
