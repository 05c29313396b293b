//! Things that wait to be paired with others, by what both have in common.

use std::borrow::Borrow;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Indices of things by key, those of one key in order.
pub(super) struct Queues<K> {
    waiting: HashMap<K, VecDeque<usize>>,
}

impl<K: Eq + Hash> Queues<K> {
    /// The things with these keys; one without a key is never found.
    pub fn of(keys: impl Iterator<Item = Option<K>>) -> Self {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, key) in keys.enumerate() {
            if let Some(key) = key {
                waiting.entry(key).or_default().push_back(index);
            }
        }
        Self { waiting }
    }

    /// The first thing with this key that is left, which is left no more.
    pub fn take<Q>(&mut self, key: &Q, left: &mut [bool]) -> Option<usize>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let waiting = self.waiting.get_mut(key)?;
        while let Some(index) = waiting.pop_front() {
            if std::mem::replace(&mut left[index], false) {
                return Some(index);
            }
        }
        None
    }
}
