//! What goes into a field. A secret is a variant without a place for a value, a default or a choice,
//! so nothing that is made of a field can fill one in.
//!
//! What the guide says about a secret, such as where it is issued, is the field's text and the text
//! of its cases, and is shown as text only.

use crate::markdown::node::Inline;
use crate::markdown::text::label_text;
use crate::model::field::choice::{Case, Choice};
use crate::model::field::kind::{Evidence, FieldKind};

/// What goes into a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A secret, with the cases that the guide tells apart.
    Secret(Vec<Case>),
    /// Anything else.
    Open(OpenAnswer),
}

/// What goes into a field that takes no secret. Only [`Answer::new`] and [`Answer::credential`] make
/// one.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAnswer {
    /// Never [`FieldKind::IssuedSecret`].
    kind: FieldKind,
    /// The literal value; `None` where the guide gives none or several.
    value: Option<String>,
    /// Values to choose from.
    choices: Vec<Choice>,
}

impl Answer {
    /// The answer of a field of this kind, from the text after its label and from its choices. The
    /// values of a secret are dropped.
    pub(super) fn new(
        (kind, evidence): (FieldKind, &Evidence),
        text: &[Inline],
        choices: Vec<Choice>,
    ) -> Self {
        let value = match kind {
            FieldKind::IssuedSecret => {
                return Self::Secret(choices.into_iter().map(|choice| choice.case).collect());
            }
            FieldKind::Fixed => Some(label_text(text)),
            FieldKind::Choose => only_choice(&choices).map(|choice| choice.value.clone()),
            FieldKind::LeaveBlank | FieldKind::Unset => Some(evidence.word.clone()),
            FieldKind::IssuedPublic | FieldKind::FreeText | FieldKind::Optional => None,
        };
        Self::Open(OpenAnswer {
            kind,
            value,
            choices,
        })
    }

    /// The answer of a field that takes something issued, without choices.
    pub(super) fn credential(is_secret: bool) -> Self {
        match is_secret {
            true => Self::Secret(Vec::new()),
            false => Self::Open(OpenAnswer {
                kind: FieldKind::IssuedPublic,
                value: None,
                choices: Vec::new(),
            }),
        }
    }

    /// The kind of value.
    pub fn kind(&self) -> FieldKind {
        match self {
            Self::Secret(_) => FieldKind::IssuedSecret,
            Self::Open(answer) => answer.kind,
        }
    }

    /// The literal value to set; `None` for a secret and where the guide gives none or several.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Secret(_) => None,
            Self::Open(answer) => answer.value.as_deref(),
        }
    }

    /// Values to choose from; none for a secret.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Secret(_) => &[],
            Self::Open(answer) => &answer.choices,
        }
    }

    /// The only choice with a value; `None` when there are none or several.
    pub fn only_choice(&self) -> Option<&Choice> {
        only_choice(self.choices())
    }

    /// Every case, with its value; the value is empty where the guide gives none.
    pub fn cases(&self) -> impl Iterator<Item = (&Case, &str)> {
        let secret: &[Case] = match self {
            Self::Secret(cases) => cases,
            Self::Open(_) => &[],
        };
        let choices = self.choices().iter();
        let choices = choices.map(|choice| (&choice.case, choice.value.as_str()));
        choices.chain(secret.iter().map(|case| (case, "")))
    }
}

fn only_choice(choices: &[Choice]) -> Option<&Choice> {
    let mut valued = choices.iter().filter(|choice| !choice.value.is_empty());
    valued.next().filter(|_| valued.next().is_none())
}
