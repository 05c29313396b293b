//! How procedures are found in documents of any make: which forms, which components, which words.

pub mod cue;
pub mod form;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

pub use crate::config::procedures::cue::Cue;
pub use crate::config::procedures::form::Form;
use crate::config::procedures::words::{LanguageWords, Vocabulary};

/// How procedures are found.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProcedureConvention {
    /// The forms that are looked for.
    pub forms: Vec<Form>,
    /// Components around what only looks like a procedure, such as a quiz.
    pub ignored_components: Vec<String>,
    /// Names of files and folders that contain no procedures of ordered lists, such as a
    /// changelog. A `*` matches anything.
    pub unlikely_files: Vec<String>,
    /// Keys of the frontmatter, and attributes of components, with what is needed before.
    pub prerequisite_keys: Vec<String>,
    /// Names of callouts that are no notices, such as quotes.
    pub plain_callouts: Vec<String>,
    /// Signs that begin a notice in a quote.
    pub notice_signs: Vec<String>,
    /// What makes an ordered list a procedure.
    pub ordered_lists: OrderedLists,
    /// Words, by language.
    pub languages: BTreeMap<String, LanguageWords>,
    /// Compiled when the first candidate is judged; copies share it.
    #[serde(skip)]
    compiled: Arc<OnceLock<Vocabulary>>,
}

/// What makes an ordered list a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderedLists {
    /// Share of the items that must tell the reader to do something, from 0 to 1.
    pub instruct: f64,
    /// Fewest items.
    pub least: usize,
    /// Most items.
    pub most: usize,
}

impl Default for OrderedLists {
    fn default() -> Self {
        Self {
            instruct: 0.5,
            least: 2,
            most: 400,
        }
    }
}

impl ProcedureConvention {
    /// The words of all languages, compiled.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.compiled
            .get_or_init(|| Vocabulary::new(self.languages.values()))
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

    /// Whether a form is looked for.
    pub fn seeks(&self, form: Form) -> bool {
        self.forms.contains(&form)
    }
}

impl PartialEq for ProcedureConvention {
    fn eq(&self, other: &Self) -> bool {
        self.forms == other.forms
            && self.ignored_components == other.ignored_components
            && self.unlikely_files == other.unlikely_files
            && self.prerequisite_keys == other.prerequisite_keys
            && self.plain_callouts == other.plain_callouts
            && self.notice_signs == other.notice_signs
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
