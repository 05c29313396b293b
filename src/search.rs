//! Search: what of a page is found, and by which terms.
//!
//! ```text
//! Page ─record→ Record ─terms→ Index ─pack→ files that the site's client reads
//! ```
//!
//! Korean writes particles on its nouns and leaves out blanks at will, so words make poor terms.
//! Terms are pairs of neighbouring syllables, across blanks too, and whole Latin words.

pub mod index;
pub mod language;
pub mod pack;
pub mod record;
pub mod terms;
pub mod weights;
pub mod words;
