//! How much one document may make of itself. A page, a folder or a checklist costs thousands of
//! bytes and a word in the source costs a few, so without limits a small file fills a disk. What
//! passes a limit is left out of the output, and the rule `too-many-pages` reports it.
//!
//! The largest of 359 real documents have 3 levels of categories, 12 companies, 5 tags, no alias,
//! and 3 modes in a scenario.

/// Deepest category; what lies deeper is in the one of this depth.
pub const MAX_CATEGORY_DEPTH: usize = 8;

/// Most companies and tags of one document that get a page.
pub const MAX_TOPICS: usize = 32;

/// Most former addresses of one document.
pub const MAX_ALIASES: usize = 32;

/// Most former addresses of a guide whose checklists lead on, too. Each is a page for every one of
/// them.
pub const MAX_MOVES: usize = 4;

/// Most modes of one scenario that get a checklist.
pub const MAX_MODES: usize = 16;

/// Longest part of a heading's id, in bytes. The longest real heading has 190.
pub const MAX_ID_PART: usize = 240;

/// Most modes that one statement or section outside all of them is repeated in. The largest real
/// guide has 12 modes.
pub const MAX_SHARED: usize = 32;

/// Longest part of a title or condition that every item below it repeats, in characters. The
/// longest real heading has 190.
pub const MAX_REPEATED: usize = 240;

/// So much of a title or condition as every item below it repeats.
pub(super) fn repeated(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_REPEATED);
    end.map_or(text, |(end, _)| &text[..end])
}
