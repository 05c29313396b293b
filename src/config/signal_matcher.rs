//! Finds signals in texts: the words of all patterns in one pass, then the patterns whose words
//! occur.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::config::signals::{Gap, Pattern, Patterns, Signal};

/// Characters ignored at the end of a text when a pattern must match there.
const CLOSING: [char; 7] = ['.', '!', '?', ')', '*', '~', '。'];

/// Marks that end a sentence; no gap extends past them.
const ENDS: [char; 4] = ['.', '!', '?', '。'];

/// The compiled patterns of a project's signals.
#[derive(Debug)]
pub struct SignalMatcher {
    /// Unique in the process.
    id: u64,
    automaton: AhoCorasick,
    patterns: Vec<CompiledPattern>,
    /// The words of all patterns; a word's number is its index.
    words: Vec<Word>,
    /// Indices of the patterns of each signal, by the signal's number.
    of_signal: Vec<Vec<usize>>,
}

/// A word of patterns.
#[derive(Debug, Default)]
struct Word {
    /// Whether it must start, or end, where a word of the text does.
    starts_word: bool,
    ends_word: bool,
    /// Signals for which the word alone is sufficient, anywhere in the text.
    alone: SignalSet,
    /// Patterns to try when the word occurs: it is the longest that they require.
    opens: Vec<usize>,
}

/// A pattern with the numbers of its words.
#[derive(Debug)]
struct CompiledPattern {
    signal: Signal,
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

/// A set of signals, such as those in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SignalSet(u64);

impl SignalSet {
    /// Whether the set contains a signal.
    pub fn has(self, signal: Signal) -> bool {
        self.0 & (1 << signal as u32) != 0
    }

    /// Whether the set contains all of them.
    pub fn has_all(self, signals: &[Signal]) -> bool {
        signals.iter().all(|signal| self.has(*signal))
    }

    /// The set with one more signal.
    pub fn with(self, signal: Signal) -> Self {
        Self(self.0 | 1 << signal as u32)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl SignalMatcher {
    /// Compiles the patterns of all languages and trades.
    pub fn new<'p>(convention: impl Iterator<Item = (Signal, &'p Patterns)>) -> Self {
        let mut words = Words::default();
        let mut patterns = Vec::new();
        for (signal, list) in convention {
            patterns.extend(list.iter().map(|pattern| words.compile(signal, pattern)));
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
            of_signal: vec![Vec::new(); Signal::ALL.len()],
        };
        matcher.open(&written);
        matcher
    }

    /// Registers each pattern with its signal and with the words that make it be tried.
    fn open(&mut self, written: &[&str]) {
        for (number, pattern) in self.patterns.iter().enumerate() {
            self.of_signal[pattern.signal as usize].push(number);
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
    pub fn signals_in(&self, text: &str) -> SignalSet {
        if text.len() > LONGEST_CACHED {
            return self.match_text(text);
        }
        let cached = CACHE.with_borrow(|cache| cache.get(self.id, text));
        cached.unwrap_or_else(|| {
            let signals = self.match_text(text);
            CACHE.with_borrow_mut(|cache| cache.insert(self.id, text, signals));
            signals
        })
    }

    fn match_text(&self, text: &str) -> SignalSet {
        let mut signals = SignalSet::default();
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
    pub fn all(&self, signal: Signal, text: &str) -> Vec<Range<usize>> {
        if !self.signals_in(text).has(signal) {
            return Vec::new();
        }
        let hits = self.hits(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        for number in &self.of_signal[signal as usize] {
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
    pub fn find(&self, signal: Signal, text: &str) -> Option<Range<usize>> {
        self.all(signal, text).into_iter().next()
    }

    /// Whether a sentence of a text contains `signal` and none of `unless`.
    pub fn any_sentence_has(&self, text: &str, signal: Signal, unless: &[Signal]) -> bool {
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

impl Default for SignalMatcher {
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
    fn compile(&mut self, signal: Signal, pattern: &'c Pattern) -> CompiledPattern {
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

/// Longest text whose signals are cached, in bytes, and most texts in the cache.
const LONGEST_CACHED: usize = 512;
const MOST_CACHED: usize = 2048;

/// Longest text whose buffers are reused for the next one, in bytes.
const LONGEST_REUSED: usize = 1 << 16;

static NEXT_ID: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static CACHE: RefCell<MatchCache> = RefCell::default();
    static BUFFERS: Cell<Buffers> = Cell::default();
}

/// The signals of recent texts: guides repeat themselves, and each label is matched several times.
#[derive(Default)]
struct MatchCache {
    /// The `id` of the matcher that found them.
    id: u64,
    by_text: HashMap<Box<str>, SignalSet>,
}

impl MatchCache {
    fn get(&self, id: u64, text: &str) -> Option<SignalSet> {
        let signals = self.by_text.get(text).filter(|_| self.id == id);
        signals.copied()
    }

    fn insert(&mut self, id: u64, text: &str, signals: SignalSet) {
        if self.id != id || self.by_text.len() == MOST_CACHED {
            self.id = id;
            self.by_text.clear();
        }
        self.by_text.insert(text.into(), signals);
    }
}

/// The words found in a text. Buffers are cleared and reused, so the cost of matching depends on
/// the text and not on how many words the patterns have.
#[derive(Default)]
struct Buffers {
    /// Numbers of the words found, each once, in the order of their first match.
    distinct: Vec<usize>,
    /// The byte ranges of each, in order.
    by_rank: Vec<Vec<Range<usize>>>,
    /// For each word, its position in `distinct`, from 1; 0 when it was not found.
    ranks: Vec<usize>,
}

impl Buffers {
    fn add(&mut self, word: usize, range: Range<usize>) {
        if self.ranks[word] == 0 {
            self.distinct.push(word);
            self.ranks[word] = self.distinct.len();
            if self.by_rank.len() < self.distinct.len() {
                self.by_rank.push(Vec::new());
            }
        }
        self.by_rank[self.ranks[word] - 1].push(range);
    }

    fn clear(&mut self) {
        for (word, places) in self.distinct.iter().zip(&mut self.by_rank) {
            self.ranks[*word] = 0;
            places.clear();
        }
        self.distinct.clear();
    }
}

/// The matches of words in a text.
struct Hits<'t> {
    text: &'t str,
    buffers: Buffers,
    /// Byte offsets of the start and the end of the text, ignoring marks and blanks.
    ends: OnceCell<(usize, usize)>,
}

impl<'t> Hits<'t> {
    /// A text without matches yet; `words` is the number of words.
    fn new(text: &'t str, words: usize) -> Self {
        let mut buffers = BUFFERS.take();
        if buffers.ranks.len() < words {
            buffers.ranks.resize(words, 0);
        }
        Self {
            text,
            buffers,
            ends: OnceCell::new(),
        }
    }

    /// Whether a word occurs.
    fn has(&self, word: usize) -> bool {
        self.buffers.ranks[word] > 0
    }

    /// The byte ranges of a word, in order.
    fn places(&self, word: usize) -> &[Range<usize>] {
        match self.buffers.ranks[word] {
            0 => &[],
            rank => &self.buffers.by_rank[rank - 1],
        }
    }

    /// Whether a word of each required step of a pattern occurs.
    fn may_have(&self, pattern: &CompiledPattern) -> bool {
        let is_there = |step: &CompiledStep| step.words.iter().any(|word| self.has(*word));
        let mut steps = pattern.steps.iter();
        steps.all(|step| step.may_be_absent || is_there(step))
    }

    /// Calls `is_it` with the matches of a pattern until it returns true; whether it did.
    fn any(&self, pattern: &CompiledPattern, is_it: &mut dyn FnMut(Range<usize>) -> bool) -> bool {
        for (at, step) in pattern.steps[..pattern.starts].iter().enumerate() {
            for word in &step.words {
                if !self.has(*word) {
                    continue;
                }
                for first in self.firsts(pattern, *word) {
                    if let Some(end) = self.end_of(pattern, at, first)
                        && is_it(first.start..end)
                    {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The ranges of a word where a match can begin: only the first, or only the last, if the
    /// pattern must match at the start, or the end, of the text.
    fn firsts(&self, pattern: &CompiledPattern, word: usize) -> &[Range<usize>] {
        let places = self.places(word);
        let count = places.len();
        match (pattern.at_start, pattern.at_end && pattern.steps.len() == 1) {
            (true, _) => &places[..count.min(1)],
            (_, true) => &places[count.saturating_sub(1)..],
            _ => places,
        }
    }

    /// The end of a match whose first word is at `first` and belongs to the step `at`; `None` when
    /// the other words do not follow. Of each word, the first range that fits is used.
    fn end_of(&self, pattern: &CompiledPattern, at: usize, first: &Range<usize>) -> Option<usize> {
        if pattern.at_start && first.start > self.ends().0 {
            return None;
        }
        let mut before = pattern.steps[..at].iter();
        let at = before
            .position(|step| self.begins(step, first))
            .unwrap_or(at);
        let mut end = first.end;
        let mut gap_before = None;
        for step in &pattern.steps[at + 1..] {
            let gap = gap_before.take().unwrap_or(step.gap);
            match self.next(step, gap, end) {
                Some(next) => end = next,
                None if step.may_be_absent => gap_before = Some(gap).filter(|_| gap != Gap::Blanks),
                None => return None,
            }
        }
        (!pattern.at_end || end >= self.ends().1).then_some(end)
    }

    /// Whether a word of a step matches exactly this range.
    fn begins(&self, step: &CompiledStep, place: &Range<usize>) -> bool {
        step.words.iter().any(|word| {
            let places = self.places(*word);
            let found = places.binary_search_by_key(&place.start, |own| own.start);
            found.is_ok_and(|index| places[index] == *place)
        })
    }

    /// The end of the next word of a step, after `end` and within the gap; of several at the first
    /// position, the longest.
    fn next(&self, step: &CompiledStep, gap: Gap, end: usize) -> Option<usize> {
        let places = step.words.iter().filter_map(|word| {
            let places = self.places(*word);
            places.get(places.partition_point(|place| place.start < end))
        });
        let best = places.min_by_key(|place| (place.start, std::cmp::Reverse(place.end)))?;
        is_reached(gap, &self.text[end..best.start]).then_some(best.end)
    }

    fn ends(&self) -> (usize, usize) {
        *self.ends.get_or_init(|| {
            let is_behind = |c: char| c.is_whitespace() || CLOSING.contains(&c);
            let start = self.text.len() - self.text.trim_start().len();
            (start, self.text.trim_end_matches(is_behind).len())
        })
    }
}

impl Drop for Hits<'_> {
    fn drop(&mut self) {
        if self.text.len() <= LONGEST_REUSED {
            self.buffers.clear();
            BUFFERS.set(std::mem::take(&mut self.buffers));
        }
    }
}

/// Whether the text between two words fits a gap.
fn is_reached(gap: Gap, between: &str) -> bool {
    match gap {
        Gap::Blanks => between.chars().all(char::is_whitespace),
        Gap::Within(width) => {
            between.len() <= width * 4
                && between.chars().count() <= width
                && !between.contains(ENDS)
        }
    }
}

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
