//! Search: what of a page is found, and by which terms.
//!
//! ```text
//! Page ─record→ Record ─count→ Counted ─index→ Entry ─pack→ files that the site's client reads
//!                                                └─known→ Library ─engine→ Answer, for the command line
//! ```
//!
//! Korean writes particles on its nouns and leaves out spaces at will, and Chinese, Japanese and Thai write none, so
//! their words make poor terms. Terms are pairs of neighbouring characters, across spaces too, and whole words of other
//! scripts.

use std::collections::HashMap;

use foldhash::fast::RandomState;

pub mod code;
pub mod coder;
pub mod count;
pub mod engine;
pub mod fold;
pub mod found;
pub mod index;
pub mod initials;
pub mod keyboard;
pub mod known;
pub mod language;
pub mod pack;
pub mod place;
pub mod query;
pub mod rank;
pub mod record;
pub mod spelling;
pub mod subject;
pub mod terms;
pub mod titles;
pub mod weights;
pub mod words;

/// A map by a fast hasher, for what is looked up for every word of every document. Its order is a chance.
type Lookup<K, V> = HashMap<K, V, RandomState>;
