//! Words that are looked for in what documents say.

use serde::Deserialize;

use crate::normal::folded;

/// Words to find in texts, whatever the spaces and the case.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    written: Vec<String>,
    /// The words as they are compared, in the same order.
    folded: Vec<String>,
}

impl From<Vec<String>> for WordList {
    fn from(written: Vec<String>) -> Self {
        let folded = written.iter().map(|word| folded(word)).collect();
        Self { written, folded }
    }
}

impl WordList {
    /// The words as they are configured.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// The first word that occurs in `text`.
    pub fn find(&self, text: &str) -> Option<&str> {
        self.find_folded(&folded(text))
    }

    /// The first word that occurs in a text that [`folded`] gave: for a text that several lists
    /// are asked about.
    pub fn find_folded(&self, text: &str) -> Option<&str> {
        let at = self.folded.iter().position(|word| text.contains(word))?;
        Some(&self.written[at])
    }

    /// Whether a word occurs in `text`.
    pub fn occurs_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_the_blanks_and_the_case() {
        let words = WordList::from(vec!["유의 사항".to_string(), "Secret".to_string()]);
        assert_eq!(words.find("API SECRET"), Some("Secret"));
        assert_eq!(words.find("유의사항"), Some("유의 사항"));
        assert_eq!(words.find("참고"), None);
        assert!(!WordList::default().occurs_in("유의사항"));
    }
}
