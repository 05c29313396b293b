//! The signals of a project, as it configures them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::config::signal_matcher::SignalMatcher;
use crate::config::signals::{Patterns, Signal};

/// Patterns of each signal, by the name of a language or a trade.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "BTreeMap<String, BTreeMap<Signal, Patterns>>")]
pub struct SignalConvention {
    written: BTreeMap<String, BTreeMap<Signal, Patterns>>,
    /// Compiled when the first guide is read, because many sites have none; copies share it.
    compiled: Arc<OnceLock<SignalMatcher>>,
}

impl SignalConvention {
    /// Every signal with patterns.
    pub fn iter(&self) -> impl Iterator<Item = (Signal, &Patterns)> {
        let all = self.written.values().flatten();
        all.map(|(signal, patterns)| (*signal, patterns))
    }

    /// The matcher of all patterns.
    pub fn compiled(&self) -> &SignalMatcher {
        self.compiled
            .get_or_init(|| SignalMatcher::new(self.iter()))
    }
}

impl From<BTreeMap<String, BTreeMap<Signal, Patterns>>> for SignalConvention {
    fn from(written: BTreeMap<String, BTreeMap<Signal, Patterns>>) -> Self {
        Self {
            written,
            compiled: Arc::default(),
        }
    }
}

impl PartialEq for SignalConvention {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

/// Shows the configured patterns only, whether they are compiled or not.
impl fmt::Debug for SignalConvention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}
