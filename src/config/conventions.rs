//! The section `conventions` of the configuration: how documents are read as procedures.

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
    /// Keys of the frontmatter.
    pub frontmatter: FrontmatterConvention,
    /// Headings inside a mode.
    pub sections: SectionConvention,
    /// Product versions to which a scenario can be limited.
    pub versions: VersionConvention,
    /// The console path.
    pub path: PathConvention,
    /// Fields and their kinds.
    pub fields: FieldConvention,
    /// Callouts.
    pub notices: NoticeConvention,
    /// Texts that promise a link.
    pub links: LinkConvention,
    /// Patterns of signals, by language or trade.
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
    /// Further names of it, as used by a console or in values, besides key, label and title.
    #[serde(default)]
    pub names: Vec<String>,
    /// What happens in this mode, shown beside its name.
    #[serde(default)]
    pub caution: String,
    /// What to verify at the end, used when the guide does not state it; may be empty.
    #[serde(default)]
    pub closing: String,
    /// Other texts for some scenarios; the first that matches is used.
    #[serde(default)]
    pub scenarios: Vec<ScenarioConvention>,
}

/// The texts of a mode in scenarios of one kind.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScenarioConvention {
    /// Words in the titles of these scenarios.
    pub titles: WordList,
    /// Words in titles that are of another kind nevertheless.
    pub unless: WordList,
    /// What happens, shown beside the mode's name.
    pub caution: String,
    /// What to verify at the end; may be empty.
    pub closing: String,
}

impl ModeConvention {
    /// `caution` and `closing` for a scenario with this title.
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
    /// It has real effects: solid.
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

/// Keys of the frontmatter that are a trade's or a project's own.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontmatterConvention {
    /// Its values are the companies that a page is about; `None` where pages name none.
    pub companies: Option<String>,
}

/// Headings inside a mode.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SectionConvention {
    /// Of the section with the path through the console.
    pub path: Vec<String>,
    /// Of the section with the fields.
    pub fields: Vec<String>,
}

/// Product versions.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VersionConvention {
    /// Their names, oldest first.
    pub names: Vec<String>,
    /// Words of a line that states which versions a scenario applies to.
    pub statement: WordList,
}

/// The console path.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PathConvention {
    /// Separators between its steps.
    pub separators: Vec<String>,
}

/// How fields are read, and the words that decide their kinds.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldConvention {
    /// Words for actions, such as a click.
    pub actions: Vec<String>,
    /// Words in a value that stays blank.
    pub blank: WordList,
    /// Parts of a label that make it secret.
    pub secret: SecretWords,
    /// Whole words of a label that make it secret.
    pub secret_tokens: SecretWords,
    /// Built-in words that make a label secret, besides these.
    #[serde(skip)]
    pub always_secret: AlwaysSecret,
    /// Words in a value that may be omitted.
    pub optional: WordList,
    /// Words in a value that can be chosen freely.
    pub free_text: WordList,
    /// Words in a value that somebody else issues.
    pub issued: WordList,
    /// Parts of a label that make it public.
    pub public: WordList,
    /// Regular expression whose first group is what an issued value starts with.
    #[serde(deserialize_with = "prefix")]
    pub prefix: String,
    /// Words in a value that must be set.
    pub required: WordList,
    /// Kinds by label, which take precedence over all words.
    pub kinds: BTreeMap<String, FieldKind>,
}

impl FieldConvention {
    /// The word that makes a label secret; `None` for other labels.
    pub fn secret_word(&self, label: &SecretLabel) -> Option<&str> {
        if let Some((rest, ending)) = self.always_secret.named(label)
            && !self.secret.has_ending(ending)
            && !self.secret_tokens.has_ending(ending)
        {
            return self.secret_word(&rest);
        }
        let label = self.always_secret.without_public(label);
        let own = self.secret.find_in(&label);
        own.or_else(|| self.secret_tokens.find_among(&label))
            .or_else(|| self.always_secret.find(&label))
    }
}

/// The kind of value that a field takes.
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
    /// Any value.
    FreeText,
    /// Stays blank.
    LeaveBlank,
    /// May be omitted.
    Optional,
    /// Is set to none.
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
    /// Kind of a notice with none of these words or icons.
    pub otherwise: NoticeKind,
}

/// Words by kind of notice; the strongest kind that matches is used.
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
    /// Makes something easier.
    Tip,
    /// Something fails otherwise.
    Caution,
    /// Something is harmed otherwise.
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

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::config::secrets::SecretLabel;

    fn word_in(preset: &str, label: &str) -> Option<String> {
        let config = Config::read(preset, "a").unwrap();
        let fields = &config.conventions.fields;
        fields
            .secret_word(&SecretLabel::of(label))
            .map(str::to_string)
    }

    fn secret_word(label: &str) -> Option<String> {
        word_in("preset: mdx", label)
    }

    #[test]
    fn name_of_a_secret_is_none() {
        for label in [
            "Token name",
            "Token Name:",
            "API key name",
            "api_key_name",
            "Access token name",
            "Key name",
            "Access Key ID",
            "Secret name",
            "토큰 이름",
            "API 키 이름",
            "키 ID",
        ] {
            assert_eq!(secret_word(label), None, "{label}");
        }
    }

    #[test]
    fn what_may_be_a_secret_beside_its_name_stays_one() {
        for label in [
            "Token",
            "Name token",
            "ID token",
            "Password for the account name",
            "Password name",
            "Password and token name",
            "Token name and token",
            "Token for the name",
            "Token name / token ID",
            "Client secret key name",
            "Secret ID",
            "Secret key ID",
            "PIN ID",
            "Token n\u{430}me",
            "비밀번호 이름",
        ] {
            assert!(secret_word(label).is_some(), "{label}");
        }
    }

    #[test]
    fn word_of_a_project_makes_a_name_secret() {
        let own = "preset: mdx\nconventions: { fields: { secret: [token name] } }";
        assert!(word_in(own, "Token name").is_some());
        assert!(word_in("preset: payment-channel", "Token name").is_none());
    }
}
