//! Words of visible text, as rules about language look at them.

use std::collections::HashSet;
use std::ops::Range;

use regex::Regex;

use crate::check::context::Context;
use crate::check::line::{PieceKind, TextKind, TextLine};
use crate::config::check::TextFacts;
use crate::diagnostic::Diagnostic;

/// Keys of the frontmatter that contain what people may type into a search, wrong spellings too.
const SEARCH_WORDS: [&str; 3] = ["tags", "searchTags", "seo.keywords"];

/// A run of letters and digits.
#[derive(Debug, Clone)]
pub(super) struct Word<'l> {
    /// Its text.
    pub text: &'l str,
    /// Its bytes in the line's text.
    pub range: Range<usize>,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + text[end..].find(is_word_character)?;
        end = end_of_word(text, start);
        let text = &text[start..end];
        let range = start..end;
        Some(Word { text, range })
    })
}

/// Where the word that goes on at `from` ends.
pub(super) fn end_of_word(text: &str, from: usize) -> usize {
    text[from..]
        .find(|character: char| !is_word_character(character))
        .map_or(text.len(), |length| from + length)
}

/// Whether a character is a letter or digit. Most are ASCII or Hangul syllables, which are recognised
/// without a look into Unicode's tables.
fn is_word_character(character: char) -> bool {
    match character {
        '\u{ac00}'..='\u{d7a3}' => true,
        character if character.is_ascii() => character.is_ascii_alphanumeric(),
        character => character.is_alphanumeric(),
    }
}

/// The lines that are written to be read, as words for a search are not.
pub(super) fn prose<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c TextLine<'c>> {
    let is_prose = |line: &&TextLine<'_>| match line.kind {
        TextKind::Frontmatter(key) => !SEARCH_WORDS.contains(&key),
        _ => true,
    };
    context.lines().iter().filter(is_prose)
}

/// Calls `visit` with every place in prose, code aside, where `pattern` matches: the range of the
/// group `at`, or of the whole match.
pub(super) fn matches<'c>(
    context: &'c Context<'_>,
    pattern: &Regex,
    mut visit: impl FnMut(&'c TextLine<'c>, Range<usize>),
) {
    // Most lines do not match, and that is found much faster than where a group matches.
    for line in prose(context).filter(|line| pattern.is_match(&line.text)) {
        for captures in pattern.captures_iter(&line.text) {
            let place = captures.name("at").or_else(|| captures.get(0));
            if let Some(place) = place.filter(|place| !is_code(line, place.start())) {
                visit(line, place.range());
            }
        }
    }
}

/// The finding with an edit that puts `text` in place of `range`, where the file shows it as it is.
pub(super) fn with_edit(
    finding: Diagnostic,
    line: &TextLine<'_>,
    range: Range<usize>,
    text: &str,
) -> Diagnostic {
    if line.is_literal(range.clone()) {
        finding.edit(line.span(range), text)
    } else {
        finding
    }
}

/// Whether the byte at `offset` of a line's text is in code.
pub(super) fn is_code(line: &TextLine<'_>, offset: usize) -> bool {
    line.piece_kind(offset) == PieceKind::Code
}

/// A pattern that is written in the code, or whose variable parts are escaped.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant but for escaped words")
}

/// Escaped words as alternatives, the longest first so that it is the one that matches.
pub(super) fn any_of<'w>(words: impl Iterator<Item = &'w String>) -> String {
    let mut words: Vec<String> = words.map(|word| regex::escape(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

/// What remains of a word without one of the endings that follow nouns; the word itself first.
pub(super) fn stems<'w>(word: &'w str, facts: &'w TextFacts) -> impl Iterator<Item = &'w str> {
    let shorter = facts
        .endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending.as_str()));
    std::iter::once(word).chain(shorter.filter(|stem| !stem.is_empty()))
}

/// Words of the site's own vocabulary: of titles, tags, providers and the configured terms.
pub(super) fn lexicon<'c>(context: &'c Context<'_>) -> HashSet<&'c str> {
    let facts = &context.config.check.text;
    let pages = context.pages().flat_map(|(_, page)| {
        let frontmatter = &page.document.frontmatter;
        let lists = [
            &frontmatter.tags,
            &frontmatter.search_tags,
            &frontmatter.companies,
        ];
        frontmatter.title.iter().chain(lists.into_iter().flatten())
    });
    let texts = pages.chain(&facts.terms).chain(&facts.words);
    texts
        .flat_map(|text| words(text))
        .map(|word| word.text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<_> = words("KG이니시스(주)의 V2, 결제")
            .map(|word| word.text)
            .collect();
        assert_eq!(found, ["KG이니시스", "주", "의", "V2", "결제"]);
    }

    #[test]
    fn nouns_are_found_before_their_endings() {
        let config = Config::defaults();
        let found: Vec<_> = stems("포트원에서는", &config.check.text).collect();
        assert!(found.contains(&"포트원") && found.contains(&"포트원에서는"));
        assert_eq!(stems("를", &config.check.text).count(), 1);
    }
}
