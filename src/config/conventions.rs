//! How documents are read as procedures.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::secrets::{AlwaysSecret, SecretLabel, SecretWords};
use crate::config::signal_convention::SignalConvention;
use crate::config::value::prefix;
use crate::config::words::WordList;

/// How documents are read as procedures.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conventions {
    /// Profiles of a scenario, in the order they are shown.
    pub modes: Vec<ModeConvention>,
    /// Headings inside a mode.
    pub sections: SectionConvention,
    /// Product versions a scenario may be limited to.
    pub versions: VersionConvention,
    /// The console path.
    pub path: PathConvention,
    /// What is set.
    pub fields: FieldConvention,
    /// Callouts.
    pub notices: NoticeConvention,
    /// Texts that promise a link.
    pub links: LinkConvention,
    /// What the words of a text show about it, by language or trade.
    pub signals: SignalConvention,
}

impl Conventions {
    /// The mode with this key.
    pub fn mode(&self, key: &str) -> Option<&ModeConvention> {
        self.modes.iter().find(|mode| mode.key == key)
    }
}

/// A profile such as test or live.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModeConvention {
    /// Stable name, used in ids and on the command line.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// Short word on the sheet, such as `LIVE`.
    #[serde(default)]
    pub label: String,
    /// Look of the sheet.
    #[serde(default)]
    pub tone: Tone,
    /// Texts of the headings that open it.
    pub headings: Vec<String>,
    /// Further names of it, as a console or a value gives them; key, label and title are some, too.
    #[serde(default)]
    pub names: Vec<String>,
    /// What happens in this mode, said beside its name.
    #[serde(default)]
    pub caution: String,
    /// What is verified at the end, when the guide does not say; empty for nothing.
    #[serde(default)]
    pub closing: String,
    /// Scenarios in which something else happens; the first that fits counts.
    #[serde(default)]
    pub scenarios: Vec<ScenarioConvention>,
}

/// What happens in a mode of scenarios of one kind.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScenarioConvention {
    /// Words of their titles.
    pub titles: WordList,
    /// Words of titles that are of another kind all the same.
    pub unless: WordList,
    /// What happens, said beside the mode's name.
    pub caution: String,
    /// What is verified at the end.
    pub closing: String,
}

impl ModeConvention {
    /// What happens in a scenario with this title, and what is verified at its end.
    pub fn words_for(&self, title: &str) -> (&str, &str) {
        let fits =
            |one: &&ScenarioConvention| one.titles.occurs_in(title) && !one.unless.occurs_in(title);
        match self.scenarios.iter().find(fits) {
            Some(own) => (&own.caution, &own.closing),
            None => (&self.caution, &self.closing),
        }
    }
}

/// Look of a mode's sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing real happens: dashed and hatched.
    Test,
    /// It counts: solid.
    Live,
    /// Neither.
    #[default]
    Neutral,
}

impl Tone {
    /// The word templates read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
            Self::Neutral => "neutral",
        }
    }
}

/// Headings inside a mode.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SectionConvention {
    /// Where in the console.
    pub path: Vec<String>,
    /// What to set there.
    pub fields: Vec<String>,
}

/// Product versions.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VersionConvention {
    /// Their names, oldest first.
    pub names: Vec<String>,
    /// Words of a line that says which versions a scenario is for.
    pub statement: WordList,
}

/// The console path.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PathConvention {
    /// What stands between its steps.
    pub separators: Vec<String>,
}

/// What is set, and how kinds of fields are told apart.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldConvention {
    /// Words that say what to do.
    pub actions: Vec<String>,
    /// Words in a value that is to be left blank.
    pub blank: WordList,
    /// Parts of a label that make it secret.
    pub secret: SecretWords,
    /// Whole words of a label that make it secret.
    pub secret_tokens: SecretWords,
    /// What makes a label secret beside these.
    #[serde(skip)]
    pub always_secret: AlwaysSecret,
    /// Words in a value that need not be set.
    pub optional: WordList,
    /// Words in a value that is free to choose.
    pub free_text: WordList,
    /// Words in a value that somebody issues.
    pub issued: WordList,
    /// Parts of a label that make it public.
    pub public: WordList,
    /// Regular expression whose first group is what an issued value starts with.
    #[serde(deserialize_with = "prefix")]
    pub prefix: String,
    /// Words in a value that must be set.
    pub required: WordList,
    /// Kinds by label, before any word is looked at.
    pub kinds: BTreeMap<String, FieldKind>,
}

impl FieldConvention {
    /// The word that makes a label secret.
    pub fn secret_word(&self, label: &SecretLabel) -> Option<&str> {
        let label = self.always_secret.without_public(label);
        let own = self.secret.find_in(&label);
        own.or_else(|| self.secret_tokens.find_among(&label))
            .or_else(|| self.always_secret.find(&label))
    }
}

/// Sort of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One literal value.
    Fixed,
    /// One of several, each with its condition.
    Choose,
    /// Issued to the merchant, not secret.
    IssuedPublic,
    /// Issued to the merchant and never written down.
    IssuedSecret,
    /// Free to choose.
    FreeText,
    /// To be left blank.
    LeaveBlank,
    /// Need not be set.
    Optional,
    /// To be set to none.
    Unset,
}

impl FieldKind {
    /// The word used in JSON, templates and `tickbook.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Choose => "choose",
            Self::IssuedPublic => "issued-public",
            Self::IssuedSecret => "issued-secret",
            Self::FreeText => "free-text",
            Self::LeaveBlank => "leave-blank",
            Self::Optional => "optional",
            Self::Unset => "unset",
        }
    }
}

/// How callouts become notices.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeConvention {
    /// Words in a title, by kind.
    pub titles: NoticeWords,
    /// Icons, by kind.
    pub icons: NoticeWords,
    /// Kind of a notice that nothing else decides.
    pub otherwise: NoticeKind,
}

/// Words by kind of notice; the strongest kind is looked at first.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeWords {
    /// Of warnings.
    pub warning: WordList,
    /// Of cautions.
    pub caution: WordList,
    /// Of tips.
    pub tip: WordList,
    /// Of notes.
    pub note: WordList,
}

/// Severity of a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Note,
    /// Makes it easier.
    Tip,
    /// Goes wrong otherwise.
    Caution,
    /// Does harm otherwise.
    Warning,
}

impl NoticeKind {
    /// The word templates read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Caution => "caution",
            Self::Warning => "warning",
        }
    }
}

/// Texts that promise a link.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkConvention {
    /// Ends of such texts.
    pub promises: Vec<String>,
}
