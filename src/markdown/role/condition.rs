//! Conditions of components that are for some readers only. They are literals, so they are data:
//! nothing is decided by an expression.

use crate::literal::Value;
use crate::markdown::node::Attribute;
use crate::markdown::role::Resolved;
use crate::markdown::schema::variables::Variables;

/// What must hold for a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Name of what is compared, such as `sdk`.
    pub name: String,
    /// Values of which one must hold; empty for a name alone.
    pub values: Vec<String>,
    /// Whether none of them may.
    pub is_negated: bool,
}

impl Condition {
    /// Whether it holds; `None` where the project has chosen no value of this name.
    fn holds(&self, variables: &Variables) -> Option<bool> {
        let chosen = variables.get(&self.name)?;
        let is_met = match self.values.as_slice() {
            [] => !chosen.contains("false"),
            values => values.iter().any(|value| chosen.contains(value)),
        };
        Some(is_met != self.is_negated)
    }

    /// Reads `sdk="nextjs"`, `sdk={["a", "b"]}` or `notSdk="a"`.
    fn of(attribute: &Attribute) -> Self {
        let values = match &attribute.literal {
            Some(Value::List(values)) => values.iter().map(Value::text).collect(),
            Some(Value::Bool(value)) => vec![value.to_string()],
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Number(_)) | None => attribute.value.iter().cloned().collect(),
            Some(_) => Vec::new(),
        };
        let values = values.into_iter().map(|value| value.trim().to_string());
        let (name, is_negated) = match attribute.name.strip_prefix("not") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
                (rest[..1].to_lowercase() + &rest[1..], true)
            }
            _ => (attribute.name.clone(), false),
        };
        Self {
            name,
            values: values.filter(|value| !value.is_empty()).collect(),
            is_negated,
        }
    }
}

impl Resolved<'_> {
    /// The conditions of a part of a text, in source order.
    pub fn conditions(&self) -> Vec<Condition> {
        let named = self.entry.map_or(&[][..], |entry| &entry.attributes);
        let attributes = self.component.attributes.iter();
        attributes
            .filter(|attribute| named.is_empty() || named.contains(&attribute.name))
            .map(Condition::of)
            .collect()
    }

    /// Whether the project's choice of values leaves this part of a text out.
    pub(super) fn is_left_out(&self, variables: &Variables) -> bool {
        let conditions = self.conditions();
        conditions
            .iter()
            .any(|condition| condition.holds(variables) == Some(false))
    }

    /// Whether the project's choice of values decides about every condition.
    pub(super) fn is_decided(&self, variables: &Variables) -> bool {
        let conditions = self.conditions();
        let mut held = conditions
            .iter()
            .map(|condition| condition.holds(variables));
        !conditions.is_empty() && held.all(|holds| holds.is_some())
    }
}
