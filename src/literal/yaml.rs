//! YAML as literal values.

use serde_yaml::Value as Yaml;

use crate::literal::Value;

impl From<Yaml> for Value {
    /// What has a tag, such as `!!python/name:a.b`, names something of another program and is null.
    fn from(yaml: Yaml) -> Self {
        match yaml {
            Yaml::Null | Yaml::Tagged(_) => Self::Null,
            Yaml::Bool(is_on) => Self::Bool(is_on),
            Yaml::Number(number) => number.as_f64().map_or(Self::Null, Self::Number),
            Yaml::String(text) => Self::String(text),
            Yaml::Sequence(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Yaml::Mapping(entries) => {
                let entries = entries.into_iter();
                let entry = |(key, value)| (Self::from(key).text(), Self::from(value));
                Self::Map(entries.map(entry).collect())
            }
        }
    }
}
