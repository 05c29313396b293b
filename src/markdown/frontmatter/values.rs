//! Keys and plain values as writers write them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

use crate::markdown::frontmatter::read::Read;
use crate::markdown::frontmatter::{DRAFT, KEYS, Seo};
use crate::nearness::nearest;
use crate::normal::visible;

impl Read {
    /// Reads a block, with the companies under `company_key`; an empty one has no keys.
    pub fn of(yaml: &str, company_key: Option<&str>) -> Result<Self, serde_yaml::Error> {
        let reader = serde_yaml::Deserializer::from_str(yaml);
        reader.deserialize_option(ReadVisitor { company_key })
    }
}

struct ReadVisitor<'k> {
    company_key: Option<&'k str>,
}

impl<'de> Visitor<'de> for ReadVisitor<'_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping of keys such as `title`")
    }

    fn visit_none<E>(self) -> Result<Read, E> {
        Ok(Read::default())
    }

    fn visit_unit<E>(self) -> Result<Read, E> {
        Ok(Read::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut read = Read::default();
        let mut seen: HashSet<String> = HashSet::new();
        while let Some(Scalar(key)) = map.next_key()? {
            let key = key.unwrap_or_default();
            if !seen.insert(key.clone()) {
                read.repeated.push(key.clone());
            }
            let frontmatter = &mut read.frontmatter;
            let mut list = |into: &mut Vec<String>, value: Values| {
                if value.has_null && !read.null_items.contains(&key) {
                    read.null_items.push(key.clone());
                }
                *into = value.items;
            };
            match key.as_str() {
                "title" => frontmatter.title = map.next_value::<Scalar>()?.0,
                "category" => frontmatter.category = map.next_value::<Scalar>()?.0,
                "datetime" => frontmatter.datetime = map.next_value::<Scalar>()?.0,
                "draft" => match map.next_value()? {
                    Switch::On => frontmatter.draft = true,
                    Switch::Off => frontmatter.draft = false,
                    Switch::Unclear => read.unclear_draft = Some(key.clone()),
                },
                "slug" => frontmatter.slug = map.next_value::<Scalar>()?.0,
                "lang" => frontmatter.lang = map.next_value::<Scalar>()?.0,
                "seo" => {
                    let SeoRead { seo, is_draft } =
                        map.next_value::<Option<SeoRead>>()?.unwrap_or_default();
                    frontmatter.seo = seo;
                    if is_draft {
                        read.unclear_draft = Some(key.clone());
                    }
                }
                "tags" => list(&mut frontmatter.tags, map.next_value()?),
                "searchTags" => list(&mut frontmatter.search_tags, map.next_value()?),
                // It is read with the procedures of the document.
                "procedure" => {
                    map.next_value::<IgnoredAny>()?;
                }
                "aliases" => list(&mut frontmatter.aliases, map.next_value()?),
                _ if self.company_key == Some(key.as_str()) => {
                    list(&mut frontmatter.companies, map.next_value()?);
                }
                _ => match map.next_value()? {
                    Switch::On | Switch::Unclear if may_mean_draft(&key) => {
                        read.unclear_draft = Some(key.clone());
                    }
                    _ => read.unknown.push(key.clone()),
                },
            }
        }
        Ok(read)
    }
}

/// The map below `seo`, and whether a key in it means that the document may be a draft.
#[derive(Default)]
struct SeoRead {
    seo: Seo,
    is_draft: bool,
}

impl<'de> Deserialize<'de> for SeoRead {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize, Default)]
        #[serde(default)]
        struct Fields {
            title: Scalar,
            description: Scalar,
            keywords: Values,
            #[serde(flatten)]
            others: BTreeMap<String, Switch>,
        }
        let fields = Fields::deserialize(deserializer)?;
        let mut others = fields.others.into_iter();
        Ok(Self {
            seo: Seo {
                title: fields.title.0,
                description: fields.description.0,
                keywords: fields.keywords.items,
            },
            is_draft: others.any(|(key, is_on)| may_mean_draft(&key) && is_on != Switch::Off),
        })
    }
}

/// Whether a key was probably meant to be `draft`: in another case or width, with something between
/// its letters, or with a slip.
fn may_mean_draft(key: &str) -> bool {
    let letters = |c: &char| c.is_alphanumeric();
    let key: String = visible(key)
        .to_lowercase()
        .chars()
        .filter(letters)
        .collect();
    key == DRAFT || nearest(&key, KEYS.into_iter()) == Some(DRAFT)
}

/// A value that turns something on or off, as it was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Switch {
    On,
    #[default]
    Off,
    /// Neither is surely meant.
    Unclear,
}

impl Switch {
    fn of_word(word: &str) -> Self {
        match word.trim().to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" => Self::On,
            "false" | "no" | "n" | "off" | "0" | "" => Self::Off,
            _ => Self::Unclear,
        }
    }
}

impl<'de> Deserialize<'de> for Switch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Self::Off,
            Value::Bool(true) => Self::On,
            Value::Bool(false) => Self::Off,
            Value::Number(number) => Self::of_word(&number.to_string()),
            Value::String(word) => Self::of_word(&word),
            Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => Self::Unclear,
        })
    }
}

/// Any plain value as trimmed text; null and blank are `None`.
#[derive(Default)]
pub(super) struct Scalar(pub Option<String>);

/// A list of plain values, or one of them alone; null and blank items are left out.
#[derive(Default)]
pub(super) struct Values {
    pub items: Vec<String>,
    pub has_null: bool,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asking for text keeps `012` and `1.10` as they are written; `Option` distinguishes null.
        let text = Option::<String>::deserialize(deserializer)?;
        let trimmed = text.map(|text| text.trim().to_string());
        Ok(Self(trimmed.filter(|text| !text.is_empty())))
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl ValuesVisitor {
    fn one(text: &str) -> Values {
        let text = text.trim();
        let items = if text.is_empty() {
            Vec::new()
        } else {
            vec![text.to_string()]
        };
        Values {
            items,
            has_null: false,
        }
    }
}

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of words")
    }

    fn visit_unit<E>(self) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_str<E>(self, text: &str) -> Result<Values, E> {
        Ok(Self::one(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Values, E> {
        Ok(Self::one(&value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Values, E> {
        Ok(Self::one(&value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Values, E> {
        Ok(Self::one(&value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Values, E> {
        Ok(Self::one(&value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Values, A::Error> {
        let mut values = Values::default();
        while let Some(Scalar(item)) = seq.next_element()? {
            match item {
                Some(item) => values.items.push(item),
                None => values.has_null = true,
            }
        }
        Ok(values)
    }
}
