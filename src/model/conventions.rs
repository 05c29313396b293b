//! The compiled conventions of a project.
//!
//! Headings are compared in a folded form: NFC, without emphasis, component wrappers, blanks, and
//! leading emoji, numbers and punctuation.

use regex::Regex;

use crate::config::signal_matcher::{SignalMatcher, SignalSet};
use crate::config::{Config, Conventions as Words, ModeConvention};
use crate::error::Error;
use crate::hangul::{is_alphabetic, is_alphanumeric, is_syllable};
use crate::markdown::node::Component;
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::schema::{Role, Schema};
use crate::markdown::text::collapse_blanks;
use crate::nearness::is_one_edit_apart;
use crate::normal::{without_blanks, without_invisible};

/// What a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The mode with this index in [`Conventions::modes`].
    Mode(usize),
    /// The console path.
    Path,
    /// The fields.
    Fields,
    /// No part that the conventions define.
    Other,
}

/// The conventions of a project.
#[derive(Debug)]
pub struct Conventions<'a> {
    /// As configured.
    pub words: &'a Words,
    /// The components that exist.
    pub schema: &'a Schema,
    /// Finds what an issued value starts with; `None` when the project does not configure it.
    pub prefix: Option<Regex>,
    headings: Vec<Known<'a>>,
    /// Number of Hangul syllables in the heading that has most.
    most_syllables: usize,
    /// Endings that follow a noun without a blank, longest first.
    endings: Vec<&'a str>,
    /// Names of modes in lower case, with the index of the mode; modes may share a name.
    names: Vec<(String, usize)>,
}

/// A configured heading.
#[derive(Debug)]
struct Known<'a> {
    folded: String,
    written: &'a str,
    opens: Opens,
}

impl<'a> Known<'a> {
    fn new(written: &'a String, opens: Opens) -> Self {
        Self {
            folded: fold(written),
            written,
            opens,
        }
    }
}

impl<'a> Conventions<'a> {
    /// Compiles a project's conventions.
    ///
    /// # Errors
    /// [`Error::Config`] when `fields.prefix` is not a regular expression.
    pub fn new(config: &'a Config) -> Result<Self, Error> {
        let words = &config.conventions;
        let prefix = match words.fields.prefix.as_str() {
            "" => None,
            pattern => Some(Regex::new(pattern).map_err(|error| Error::Config {
                path: crate::config::CONFIG_FILE.to_string(),
                reason: format!("conventions.fields.prefix: {error}"),
            })?),
        };
        let modes = words.modes.iter().enumerate().flat_map(|(index, mode)| {
            let opens = Opens::Mode(index);
            mode.headings.iter().map(move |text| (text, opens))
        });
        let paths = words.sections.path.iter().map(|text| (text, Opens::Path));
        let fields = &words.sections.fields;
        let fields = fields.iter().map(|text| (text, Opens::Fields));
        let headings = modes.chain(paths).chain(fields);
        let headings: Vec<Known<'_>> = headings
            .map(|(text, opens)| Known::new(text, opens))
            .collect();
        let syllables = headings
            .iter()
            .map(|known| syllables(&known.folded).count());
        let mut endings: Vec<&str> = config
            .check
            .text
            .endings
            .iter()
            .map(String::as_str)
            .collect();
        endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        Ok(Self {
            words,
            schema: &config.components,
            prefix,
            most_syllables: syllables.max().unwrap_or(0),
            headings,
            endings,
            names: names(&words.modes),
        })
    }

    /// The matcher of signals. The configuration is valid, so its patterns compile.
    pub fn signal_matcher(&self) -> &SignalMatcher {
        self.words.signals.compiled()
    }

    /// A word without an ending that follows nouns, if at least 2 characters are left.
    pub fn without_particle<'t>(&self, word: &'t str) -> &'t str {
        let stems = self
            .endings
            .iter()
            .filter_map(|ending| word.strip_suffix(ending));
        let mut stems = stems.filter(|stem| stem.chars().count() >= 2);
        stems.next().unwrap_or(word)
    }

    /// The signals in a text.
    pub fn signals_in(&self, text: &str) -> SignalSet {
        self.signal_matcher().signals_in(text)
    }

    /// What a heading with this text opens.
    pub fn opens(&self, text: &str) -> Opens {
        if self.has_more_syllables(text, 0) {
            return Opens::Other;
        }
        let folded = fold(text);
        let known = self.headings.iter().find(|known| known.folded == folded);
        known.map_or(Opens::Other, |known| known.opens)
    }

    /// The configured heading, as written, that is one edit away from a text; `None` if none is.
    pub fn near_miss(&self, text: &str) -> Option<&'a str> {
        if self.has_more_syllables(text, 1) {
            return None;
        }
        let folded = fold(text);
        let length = folded.chars().count();
        let near = self.headings.iter().find(|known| {
            length >= 3
                && known.folded.chars().count().abs_diff(length) <= 1
                && is_one_edit_apart(&known.folded, &folded)
        });
        near.map(|known| known.written)
    }

    /// Whether a text has over `more` syllables more than any heading, so that it cannot match:
    /// [`fold`] removes none, and a long text need not be folded.
    fn has_more_syllables(&self, text: &str, more: usize) -> bool {
        syllables(text).nth(self.most_syllables + more).is_some()
    }

    /// The modes that a text names, by heading, key, label, title or other name, ignoring case.
    pub fn modes_named(&self, text: &str) -> impl Iterator<Item = &'a ModeConvention> {
        let text = fold(text).to_lowercase();
        let named = self.names.iter().filter(move |(name, _)| *name == text);
        named.map(|(_, index)| self.mode(*index))
    }

    /// The mode with this index.
    pub fn mode(&self, index: usize) -> &'a ModeConvention {
        &self.words.modes[index]
    }

    /// Whether a component is a notice.
    pub fn is_notice(&self, component: &Component) -> bool {
        match self.schema.get(&component.name) {
            Some(schema) => schema.role == Some(Role::Notice),
            None => self
                .schema
                .resolve(component)
                .is_some_and(|resolved| resolved.role == ComponentRole::Callout),
        }
    }

    /// Whether a text ends in words or marks that promise a link.
    pub fn promises_link(&self, text: &str) -> bool {
        let text = text.trim_end();
        self.words
            .links
            .promises
            .iter()
            .any(|promise| text.ends_with(promise.as_str()))
    }

    /// The text without arrows and with single blanks.
    pub fn without_arrows(&self, text: &str) -> String {
        let arrows = self
            .words
            .links
            .promises
            .iter()
            .filter(|promise| promise.chars().count() == 1);
        let text = arrows.fold(text.to_string(), |text, arrow| {
            text.replace(arrow.as_str(), "")
        });
        collapse_blanks(&text)
    }
}

/// The names of modes in lower case, each with its mode's index.
fn names(modes: &[ModeConvention]) -> Vec<(String, usize)> {
    let modes = modes.iter().enumerate();
    let names = modes.flat_map(|(index, mode)| {
        let own = [&mode.key, &mode.label, &mode.title].into_iter();
        let all = own.chain(&mode.headings).chain(&mode.names);
        all.map(move |name| (fold(name).to_lowercase(), index))
    });
    names.filter(|(name, _)| !name.is_empty()).collect()
}

/// The Hangul syllables in a text.
fn syllables(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| is_syllable(*character))
}

/// The folded form of a heading: see the head of this file.
fn fold(text: &str) -> String {
    let text = without_blanks(&without_invisible(text));
    let is_mark = |character: char| !is_alphabetic(character);
    let start = text.trim_start_matches(is_mark);
    let kept = if start.is_empty() {
        text.as_str()
    } else {
        start
    };
    kept.trim_end_matches(|character: char| !is_alphanumeric(character) && character != ')')
        .to_string()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn check(text: &str, expected: Opens, near_miss: Option<&str>) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        assert_eq!(conventions.opens(text), expected, "{text}");
        assert_eq!(conventions.near_miss(text), near_miss, "{text}");
    }

    #[test]
    fn headings_match_in_their_folded_form() {
        check("테스트 연동", Opens::Mode(0), None);
        check("💡 1. 실연동", Opens::Mode(1), None);
        check("설정경로 :", Opens::Path, None);
        check("【설정경로】↓", Opens::Path, None);
        check(&"설정방법".nfd().collect::<String>(), Opens::Fields, None);
    }

    #[test]
    fn one_edit_away_is_a_near_miss() {
        check("설정겅로", Opens::Other, Some("설정경로"));
        check("**1. 실 연돔**", Opens::Other, Some("실 연동"));
        check("가상계좌 설정방법", Opens::Other, None);
    }
}
