//! Instructions of each function, as valgrind's callgrind counts them.
//!
//! One process takes several shapes through the line, and callgrind writes a profile of its own
//! each time one has come to its end.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::WORKER;
use crate::shapes::{SIZES, Shape};
use crate::verdict::{Counts, Measured};

/// Number of the first shape's first profile; the one before it is of what is made once.
const FIRST: usize = 2;

/// Profiles of each shape: one that fills caches, and one for each size.
const PROFILES: usize = 1 + SIZES.len();

/// Behind which function a profile is written.
const END: &str = "doubling::steps::end_of_line";

/// Whether valgrind can be run.
pub fn is_here() -> bool {
    let version = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}

/// Measures all shapes, as many at a time as there are processors.
pub fn measure<'s>(shapes: &[&'s Shape]) -> Vec<Measured<'s>> {
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(shapes.len());
    // Neighbours cost alike, so each worker takes every so manieth.
    let share = |worker| {
        shapes
            .iter()
            .copied()
            .skip(worker)
            .step_by(workers)
            .collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let started: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || measure_in_one(&share(worker))))
            .collect();
        started
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker panicked"))
            .collect()
    })
}

fn measure_in_one<'s>(shapes: &[&'s Shape]) -> Vec<Measured<'s>> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let profile = folder.path().join("profile");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--dump-line=no"])
        .arg(format!("--dump-after={END}*"))
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(env::current_exe().expect("the program knows where it is"))
        .arg(WORKER)
        .args(shapes.iter().map(|shape| shape.name))
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "valgrind failed"
    );
    let read = |number: usize| inclusive(&folder.path().join(format!("profile.{number}")));
    let measured = shapes.iter().enumerate().map(|(index, shape)| Measured {
        shape,
        counts: std::array::from_fn(|size| read(FIRST + index * PROFILES + 1 + size)),
    });
    measured.collect()
}

/// Instructions of each function with all that it calls, over all calls from other functions.
///
/// ```text
/// fn=(12) tickbook::check::check_while
/// 0 421
/// cfn=(17) tickbook::check::rules::text::double_space::check
/// calls=1 0
/// 0 51234
/// ```
fn inclusive(profile: &Path) -> Counts {
    let text = fs::read_to_string(profile).expect("callgrind wrote a profile");
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut counts: HashMap<&str, u64> = HashMap::new();
    let (mut caller, mut called, mut is_call) = ("", "", false);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("fn=") {
            caller = full(name, &mut names);
        } else if let Some(name) = line.strip_prefix("cfn=") {
            called = full(name, &mut names);
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if is_call {
            is_call = false;
            let cost = line
                .split(' ')
                .nth(1)
                .and_then(|cost| cost.parse::<u64>().ok());
            if caller != called {
                *counts.entry(called).or_default() += cost.unwrap_or_default();
            }
        }
    }
    counts
        .into_iter()
        .map(|(name, count)| (without_hash(name).to_string(), count))
        .collect()
}

/// A name is written once with its number, and then as the number alone.
fn full<'t>(written: &'t str, names: &mut HashMap<&'t str, &'t str>) -> &'t str {
    match written.split_once(' ') {
        Some((number, name)) => {
            names.insert(number, name);
            name
        }
        None => names.get(written).copied().unwrap_or_default(),
    }
}

/// Valgrind marks the further ones of functions that call themselves by `'2`, and may leave the
/// compiler's hash.
fn without_hash(name: &str) -> &str {
    let name = name.split('\'').next().unwrap_or(name);
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 => path,
        _ => name,
    }
}
