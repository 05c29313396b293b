//! What a project says about procedures in its own words: its components, its words, its ordered lists
//! and its variants.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::config::procedures::cue::Cue;
use crate::config::procedures::own_list::OwnList;
use crate::config::signals::Patterns;

/// What a component of the project is to procedures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnComponent {
    /// What is in it only looks like a procedure.
    Ignore,
    /// It is a procedure.
    Procedure(ProcedureComponent),
}

/// A component that is a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureComponent {
    /// Name of the components in it that are its steps.
    pub steps: String,
    /// The attribute with its title; without one, the heading above it is the title.
    #[serde(default)]
    pub title: Option<String>,
}

impl<'de> Deserialize<'de> for OwnComponent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OwnComponent;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`ignore`, or a map with `steps` and `title`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<OwnComponent, E> {
                match word {
                    "ignore" => Ok(OwnComponent::Ignore),
                    _ => Err(E::custom(format_args!(
                        "`{word}` is not `ignore`, or a map with `steps` and `title`"
                    ))),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OwnComponent, A::Error> {
                let read = ProcedureComponent::deserialize(MapAccessDeserializer::new(map))?;
                Ok(OwnComponent::Procedure(read))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// What makes an ordered list a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderedLists {
    /// Share of the items that must tell the reader to do something, from 0 to 1.
    pub instruct: f64,
    /// Fewest items.
    pub least: usize,
    /// Most items.
    pub most: usize,
}

impl Default for OrderedLists {
    fn default() -> Self {
        Self {
            instruct: 0.5,
            least: 2,
            most: 400,
        }
    }
}

/// Reads what makes an ordered list a procedure; `None` for `off`, which YAML may also read as
/// `false`.
pub(super) fn ordered_lists<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<OrderedLists>, D::Error> {
    struct Reader;
    impl<'de> Visitor<'de> for Reader {
        type Value = Option<OrderedLists>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("`off`, or a map with `instruct`, `least` and `most`")
        }

        fn visit_bool<E: Error>(self, is_on: bool) -> Result<Self::Value, E> {
            Ok(is_on.then(OrderedLists::default))
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
            match word {
                "off" => Ok(None),
                _ => Err(E::custom(format_args!(
                    "`{word}` is not `off`, or a map with `instruct`, `least` and `most`"
                ))),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            OrderedLists::deserialize(MapAccessDeserializer::new(map)).map(Some)
        }
    }
    deserializer.deserialize_any(Reader)
}

/// Words of a project.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnWords {
    /// Verbs by which a sentence that begins with one instructs.
    pub verbs: OwnList<Vec<String>>,
    /// Headings over what is needed before.
    pub prerequisites: OwnList<Patterns>,
    /// Headings over what is verified afterwards.
    pub verify: OwnList<Patterns>,
    /// Headings over what comes afterwards.
    pub next: OwnList<Patterns>,
    /// Headings of runbooks.
    pub runbook: RunbookWords,
}

/// Headings of a project's runbooks.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RunbookWords {
    /// Those over what a runbook is about.
    pub context: OwnList<Patterns>,
    /// Those over what to do.
    pub action: OwnList<Patterns>,
}

impl OwnWords {
    /// The patterns by what they show. A heading that the project names is one that no document but
    /// a runbook has.
    pub fn cues(&self) -> [(Cue, &OwnList<Patterns>); 6] {
        [
            (Cue::Prerequisites, &self.prerequisites),
            (Cue::Verify, &self.verify),
            (Cue::Next, &self.next),
            (Cue::RunbookContext, &self.runbook.context),
            (Cue::RunbookAction, &self.runbook.action),
            (Cue::RunbookProof, &self.runbook.action),
        ]
    }
}

/// A choice that a reader makes between tabs, such as the package manager.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnVariant {
    /// What is chosen, shown on a sheet; the key where there is none.
    #[serde(default)]
    pub title: Option<String>,
    /// Labels of the tabs; without any, the key is that by which tabs are synchronized.
    #[serde(default)]
    pub labels: Vec<String>,
    /// The label that is printed where none is chosen; without one, all are.
    #[serde(default)]
    pub default: Option<String>,
}
