//! How documents are read: their dialect, which components exist, how their attributes are read, and
//! which key of the frontmatter is the project's own.
//!
//! The built-in components are in `presets/components.yaml` and are defined in the same way as a
//! user's own, which come from `components:` in `tickbook.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::markdown::frontmatter::FrontmatterKeys;
use crate::nearness::nearest;

/// How the value of an attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributeKind {
    /// Plain text, an icon for instance.
    Text,
    /// Inline Markdown.
    Inline,
    /// Block Markdown.
    Markdown,
    /// An address.
    Url,
    /// A whole number.
    Number,
}

/// One component.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentSchema {
    /// Attribute names and how they are read.
    #[serde(default)]
    pub attributes: BTreeMap<String, AttributeKind>,
    /// Whether Markdown may be between an opening and a closing tag.
    #[serde(default)]
    pub children: bool,
    /// What the component is to the model; `None` for one that only shows something.
    #[serde(default)]
    pub role: Option<Role>,
}

/// What a component is to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It warns or informs the reader.
    Notice,
}

/// Which syntax the documents of a project have besides Markdown and tags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Components in Markdown; braces and `import` lines are text.
    #[default]
    Help,
    /// MDX: expressions in braces, `import` and `export`, and no indented code. Nothing is run.
    Mdx,
    /// Markdown with elements of HTML; braces and `import` lines are text.
    Markdown,
}

/// The dialect, all components by name, and the key of the frontmatter that names companies.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "BTreeMap<String, ComponentSchema>")]
pub struct Schema {
    /// The dialect of the documents.
    pub dialect: Dialect,
    /// What the keys of their frontmatter mean.
    pub frontmatter: FrontmatterKeys,
    components: BTreeMap<String, ComponentSchema>,
    /// It is a convention of the project, not a component, so it is set by the configuration.
    company_key: Option<String>,
}

impl From<BTreeMap<String, ComponentSchema>> for Schema {
    fn from(components: BTreeMap<String, ComponentSchema>) -> Self {
        Self {
            components,
            ..Self::default()
        }
    }
}

impl Schema {
    /// The component `name`; `None` when nobody declared it.
    pub fn get(&self, name: &str) -> Option<&ComponentSchema> {
        self.components.get(name)
    }

    /// The key of the frontmatter whose values are the companies that a page is about; `None` where
    /// pages name none.
    pub fn company_key(&self) -> Option<&str> {
        self.company_key.as_deref()
    }

    /// Sets the key of the frontmatter that names companies.
    pub fn set_company_key(&mut self, key: Option<String>) {
        self.company_key = key;
    }

    /// Adds or replaces components.
    pub fn extend(&mut self, other: Schema) {
        self.components.extend(other.components);
    }

    /// Every name, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.components.keys().map(String::as_str)
    }

    /// How `attribute` of `component` is read; `None` when either is not declared.
    pub fn attribute(&self, component: &str, attribute: &str) -> Option<AttributeKind> {
        self.get(component)?.attributes.get(attribute).copied()
    }

    /// The declared name at edit distance 1 or 2 from `name`.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestion_only_within_two_edits() {
        let schema: Schema = serde_yaml::from_str("Callout: {}\nTag: {}").unwrap();
        assert_eq!(schema.nearest("Calout"), Some("Callout"));
        assert_eq!(schema.nearest("Table"), None);
        assert_eq!(schema.nearest("Callout"), None);
    }
}
