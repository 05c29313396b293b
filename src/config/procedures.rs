//! How procedures are found in documents of any make: which forms, which components, which words.

pub mod cue;
pub mod form;
pub mod own;
mod own_list;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::config::assets::is_match;
pub use crate::config::procedures::cue::Cue;
pub use crate::config::procedures::form::Form;
use crate::config::procedures::own::{
    OrderedLists, OwnComponent, OwnVariant, OwnWords, ordered_lists,
};
use crate::config::procedures::words::{LanguageWords, Vocabulary};
use crate::markdown::schema::role::ComponentRole;

/// How procedures are found.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProcedureConvention {
    /// The forms that are looked for.
    pub forms: Vec<Form>,
    /// Another name of `forms`, which counts where it is there.
    pub presets: Option<Vec<Form>>,
    /// Patterns of the paths of documents that are looked at; all where there is none.
    pub include: Vec<String>,
    /// Patterns of the paths of documents that are not.
    pub exclude: Vec<String>,
    /// The project's own components.
    pub components: BTreeMap<String, OwnComponent>,
    /// Components around what only looks like a procedure, such as a quiz.
    pub ignored_components: Vec<String>,
    /// Names of files and folders that contain no procedures of ordered lists, such as a
    /// changelog. A `*` matches anything.
    pub unlikely_files: Vec<String>,
    /// Keys of the frontmatter, and attributes of components, with what is needed before.
    pub prerequisite_keys: Vec<String>,
    /// Names of callouts that are no notices, such as quotes.
    pub plain_callouts: Vec<String>,
    /// Beginnings of placeholder text, in lower case.
    pub filler: Vec<String>,
    /// Signs that begin a notice in a quote.
    pub notice_signs: Vec<String>,
    /// Those of them that warn of a danger.
    pub danger_signs: Vec<String>,
    /// What is between the menus of a path through a console: `Settings > Keys`.
    pub path_separators: Vec<String>,
    /// Languages of code in which a name in angle brackets is a value to fill in.
    pub command_languages: Vec<String>,
    /// Those of them whose code is run, and never output.
    pub shells: Vec<String>,
    /// What programs write in angle brackets for something that is not there, in lower case.
    pub output_words: Vec<String>,
    /// Names of the elements of HTML.
    pub elements: Vec<String>,
    /// What makes an ordered list a procedure; `None` where none is one.
    #[serde(deserialize_with = "ordered_lists")]
    pub ordered_lists: Option<OrderedLists>,
    /// Most steps on a sheet; a longer procedure has one for each part between its headings. 0 is any
    /// number.
    pub longest_sheet: usize,
    /// Words of the project, besides those of the languages or in their place.
    pub words: OwnWords,
    /// Choices between tabs, by the names that `print --variant` has for them.
    pub variants: BTreeMap<String, OwnVariant>,
    /// Words, by language.
    pub languages: BTreeMap<String, LanguageWords>,
    /// Compiled when the first candidate is judged; copies share it.
    #[serde(skip)]
    compiled: Arc<OnceLock<Vocabulary>>,
}

impl ProcedureConvention {
    /// The words of all languages, compiled.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.compiled
            .get_or_init(|| Vocabulary::new(self.languages.values(), &self.words))
    }

    /// Whether there are words for a language, named by its tag without script and region.
    pub fn has_words_for(&self, language: &str) -> bool {
        self.languages.values().any(|words| words.lang == language)
    }

    /// Whether the file at a path, or a folder of it, has the name of what contains no procedures
    /// of ordered lists.
    pub fn is_unlikely(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        path.split('/').any(|name| {
            let mut patterns = self.unlikely_files.iter();
            patterns.any(|pattern| fits(name, pattern))
        })
    }

    /// The forms that are looked for.
    pub fn forms(&self) -> &[Form] {
        self.presets.as_deref().unwrap_or(&self.forms)
    }

    /// Whether a form is looked for.
    pub fn seeks(&self, form: Form) -> bool {
        let is_off = form == Form::OrderedList && self.ordered_lists.is_none();
        self.forms().contains(&form) && !is_off
    }

    /// Whether procedures are looked for in the document at a path.
    pub fn is_sought_in(&self, path: &str) -> bool {
        let fits = |patterns: &[String]| {
            let mut patterns = patterns.iter();
            patterns.any(|pattern| is_match(pattern.trim_start_matches('/'), path))
        };
        (self.include.is_empty() || fits(&self.include)) && !fits(&self.exclude)
    }

    /// Whether what is in components of this name only looks like a procedure.
    pub fn is_ignored(&self, name: &str) -> bool {
        let is_listed = self.ignored_components.iter().any(|one| one == name);
        is_listed || self.components.get(name) == Some(&OwnComponent::Ignore)
    }

    /// What components of this name are to procedures, where the project says so.
    pub fn role(&self, name: &str) -> Option<ComponentRole> {
        if let Some(OwnComponent::Procedure(_)) = self.components.get(name) {
            return Some(ComponentRole::Steps);
        }
        let mut own = self.components.values();
        own.any(|one| matches!(one, OwnComponent::Procedure(own) if own.steps == name))
            .then_some(ComponentRole::Step)
    }

    /// The attribute with the title of components of this name.
    pub fn title_attribute(&self, name: &str) -> Option<&str> {
        match self.components.get(name)? {
            OwnComponent::Procedure(own) => own.title.as_deref(),
            OwnComponent::Ignore => None,
        }
    }
}

impl Default for ProcedureConvention {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            presets: None,
            include: Vec::new(),
            exclude: Vec::new(),
            components: BTreeMap::new(),
            ignored_components: Vec::new(),
            unlikely_files: Vec::new(),
            prerequisite_keys: Vec::new(),
            plain_callouts: Vec::new(),
            filler: Vec::new(),
            notice_signs: Vec::new(),
            danger_signs: Vec::new(),
            path_separators: Vec::new(),
            command_languages: Vec::new(),
            shells: Vec::new(),
            output_words: Vec::new(),
            elements: Vec::new(),
            ordered_lists: Some(OrderedLists::default()),
            longest_sheet: 0,
            words: OwnWords::default(),
            variants: BTreeMap::new(),
            languages: BTreeMap::new(),
            compiled: Arc::default(),
        }
    }
}

impl PartialEq for ProcedureConvention {
    fn eq(&self, other: &Self) -> bool {
        self.forms() == other.forms()
            && self.include == other.include
            && self.exclude == other.exclude
            && self.components == other.components
            && self.longest_sheet == other.longest_sheet
            && self.words == other.words
            && self.variants == other.variants
            && self.ignored_components == other.ignored_components
            && self.unlikely_files == other.unlikely_files
            && self.prerequisite_keys == other.prerequisite_keys
            && self.plain_callouts == other.plain_callouts
            && self.filler == other.filler
            && self.notice_signs == other.notice_signs
            && self.danger_signs == other.danger_signs
            && self.path_separators == other.path_separators
            && self.command_languages == other.command_languages
            && self.shells == other.shells
            && self.output_words == other.output_words
            && self.elements == other.elements
            && self.ordered_lists == other.ordered_lists
            && self.languages == other.languages
    }
}

/// Shows how much is configured, and not whether it is compiled.
impl fmt::Debug for ProcedureConvention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcedureConvention")
            .field("forms", &self.forms)
            .field("ordered_lists", &self.ordered_lists)
            .field("languages", &self.languages.keys())
            .finish_non_exhaustive()
    }
}

/// Whether a name is a pattern, in which `*` at its ends matches anything.
fn fits(name: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), None) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (Some(rest), Some(_)) => name.contains(rest.trim_end_matches('*')),
        (None, None) => name == pattern,
    }
}
