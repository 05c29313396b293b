//! Parameters and properties.

use serde::Serialize;

use crate::error::Error;
use crate::literal::Value;
use crate::markdown::role::{Resolved, Text};
use crate::render::html::{Writer, escape};

/// A parameter or a property.
#[derive(Debug, Default, Serialize)]
pub(super) struct FieldData {
    /// Its name.
    pub name_html: String,
    /// What values it has; empty when nobody says so.
    pub type_html: String,
    /// Its value where none is given; empty when it has none.
    pub default_html: String,
    /// Whether it must be given.
    pub is_required: bool,
    /// Whether it should no longer be used.
    pub is_deprecated: bool,
    /// What it is for.
    pub text_html: String,
}

/// What is known of a field besides its name and its text.
#[derive(Debug, Default)]
pub(in crate::render) struct FieldFacts<'a> {
    /// What values it has.
    pub kind: Option<&'a str>,
    /// Its value where none is given.
    pub default: Option<&'a str>,
    /// Whether it must be given.
    pub is_required: bool,
}

/// The facts of a field.
pub(in crate::render) fn facts<'a>(resolved: &Resolved<'a>) -> FieldFacts<'a> {
    let first = |names: [&str; 3]| names.into_iter().find_map(|name| resolved.plain(name));
    FieldFacts {
        kind: first(["type", "t", "location"]),
        default: first(["default", "defaultValue", "initialValue"]),
        is_required: resolved.flag("required") && !resolved.flag("optional"),
    }
}

impl Writer<'_> {
    pub(super) fn field(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.role_data(resolved)?;
        let facts = facts(&resolved);
        let table = resolved.component().attribute("type");
        match table.and_then(|attribute| attribute.literal.as_ref()) {
            Some(Value::Map(entries)) => {
                data.fields = entries
                    .iter()
                    .map(|(name, value)| of_entry(name, value))
                    .collect();
            }
            _ => data.fields.push(FieldData {
                name_html: resolved
                    .title()
                    .map(Text::line)
                    .map(|name| escape(&name))
                    .unwrap_or_default(),
                type_html: escape(facts.kind.unwrap_or_default()),
                default_html: escape(facts.default.unwrap_or_default()),
                is_required: facts.is_required,
                is_deprecated: resolved.flag("deprecated"),
                text_html: String::new(),
            }),
        }
        self.render("components/Field.html", &data)
    }
}

/// A field that is an entry of a table of types.
fn of_entry(name: &str, value: &Value) -> FieldData {
    let text = |key| value.get(key).map(Value::text).unwrap_or_default();
    FieldData {
        name_html: escape(name),
        type_html: escape(&text("type")),
        default_html: escape(&text("default")),
        is_required: value.get("required") == Some(&Value::Bool(true)),
        is_deprecated: value.get("deprecated") == Some(&Value::Bool(true)),
        text_html: escape(&text("description")),
    }
}
