//! The kind of a field, and the evidence for it.

use serde::Serialize;

use crate::config::FieldConvention;
pub use crate::config::FieldKind;
use crate::config::secrets::SecretLabel;
use crate::model::field::choice::{Choice, is_literal};
use crate::normal::without_blanks;

/// Why a field is of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What was looked at: `configured`, `label`, `value`, `choices`, `shape` or `nothing`.
    pub by: &'static str,
    /// The word that decided; empty where no word did.
    pub word: String,
}

/// What an item says, as text.
pub(super) struct Said<'a> {
    pub label: String,
    pub value: String,
    pub choices: &'a [Choice],
}

/// The kind of a field. A secret is looked for before everything but a value that is to stay
/// blank: what looks secret and says nothing else is secret.
pub(super) fn kind(said: &Said<'_>, words: &FieldConvention) -> (FieldKind, Evidence) {
    let evidence = |by, word: &str| Evidence {
        by,
        word: word.to_string(),
    };
    let label = without_blanks(&said.label);
    let configured = words
        .kinds
        .iter()
        .find(|(configured, _)| without_blanks(configured) == label);
    if let Some((word, kind)) = configured {
        return (*kind, evidence("configured", word));
    }
    if let Some(word) = words.blank.find(&said.value) {
        return (FieldKind::LeaveBlank, evidence("value", word));
    }
    let offers = said
        .choices
        .iter()
        .filter(|choice| !choice.value.is_empty())
        .count();
    if offers > 0 {
        return (
            FieldKind::Choose,
            evidence("choices", &said.choices[0].value),
        );
    }
    if let Some(word) = secret_word(&said.label, words) {
        return (FieldKind::IssuedSecret, evidence("label", word));
    }
    let by_value = [
        (FieldKind::Optional, &words.optional),
        (FieldKind::FreeText, &words.free_text),
        (FieldKind::IssuedPublic, &words.issued),
    ];
    for (kind, words) in by_value {
        if let Some(word) = words.find(&said.value) {
            return (kind, evidence("value", word));
        }
    }
    if is_literal(&said.value) {
        return (FieldKind::Fixed, evidence("shape", ""));
    }
    match words.public.find(&said.label) {
        Some(word) => (FieldKind::IssuedPublic, evidence("label", word)),
        None => (FieldKind::FreeText, evidence("nothing", "")),
    }
}

/// The word that makes a label secret.
pub fn secret_word<'w>(label: &str, words: &'w FieldConvention) -> Option<&'w str> {
    words.secret_word(&SecretLabel::of(label))
}
