//! The numbers of the search, each with the measurement that chose it.
//!
//! A measurement is the mean reciprocal rank × 100 over ten sets of the benchmark's development
//! queries, from which the test queries are kept apart: search tags as they are, with particles, in
//! two kinds of questions, with blanks put in and left out, mistyped and half-typed, words of titles,
//! and phrases of texts. All numbers as they stand give 80.8 and nonsense 98.1 %, the share of 1,000
//! meaningless queries that find nothing; a comment tells what the numbers to either side give, and of nonsense
//! where it is another share. A comment that gives what stands another figure was written at an earlier state, and
//! is to be compared with its own neighbours only. The neighbours of [`LEVELS`] and [`WORDS`] were taken where all gave 81.9, before a
//! query had an allowance of files.

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
/// headings, keywords, text. A title of 6 or 12 gives 81.1, headings of 1 or 4 80.8 and 80.4,
/// keywords of 1 or 4 80.6 and 80.7, a text of 0.5 or 2 80.5 and 80.3. Search tags are hidden from these queries;
/// theirs is three quarters of a title's. Discounts: title 0.3 and 0.75 give 80.8 and 80.7, headings 0.5 and 0.95
/// 81.0 and 80.8, keywords 0.2 and 0.8 80.7 and 80.6, text 0.6 and 0.9 80.7 and 80.9.
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

/// A term in more than this share of the documents is kept only where it stands outside the text;
/// it tells nothing there, and its lists are the longest. 0.5 gives 80.6, all kept 80.8.
pub const COMMON: f64 = 0.8;

/// Steps that the worth of a term in a document is rounded to. 8 give 81.5, 16 81.3, 32 81.7, 64 82.1; the
/// packed lists are 13 % larger with 24 than with 8, and 26 % with 64.
pub const LEVELS: u32 = 24;

/// How finely the worth of a term is told.
#[derive(Debug, Clone, Copy)]
pub struct Grain {
    /// How soon further occurrences count less (`k1` of BM25F).
    pub saturation: f64,
    /// Steps of its own, which divide [`LEVELS`].
    pub steps: u32,
}

/// Pairs of syllables. A saturation of 3 and of 6 gives 80.7.
pub const PAIRS: Grain = Grain {
    saturation: 4.0,
    steps: LEVELS,
};

/// Latin words, which are mostly names: finer steps tell chance, and the site's own order tells more. Latin words of
/// headings give 90.5 and mistyped 86.5, with 24 steps and a saturation of 4 90.5 and 86.3, with 8 steps and a
/// saturation of 1 88.7 and 84.5; all other queries keep their figures within 0.1.
pub const WORDS: Grain = Grain {
    saturation: 3.0,
    steps: 8,
};

/// Weights of the query side, handed to the client with the index.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryWeights {
    /// Terms that join a word to the next one. 0.2 gives 80.5, 0.5 80.9.
    pub across: f64,
    /// The same where a particle was cut off between them. 0.25 gives 81.0, 0.55 80.8.
    pub across_particle: f64,
    /// Terms of a particle or an ending. 0.2 gives 80.8, 0.6 80.9.
    pub tail: f64,
    /// Words that say nothing of the subject. 0 and 0.1 give 80.8.
    pub stop: f64,
    /// Words that are verbs of the sentence around. 0.1 gives 80.8, 0.35 80.9.
    pub predicate: f64,
    /// Syllables that stand alone. 0.3 gives 80.9, but nonsense 97.8 %, 0.7 80.8.
    pub single: f64,
    /// What a term that no document has costs, as a share of the rarest one's worth. 0.6 gives 80.8 and
    /// nonsense 97.4 %, 1 80.8 and 98.2 %.
    pub unknown: f64,
    /// Share of a term's weight that does not depend on its best document. 0.4 gives 80.8 and nonsense
    /// 98.7 %, 0.8 80.7 and 97.2 %.
    pub base: f64,
    /// A term that the syllable being typed may become. 0.5 gives 80.8, 0.7 80.9.
    pub completed: f64,
    /// A title that is the query. 0.6 and 1.5 give 80.8: with any, it comes first.
    pub exact: f64,
    /// A title that starts with the query. 0.25 gives 80.6, 0.55 80.9.
    pub prefix: f64,
    /// A title that holds the query. 0.2 gives 80.8, 0.5 80.7.
    pub within: f64,
    /// A search tag that the query holds. With tags in the index, second to fourth questions give 97.5, 97.1 and 98.6,
    /// with 0.35 94.8, 95.6 and 97.6, but half-typed tags 93.2 and not 91.6; 0.7 gives these 89.4.
    pub tag: f64,
    /// A title that holds a part of the query, times the part's share. Words that stand apart count
    /// together: of 231 pairs of words of titles 93.9, where they do not 93.1. 0.2 and 0.5 give 80.9.
    pub part: f64,
    /// A document that has all terms of a query of three words or more. 0.2 and 0.5 give 80.7: what phrases of
    /// texts gain search tags with particles lose.
    pub complete: f64,
    /// A reading of the query on the other keyboard. 0.9 gives 80.8, 1 80.8 and nonsense 97.7 %.
    pub keyboard: f64,
    /// One letter that was mended. 0.76 gives 80.7, 0.88 80.9 and nonsense 98.0 %.
    pub mended: f64,
    /// Words joined to a mended one. 0.7 gives 80.6, 0.88 80.8 and nonsense 97.9 %.
    pub joined: f64,
    /// A lone syllable beside a mended word. 0.5 gives 80.8, 1 80.8 and nonsense 97.8 %.
    pub torn: f64,
    /// Confidence below which mending is tried. 0.7 gives 80.7, 0.97 80.8.
    pub doubt: f64,
    /// Readings below this share of the best one are dropped. 0.6 gives 80.8 and nonsense 97.7 %, 0.9 80.8.
    pub rival: f64,
    /// Share of the meant words that the best document must have; without it nothing is found. 0.25
    /// gives 80.9 and nonsense 97.3 %, 0.35 80.8 and 98.3 %.
    pub confidence: f64,
    /// What the best document must have, in worths of the rarest term, where the share is too low. 0.35
    /// gives 80.9, but nonsense 96.7 %, 0.6 80.6 and 98.8 %.
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
    tag: 0.5,
    part: 0.35,
    complete: 0.3,
    keyboard: 0.95,
    mended: 0.82,
    joined: 0.8,
    torn: 0.75,
    doubt: 0.92,
    rival: 0.75,
    confidence: 0.3,
    evidence: 0.45,
};
