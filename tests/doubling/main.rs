//! Twice the content costs about twice the work, whatever the content: the reader, the model,
//! every rule, the fixes, the reports, the outputs and the comparison, each for itself.
//!
//! The program measures itself: `main` starts it again under valgrind, whose callgrind counts
//! instructions, and looks at how the count of each step grows from one size to the next. Where
//! valgrind is missing, processor time takes its place, which tells less.
//!
//! ```text
//! cargo test --test doubling               # every shape
//! cargo test --test doubling -- jamo deep  # shapes whose names contain one of the words
//! ```

mod callgrind;
mod clock;
mod dialects;
mod rules;
mod shapes;
mod steps;
mod verdict;

use std::process::ExitCode;

use crate::shapes::{Shape, all};
use crate::verdict::Measured;

/// First argument of the program when it is run under valgrind.
const WORKER: &str = "--measured-by-callgrind";

/// Prints all counts, too.
const SHOW: &str = "--show";

/// Measures time where instructions could be counted, which is much faster and tells less.
const CLOCK: &str = "--clock";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, names @ ..] = arguments.as_slice()
        && first == WORKER
    {
        steps::alone(|| steps::run_all(&named(names)));
        return ExitCode::SUCCESS;
    }
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted =
        |shape: &&Shape| words.is_empty() || words.iter().any(|word| shape.name.contains(*word));
    let shapes: Vec<&'static Shape> = all().filter(is_wanted).collect();
    if shapes.is_empty() {
        return ExitCode::SUCCESS;
    }
    let is_counted = callgrind::is_here() && !arguments.iter().any(|argument| argument == CLOCK);
    let faults = match is_counted {
        true => {
            let measured = callgrind::measure(&shapes);
            if arguments.iter().any(|argument| argument == SHOW) {
                measured
                    .iter()
                    .for_each(|measured| println!("{}", measured.table()));
            }
            measured.iter().flat_map(Measured::faults).collect()
        }
        false => steps::alone(|| clock::faults(&shapes)),
    };
    report(&shapes, &faults)
}

fn named(names: &[String]) -> Vec<&'static Shape> {
    all()
        .filter(|shape| names.iter().any(|name| name == shape.name))
        .collect()
}

fn report(shapes: &[&Shape], faults: &[String]) -> ExitCode {
    if faults.is_empty() {
        println!("{} shapes grow no faster than their content", shapes.len());
        return ExitCode::SUCCESS;
    }
    eprintln!("more than linear:\n{}", faults.join("\n"));
    ExitCode::FAILURE
}
