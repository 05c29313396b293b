//! Documents that a query found, in order.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::search::known::Library;

/// Documents whose titles are looked at, and most that are found.
pub(super) const TITLES: usize = 24;

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Index of the document.
    pub document: usize,
    /// Its score; only its order among others has a meaning.
    pub score: f64,
}

pub(super) fn by_score(a: &Found, b: &Found) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then(a.document.cmp(&b.document))
}

/// The best documents, those that score the same as on the site, and the others.
pub(super) fn sorted(
    scores: HashMap<usize, f64>,
    mut others: HashMap<usize, f64>,
    library: &Library,
) -> (Vec<Found>, Vec<usize>) {
    let mut found = by_scores(scores);
    found.truncate(TITLES);
    for one in &found {
        others.remove(&one.document);
    }
    let address = |found: &Found| &library.addresses[found.document];
    found.sort_by(|a, b| {
        let better = b.score.total_cmp(&a.score);
        better.then_with(|| address(a).cmp(address(b)))
    });
    let rest = by_scores(others).into_iter().map(|one| one.document);
    (found, rest.collect())
}

fn by_scores(scores: HashMap<usize, f64>) -> Vec<Found> {
    let found = scores
        .into_iter()
        .map(|(document, score)| Found { document, score });
    let mut found: Vec<Found> = found.collect();
    found.sort_by(by_score);
    found
}
