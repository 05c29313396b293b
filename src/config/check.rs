//! What the checker is told: levels of rules, and the facts that rules compare guides with.
//!
//! A fact that is absent turns off what depends on it: a project that names no console path has
//! no finding about one.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `check:` in `tickbook.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckConfig {
    /// Levels by rule name, where they differ from the rules' own.
    pub levels: BTreeMap<String, Level>,
    /// Facts about procedures.
    pub procedure: ProcedureFacts,
    /// Facts about links.
    pub links: LinkFacts,
    /// Facts about headings, lists and components.
    pub structure: StructureFacts,
    /// Facts about the language of the text.
    pub text: TextFacts,
    /// Facts about frontmatter and freshness.
    pub frontmatter: FrontmatterFacts,
}

/// How much a rule's findings matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Style; never in the default report's way.
    Info,
    /// Worth mending.
    Warning,
    /// A reader is misled.
    Error,
}

impl Level {
    /// The word in `tickbook.yaml` and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Facts about procedures.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProcedureFacts {
    /// Labels of the choice that names the mode.
    pub mode_fields: Vec<String>,
    /// Labels of the choice that names the provider.
    pub provider_fields: Vec<String>,
    /// Labels of the choice that names the module.
    pub module_fields: Vec<String>,
    /// The console's modules; empty when each is called as its scenario is.
    pub modules: Vec<String>,
    /// What joins the parts of a module's name; these differ without a difference in meaning.
    pub module_joins: Vec<String>,
    /// Words of a module's name that a scenario's heading may leave out, or the other way round.
    pub module_asides: Vec<String>,
    /// Keys of the modes that every scenario with modes has.
    pub required_modes: Vec<String>,
    /// What the labels of fields that every mode has start with.
    pub required_fields: Vec<String>,
    /// All values that a field takes, by its label.
    pub values: BTreeMap<String, Vec<String>>,
    /// Console paths as they are today, without the console itself; another path to the same last
    /// step is out of date.
    pub console_paths: Vec<String>,
    /// Words of notices that must be read before a step.
    pub cautions: Vec<String>,
    /// Words in front of a colon that make what follows a secret.
    pub secret_words: Vec<String>,
    /// Longest item of a checklist, in characters; 0 for any length.
    pub longest_item: usize,
}

/// Facts about links.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkFacts {}

/// Facts about headings, lists and components.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StructureFacts {}

/// Facts about the language of the text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextFacts {}

/// Facts about frontmatter and freshness.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontmatterFacts {}
