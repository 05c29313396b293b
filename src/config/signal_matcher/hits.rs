//! The matches of words in a text, and of patterns among them.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::config::signal_matcher::{CompiledPattern, CompiledStep};
use crate::config::signals::Gap;

/// Characters ignored at the end of a text when a pattern must match there.
const CLOSING: [char; 7] = ['.', '!', '?', ')', '*', '~', '。'];

/// Marks that end a sentence; no gap extends past them.
const ENDS: [char; 4] = ['.', '!', '?', '。'];

/// Longest text whose buffers are reused for the next one, in bytes.
const LONGEST_REUSED: usize = 1 << 16;

thread_local! {
    static BUFFERS: Cell<Buffers> = Cell::default();
}

/// The words found in a text. Buffers are cleared and reused, so the cost of matching depends on
/// the text and not on how many words the patterns have.
#[derive(Default)]
pub(super) struct Buffers {
    /// Numbers of the words found, each once, in the order of their first match.
    pub distinct: Vec<usize>,
    /// The byte ranges of each, in order.
    by_rank: Vec<Vec<Range<usize>>>,
    /// For each word, its position in `distinct`, from 1; 0 when it was not found.
    ranks: Vec<usize>,
}

impl Buffers {
    pub fn add(&mut self, word: usize, range: Range<usize>) {
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
pub(super) struct Hits<'t> {
    text: &'t str,
    pub buffers: Buffers,
    /// Byte offsets of the start and the end of the text, ignoring marks and blanks.
    ends: OnceCell<(usize, usize)>,
}

impl<'t> Hits<'t> {
    /// A text without matches yet; `words` is the number of words.
    pub fn new(text: &'t str, words: usize) -> Self {
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
    pub fn may_have(&self, pattern: &CompiledPattern) -> bool {
        let is_there = |step: &CompiledStep| step.words.iter().any(|word| self.has(*word));
        let mut steps = pattern.steps.iter();
        steps.all(|step| step.may_be_absent || is_there(step))
    }

    /// Calls `is_it` with the matches of a pattern until it returns true; whether it did.
    pub fn any(
        &self,
        pattern: &CompiledPattern,
        is_it: &mut dyn FnMut(Range<usize>) -> bool,
    ) -> bool {
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
