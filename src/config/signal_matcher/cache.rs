//! Signals of texts that were matched before.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::config::signal_matcher::Numbers;

/// Longest text whose signals are cached, in bytes, and most texts in the cache.
pub(super) const LONGEST_CACHED: usize = 512;
const MOST_CACHED: usize = 2048;

thread_local! {
    pub(super) static CACHE: RefCell<MatchCache> = RefCell::default();
}

/// The signals of recent texts: guides repeat themselves, and each label is matched several times.
#[derive(Default)]
pub(super) struct MatchCache {
    /// The `id` of the matcher that found them.
    id: u64,
    by_text: HashMap<Box<str>, Numbers>,
}

impl MatchCache {
    pub fn get(&self, id: u64, text: &str) -> Option<Numbers> {
        let signals = self.by_text.get(text).filter(|_| self.id == id);
        signals.copied()
    }

    pub fn insert(&mut self, id: u64, text: &str, signals: Numbers) {
        if self.id != id || self.by_text.len() == MOST_CACHED {
            self.id = id;
            self.by_text.clear();
        }
        self.by_text.insert(text.into(), signals);
    }
}
