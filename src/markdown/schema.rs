//! How documents are read: their dialect, which components exist, how their attributes are read, and
//! which key of the frontmatter is the project's own.
//!
//! The built-in components are in `presets/components.yaml` and are defined in the same way as a
//! user's own, which come from `components:` in `tickbook.yaml`. A component that has no template of
//! its own has a role, which says what it is shown as.

pub mod choice;
mod declared;
pub mod role;
pub mod variables;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::markdown::frontmatter::FrontmatterKeys;
use crate::markdown::schema::choice::PanelChoices;
use crate::markdown::schema::declared::Declared;
use crate::markdown::schema::role::{ComponentRole, RoleSchema};
use crate::markdown::schema::variables::Variables;
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
    /// A title that opens its content.
    Details,
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

/// The attribute with the link of a component that has a template.
const LINK_ATTRIBUTE: &str = "url";

/// Tags that include the document of an attribute.
pub const INCLUDES: [&str; 2] = ["Include", "include"];

/// Key of `components:` that says what components are shown as that nobody declared.
const UNKNOWN: &str = "unknown";

/// Attributes of components without a template that are links, and those that are files to show.
const LINKS: [&str; 4] = ["href", "url", "to", "link"];
const FILES: [&str; 5] = ["src", "image", "img", "light", "srcLight"];

/// Attributes of images that are files as well; elsewhere they are no more than words.
const FILES_OF_IMAGES: [&str; 4] = ["dark", "srcDark", "lightSrc", "darkSrc"];

/// The dialect, all components by name, and the key of the frontmatter that names companies.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "BTreeMap<String, Declared>")]
pub struct Schema {
    /// The dialect of the documents.
    pub dialect: Dialect,
    /// What the keys of their frontmatter mean.
    pub frontmatter: FrontmatterKeys,
    /// It is a convention of the project, not a component, so it is set by the configuration.
    company_key: Option<String>,
    /// Components that have a template of their own.
    components: BTreeMap<String, ComponentSchema>,
    /// Components that are shown as what they are.
    roles: BTreeMap<String, RoleSchema>,
    /// Values of conditions that the project has chosen.
    pub variables: Variables,
    /// Panels of tabs that are chosen, without the others.
    pub panels: PanelChoices,
    /// What the others are shown as; `None` for the dialect's choice.
    unknown: Option<RoleSchema>,
}

impl From<BTreeMap<String, Declared>> for Schema {
    fn from(all: BTreeMap<String, Declared>) -> Self {
        let mut schema = Self::default();
        for (name, declared) in all {
            match declared {
                Declared::Template(component) => {
                    schema.components.insert(name, component);
                }
                Declared::Role(role) if name == UNKNOWN => schema.unknown = Some(role),
                Declared::Role(role) => {
                    schema.roles.insert(name, role);
                }
            }
        }
        schema
    }
}

impl Schema {
    /// The component `name`; `None` when nobody declared it, or it has a role and no template.
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

    /// The role of the components with this name; `None` when it has none.
    pub fn role(&self, name: &str) -> Option<&RoleSchema> {
        self.roles.get(name)
    }

    /// What components are shown as that nobody declared.
    pub fn unknown(&self) -> ComponentRole {
        match (&self.unknown, self.dialect) {
            (Some(unknown), _) => unknown.role,
            (None, Dialect::Help) => ComponentRole::Box,
            (None, Dialect::Mdx | Dialect::Markdown) => ComponentRole::Transparent,
        }
    }

    /// Whether a component may be hidden: by its name, or by what is chosen.
    pub fn hides(&self) -> bool {
        let is_hidden = |schema: &RoleSchema| schema.role == ComponentRole::Hidden;
        let mut all = self.roles.values().chain(&self.unknown);
        !self.variables.is_empty() || !self.panels.is_empty() || all.any(is_hidden)
    }

    /// Adds or replaces components.
    pub fn extend(&mut self, other: Schema) {
        self.components
            .retain(|name, _| !other.roles.contains_key(name));
        self.roles
            .retain(|name, _| !other.components.contains_key(name));
        self.components.extend(other.components);
        self.roles.extend(other.roles);
        self.unknown = other.unknown.or(self.unknown.take());
    }

    /// Every name, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.components.keys().map(String::as_str)
    }

    /// How `attribute` of `component` is read; `None` when either is not declared.
    pub fn attribute(&self, component: &str, attribute: &str) -> Option<AttributeKind> {
        if let Some(schema) = self.get(component) {
            return schema.attributes.get(attribute).copied();
        }
        // What it names is a part of the page, and no file to show.
        if INCLUDES.contains(&component) {
            return None;
        }
        let role = self.role(component).map(|schema| schema.role);
        let has_role = self.unknown() != ComponentRole::Box || role.is_some();
        let is_of_image =
            role == Some(ComponentRole::Image) && FILES_OF_IMAGES.contains(&attribute);
        let is_address = LINKS.contains(&attribute) || FILES.contains(&attribute) || is_of_image;
        (has_role && is_address).then_some(AttributeKind::Url)
    }

    /// Whether an address in `attribute` of `component` is that of a file to show, such as an
    /// image, and no link.
    pub fn is_shown(&self, component: &str, attribute: &str) -> bool {
        if self.get(component).is_some() {
            return attribute != LINK_ATTRIBUTE;
        }
        let role = self.role(component).map(|schema| schema.role);
        let is_frame = role == Some(ComponentRole::Video);
        !is_frame && !LINKS.contains(&attribute)
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
