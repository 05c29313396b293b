//! `tickbook.yaml`: what a project says about itself, on top of a preset.
//!
//! A preset is a whole configuration that is embedded in the program. The project's file is laid
//! over it key by key: maps are merged, everything else is replaced. Unknown keys are an error
//! that names the key, for a misspelt key would otherwise be a setting that silently does nothing.

pub mod assets;
pub mod check;
mod conventions;
pub mod files;
pub mod languages;
mod located;
pub mod navigation;
mod preset;
pub mod print;
pub mod procedures;
pub mod search;
pub mod secrets;
pub mod sensitive;
mod signal_convention;
pub mod signal_matcher;
pub mod signals;
pub mod site;
pub mod tool;
mod valid;
pub mod value;
pub mod words;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_yaml::Value;

use crate::config::assets::AssetConfig;
use crate::config::check::CheckConfig;
pub use crate::config::conventions::{
    Conventions, FieldConvention, FieldKind, LinkConvention, ModeConvention, NoticeConvention,
    NoticeKind, NoticeWords, PathConvention, ScenarioConvention, SectionConvention, Tone,
    VersionConvention,
};
use crate::config::files::FileConvention;
use crate::config::languages::Languages;
use crate::config::located::with_line;
use crate::config::navigation::{FolderList, NavigationEntry};
pub use crate::config::preset::PRESETS;
use crate::config::preset::merge;
use crate::config::print::PrintConfig;
use crate::config::procedures::ProcedureConvention;
use crate::config::search::SearchConfig;
use crate::config::secrets::AlwaysSecret;
pub use crate::config::site::SiteConfig;
use crate::config::tool::ToolConvention;
use crate::config::valid::faults;
use crate::config::value::UtcOffset;
use crate::disk::read_text_within;
use crate::error::Error;
use crate::markdown::frontmatter::FrontmatterKeys;
use crate::markdown::schema::choice::PanelChoices;
use crate::markdown::schema::variables::Variables;
use crate::markdown::schema::{Dialect, Schema};
use crate::nearness::nearest;

/// Name of the configuration file in a project's root.
pub const CONFIG_FILE: &str = "tickbook.yaml";

/// Largest configuration file that is read, in bytes.
pub const MAX_CONFIG_BYTES: u64 = 1 << 20;

/// Preset of a project that names none.
pub const DEFAULT_PRESET: &str = "payment-channel";

/// A project's configuration with its preset laid under it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the preset.
    #[serde(default)]
    pub preset: Option<String>,
    /// Which syntax the documents have: `help`, `mdx` or `markdown`.
    #[serde(default)]
    pub dialect: Dialect,
    /// What the keys of the frontmatter mean; empty for the program's own.
    #[serde(default)]
    pub frontmatter: FrontmatterKeys,
    /// Which files of the content are pages.
    #[serde(default)]
    pub files: FileConvention,
    /// The navigation as a list; empty where files and folders decide.
    #[serde(default)]
    pub navigation: Vec<NavigationEntry>,
    /// What files in the content say about their folders, by the folder's path.
    #[serde(skip)]
    pub folder_lists: BTreeMap<String, FolderList>,
    /// Files of the tool whose site the content is from.
    #[serde(default)]
    pub tool: ToolConvention,
    /// Language of the interface: `ko` or `en`.
    pub lang: Language,
    /// Offset at which dates are shown, such as `+09:00`.
    pub utc_offset: UtcOffset,
    /// The site as a whole.
    #[serde(default)]
    pub site: SiteConfig,
    /// Folder of the documents, below the root.
    #[serde(default = "default_content")]
    pub content: String,
    /// Folder of the output, below the root.
    #[serde(default = "default_output")]
    pub output: String,
    /// Which of the other files of the content are published.
    #[serde(default)]
    pub assets: AssetConfig,
    /// How documents are read as procedures.
    #[serde(default)]
    pub conventions: Conventions,
    /// How procedures are found in documents of any make.
    #[serde(default)]
    pub procedures: ProcedureConvention,
    /// The printed sheet.
    #[serde(default)]
    pub checklist: ChecklistConfig,
    /// How sheets are printed as PDF.
    #[serde(default)]
    pub print: PrintConfig,
    /// Facts for the checker.
    #[serde(default)]
    pub check: CheckConfig,
    /// What the search knows of the language.
    #[serde(default)]
    pub search: SearchConfig,
    /// All components, the built-in ones included.
    #[serde(default)]
    pub components: Schema,
    /// The same for documents in Markdown among those in MDX.
    #[serde(skip)]
    pub markdown_components: Schema,
    /// The languages that documents may have.
    #[serde(skip, default = "Languages::load")]
    pub languages: Languages,
    /// Values of conditions, which decide what is for this site's readers.
    #[serde(default)]
    pub variables: Variables,
}

/// A language with string tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

impl Language {
    /// The language's tag, as in `lang="ko"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

/// The printed sheet.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChecklistConfig {
    /// Boxes at its head.
    pub case_fields: Vec<CaseField>,
    /// What a case is called on the screen, by the language of the page; what is absent has the
    /// word of the string tables.
    pub case_words: BTreeMap<Language, BTreeMap<CaseWord, String>>,
}

/// A word or sentence about a case: the part of a checklist's page where one is chosen and saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseWord {
    /// The heading, before the name of the case.
    Title,
    /// What cases are for.
    Hint,
    /// The label of the choice among them.
    Choice,
    /// The button that adds one.
    Add,
    /// One without a name, before its number.
    New,
    /// The button that removes one.
    Remove,
    /// The question before it is removed.
    RemoveAsk,
}

impl CaseWord {
    /// Its key in the string tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "case_title",
            Self::Hint => "case_hint",
            Self::Choice => "case_choice",
            Self::Add => "case_add",
            Self::New => "case_new",
            Self::Remove => "case_remove",
            Self::RemoveAsk => "case_remove_ask",
        }
    }
}

/// A box at the head of the sheet.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseField {
    /// Stable name.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// Whether a link that is shared may carry it.
    #[serde(default)]
    pub shared: bool,
}

impl Config {
    /// The configuration of a project without a file.
    pub fn defaults() -> Self {
        Self::read("", CONFIG_FILE).expect("the embedded presets are valid, a test reads them")
    }

    /// Reads `tickbook.yaml` in `root`; without one, the defaults.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read, is a link or is larger than
    /// [`MAX_CONFIG_BYTES`]; [`Error::Config`] when it is not valid.
    pub fn load(root: &Path) -> Result<Self, Error> {
        let file = root.join(CONFIG_FILE);
        match read_text_within(&file, MAX_CONFIG_BYTES) {
            Ok(text) => Self::read(&text, &file.display().to_string()),
            Err(error) if is_absent(&error) => Ok(Self::defaults()),
            Err(error) => Err(Error::io("read", &file, error)),
        }
    }

    /// Lays the configuration `text` over its preset; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Config`] when the text is not YAML, a key is unknown, a value has the wrong form,
    /// or settings contradict each other.
    pub fn read(text: &str, path: &str) -> Result<Self, Error> {
        let config = |reason: String| Error::Config {
            path: path.to_string(),
            reason,
        };
        let user: Value = serde_yaml::from_str(text).map_err(|error| config(error.to_string()))?;
        let read = Self::merged(text, user.clone()).map_err(config)?;
        let faults = faults(&read, &user);
        match faults.as_slice() {
            [] => Ok(read),
            faults => {
                let faults = faults.iter().map(|fault| with_line(text, fault));
                Err(config(faults.collect::<Vec<_>>().join("; ")))
            }
        }
    }

    /// The settings of a project over its preset; `user` is what `text` says.
    fn merged(text: &str, user: Value) -> Result<Self, String> {
        let fault = |error: serde_yaml::Error| with_line(text, &with_hint(&error.to_string()));
        // Read once on its own: the key that is not known has a line in the text only.
        let own = serde_yaml::from_str::<Option<Overlay>>(text).map_err(fault);
        if let Err(unknown) = own.as_ref().map_err(String::as_str)
            && unknown.contains(UNKNOWN_KEY)
        {
            return Err(unknown.to_string());
        }
        let mut merged = preset::common();
        let preset = preset::named(&user).map_err(|fault| with_line(text, &fault))?;
        let help = Value::from("help");
        let dialects = [user.get("dialect"), preset.get("dialect")];
        let dialect = dialects.into_iter().flatten().next().unwrap_or(&help);
        if *dialect != help {
            merge(&mut merged, preset::roles());
        }
        for layer in [preset, user] {
            forget_declared(&mut merged, &layer);
            merge(&mut merged, layer);
        }
        let read = located::read(merged, text).map_err(|fault| with_hint(&fault));
        let mut read: Self = read.and_then(|read| own.map(|_| read))?;
        let mut components = preset::components();
        components.extend(std::mem::take(&mut read.components));
        components.dialect = read.dialect;
        components.set_company_key(read.conventions.frontmatter.companies.clone());
        components.frontmatter.clone_from(&read.frontmatter);
        components.variables = read.variables.clone();
        read.markdown_components.clone_from(&components);
        read.markdown_components.dialect = Dialect::Markdown;
        read.components = components;
        read.add_secrets();
        Ok(read)
    }

    /// The same with more values of conditions, and with chosen panels of tabs.
    pub fn with_choices(&self, variables: Variables, panels: &PanelChoices) -> Self {
        let mut config = self.clone();
        config.variables.extend(variables);
        for schema in [&mut config.components, &mut config.markdown_components] {
            schema.variables.clone_from(&config.variables);
            schema.panels.clone_from(panels);
        }
        config
    }

    /// Adds what names a secret whatever the project says, for its own lists replace a preset's.
    fn add_secrets(&mut self) {
        let always = AlwaysSecret::load();
        let words = &mut self.check.procedure.secret_words;
        for word in always.literals() {
            if !words.contains(word) {
                words.push(word.clone());
            }
        }
        self.conventions.fields.always_secret = always;
    }
}

/// Takes out the components that a layer declares anew: it replaces each as a whole.
fn forget_declared(merged: &mut Value, layer: &Value) {
    let declared = layer.get("components").and_then(Value::as_mapping);
    let known = merged.get_mut("components").and_then(Value::as_mapping_mut);
    if let (Some(declared), Some(known)) = (declared, known) {
        known.retain(|name, _| !declared.contains_key(name));
    }
}

/// What the YAML reader says of a key that nothing has.
const UNKNOWN_KEY: &str = "unknown field";

/// Whether there is no file, or not even a folder for it.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// An error of the YAML reader, with the name that was probably meant where it lists the known
/// ones: "unknown field `langue`, expected one of `preset`, `lang`".
fn with_hint(error: &str) -> String {
    let hint = error.split_once(", expected").and_then(|(found, known)| {
        let unknown = found.rsplit('`').nth(1)?;
        let known = known.split('`').skip(1).step_by(2);
        found
            .contains("unknown ")
            .then(|| did_you_mean(unknown, known))
    });
    error.to_string() + &hint.unwrap_or_default()
}

fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = nearest(name, known);
    near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// The top-level keys of a project's file; a misspelt one is reported with its line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only the names of the keys are read here")]
struct Overlay {
    preset: Option<serde::de::IgnoredAny>,
    dialect: Option<Dialect>,
    frontmatter: Option<FrontmatterKeys>,
    files: Option<FileConvention>,
    navigation: Option<Vec<NavigationEntry>>,
    lang: Option<Language>,
    utc_offset: Option<UtcOffset>,
    site: Option<SiteConfig>,
    content: Option<String>,
    output: Option<String>,
    conventions: Option<Conventions>,
    procedures: Option<serde::de::IgnoredAny>,
    assets: Option<AssetConfig>,
    checklist: Option<ChecklistConfig>,
    print: Option<PrintConfig>,
    check: Option<CheckConfig>,
    search: Option<SearchConfig>,
    components: Option<Schema>,
    variables: Option<Variables>,
}

fn default_content() -> String {
    "content".to_string()
}

fn default_output() -> String {
    "dist".to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::schema::role::ComponentRole;

    fn check_error(text: &str, expected: &str) {
        let error = Config::read(text, "tickbook.yaml").unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn every_preset_is_valid() {
        for (name, _) in PRESETS {
            Config::read(&format!("preset: {name}"), "tickbook.yaml").unwrap();
        }
    }

    #[test]
    fn project_says_only_what_differs() {
        let config =
            Config::read("lang: en\nconventions:\n  path: {separators: ['/']}", "a").unwrap();
        assert_eq!(config.lang, Language::En);
        assert_eq!(config.conventions.path.separators, ["/"]);
        assert_eq!(config.conventions.modes.len(), 2);
    }

    #[test]
    fn own_components_stand_beside_the_built_in_ones() {
        let config = Config::read("components:\n  Steps:\n    children: true", "a").unwrap();
        assert!(
            config
                .components
                .get("Steps")
                .is_some_and(|steps| steps.children)
        );
        assert!(config.components.get("Callout").is_some());
    }

    #[test]
    fn roles_are_laid_under_presets_of_other_dialects_and_replaced_whole() {
        let role = |text: &str, name: &str| {
            let config = Config::read(text, "a").unwrap();
            config.components.role(name).map(|schema| schema.role)
        };
        assert_eq!(role("preset: mdx", "Aside"), Some(ComponentRole::Callout));
        assert_eq!(
            role("preset: none\ndialect: markdown", "note"),
            Some(ComponentRole::Callout)
        );
        assert_eq!(role("", "Aside"), None);
        let own = "preset: mdx\ncomponents:\n  Aside: hidden\n  Plan: {as: Card}\n  Steps: {children: true}";
        assert_eq!(role(own, "Aside"), Some(ComponentRole::Hidden));
        assert_eq!(role(own, "Plan"), Some(ComponentRole::Card));
        assert_eq!(role(own, "Steps"), None);
        let config = Config::read(own, "a").unwrap();
        assert!(config.components.get("Steps").is_some());
        assert!(config.components.get("Callout").is_none());
        check_error("components: {Plan: {as: Crad}}", "did you mean `Card`?");
        check_error("components: {Plan: {kind: tip}}", "need `as`");
        check_error("components: {Plan: {attributes: [a]}}", "without `as`");
        check_error(
            "components: {Plan: {as: When, attributes: {a: text}}}",
            "with `as`",
        );
        check_error("components: {Plan: 7}", "components.Plan");
        check_error("variables: {sdk: {a: b}}", "variables");
    }

    #[test]
    fn misspelt_keys_are_reported_with_what_was_meant() {
        check_error("langue: ko", "did you mean `lang`?");
        check_error("preset: non", "did you mean `none`?");
        check_error("check: {linkz: {}}", "did you mean `links`?");
        check_error("conventions: {mode: []}", "mode");
        check_error("check: {frontmatter: {promises: ['(']}}", "unclosed group");
        check_error("assets: {allowed: [CNAME]}", "allowed");
        check_error("preset: nobody", "preset: there is no `nobody`");
    }

    #[test]
    fn values_of_the_wrong_form_are_reported_with_their_line() {
        let check = |text: &str, expected: &str| {
            check_error(&format!("lang: en\n{text}"), expected);
            check_error(&format!("lang: en\n{text}"), "line 2");
        };
        check("utc_offset: Seoul", "write it as `+09:00`");
        check(
            "site: {url: help.example.com}",
            "`help.example.com` is not the address",
        );
        check(
            "site: {own_urls: ['javascript:a']}",
            "`javascript:a` is not",
        );
        check("conventions: {fields: {prefix: '('}}", "unclosed group");
        check("conventions: {fields: {prefix: 'abc'}}", "no group");
        check(
            "conventions: {modes: [{key: a, titel: b}]}",
            "did you mean `title`?",
        );
        check("check: {frontmatter: {promises: ['(']}}", "unclosed group");
    }

    #[test]
    fn settings_that_contradict_each_other_are_reported_with_their_key() {
        let mode =
            |key: &str, heading: &str| format!("{{key: {key}, title: a, headings: ['{heading}']}}");
        let check = |modes: [String; 2], expected: &str| {
            let modes = modes.join(", ");
            check_error(&format!("conventions: {{modes: [{modes}]}}"), expected);
        };
        check(
            [mode("a", "x"), mode("a", "y")],
            "conventions.modes[1].key: `a` is there twice",
        );
        check([mode("a", "x"), mode("b", "x")], "`x` is there twice");
        check(
            [mode("a", "x"), mode("b", "")],
            "conventions.modes[1].headings[0]: it is empty",
        );
        check(
            [mode("a", "x"), mode("../b", "y")],
            "`../b` is not a valid key",
        );
        check_error("content: ''", "content: it is empty");
        for (output, expected) in [
            ("''", "output: it is empty"),
            ("' '", "output: it is empty"),
            (".", "output: `.` contains the project"),
            ("dist/..", "output: `dist/..` contains the project"),
            ("..", "output: `..` contains the project"),
            ("../..", "output: `../..` contains the project"),
            ("content", "output: `content` and the content folder"),
            ("./content/dist", "output: `./content/dist` and the content"),
            (
                ".git/site",
                "output: `.git/site` is inside git's own folder",
            ),
        ] {
            check_error(&format!("output: {output}"), expected);
        }
        check_error("content: .", "output: `dist` and the content folder");
        check_error(
            "content: ./dist/text",
            "output: `dist` and the content folder",
        );
        for output in ["site", "../site", "content-2", "/srv/site", "a/../dist"] {
            Config::read(&format!("output: {output}"), "tickbook.yaml").unwrap();
        }
        for list in ["allow", "hosting"] {
            check_error(&format!("assets: {{{list}: ['']}}"), "[0]: it is empty");
            for pattern in ["../x", "a/../b", ".", "a//b", "//a", "a/", "/", "a\\b"] {
                let expected = format!("assets.{list}[0]: `{pattern}` fits no file");
                check_error(&format!("assets: {{{list}: ['{pattern}']}}"), &expected);
            }
        }
        let allowed = "assets: {allow: [CNAME, /CNAME, 'a/**.php', '*.php?']}";
        Config::read(allowed, "tickbook.yaml").unwrap();
        check_error(
            "check: {procedure: {required_modes: [tset]}}",
            "did you mean `test`?",
        );
        // A project that names modes of its own owes nothing to those of the preset.
        let own = "conventions: {modes: [{key: a, title: a, headings: [x]}]}";
        Config::read(own, "tickbook.yaml").unwrap();
        check_error(
            "check: {procedure: {values: {a: []}}}",
            "values.a: the field has no values",
        );
        check_error(
            "check: {structure: {first_heading: 7}}",
            "`7` is not a heading level",
        );
        check_error(
            "checklist: {case_words: {en: {titel: Site}}}",
            "unknown variant `titel`",
        );
        check_error(
            "checklist: {case_fields: [{key: 'a b', label: c}]}",
            "`a b` is not a valid key",
        );
        check_error("conventions: {path: {separators: [' ']}}", "separators[0]");
        check_error("components: {lower: {}}", "components.lower");
    }

    #[test]
    fn a_box_for_a_secret_is_refused() {
        let check = |key: &str, label: &str, preset: &str| {
            let text = format!(
                "preset: {preset}\nchecklist: {{case_fields: [{{key: {key}, label: {label}}}]}}"
            );
            check_error(&text, &format!("`{label}` names a secret"));
        };
        check("secret", "고객사", "none");
        check("code", "비번", "none");
        check("code", "ＡＰＩ Ｋｅｙ", "payment-channel");
    }
}
