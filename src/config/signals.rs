//! Signals: what the words of a sentence, a label or a value show about it.
//!
//! A signal has patterns for each language, or for each trade. All of them are looked for at
//! once, so a document may mix languages. A blank in a pattern stands for any number of blanks,
//! none too, because Korean texts are spaced in many ways.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Patterns of each signal, by the name of a language or a trade.
pub type SignalConvention = BTreeMap<String, BTreeMap<Signal, Patterns>>;

/// What a text shows about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Ends as a sentence does.
    SentenceEnd,
    /// Tells the reader to do something.
    Order,
    /// Has the form of an order and asks for nothing: "please note".
    Aside,
    /// Leads to another text for more.
    SeeAlso,
    /// Says what is possible.
    Ability,
    /// Tells the reader to check something.
    Check,
    /// Can be answered yes or no.
    Question,
    /// Something is complete before.
    DoneBefore,
    /// Something must be had before.
    MustHave,
    /// Something is needed.
    Need,
    /// A title over what must be true first.
    Gate,
    /// Tells the reader to be careful.
    Caution,
    /// Money moves.
    Money,
    /// Denies what stands before it.
    Denied,
    /// Something fails.
    Fails,
    /// Something cannot be done.
    Impossible,
    /// The thing that the guide is about cannot be used.
    Bars,
    /// Things are set separately, or together.
    HowMany,
    /// Asks others for something.
    Request,
    /// Offers help.
    Help,
    /// One thing after another.
    Sequence,
    /// Uses the thing rather than sets it.
    Use,
    /// Speaks of trying.
    Test,
    /// Speaks of what counts.
    Live,
    /// Is checked after the steps.
    CheckAfter,
    /// Was set before.
    AlreadySet,
    /// Must be so.
    MustBe,
    /// A value stays blank.
    Blank,
    /// A value is set to none.
    Unset,
    /// A value may be left out.
    Optional,
    /// Says what a value is for.
    Purpose,
    /// A value is free to choose.
    Free,
    /// A value is issued by somebody.
    Issued,
    /// Names an id.
    Identity,
    /// A value is to be typed.
    Typed,
    /// A line that continues the one before.
    GoesOn,
    /// Announces cases below.
    Cases,
    /// The number of characters of a value; its group is the number.
    Length,
    /// What is in front of a number makes it a limit.
    AtMost,
    /// A clause of condition; its group is the condition.
    When,
    /// The only condition; its group is the condition.
    OnlyWhen,
    /// A topic that reads like a condition; its group is the topic.
    Topic,
    /// A case that only some readers have: a service, a method, a system.
    Case,
    /// An address is to be entered.
    PutIn,
    /// Heads a section about looking something up.
    LookUp,
    /// A label of the console's own form.
    FormLabel,
    /// A label of the form that says where, not what.
    PlaceLabel,
    /// A label that names who provides the service.
    ProviderLabel,
    /// A label or heading of a trail.
    TrailLabel,
    /// Somebody else than the reader.
    OtherParty,
    /// A word that ties nothing to anything.
    Generic,
}

impl Signal {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 51] = [
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
        Self::OnlyWhen,
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

/// Regular expressions, any of which may match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns(Vec<String>);

impl Patterns {
    /// The expressions, with blanks as they are matched.
    pub fn expressions(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Vec::<String>::deserialize(deserializer)?;
        let mut expressions = Vec::with_capacity(written.len());
        for pattern in written {
            // Ends of words are those of Latin letters, which need no table of all scripts: with
            // one, no automaton runs over Korean text, and the search is a hundred times slower.
            let expression = pattern.replace(' ', r"\s*").replace(r"\b", r"(?-u:\b)");
            if let Err(error) = regex_syntax::parse(&expression) {
                let what = format_args!("`{pattern}` is not a regular expression: {error}");
                return Err(D::Error::custom(what));
            }
            expressions.push(expression);
        }
        Ok(Self(expressions))
    }
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
        let read = serde_yaml::from_str::<Patterns>("['(']");
        assert!(
            read.unwrap_err()
                .to_string()
                .contains("`(` is not a regular expression")
        );
    }

    #[test]
    fn blanks_of_a_pattern_are_any_number_of_blanks() {
        let read: Patterns = serde_yaml::from_str("['실 연동']").unwrap();
        assert_eq!(read.expressions().collect::<Vec<_>>(), [r"실\s*연동"]);
    }
}
