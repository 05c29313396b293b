//! Language data of the search: `search:` in `tickbook.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Words and keys of a language, for queries.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SearchConfig {
    /// Particles that are cut off a noun.
    pub particles: ParticleConfig,
    /// Endings that make a verb of a noun and are cut off.
    pub endings: Vec<String>,
    /// Ends of words that are verbs of the sentence around what is searched.
    pub predicates: Vec<String>,
    /// Words that say nothing of what is searched.
    pub stop: Vec<String>,
    /// Endings of words in Latin letters: of one thing, and of many.
    pub plurals: Vec<(String, String)>,
    /// What people say in words that documents do not use.
    pub meanings: Vec<Meaning>,
    /// Letter of every Latin key; a key in upper case that is not listed is its lower case.
    pub keyboard: BTreeMap<char, char>,
}

/// What people say, and what documents say about it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Meaning {
    /// Forms of it, without spaces; a query may have it with spaces, or at the end of a word.
    pub said: Vec<String>,
    /// Terms of documents: pairs of syllables, or Latin words.
    pub meant: Vec<String>,
}

/// Particles by the sound they follow.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ParticleConfig {
    /// After any sound.
    pub any: Vec<String>,
    /// After a final consonant.
    pub closed: Vec<String>,
    /// After a vowel.
    pub open: Vec<String>,
}
