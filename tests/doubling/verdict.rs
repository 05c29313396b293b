//! What grows faster than the content.

use std::collections::HashMap;

use crate::rules::rule_functions;
use crate::shapes::{SIZES, Shape};
use crate::steps::STEPS;

/// A doubling may cost this many times as much as the one before it: twice, with room for sorting
/// and for tables that grow. The square costs four times as much.
const LIMIT: f64 = 2.6;

/// Instructions for each added byte below which a step is not judged: about what reading it takes.
const LEAST: u64 = 256;

/// Part of a step's cost that differs from run to run, by the order of tables and the caches of
/// regular expressions.
const NOISE: u64 = 10;

/// Instructions by function.
pub type Counts = HashMap<String, u64>;

/// Steps and rules with their functions.
fn named_functions() -> Vec<(&'static str, String)> {
    let steps = STEPS
        .iter()
        .map(|step| (*step, format!("doubling::steps::{step}")));
    let rules = rule_functions()
        .into_iter()
        .map(|rule| (rule.rule, rule.function));
    steps.chain(rules).collect()
}

/// The counts of one shape, by size.
pub struct Measured<'s> {
    pub shape: &'s Shape,
    pub counts: [Counts; SIZES.len()],
}

impl Measured<'_> {
    /// What is wrong, a line each. Differences are compared, so that what every size costs alike
    /// hides nothing.
    pub fn faults(&self) -> Vec<String> {
        named_functions()
            .iter()
            .filter_map(|(name, function)| self.fault(name, function))
            .collect()
    }

    /// The counts of steps and rules, the most expensive first.
    pub fn table(&self) -> String {
        let mut rows: Vec<(u64, String)> = named_functions()
            .into_iter()
            .map(|(name, function)| {
                let counts = self.counts.iter().map(|counts| counts.get(&function));
                let counts: Vec<u64> = counts
                    .map(|count| count.copied().unwrap_or_default())
                    .collect();
                let last = counts.last().copied().unwrap_or_default();
                (last, format!("{name} {counts:?}"))
            })
            .collect();
        rows.sort();
        let rows: Vec<String> = rows
            .into_iter()
            .rev()
            .map(|(_, row)| format!("  {row}"))
            .collect();
        format!("{}:\n{}", self.shape.name, rows.join("\n"))
    }

    fn fault(&self, name: &str, function: &str) -> Option<String> {
        let shape = self.shape.name;
        let counts: Option<Vec<u64>> = self
            .counts
            .iter()
            .map(|counts| counts.get(function).copied())
            .collect();
        let Some(counts) = counts else {
            return Some(format!("{shape}: {name} was not measured ({function})"));
        };
        let [once, twice, four] = counts[..] else {
            return None;
        };
        let (first, second) = (twice.saturating_sub(once), four.saturating_sub(twice));
        let noise = once / NOISE;
        let [_, half, whole] = self.shape.sizes();
        let is_small = second < LEAST * (whole - half) as u64 + noise;
        // A pattern is compiled at a cost that varies by more than a short text costs. Where the first
        // doubling costs nothing, something that only short texts have has ended, such as data about
        // a procedure of few steps, and the counts themselves are compared.
        let growth = match first > noise {
            true => second.saturating_sub(noise) as f64 / first as f64,
            false => four as f64 / twice.max(1) as f64,
        };
        (!is_small && growth > LIMIT)
            .then(|| format!("{shape}: {name} {growth:.1} times ({once}, {twice}, {four})"))
    }
}
