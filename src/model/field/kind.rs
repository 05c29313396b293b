//! The kind of a field, and the evidence for it.

use serde::Serialize;

use crate::config::FieldConvention;
pub use crate::config::FieldKind;
use crate::config::secrets::SecretLabel;
use crate::config::signal_matcher::SignalSet;
use crate::config::signals::Signal;
use crate::model::conventions::Conventions;
use crate::model::field::choice::{Choice, is_literal};
use crate::normal::{folded, without_blanks};

/// What decided the kind of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What decided: `configured`, `label`, `value`, `choices`, `purpose`, `shape` or `nothing`.
    pub by: &'static str,
    /// The word that decided; empty when no word did.
    pub word: String,
}

/// Shortest code, and shortest code of letters alone, in characters.
const SHORTEST_TOKEN: usize = 4;
const SURE_TOKEN: usize = 6;

/// The parts of a field's item, as text.
pub(super) struct FieldText<'a> {
    pub label: String,
    /// The word that makes the label secret; `None` for other labels.
    pub secret: Option<&'a str>,
    pub value: String,
    pub choices: &'a [Choice],
    /// Whether the item states where the value is found.
    pub has_trail: bool,
}

/// The kind of a field: the first signal found decides.
///
/// The value of a field that stays blank, or is set to none, states this. A value in the guide is
/// what to set even where the label names a secret, because it is a test key that everybody has;
/// any other field whose label names a secret is one, whatever else its item contains.
pub(super) fn kind(text: &FieldText<'_>, conventions: &Conventions<'_>) -> (FieldKind, Evidence) {
    let words = &conventions.words.fields;
    let evidence = |by, word: &str| Evidence {
        by,
        word: word.to_string(),
    };
    let label = without_blanks(&text.label);
    let configured = words
        .kinds
        .iter()
        .find(|(configured, _)| without_blanks(configured) == label);
    if let Some((word, kind)) = configured {
        return (*kind, evidence("configured", word));
    }
    let value = conventions.signals_in(&text.value);
    let folded = folded(&text.value);
    let matcher = conventions.signal_matcher();
    let found = |signal| {
        let found = matcher.find(signal, &text.value)?;
        Some(text.value[found].to_string())
    };
    if let Some(word) = words.blank.find_folded(&folded) {
        return (FieldKind::LeaveBlank, evidence("value", word));
    }
    if value.has(Signal::Blank) {
        let word = found(Signal::Blank).unwrap_or_default();
        return (FieldKind::LeaveBlank, evidence("value", &word));
    }
    let unset = found(Signal::Unset).filter(|word| value.has(Signal::Order) || *word == text.value);
    if let Some(word) = unset {
        return (FieldKind::Unset, evidence("value", &word));
    }
    let offers = text
        .choices
        .iter()
        .filter(|choice| !choice.value.is_empty())
        .count();
    if offers > 0 {
        return (
            FieldKind::Choose,
            evidence("choices", &text.choices[0].value),
        );
    }
    if is_token(&text.value) {
        return (FieldKind::Fixed, evidence("shape", ""));
    }
    if let Some(word) = text.secret {
        return (FieldKind::IssuedSecret, evidence("label", word));
    }
    by_value(text, &folded, value, conventions)
}

/// The kind of a field that is no secret and whose value is no code; `folded` is its value,
/// folded to be compared with lists of words.
fn by_value(
    text: &FieldText<'_>,
    folded: &str,
    value: SignalSet,
    conventions: &Conventions<'_>,
) -> (FieldKind, Evidence) {
    let words = &conventions.words.fields;
    let evidence = |by, word: &str| Evidence {
        by,
        word: word.to_string(),
    };
    let orders = value.has(Signal::Order);
    let by_value = [
        (FieldKind::Optional, &words.optional, Signal::Optional),
        (FieldKind::FreeText, &words.free_text, Signal::Free),
    ];
    for (kind, words, signal) in by_value {
        if let Some(word) = words.find_folded(folded) {
            return (kind, evidence("value", word));
        }
        if value.has(signal) {
            return (kind, evidence("value", ""));
        }
    }
    let label = conventions.signals_in(&text.label);
    if label.has(Signal::Optional) {
        return (FieldKind::Optional, evidence("label", ""));
    }
    if value.has(Signal::Purpose) && !orders {
        return (FieldKind::Optional, evidence("purpose", ""));
    }
    if let Some(word) = words.issued.find_folded(folded) {
        return (FieldKind::IssuedPublic, evidence("value", word));
    }
    if text.has_trail || value.has(Signal::Typed) {
        return (FieldKind::IssuedPublic, evidence("value", ""));
    }
    if value.has(Signal::Issued) {
        return (FieldKind::IssuedPublic, evidence("value", ""));
    }
    if is_literal(&text.value) && !says_something(&text.value, value) {
        return (FieldKind::Fixed, evidence("shape", ""));
    }
    match words.public.find(&text.label) {
        Some(word) => (FieldKind::IssuedPublic, evidence("label", word)),
        None if label.has(Signal::Identity) => (FieldKind::IssuedPublic, evidence("label", "")),
        None => (FieldKind::FreeText, evidence("nothing", "")),
    }
}

/// Whether a text is a sentence, which is never a value.
fn says_something(text: &str, signals: SignalSet) -> bool {
    let has_words = text.split_whitespace().nth(2).is_some();
    signals.has(Signal::Order)
        || signals.has(Signal::Ability)
        || (signals.has(Signal::SentenceEnd) && has_words)
}

/// Whether a text is a code that can be typed as it is: one word of Latin letters and digits, of
/// at least [`SHORTEST_TOKEN`] characters, or [`SURE_TOKEN`] without a digit.
fn is_token(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.+/=".contains(c);
    let length = text.len();
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(is_part)
        && length >= SHORTEST_TOKEN
        && (length >= SURE_TOKEN || text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The word that makes a label secret; `None` for other labels.
pub fn secret_word<'w>(label: &str, words: &'w FieldConvention) -> Option<&'w str> {
    words.secret_word(&SecretLabel::of(label))
}
