//! What a project declares of a component in `components:`.
//!
//! ```yaml
//! Plan: { attributes: { name: inline }, children: true }   # it has a template of its own
//! Aside: { as: Callout, kind: type }                       # it is shown as a callout
//! SourceNote: hidden                                       # the same, with nothing but the role
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::markdown::schema::role::{ComponentRole, RoleSchema};
use crate::markdown::schema::{AttributeKind, ComponentSchema, Role};

/// A component with a template of its own, or one with a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Declared {
    /// It has a template.
    Template(ComponentSchema),
    /// It is shown as what it is.
    Role(RoleSchema),
}

/// A component as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    attributes: Names,
    #[serde(default)]
    children: bool,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default, rename = "as")]
    shown_as: Option<ComponentRole>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    href: Option<String>,
}

impl Written {
    fn declared(self) -> Result<Declared, &'static str> {
        match (self.shown_as, self.attributes) {
            (Some(role), Names::List(attributes)) => Ok(Declared::Role(RoleSchema {
                role,
                kind: self.kind,
                title: self.title,
                href: self.href,
                attributes,
            })),
            (Some(role), Names::Map(attributes)) if attributes.is_empty() => {
                Ok(Declared::Role(RoleSchema {
                    kind: self.kind,
                    title: self.title,
                    href: self.href,
                    ..RoleSchema::new(role)
                }))
            }
            (Some(_), Names::Map(_)) => {
                Err("with `as`, `attributes` is a list of the names that are conditions")
            }
            (None, Names::List(_)) => Err("without `as`, `attributes` is a map of names to kinds"),
            (None, Names::Map(_))
                if self.kind.is_some() || self.title.is_some() || self.href.is_some() =>
            {
                Err("`kind`, `title` and `href` need `as`: what the component is shown as")
            }
            (None, Names::Map(attributes)) => Ok(Declared::Template(ComponentSchema {
                attributes,
                children: self.children,
                role: self.role,
            })),
        }
    }
}

impl<'de> Deserialize<'de> for Declared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Declared;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a role, or a map that declares a component")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Declared, E> {
                let role = ComponentRole::deserialize(StrDeserializer::new(name))?;
                Ok(Declared::Role(RoleSchema::new(role)))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Declared, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                written.declared().map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Names of attributes: with how each is read, or as a list.
enum Names {
    Map(BTreeMap<String, AttributeKind>),
    List(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Map(BTreeMap::new())
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Names;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a map of names to kinds, or a list of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Names, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Names::Map)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Names, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Names::List)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
