//! Signals: what the words of a sentence, a label or a value show about it.
//!
//! A signal has patterns for each language, or for each trade. All of them are matched at once, so
//! a document may mix languages.
//!
//! ```text
//! (설정|저장)(을|) 한 (후|뒤) … 확인
//! ^^^^^^^^^^^^^^^^ a word, with alternatives
//!                 ^ a blank: zero or more blanks, because Korean is spaced in many ways
//!                             ^ a gap within the sentence; `…8` for at most 8 characters
//! ```
//!
//! `^` is the start of the text and `$` its end, ignoring marks and blanks. A word that begins or
//! ends in a Latin letter or digit matches only at the boundary of a word, unless `~` is beside it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// What words show about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// The text ends like a sentence.
    SentenceEnd,
    /// Orders something.
    Order,
    /// Has the form of an order but asks for nothing, such as "please note".
    Aside,
    /// Refers to another text for more.
    SeeAlso,
    /// States what is possible.
    Ability,
    /// Asks the reader to check something.
    Check,
    /// Can be answered yes or no.
    Question,
    /// Something has been completed before.
    DoneBefore,
    /// Something must be available before.
    MustHave,
    /// Something is needed.
    Need,
    /// A title over prerequisites.
    Gate,
    /// States a fact, as a list of prerequisites does.
    State,
    /// Insists, such as "always" or "never".
    Stress,
    /// Warns the reader.
    Caution,
    /// Money moves.
    Money,
    /// Negates what is before it.
    Denied,
    /// Something fails.
    Fails,
    /// Something cannot be done.
    Impossible,
    /// The subject of the guide cannot be used.
    Bars,
    /// States whether things are set separately or together.
    HowMany,
    /// Asks others for something.
    Request,
    /// Offers help.
    Help,
    /// One thing after another.
    Sequence,
    /// Uses something rather than sets it.
    Use,
    /// Is about tests.
    Test,
    /// Is about live use.
    Live,
    /// Asks for a check after the steps.
    CheckAfter,
    /// Was set before.
    AlreadySet,
    /// Must be as stated.
    MustBe,
    /// A value stays blank.
    Blank,
    /// A value is set to none.
    Unset,
    /// A value may be omitted.
    Optional,
    /// States what a value is for.
    Purpose,
    /// A value is free to choose.
    Free,
    /// A value is issued by somebody else.
    Issued,
    /// Names an id.
    Identity,
    /// A value is to be typed.
    Typed,
    /// A line that continues the one before.
    GoesOn,
    /// Announces cases below.
    Cases,
    /// Follows a number that is the length of a value.
    Length,
    /// Comes before a number that is a limit.
    AtMost,
    /// Ends a clause of condition.
    When,
    /// Begins a clause of condition.
    WhenOpens,
    /// Ends a topic before such a clause, which is not part of it.
    Announces,
    /// Ends a condition that is the only one, as "only if" does.
    OnlyWhen,
    /// Begins a condition that is the only one.
    OnlyWhenOpens,
    /// Ends a topic that reads like a condition.
    Topic,
    /// A case that applies to some readers only: a service, a method, a system.
    Case,
    /// An address is to be entered.
    PutIn,
    /// Heads a section about looking something up.
    LookUp,
    /// A label of the console's form.
    FormLabel,
    /// A label of the form that names a place in the console and not a value.
    PlaceLabel,
    /// A label that names the provider of the service.
    ProviderLabel,
    /// A label or heading of a trail.
    TrailLabel,
    /// Somebody other than the reader.
    OtherParty,
    /// A word too general to connect a notice with a field.
    Generic,
}

impl Signal {
    /// All signals, in the order of their numbers.
    pub const ALL: [Self; 56] = [
        Self::SentenceEnd,
        Self::Order,
        Self::Aside,
        Self::SeeAlso,
        Self::Ability,
        Self::Check,
        Self::Question,
        Self::DoneBefore,
        Self::MustHave,
        Self::Need,
        Self::Gate,
        Self::State,
        Self::Stress,
        Self::Caution,
        Self::Money,
        Self::Denied,
        Self::Fails,
        Self::Impossible,
        Self::Bars,
        Self::HowMany,
        Self::Request,
        Self::Help,
        Self::Sequence,
        Self::Use,
        Self::Test,
        Self::Live,
        Self::CheckAfter,
        Self::AlreadySet,
        Self::MustBe,
        Self::Blank,
        Self::Unset,
        Self::Optional,
        Self::Purpose,
        Self::Free,
        Self::Issued,
        Self::Identity,
        Self::Typed,
        Self::GoesOn,
        Self::Cases,
        Self::Length,
        Self::AtMost,
        Self::When,
        Self::WhenOpens,
        Self::Announces,
        Self::OnlyWhen,
        Self::OnlyWhenOpens,
        Self::Topic,
        Self::Case,
        Self::PutIn,
        Self::LookUp,
        Self::FormLabel,
        Self::PlaceLabel,
        Self::ProviderLabel,
        Self::TrailLabel,
        Self::OtherParty,
        Self::Generic,
    ];
}

/// What patterns find, by number: signals, or cues of procedures.
pub trait PatternKind: Copy {
    /// How many kinds there are; at most 64.
    const COUNT: usize;

    /// The number of the kind, below [`PatternKind::COUNT`].
    fn number(self) -> usize;
}

impl PatternKind for Signal {
    const COUNT: usize = Self::ALL.len();

    fn number(self) -> usize {
        self as usize
    }
}

/// Patterns, any of which may match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns(Vec<Pattern>);

impl Patterns {
    /// The patterns.
    pub fn iter(&self) -> impl Iterator<Item = &Pattern> {
        self.0.iter()
    }

    /// Reads patterns.
    ///
    /// # Errors
    /// What is wrong with the first text that is no pattern.
    pub fn read(written: &[String]) -> Result<Self, String> {
        let read = written.iter().map(|text| {
            let pattern = Pattern::read(text);
            pattern.ok_or_else(|| {
                format!(
                    "`{text}` is no pattern: write words, `(one|other)`, `…` for a gap, `^` and `$`"
                )
            })
        });
        Ok(Self(read.collect::<Result<_, _>>()?))
    }
}

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Vec::<String>::deserialize(deserializer)?;
        Self::read(&written).map_err(D::Error::custom)
    }
}

/// A sequence of words.
#[derive(Clone, PartialEq, Eq)]
pub struct Pattern {
    written: String,
    /// The words, each with the gap before it.
    pub steps: Vec<Step>,
    /// Whether it matches only at the start of the text.
    pub at_start: bool,
    /// Whether it matches only at the end of the text, ignoring marks and blanks.
    pub at_end: bool,
}

/// Shows what is written, which says all; behind its length, for it may hold any mark.
impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.written.len(), self.written)
    }
}

/// A word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What may be between it and the previous word.
    pub gap: Gap,
    /// Alternatives, in lower case; the empty word means that there may be none.
    pub words: Vec<String>,
}

/// What is between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Blanks or nothing.
    Blanks,
    /// At most this many characters of the same sentence.
    Within(usize),
}

/// Length of a gap without a number, in characters.
const WIDEST_GAP: usize = 400;

/// Most words that one step may have.
const MOST_WORDS: usize = 256;

impl Pattern {
    /// Reads a pattern; `None` when brackets do not match or it contains no word.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (at_start, rest) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (at_end, rest) = match rest.strip_suffix('$') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let mut steps = Vec::new();
        let mut gap = Gap::Blanks;
        for piece in pieces(rest) {
            match piece {
                Piece::Gap(width) => gap = Gap::Within(width),
                Piece::Word(word) => {
                    let words = alternatives(&word)?;
                    steps.push(Step { gap, words });
                    gap = Gap::Blanks;
                }
            }
        }
        let says = |step: &Step| step.words.iter().all(|word| !word.is_empty());
        let is_some = steps.iter().any(says);
        is_some.then(|| Self {
            written: text.clone(),
            steps,
            at_start,
            at_end,
        })
    }
}

enum Piece {
    Word(String),
    Gap(usize),
}

/// Splits a pattern into words and gaps. Blanks inside brackets belong to the word.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut depth = 0_usize;
    let mut rest = text.chars().peekable();
    let end = |word: &mut String, pieces: &mut Vec<Piece>| {
        if !word.is_empty() {
            pieces.push(Piece::Word(std::mem::take(word)));
        }
    };
    while let Some(character) = rest.next() {
        match character {
            ' ' if depth == 0 => end(&mut word, &mut pieces),
            '…' => {
                end(&mut word, &mut pieces);
                let mut digits = String::new();
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                pieces.push(Piece::Gap(digits.parse().unwrap_or(WIDEST_GAP)));
            }
            _ => {
                depth = match character {
                    '(' => depth + 1,
                    ')' => depth.saturating_sub(1),
                    _ => depth,
                };
                word.push(character);
            }
        }
    }
    end(&mut word, &mut pieces);
    pieces
}

/// Every word that `a(b|c)d` matches. A backslash makes a bracket or bar a plain character.
fn alternatives(word: &str) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    let mut group: Option<Vec<String>> = None;
    let mut rest = word.chars();
    while let Some(character) = rest.next() {
        let plain = match character {
            '(' if group.is_none() => {
                group = Some(vec![String::new()]);
                continue;
            }
            '|' if group.is_some() => {
                group.as_mut()?.push(String::new());
                continue;
            }
            ')' => {
                let options = group.take()?;
                let joined = all
                    .iter()
                    .flat_map(|start| options.iter().map(move |end| format!("{start}{end}")));
                all = joined.take(MOST_WORDS + 1).collect();
                continue;
            }
            '\\' => rest.next()?,
            '(' => return None,
            plain => plain,
        };
        match &mut group {
            Some(options) => options.last_mut()?.push(plain),
            None => all.iter_mut().for_each(|one| one.push(plain)),
        }
    }
    (group.is_none() && all.len() <= MOST_WORDS).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_its_number() {
        for (number, signal) in Signal::ALL.into_iter().enumerate() {
            assert_eq!(signal as usize, number, "{signal:?}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_refused() {
        for text in ["a(b", "a)b", "(a(b|c))", "", "…", "(|)"] {
            let read = serde_yaml::from_str::<Patterns>(&format!("['{text}']"));
            let error = read.unwrap_err().to_string();
            assert!(
                error.contains(&format!("`{text}` is no pattern")),
                "{error}"
            );
        }
    }

    #[test]
    fn groups_give_words_and_blanks_give_steps() {
        let read = Pattern::read("^(설정|저장)(을|) 한 …8 확인$").unwrap();
        let words: Vec<String> = read.steps.iter().map(|step| step.words.join("/")).collect();
        assert_eq!(words, ["설정을/설정/저장을/저장", "한", "확인"]);
        assert_eq!(read.steps[2].gap, Gap::Within(8));
        assert!(read.at_start && read.at_end);
    }
}
