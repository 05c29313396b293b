//! Which emphasis marks belong together: the delimiter algorithm of CommonMark, for runs whose
//! flanking is known.

use std::ops::Range;

use crate::markdown::emphasis::flanking::Flanking;

/// A run of equal emphasis marks.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// `*`, `_` or `~`.
    pub mark: u8,
    /// Its bytes.
    pub range: Range<usize>,
    /// What it may do.
    pub flanking: Flanking,
}

/// Marks of two runs that enclose what is between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Index of the run that opens it.
    pub opener: usize,
    /// Index of the run that closes it.
    pub closer: usize,
    /// How many marks of each run it takes: 1 or 2.
    pub length: usize,
}

/// A run that may still open, with the marks it has left.
#[derive(Clone, Copy)]
struct Open {
    run: usize,
    left: usize,
}

/// Kinds of closers; each looks for its opener among those that no equal one has looked at.
const CLOSER_KINDS: usize = 3 * 2 * 3;

/// Runs that may open, innermost last.
struct Openers<'r> {
    runs: &'r [Run],
    open: Vec<Open>,
    /// For each kind of closer, how many openers from the bottom are of no use to it. This keeps
    /// the search linear.
    bottoms: [usize; CLOSER_KINDS],
}

/// The pairs among those of `runs` that `scope` lists in order, the inner ones of a run first.
pub(super) fn pairs(runs: &[Run], scope: &[usize]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut openers = Openers {
        runs,
        open: Vec::new(),
        bottoms: [0; CLOSER_KINDS],
    };
    for &index in scope {
        let run = &runs[index];
        let mut left = run.range.len();
        while left > 0 && run.flanking.can_close {
            let Some(open) = openers.take_for(run) else {
                break;
            };
            let matched = left.min(open.left);
            pairs.extend(lengths(matched).map(|length| Pair {
                opener: open.run,
                closer: index,
                length,
            }));
            left -= matched;
            openers.push(Open {
                left: open.left - matched,
                ..open
            });
        }
        if run.flanking.can_open {
            openers.push(Open { run: index, left });
        }
    }
    pairs
}

/// How `count` marks on both sides make pairs, from the inside: `***a***` is strong in emphasis.
fn lengths(count: usize) -> impl Iterator<Item = usize> {
    let twos = std::iter::repeat_n(2, count / 2);
    twos.chain(std::iter::repeat_n(1, count % 2))
}

impl Openers<'_> {
    fn push(&mut self, open: Open) {
        if open.left > 0 {
            self.open.push(open);
        }
    }

    /// Takes the innermost opener that `closer` closes; those above it open nothing any more.
    fn take_for(&mut self, closer: &Run) -> Option<Open> {
        let kind = kind(closer);
        let bottom = self.bottoms[kind];
        let above = &self.open[bottom..];
        let found = above
            .iter()
            .rposition(|open| is_closed_by(&self.runs[open.run], closer));
        let Some(index) = found.map(|index| bottom + index) else {
            self.bottoms[kind] = self.open.len();
            return None;
        };
        let open = self.open[index];
        self.open.truncate(index);
        for bottom in &mut self.bottoms {
            *bottom = index.min(*bottom);
        }
        Some(open)
    }
}

/// Closers of one kind are closed by the same openers. Of tildes the length itself counts, and
/// only one or two of them mean something.
fn kind(closer: &Run) -> usize {
    let mark = match closer.mark {
        b'*' => 0,
        b'_' => 1,
        _ => 2,
    };
    let is_both = closer.flanking.can_open && mark != 2;
    let length = match mark {
        2 => closer.range.len().min(3) - 1,
        _ => closer.range.len() % 3,
    };
    (mark * 2 + usize::from(is_both)) * 3 + length
}

/// Whether a pair can be made of two runs: CommonMark's rules 9 and 10, and for tildes GFM's that
/// both are equally long.
fn is_closed_by(opener: &Run, closer: &Run) -> bool {
    let (open, close) = (opener.range.len(), closer.range.len());
    if opener.mark != closer.mark {
        return false;
    }
    if opener.mark == b'~' {
        return open == close && open <= 2;
    }
    let is_both = opener.flanking.can_close || closer.flanking.can_open;
    !is_both
        || !(open + close).is_multiple_of(3)
        || (open.is_multiple_of(3) && close.is_multiple_of(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::emphasis::flanking::{Rules, flanking};

    /// Shows each pair as what it encloses, marks included, in the order of the pairs.
    fn check(text: &str, expected: &[&str]) {
        let runs = runs(text);
        let all: Vec<usize> = (0..runs.len()).collect();
        let mut cuts: Vec<Range<usize>> = runs.iter().map(|run| run.range.clone()).collect();
        let mut found = Vec::new();
        for pair in pairs(&runs, &all) {
            cuts[pair.opener].end -= pair.length;
            cuts[pair.closer].start += pair.length;
            found.push(&text[cuts[pair.opener].end..cuts[pair.closer].start]);
        }
        assert_eq!(found, expected, "{text}");
    }

    fn runs(text: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, _) in text.match_indices(['*', '_', '~']) {
            let mark = text.as_bytes()[at];
            match runs.last_mut() {
                Some(run) if run.mark == mark && run.range.end == at => run.range.end += 1,
                _ => runs.push(Run {
                    mark,
                    range: at..at + 1,
                    flanking: Flanking {
                        can_open: false,
                        can_close: false,
                    },
                }),
            }
        }
        for run in &mut runs {
            let (before, behind) = (&text[..run.range.start], &text[run.range.end..]);
            run.flanking = flanking(
                Rules::CommonMark,
                (run.mark, run.range.len()),
                before,
                behind,
            );
        }
        runs
    }

    #[test]
    fn inner_pairs_come_first() {
        check("***a***", &["**a**", "***a***"]);
        check("**a *b***", &["*b*", "**a *b***"]);
        check("*a **b** c*", &["**b**", "*a **b** c*"]);
    }

    #[test]
    fn lengths_follow_the_rule_of_three() {
        check("*a**b*", &["*a**b*"]);
        check("**a*b", &[]);
        check("***a** b*", &["**a**", "***a** b*"]);
    }

    #[test]
    fn tildes_pair_with_as_many() {
        check("~~a~~ ~b~", &["~~a~~", "~b~"]);
        check("~~a~ b", &[]);
        check("~a ~~b~~ c~", &["~~b~~", "~a ~~b~~ c~"]);
    }

    #[test]
    fn marks_between_a_pair_stay_text() {
        check("*a _b* c_", &["*a _b*"]);
    }
}
