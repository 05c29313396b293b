//! Configuration of the checker: levels of rules, and the facts that rules compare guides with.
//!
//! A fact that is absent turns off what depends on it: a project that names no console path has
//! no finding about one.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;
use serde::Deserialize;

use crate::config::words::WordList;

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
    /// Worth fixing.
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
    pub cautions: WordList,
    /// Words before a colon that make the text after it a secret.
    pub secret_words: Vec<String>,
    /// Longest item of a checklist, in characters; 0 for any length.
    pub longest_item: usize,
    /// Most steps of a procedure without parts; 0 for any number.
    pub longest_procedure: usize,
}

/// Facts about links.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkFacts {
    /// Texts of links that do not state where they lead.
    pub vague: Vec<String>,
}

/// Facts about headings, lists and components.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StructureFacts {
    /// Level of the first heading of a page.
    pub first_heading: Option<u8>,
}

/// Facts about the language of the text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextFacts {
    /// Particles whose form depends on the sound they follow.
    pub particles: Vec<ParticlePair>,
    /// Forms of particles in which no other word ends but those of `not_particles`.
    pub certain_particles: Vec<String>,
    /// Words, or their ends, that only look as if they ended in a particle.
    pub not_particles: Vec<String>,
    /// All that may follow a noun without a space, so that the noun is found.
    pub endings: Vec<String>,
    /// Names of Latin letters that end in a consonant.
    pub letters: BTreeMap<String, String>,
    /// Ends of clauses that a comma follows.
    pub clause_ends: Vec<String>,
    /// Ends of sentences that a period follows.
    pub sentence_ends: Vec<String>,
    /// The word for minutes; empty for none.
    pub minute: String,
    /// Words that are rightly said twice.
    pub doubles: Vec<String>,
    /// Misspelt pieces of words, with their right spelling.
    pub misspellings: BTreeMap<String, String>,
    /// Words that are spelt out letter by letter.
    pub acronyms: Vec<String>,
    /// Terms in their full spelling, spaces included, that are spelt in one way in a document.
    pub terms: Vec<String>,
    /// Words that are right although they are near a term.
    pub words: Vec<String>,
}

/// The two forms of a particle.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticlePair {
    /// After a final consonant.
    pub closed: String,
    /// After a vowel.
    pub open: String,
    /// Whether the final consonant rieul counts as a vowel.
    #[serde(default)]
    pub rieul_is_open: bool,
}

/// Facts about frontmatter and freshness.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontmatterFacts {
    /// After how many months without a new date a page is old; absent where dates are not kept.
    pub stale_page_months: Option<u32>,
    /// After how many days a commit shows that a date was not kept; `None` for the rule's own.
    pub date_lag_days: Option<u32>,
    /// After how many months a promise is old.
    pub stale_promise_months: Option<u32>,
    /// What a text says that promises something for later.
    pub promises: Vec<Pattern>,
    /// Former names, and the names that took their place.
    pub legacy_brands: BTreeMap<String, String>,
}

/// A regular expression that is known to be valid.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(Regex);

impl Pattern {
    /// Bytes of the first match.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.0.find(text).map(|found| found.range())
    }
}

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(pattern: String) -> Result<Self, regex::Error> {
        Regex::new(&pattern).map(Self)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}
