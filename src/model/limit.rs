//! Limits for how much output one document may produce. A page, a folder or a checklist has
//! thousands of bytes and a word in the source a few, so without limits a small file could fill a
//! disk. What exceeds a limit is left out of the output, and the rule `too-many-pages` reports it.
//!
//! The largest of 359 real documents have 3 levels of categories, 12 companies, 5 tags, no alias,
//! and 3 modes in a scenario.

/// Deepest category; deeper ones are merged into the one at this depth.
pub const MAX_CATEGORY_DEPTH: usize = 8;

/// Most companies and tags of one document that get a page.
pub const MAX_TOPICS: usize = 32;

/// Most former addresses of one document.
pub const MAX_ALIASES: usize = 32;

/// Most former addresses of a guide whose checklists also get a redirect. Each of these addresses
/// adds a page for every checklist.
pub const MAX_MOVES: usize = 4;

/// Most modes of one scenario that get a checklist.
pub const MAX_MODES: usize = 16;

/// Longest part of a heading's id, in bytes. The longest real heading has 190.
pub const MAX_ID_PART: usize = 240;

/// Most modes in which a statement or section outside the modes is repeated. The largest real guide
/// has 12 modes.
pub const MAX_SHARED: usize = 32;

/// Longest part of a title or condition that every item below it repeats, in characters. The
/// longest real heading has 190.
pub const MAX_REPEATED: usize = 240;

/// The part of a title or condition that every item below it repeats.
pub(super) fn repeated(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_REPEATED);
    end.map_or(text, |(end, _)| &text[..end])
}
