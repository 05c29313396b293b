//! Letters by script, which tell the language of a text.

use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};

/// Fewest letters by which the language of a page is known.
const FEW: usize = 40;

/// Number of letters of a text by script, without code, tags and addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    hangul: usize,
    kana: usize,
    ideographs: usize,
    latin: usize,
}

impl Letters {
    /// Counts the letters of what is shown as text.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut letters = Self::default();
        walk(blocks, Attributes::Skip, &mut |node| {
            if let Node::Inline(Inline::Text(text)) = node {
                text.text.chars().for_each(|c| letters.count(c));
            }
        });
        letters
    }

    /// Counts the letters of a text in Markdown, roughly without code, tags and addresses.
    pub(super) fn of_source(text: &str) -> Self {
        let mut letters = Self::default();
        let mut is_code = false;
        for line in text.lines() {
            let start = line.trim_start();
            if start.starts_with("```") || start.starts_with("~~~") {
                is_code = !is_code;
            } else if !is_code && !start.starts_with(['<', '{']) && !start.starts_with("import ") {
                let words = line.split_whitespace();
                let words = words.filter(|word| !word.contains(['/', '`', '=', '<', '_']));
                words.flat_map(str::chars).for_each(|c| letters.count(c));
            }
        }
        letters
    }

    fn count(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' => self.latin += 1,
            '\u{ac00}'..='\u{d7a3}' => self.hangul += 1,
            '\u{3040}'..='\u{30ff}' => self.kana += 1,
            '\u{4e00}'..='\u{9fff}' => self.ideographs += 1,
            _ => {}
        }
    }

    /// Adds the letters of another text.
    pub(super) fn add(&mut self, other: Self) {
        self.hangul += other.hangul;
        self.kana += other.kana;
        self.ideographs += other.ideographs;
        self.latin += other.latin;
    }

    /// Whether there are too few to tell a language.
    pub(super) fn is_few(self) -> bool {
        self.all() < FEW
    }

    fn all(self) -> usize {
        self.hangul + self.kana + self.ideographs + self.latin
    }

    /// The language that has these letters. A syllable is about three letters of Latin, and half of
    /// a text may be names and code words.
    pub(super) fn language(self) -> &'static str {
        let is_more_than_latin = |count: usize| count * 6 >= self.latin;
        if is_more_than_latin(self.hangul) && self.hangul > 0 {
            "ko"
        } else if is_more_than_latin(self.kana) && self.kana * 10 > self.ideographs {
            "ja"
        } else if is_more_than_latin(self.ideographs) && self.ideographs > 0 {
            "zh"
        } else {
            "en"
        }
    }
}
