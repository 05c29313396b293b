//! Processor time where instructions cannot be counted, on larger texts: a coarse measure of the
//! steps, and none of single rules.

use std::fs;
use std::time::{Duration, Instant};

use crate::shapes::{SIZES, Shape};
use crate::steps::{Bench, sources, whole_line};

/// How many times larger texts are than those whose instructions are counted.
const SCALE: usize = 4;

/// A doubling may take this many times as long; the square takes four times.
const LIMIT: f64 = 3.0;

/// Faster than this says nothing.
const NOISE: Duration = Duration::from_millis(40);

/// Most measurements before a verdict; a busy machine needs more than one.
const ROUNDS: usize = 4;

/// How long steps took, in their order.
#[derive(Default)]
pub struct Times(Vec<(&'static str, Duration)>);

impl Times {
    /// Does a step and keeps its time; on Linux the processor's time for this thread alone, so
    /// that a busy machine does not count.
    pub fn of<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let (start, busy) = (Instant::now(), processor_time());
        let made = work();
        let time = match (busy, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => start.elapsed(),
        };
        self.0.push((step, time));
        made
    }
}

fn processor_time() -> Option<Duration> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = statistics.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Steps whose time grows faster than the content, a line each.
pub fn faults(shapes: &[&Shape]) -> Vec<String> {
    shapes
        .iter()
        .flat_map(|shape| faults_of(&Bench::new(shape.preset), shape))
        .collect()
}

/// The least times of several rounds are compared, as many as it takes until all are right.
fn faults_of(bench: &Bench, shape: &Shape) -> Vec<String> {
    let texts = shape.sizes().map(|size| sources(shape, size * SCALE));
    let mut least: [Times; SIZES.len()] = Default::default();
    let mut faults = Vec::new();
    for _ in 0..ROUNDS {
        for (least, text) in least.iter_mut().zip(&texts) {
            take_less(least, whole_line(bench, text));
        }
        faults = verdict(shape, &least);
        if faults.is_empty() {
            break;
        }
    }
    faults
}

fn take_less(least: &mut Times, times: Times) {
    if least.0.is_empty() {
        *least = times;
        return;
    }
    for (least, time) in least.0.iter_mut().zip(times.0) {
        least.1 = least.1.min(time.1);
    }
}

fn verdict(shape: &Shape, [once, twice, four]: &[Times; SIZES.len()]) -> Vec<String> {
    let steps = once.0.iter().zip(&twice.0).zip(&four.0);
    let slow = steps.filter(|((once, twice), four)| !is_linear(once.1, twice.1, four.1));
    slow.map(|((once, twice), four)| {
        format!(
            "{}: {} ({:?}, {:?}, {:?})",
            shape.name, once.0, once.1, twice.1, four.1
        )
    })
    .collect()
}

fn is_linear(once: Duration, twice: Duration, four: Duration) -> bool {
    let (first, second) = (twice.saturating_sub(once), four.saturating_sub(twice));
    second < NOISE || second.as_secs_f64() < LIMIT * first.as_secs_f64()
}
