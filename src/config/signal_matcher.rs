//! Finds signals in texts: the words of all patterns in one pass, then the patterns whose words
//! occur.

mod cache;
mod hits;

use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::config::signal_matcher::cache::{CACHE, LONGEST_CACHED};
use crate::config::signal_matcher::hits::Hits;
use crate::config::signals::{Gap, Pattern, PatternKind, Patterns, Signal};

/// The compiled patterns of a project's signals, or of another kind of patterns.
#[derive(Debug)]
pub struct SignalMatcher<K = Signal> {
    /// Unique in the process.
    id: u64,
    automaton: AhoCorasick,
    patterns: Vec<CompiledPattern>,
    /// The words of all patterns; a word's number is its index.
    words: Vec<Word>,
    /// Indices of the patterns of each signal, by the signal's number.
    of_signal: Vec<Vec<usize>>,
    kind: PhantomData<K>,
}

/// A word of patterns.
#[derive(Debug, Default)]
struct Word {
    /// Whether it must start, or end, where a word of the text does.
    starts_word: bool,
    ends_word: bool,
    /// Numbers of the signals for which the word alone is sufficient, anywhere in the text.
    alone: Numbers,
    /// Patterns to try when the word occurs: it is the longest that they require.
    opens: Vec<usize>,
}

/// A pattern with the numbers of its words.
#[derive(Debug)]
struct CompiledPattern {
    /// Number of its signal.
    signal: usize,
    at_start: bool,
    at_end: bool,
    steps: Vec<CompiledStep>,
    /// How many of its first steps a match can begin with: those up to the first required one.
    starts: usize,
}

#[derive(Debug)]
struct CompiledStep {
    gap: Gap,
    words: Vec<usize>,
    /// Whether the step may match nothing.
    may_be_absent: bool,
}

/// A set of numbers below 64.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Numbers(u64);

impl Numbers {
    fn has(self, number: usize) -> bool {
        self.0 & (1 << number) != 0
    }

    fn with(self, number: usize) -> Self {
        Self(self.0 | 1 << number)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A set of signals, such as those in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignalSet<K = Signal>(Numbers, PhantomData<K>);

impl<K> Default for SignalSet<K> {
    fn default() -> Self {
        Self(Numbers::default(), PhantomData)
    }
}

impl<K: PatternKind> SignalSet<K> {
    /// Whether the set contains a signal.
    pub fn has(self, signal: K) -> bool {
        self.0.has(signal.number())
    }

    /// Whether the set contains all of them.
    pub fn has_all(self, signals: &[K]) -> bool {
        signals.iter().all(|signal| self.has(*signal))
    }

    /// Whether the set contains one of them.
    pub fn has_any(self, signals: &[K]) -> bool {
        signals.iter().any(|signal| self.has(*signal))
    }

    /// The set with one more signal.
    pub fn with(self, signal: K) -> Self {
        Self(self.0.with(signal.number()), PhantomData)
    }
}

impl<K: PatternKind> SignalMatcher<K> {
    /// Compiles the patterns of all languages and trades.
    pub fn new<'p>(convention: impl Iterator<Item = (K, &'p Patterns)>) -> Self {
        let mut words = Words::default();
        let mut patterns = Vec::new();
        for (signal, list) in convention {
            patterns.extend(
                list.iter()
                    .map(|pattern| words.compile(signal.number(), pattern)),
            );
        }
        let written: Vec<&str> = words
            .all
            .iter()
            .map(|word| word.trim_matches('~'))
            .collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .prefilter(false)
            .build(&written)
            .expect("there are far fewer words than an automaton may have states");
        let mut matcher = Self {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            automaton,
            patterns,
            words: words.all.iter().map(|word| Word::of(word)).collect(),
            of_signal: vec![Vec::new(); K::COUNT],
            kind: PhantomData,
        };
        matcher.open(&written);
        matcher
    }

    /// Registers each pattern with its signal and with the words that make it be tried.
    fn open(&mut self, written: &[&str]) {
        for (number, pattern) in self.patterns.iter().enumerate() {
            self.of_signal[pattern.signal].push(number);
            let Some(key) = pattern.key(written) else {
                continue;
            };
            for word in &key.words {
                let word = &mut self.words[*word];
                match pattern.is_word() {
                    true => word.alone = word.alone.with(pattern.signal),
                    false => word.opens.push(number),
                }
            }
        }
    }

    /// The signals in a text.
    pub fn signals_in(&self, text: &str) -> SignalSet<K> {
        if text.len() > LONGEST_CACHED {
            return self.match_text(text);
        }
        let cached = CACHE.with_borrow(|cache| cache.get(self.id, text));
        let numbers = cached.unwrap_or_else(|| {
            let SignalSet(numbers, _) = self.match_text(text);
            CACHE.with_borrow_mut(|cache| cache.insert(self.id, text, numbers));
            numbers
        });
        SignalSet(numbers, PhantomData)
    }

    /// The signals in a text that is not expected again.
    pub fn match_text(&self, text: &str) -> SignalSet<K> {
        SignalSet(self.numbers_in(text), PhantomData)
    }

    fn numbers_in(&self, text: &str) -> Numbers {
        let mut signals = Numbers::default();
        let hits = self.hits(text);
        if hits.buffers.distinct.is_empty() {
            return signals;
        }
        for word in &hits.buffers.distinct {
            signals = signals.and(self.words[*word].alone);
        }
        let mut is_tried = vec![false; self.patterns.len()];
        for word in &hits.buffers.distinct {
            for number in &self.words[*word].opens {
                let pattern = &self.patterns[*number];
                if !signals.has(pattern.signal)
                    && !std::mem::replace(&mut is_tried[*number], true)
                    && hits.may_have(pattern)
                    && hits.any(pattern, &mut |_| true)
                {
                    signals = signals.with(pattern.signal);
                }
            }
        }
        signals
    }

    /// The matches of a signal, as byte ranges in order of their starts; the longest for each start.
    pub fn all(&self, signal: K, text: &str) -> Vec<Range<usize>> {
        if !self.signals_in(text).has(signal) {
            return Vec::new();
        }
        let hits = self.hits(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        for number in &self.of_signal[signal.number()] {
            let pattern = &self.patterns[*number];
            if hits.may_have(pattern) {
                hits.any(pattern, &mut |place| {
                    found.push(place);
                    false
                });
            }
        }
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by_key(|range| range.start);
        found
    }

    /// The first match of a signal, as a byte range.
    pub fn find(&self, signal: K, text: &str) -> Option<Range<usize>> {
        self.all(signal, text).into_iter().next()
    }

    /// Whether a sentence of a text contains `signal` and none of `unless`.
    pub fn any_sentence_has(&self, text: &str, signal: K, unless: &[K]) -> bool {
        sentences(text).any(|sentence| {
            let signals = self.signals_in(sentence);
            signals.has(signal) && !unless.iter().any(|other| signals.has(*other))
        })
    }

    fn hits<'t>(&self, text: &'t str) -> Hits<'t> {
        let mut hits = Hits::new(text, self.words.len());
        for found in self.automaton.find_overlapping_iter(text) {
            let number = found.pattern().as_usize();
            let word = &self.words[number];
            if (word.starts_word || word.ends_word) && word.is_inside(text, &found.range()) {
                continue;
            }
            hits.buffers.add(number, found.range());
        }
        hits
    }
}

impl<K: PatternKind> Default for SignalMatcher<K> {
    fn default() -> Self {
        Self::new(std::iter::empty())
    }
}

impl Word {
    /// Reads a word as written, with `~` beside an end that may be inside a word of the text.
    fn of(written: &str) -> Self {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        Self {
            starts_word: is_latin(written.chars().next()),
            ends_word: is_latin(written.chars().next_back()),
            ..Self::default()
        }
    }

    /// Whether a match at `range` is inside a word of the text where it must not be.
    fn is_inside(&self, text: &str, range: &Range<usize>) -> bool {
        let goes_on = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let (before, behind) = (
            &text.as_bytes()[..range.start],
            &text.as_bytes()[range.end..],
        );
        (self.starts_word && goes_on(before.last())) || (self.ends_word && goes_on(behind.first()))
    }
}

impl CompiledPattern {
    /// Whether one of its words is a match wherever it occurs.
    fn is_word(&self) -> bool {
        self.steps.len() == 1 && !self.at_start && !self.at_end
    }

    /// The required step with the longest words, which fewest texts contain; `None` if all steps
    /// may match nothing.
    fn key(&self, written: &[&str]) -> Option<&CompiledStep> {
        let needed = self.steps.iter().filter(|step| !step.may_be_absent);
        needed.max_by_key(|step| step.words.iter().map(|word| written[*word].len()).min())
    }
}

/// The words of all patterns as written, each once.
#[derive(Default)]
struct Words<'c> {
    all: Vec<&'c str>,
    numbers: HashMap<&'c str, usize>,
}

impl<'c> Words<'c> {
    fn compile(&mut self, signal: usize, pattern: &'c Pattern) -> CompiledPattern {
        let steps = pattern.steps.iter().map(|step| {
            let words = step.words.iter().filter(|word| !word.is_empty());
            CompiledStep {
                gap: step.gap,
                words: words.map(|word| self.number(word)).collect(),
                may_be_absent: step.words.iter().any(String::is_empty),
            }
        });
        let steps: Vec<CompiledStep> = steps.collect();
        let needed = steps.iter().position(|step| !step.may_be_absent);
        CompiledPattern {
            signal,
            at_start: pattern.at_start,
            at_end: pattern.at_end,
            starts: needed.map_or(steps.len(), |needed| needed + 1),
            steps,
        }
    }

    fn number(&mut self, word: &'c str) -> usize {
        *self.numbers.entry(word).or_insert_with(|| {
            self.all.push(word);
            self.all.len() - 1
        })
    }
}

static NEXT_ID: AtomicU64 = AtomicU64::new(0);

/// The sentences of a text; a mark inside a word or number does not end one.
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
    use crate::config::signal_convention::SignalConvention;

    fn check(text: &str, signals: &[Signal]) {
        let config = Config::defaults();
        let matcher = SignalMatcher::new(config.conventions.signals.iter());
        let found = matcher.signals_in(text);
        for signal in signals {
            assert!(found.has(*signal), "{signal:?} in {text}");
        }
    }

    #[test]
    fn signals_are_found_in_korean_and_english() {
        check(
            "카드사 심사 완료 여부를 체크해 주세요.",
            &[
                Signal::Check,
                Signal::Question,
                Signal::Order,
                Signal::SentenceEnd,
            ],
        );
        check("공란 (중요)", &[Signal::Blank]);
        check(
            "Check that the valve is closed.",
            &[Signal::Check, Signal::Question],
        );
        check("Leave this blank.", &[Signal::Blank]);
    }

    #[test]
    fn nothing_is_found_without_patterns() {
        let matcher = SignalMatcher::default();
        assert_eq!(matcher.signals_in("체크해 주세요."), SignalSet::default());
        assert_eq!(matcher.find(Signal::When, "a"), None);
    }

    fn matcher(patterns: &str) -> SignalMatcher {
        let convention = format!("{{ some: {{ order: {patterns} }} }}");
        let convention: SignalConvention = serde_yaml::from_str(&convention).unwrap();
        SignalMatcher::new(convention.iter())
    }

    #[test]
    fn words_of_a_pattern_are_in_order_and_within_their_gaps() {
        let check = |pattern: &str, text: &str, is_found: bool| {
            let found = matcher(&format!("['{pattern}']"))
                .signals_in(text)
                .has(Signal::Order);
            assert_eq!(found, is_found, "{pattern}: {text}");
        };
        check("해 주세요", "확인해주세요", true);
        check("해 주세요", "확인해  주세요", true);
        check("해 주세요", "해 보고 주세요", false);
        check("저장 … 확인", "저장한 뒤에 다시 확인", true);
        check("저장 … 확인", "저장합니다. 다시 확인", false);
        check("저장 …3 확인", "저장한 뒤에 다시 확인", false);
        check("(저장|설정)(을|) 한", "설정 한", true);
        check("^주의", "  주의할 점", true);
        check("^주의", "유의와 주의", false);
        check("다$", "합니다.)", true);
        check("다$", "다음", false);
        check("id", "API ID", true);
        check("id", "valid", false);
        check("fail~", "It failed", true);
    }
}
