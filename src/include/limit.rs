//! How much documents may include.

/// Deepest include in an include.
pub const MAX_DEPTH: usize = 8;

/// Longest text of a document with all that it includes, in bytes.
pub const MAX_PAGE_BYTES: usize = 4 << 20;

/// What any site may include, in bytes.
const SITE_BYTES: usize = 16 << 20;

/// How many times its own texts a site may include besides.
const TIMES_CONTENT: usize = 16;

/// Most bytes that all documents of a site with so many bytes of text may include.
pub(super) fn site_bytes(content: usize) -> usize {
    SITE_BYTES + TIMES_CONTENT * content
}
