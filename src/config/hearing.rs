//! Signals looked for in texts: the words of all patterns in one pass, then the patterns whose
//! words are there.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::config::signals::{Gap, Pattern, Signal, SignalConvention};

/// What may be behind the end of a text that a pattern ends with.
const BEHIND: [char; 7] = ['.', '!', '?', ')', '*', '~', '。'];

/// Marks that end a sentence; no gap goes past them.
const ENDS: [char; 4] = ['.', '!', '?', '。'];

/// The signals of a project, ready to be looked for.
#[derive(Debug)]
pub struct Signals {
    automaton: AhoCorasick,
    patterns: Vec<Compiled>,
    /// The patterns that each word may begin, by the number of the word.
    begins: Vec<Vec<usize>>,
    /// Which ends of each word must be ends of a word of the text.
    edges: Vec<(bool, bool)>,
}

/// A pattern with the numbers of its words.
#[derive(Debug)]
struct Compiled {
    signal: Signal,
    at_start: bool,
    at_end: bool,
    steps: Vec<CompiledStep>,
}

#[derive(Debug)]
struct CompiledStep {
    gap: Gap,
    words: Vec<usize>,
    /// Whether there may be nothing.
    may_be_absent: bool,
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
    /// The signals of all languages and trades.
    pub fn new(convention: &SignalConvention) -> Self {
        let mut words = Words::default();
        let mut patterns = Vec::new();
        for (signal, list) in convention.values().flatten() {
            patterns.extend(list.iter().map(|pattern| words.compile(*signal, pattern)));
        }
        let mut begins = vec![Vec::new(); words.all.len()];
        for (number, pattern) in patterns.iter().enumerate() {
            for step in &pattern.steps {
                step.words
                    .iter()
                    .for_each(|word| begins[*word].push(number));
                if !step.may_be_absent {
                    break;
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(&words.all)
            .expect("there are far fewer words than an automaton may have states");
        Self {
            automaton,
            patterns,
            begins,
            edges: words.edges,
        }
    }

    /// The signals that a text holds.
    pub fn hear(&self, text: &str) -> Heard {
        let hits = self.hits(text);
        let mut heard = Heard::default();
        for (word, range) in hits.iter() {
            for number in &self.begins[word] {
                let pattern = &self.patterns[*number];
                if !heard.has(pattern.signal) && hits.end_of(pattern, &range, text).is_some() {
                    heard = heard.with(pattern.signal);
                }
            }
        }
        heard
    }

    /// Every place that a signal is at, in order of their starts.
    pub fn all(&self, signal: Signal, text: &str) -> Vec<Range<usize>> {
        let hits = self.hits(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        for (word, range) in hits.iter() {
            let own = self.begins[word]
                .iter()
                .map(|number| &self.patterns[*number]);
            for pattern in own.filter(|pattern| pattern.signal == signal) {
                found.extend(
                    hits.end_of(pattern, &range, text)
                        .map(|end| range.start..end),
                );
            }
        }
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by_key(|range| range.start);
        found
    }

    /// The first place that a signal is at.
    pub fn find(&self, signal: Signal, text: &str) -> Option<Range<usize>> {
        self.all(signal, text).into_iter().next()
    }

    /// Whether a sentence of a text holds a signal and none of the others.
    pub fn is_said(&self, text: &str, signal: Signal, unless: &[Signal]) -> bool {
        sentences(text).any(|sentence| {
            let heard = self.hear(sentence);
            heard.has(signal) && !unless.iter().any(|other| heard.has(*other))
        })
    }

    fn hits(&self, text: &str) -> Hits {
        let mut hits = Hits {
            start: text.len() - text.trim_start().len(),
            ..Hits::default()
        };
        for found in self.automaton.find_overlapping_iter(text) {
            let word = found.pattern().as_usize();
            let (starts_word, ends_word) = self.edges[word];
            let before = text[..found.start()].chars().next_back();
            let behind = text[found.end()..].chars().next();
            let is_inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if !(starts_word && is_inside(before)) && !(ends_word && is_inside(behind)) {
                hits.add(word, found.range());
            }
        }
        hits
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self::new(&SignalConvention::new())
    }
}

/// The words of all patterns, each once.
#[derive(Default)]
struct Words {
    all: Vec<String>,
    edges: Vec<(bool, bool)>,
    numbers: HashMap<String, usize>,
}

impl Words {
    fn compile(&mut self, signal: Signal, pattern: &Pattern) -> Compiled {
        let steps = pattern.steps.iter().map(|step| {
            let words = step.words.iter().filter(|word| !word.is_empty());
            CompiledStep {
                gap: step.gap,
                words: words.map(|word| self.number(word)).collect(),
                may_be_absent: step.words.iter().any(String::is_empty),
            }
        });
        Compiled {
            signal,
            at_start: pattern.at_start,
            at_end: pattern.at_end,
            steps: steps.collect(),
        }
    }

    fn number(&mut self, written: &str) -> usize {
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let word = written.trim_matches('~');
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let starts_word = !written.starts_with('~') && is_latin(word.chars().next());
        let ends_word = !written.ends_with('~') && is_latin(word.chars().next_back());
        let number = self.all.len();
        self.all.push(word.to_string());
        self.edges.push((starts_word, ends_word));
        self.numbers.insert(written.to_string(), number);
        number
    }
}

/// Where the words of patterns are in a text.
#[derive(Default)]
struct Hits {
    /// Where the first character is that is no blank.
    start: usize,
    in_order: Vec<(usize, Range<usize>)>,
    by_word: HashMap<usize, Vec<Range<usize>>>,
}

impl Hits {
    fn add(&mut self, word: usize, range: Range<usize>) {
        self.in_order.push((word, range.clone()));
        self.by_word.entry(word).or_default().push(range);
    }

    fn iter(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        self.in_order.iter().cloned()
    }

    /// Where a pattern ends whose first word is at `first`; `None` when its other words are not
    /// behind it. Of each word the first place that fits is taken.
    fn end_of(&self, pattern: &Compiled, first: &Range<usize>, text: &str) -> Option<usize> {
        if pattern.at_start && first.start > self.start {
            return None;
        }
        let begins = |step: &CompiledStep| {
            let is_at = |at: &Vec<Range<usize>>| {
                let found = at.binary_search_by_key(&first.start, |place| place.start);
                found.is_ok_and(|index| at[index] == *first)
            };
            let mut places = step.words.iter().filter_map(|word| self.by_word.get(word));
            places.any(is_at)
        };
        let start = pattern.steps.iter().position(begins)?;
        let skipped = &pattern.steps[..start];
        if !skipped.iter().all(|step| step.may_be_absent) {
            return None;
        }
        let mut end = first.end;
        let mut gap_before = None;
        for step in &pattern.steps[start + 1..] {
            let gap = gap_before.take().unwrap_or(step.gap);
            match self.next(step, gap, end, text) {
                Some(next) => end = next,
                None if step.may_be_absent => gap_before = Some(gap).filter(|_| gap != Gap::Blanks),
                None => return None,
            }
        }
        let is_at_end = || {
            let behind = text[end..].chars();
            behind
                .into_iter()
                .all(|c| c.is_whitespace() || BEHIND.contains(&c))
        };
        (!pattern.at_end || is_at_end()).then_some(end)
    }

    /// Where the next word ends, that of the longest at the first place.
    fn next(&self, step: &CompiledStep, gap: Gap, end: usize, text: &str) -> Option<usize> {
        let places = step.words.iter().filter_map(|word| {
            let places = self.by_word.get(word)?;
            let from = places.partition_point(|place| place.start < end);
            let place = places.get(from)?;
            is_reached(gap, &text[end..place.start]).then_some(place)
        });
        let best = places.min_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        best.map(|place| place.end)
    }
}

/// Whether what is between two words is no more than a gap allows.
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
        let known = Signals::new(&config.conventions.signals);
        let heard = known.hear(text);
        for signal in signals {
            assert!(heard.has(*signal), "{signal:?} in {text}");
        }
    }

    #[test]
    fn words_are_heard_in_korean_and_english() {
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
    fn nothing_is_heard_without_patterns() {
        let known = Signals::default();
        assert_eq!(known.hear("체크해 주세요."), Heard::default());
        assert_eq!(known.find(Signal::When, "a"), None);
    }

    fn known(patterns: &str) -> Signals {
        let convention = format!("{{ some: {{ order: {patterns} }} }}");
        Signals::new(&serde_yaml::from_str(&convention).unwrap())
    }

    #[test]
    fn words_of_a_pattern_are_in_order_and_within_their_gaps() {
        let check = |pattern: &str, text: &str, is_found: bool| {
            let found = known(&format!("['{pattern}']"))
                .hear(text)
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
