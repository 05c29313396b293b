//! Signals looked for in texts: all at once, and one by one where their place counts.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::config::signals::{Signal, SignalConvention};

/// The signals of a project, compiled.
#[derive(Debug, Default)]
pub struct Signals {
    /// One expression for each signal, in the order of [`Signal::ALL`].
    expressions: Vec<String>,
    set: RegexSet,
    single: Vec<OnceLock<Option<Regex>>>,
}

/// The signals that a text holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard(u64);

impl Heard {
    /// Whether the text holds a signal.
    pub fn has(self, signal: Signal) -> bool {
        self.0 & (1 << signal as u32) != 0
    }

    /// Whether it holds all of them.
    pub fn has_all(self, signals: &[Signal]) -> bool {
        signals.iter().all(|signal| self.has(*signal))
    }

    /// These signals and one more.
    pub fn with(self, signal: Signal) -> Self {
        Self(self.0 | 1 << signal as u32)
    }
}

impl Signals {
    /// Compiles the signals of all languages and trades.
    ///
    /// # Errors
    /// That they are too large together.
    pub fn new(convention: &SignalConvention) -> Result<Self, regex::Error> {
        let of = |signal: Signal| {
            let lists = convention.values().filter_map(|list| list.get(&signal));
            let all: Vec<String> = lists
                .flat_map(|patterns| patterns.expressions())
                .map(|expression| format!("(?:{expression})"))
                .collect();
            // A class without a character: what has no pattern is never heard.
            if all.is_empty() { r"[^\s\S]".to_string() } else { all.join("|") }
        };
        let expressions: Vec<String> = Signal::ALL.into_iter().map(of).collect();
        let set = RegexSetBuilder::new(&expressions)
            .case_insensitive(true)
            .build()?;
        let single = Signal::ALL.iter().map(|_| OnceLock::new()).collect();
        Ok(Self {
            expressions,
            set,
            single,
        })
    }

    /// The signals that a text holds; the text is on one line, with single blanks.
    pub fn hear(&self, text: &str) -> Heard {
        let matches = self.set.matches(text);
        Heard(matches.iter().fold(0, |heard, number| heard | 1 << number))
    }

    /// The expression of one signal.
    pub fn expression(&self, signal: Signal) -> Option<&Regex> {
        let compile = || {
            let expression = &self.expressions[signal as usize];
            RegexBuilder::new(expression)
                .case_insensitive(true)
                .build()
                .ok()
        };
        self.single[signal as usize].get_or_init(compile).as_ref()
    }

    /// The first group of a signal that takes part in its first match, with the offset behind the
    /// match.
    pub fn group<'t>(&self, signal: Signal, text: &'t str) -> Option<(&'t str, usize)> {
        let found = self.expression(signal)?.captures(text)?;
        let end = found.get(0)?.end();
        let group = found.iter().skip(1).flatten().next()?;
        Some((group.as_str(), end))
    }

    /// Every place that a signal matches at.
    pub fn all<'t>(&self, signal: Signal, text: &'t str) -> Vec<regex::Match<'t>> {
        let expression = self.expression(signal);
        expression.map_or(Vec::new(), |expression| {
            expression.find_iter(text).collect()
        })
    }

    /// Whether a sentence of a text holds a signal and none of the others.
    pub fn is_said(&self, text: &str, signal: Signal, unless: &[Signal]) -> bool {
        sentences(text).any(|sentence| {
            let heard = self.hear(sentence);
            heard.has(signal) && !unless.iter().any(|other| heard.has(*other))
        })
    }
}

/// The sentences of a text; a mark within a word or number ends none.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let ends = rest.match_indices(['.', '!', '?']);
        let mut ends = ends.map(|(at, mark)| at + mark.len());
        let end = ends.find(|end| rest[*end..].starts_with(char::is_whitespace));
        let (sentence, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(text: &str, signals: &[Signal]) {
        let config = Config::defaults();
        let known = Signals::new(&config.conventions.signals).unwrap();
        let heard = known.hear(text);
        for signal in signals {
            assert!(heard.has(*signal), "{signal:?} in {text}");
        }
    }

    #[test]
    fn words_are_heard_in_korean_and_english() {
        check(
            "카드사 심사 완료 여부를 체크해 주세요.",
            &[Signal::Check, Signal::Question, Signal::Order, Signal::SentenceEnd],
        );
        check("공란 (중요)", &[Signal::Blank]);
        check("Check that the valve is closed.", &[Signal::Check, Signal::Question]);
        check("Leave this blank.", &[Signal::Blank]);
    }

    #[test]
    fn nothing_is_heard_without_patterns() {
        let known = Signals::new(&SignalConvention::new()).unwrap();
        assert_eq!(known.hear("체크해 주세요."), Heard::default());
        assert!(known.group(Signal::When, "a").is_none());
    }
}
