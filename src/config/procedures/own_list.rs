//! A list of a project's words: added to those of the languages, or in their place.
//!
//! ```yaml
//! verbs: [pipette, vortex]      # and every verb of the languages
//! verbs: ["=pipette", "=vortex"]  # these verbs only
//! ```

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::config::signals::Patterns;

/// Before each word of a list that replaces the words of the languages.
const REPLACES: char = '=';

/// A list of words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnList<T> {
    /// The words, without the sign that they replace others.
    pub words: T,
    /// Whether they are in place of the words of the languages, and not besides them.
    pub replaces: bool,
}

impl<'de> Deserialize<'de> for OwnList<Vec<String>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (words, replaces) = unmarked(Vec::deserialize(deserializer)?)?;
        Ok(Self { words, replaces })
    }
}

impl<'de> Deserialize<'de> for OwnList<Patterns> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (words, replaces) = unmarked(Vec::deserialize(deserializer)?)?;
        let words = Patterns::read(&words).map_err(D::Error::custom)?;
        Ok(Self { words, replaces })
    }
}

/// Words without the sign, and whether they have it.
fn unmarked<E: Error>(written: Vec<String>) -> Result<(Vec<String>, bool), E> {
    let marked = |word: &String| word.trim_start().starts_with(REPLACES);
    let Some(first) = written.iter().find(|word| marked(word)) else {
        return Ok((written, false));
    };
    if let Some(other) = written.iter().find(|word| !marked(word)) {
        return Err(E::custom(format_args!(
            "`{first}` would replace the words of the languages and `{other}` be added to them; begin \
             all words of the list with `=`, or none"
        )));
    }
    let words = written.iter().map(|word| {
        let word = word.trim_start();
        word.strip_prefix(REPLACES)
            .unwrap_or(word)
            .trim()
            .to_string()
    });
    Ok((words.collect(), true))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::config::procedures::Cue;

    fn words(text: &str) -> Result<Config, String> {
        let text = format!("lang: en\nprocedures:\n  words: {text}");
        Config::read(&text, "tickbook.yaml").map_err(|error| error.to_string())
    }

    #[test]
    fn words_with_the_sign_are_the_only_ones() {
        let config = words("{verbs: ['=Pipette', '=vortex'], verify: ['= ^readings']}").unwrap();
        let vocabulary = config.procedures.vocabulary();
        let mut verbs: Vec<&String> = vocabulary.verbs.iter().collect();
        verbs.sort();
        assert_eq!(verbs, ["pipette", "vortex"]);
        assert!(vocabulary.cues("Readings").has(Cue::Verify));
        assert!(!vocabulary.cues("Verification").has(Cue::Verify));
        // What the project says nothing about has the words of the languages.
        assert!(vocabulary.cues("Prerequisites").has(Cue::Prerequisites));
    }

    #[test]
    fn headings_of_runbooks_are_replaced_with_their_proof() {
        let config = words("{runbook: {action: ['=cure']}}").unwrap();
        let vocabulary = config.procedures.vocabulary();
        let is_action = |text: &str| {
            let cues = vocabulary.cues(text);
            (cues.has(Cue::RunbookAction), cues.has(Cue::RunbookProof))
        };
        assert_eq!(is_action("Cure"), (true, true));
        assert_eq!(is_action("Diagnosis"), (false, false));
        assert!(vocabulary.cues("Impact").has(Cue::RunbookContext));
    }

    #[test]
    fn mixture_of_both_is_refused() {
        for text in ["{verbs: ['=pipette', vortex]}", "{next: [more, '=where']}"] {
            let error = words(text).unwrap_err();
            assert!(error.contains("with `=`, or none"), "{error}");
            assert!(error.contains("line 3"), "{error}");
        }
        let error = words("{verbs: ['=']}").unwrap_err();
        assert!(error.contains("procedures.words.verbs[0]"), "{error}");
        let error = words("{verify: ['=']}").unwrap_err();
        assert!(error.contains("is no pattern"), "{error}");
    }
}
