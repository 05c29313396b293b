//! Keys and plain values as writers write them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::markdown::frontmatter::Seo;
use crate::markdown::frontmatter::read::Read;

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadVisitor)
    }
}

struct ReadVisitor;

impl<'de> Visitor<'de> for ReadVisitor {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping of keys such as `title`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut read = Read::default();
        let mut seen: Vec<String> = Vec::new();
        while let Some(Scalar(key)) = map.next_key()? {
            let key = key.unwrap_or_default();
            if seen.contains(&key) {
                read.repeated.push(key.clone());
            }
            let frontmatter = &mut read.frontmatter;
            let mut list = |name, into: &mut Vec<String>, value: Values| {
                if value.has_null {
                    read.null_items.push(name);
                }
                *into = value.items;
            };
            match key.as_str() {
                "title" => frontmatter.title = map.next_value::<Scalar>()?.0,
                "category" => frontmatter.category = map.next_value::<Scalar>()?.0,
                "datetime" => frontmatter.datetime = map.next_value::<Scalar>()?.0,
                "draft" => frontmatter.draft = map.next_value::<Scalar>()?.is_set(),
                "slug" => frontmatter.slug = map.next_value::<Scalar>()?.0,
                "seo" => frontmatter.seo = map.next_value::<Option<Seo>>()?.unwrap_or_default(),
                "tags" => list("tags", &mut frontmatter.tags, map.next_value()?),
                "pgCompanies" => list(
                    "pgCompanies",
                    &mut frontmatter.pg_companies,
                    map.next_value()?,
                ),
                "searchTags" => list(
                    "searchTags",
                    &mut frontmatter.search_tags,
                    map.next_value()?,
                ),
                "aliases" => list("aliases", &mut frontmatter.aliases, map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    read.unknown.push(key.clone());
                }
            }
            seen.push(key);
        }
        Ok(read)
    }
}

impl<'de> Deserialize<'de> for Seo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize, Default)]
        #[serde(default)]
        struct Fields {
            title: Scalar,
            description: Scalar,
            keywords: Values,
        }
        let fields = Fields::deserialize(deserializer)?;
        Ok(Self {
            title: fields.title.0,
            description: fields.description.0,
            keywords: fields.keywords.items,
        })
    }
}

/// Any plain value as trimmed text; null and blank are `None`.
#[derive(Default)]
pub(super) struct Scalar(pub Option<String>);

impl Scalar {
    /// Whether a switch is on. Only a word that surely means no turns it off: what is held back
    /// by a misspelt word is asked about, what is published by one is not.
    fn is_set(&self) -> bool {
        let no = ["false", "no", "off"];
        let word = self.0.as_ref().map(|text| text.to_lowercase());
        word.is_some_and(|word| !no.contains(&word.as_str()))
    }
}

/// A list of plain values, or one of them alone; null and blank items are left out.
#[derive(Default)]
pub(super) struct Values {
    pub items: Vec<String>,
    pub has_null: bool,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asking for text keeps `012` and `1.10` as they are written; `Option` tells null apart.
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
