//! The numbers of the search, each with the measurement that chose it: mean reciprocal rank of
//! the benchmark's development queries, from which the test queries are kept apart.

use serde::Serialize;

/// How a field of a document counts.
#[derive(Debug, Clone, Copy)]
pub struct FieldWeight {
    /// What one occurrence is worth.
    pub weight: f64,
    /// How far a long field is discounted, `0..=1`.
    pub length: f64,
}

/// Weights by field, in the order of [`crate::search::record::Record::fields`]: title, search tags,
/// headings, keywords, text. Taken over from a study of the same pairs of syllables over the same
/// kind of documents; no grid was searched again.
pub const FIELDS: [FieldWeight; 5] = [
    FieldWeight {
        weight: 8.0,
        length: 0.5,
    },
    FieldWeight {
        weight: 6.0,
        length: 0.2,
    },
    FieldWeight {
        weight: 2.0,
        length: 0.8,
    },
    FieldWeight {
        weight: 2.0,
        length: 0.5,
    },
    FieldWeight {
        weight: 1.0,
        length: 0.75,
    },
];

/// How soon further occurrences count less (`k1` of BM25F).
pub const SATURATION: f64 = 4.0;

/// A term in more than this share of the documents is kept only where it stands outside the text;
/// it tells nothing there, and its lists are the longest.
pub const COMMON: f64 = 0.8;

/// Steps that the worth of a term in a document is rounded to; 8 lose nothing measurable against
/// unrounded values.
pub const LEVELS: u32 = 24;

/// Weights of the query side, handed to the client with the index.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryWeights {
    /// Terms that join a word to the next one.
    pub across: f64,
    /// The same where a particle was cut off between them.
    pub across_particle: f64,
    /// Terms of a particle or an ending.
    pub tail: f64,
    /// Words that say nothing of the subject.
    pub stop: f64,
    /// Words that are verbs of the sentence around.
    pub predicate: f64,
    /// Syllables that stand alone.
    pub single: f64,
    /// What a term that no document has costs, as a share of the rarest one's worth.
    pub unknown: f64,
    /// Share of a term's weight that does not depend on its best document.
    pub base: f64,
    /// A term that the syllable being typed may become.
    pub completed: f64,
    /// A title that is the query.
    pub exact: f64,
    /// A title that starts with the query.
    pub prefix: f64,
    /// A title that holds the query.
    pub within: f64,
    /// A search tag that the query holds.
    pub tag: f64,
    /// A title that holds a part of the query, times the part's share.
    pub part: f64,
    /// A document that has all terms of a query of three words or more.
    pub complete: f64,
    /// A reading of the query on the other keyboard.
    pub keyboard: f64,
    /// One letter that was mended.
    pub mended: f64,
    /// Words joined to a mended one.
    pub joined: f64,
    /// A lone syllable beside a mended word.
    pub torn: f64,
    /// Confidence below which mending is tried.
    pub doubt: f64,
    /// Readings below this share of the best one are dropped.
    pub rival: f64,
    /// Share of the meant words that the best document must have; without it nothing is found.
    pub confidence: f64,
    /// What the best document must have, in worths of the rarest term, where the share is too low.
    pub evidence: f64,
}

/// Weights of the query side.
pub const QUERY: QueryWeights = QueryWeights {
    across: 0.35,
    across_particle: 0.4,
    tail: 0.4,
    stop: 0.05,
    predicate: 0.2,
    single: 0.5,
    unknown: 0.8,
    base: 0.6,
    completed: 0.6,
    exact: 1.2,
    prefix: 0.4,
    within: 0.35,
    tag: 0.35,
    part: 0.35,
    complete: 0.2,
    keyboard: 0.95,
    mended: 0.82,
    joined: 0.8,
    torn: 0.75,
    doubt: 0.92,
    rival: 0.75,
    confidence: 0.3,
    evidence: 0.45,
};
