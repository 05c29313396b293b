//! What is known of a language.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};

/// A language; `presets/code-languages.yaml` explains each key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Language {
    /// How a fence names it.
    pub names: Vec<String>,
    /// What begins a comment up to the end of its line.
    pub line: Vec<String>,
    /// What begins and what ends a comment.
    pub block: Vec<(String, String)>,
    /// What begins and ends a string on one line.
    pub quotes: Vec<char>,
    /// What begins and ends a string over several lines.
    pub blocks: Vec<String>,
    /// Keywords.
    #[serde(deserialize_with = "words")]
    pub keywords: BTreeSet<String>,
    /// Words that are values.
    #[serde(deserialize_with = "words")]
    pub constants: BTreeSet<String>,
    /// Signs that a word may contain.
    pub words: String,
    /// The sign after a key.
    pub keys: Option<char>,
    /// Signs before a variable or an annotation.
    pub marks: String,
    /// Whether `-a` is a name.
    pub options: bool,
    /// Whether words with a capital letter are types.
    pub types: bool,
    /// Whether tags may be in the code.
    pub tags: bool,
    /// Whether outside tags there is only text.
    pub markup: bool,
    /// Languages inside elements, by the name of these.
    pub embedded: BTreeMap<String, String>,
    /// Whether each line's first sign shows what it is.
    pub lines: bool,
    /// Whether keywords are written in any case.
    pub any_case: bool,
}

fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.split_whitespace().map(str::to_string).collect())
}
