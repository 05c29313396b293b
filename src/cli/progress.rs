//! How much of a long task is done, shown on a terminal and nowhere else.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::cli::Console;

/// Width of the bar, in characters.
const BAR: usize = 30;

/// A bar that grows with what is done.
pub(super) struct Progress {
    done: AtomicUsize,
    all: usize,
    is_shown: bool,
}

impl Progress {
    /// Progress of `all` pieces of work.
    pub fn new(all: usize, console: Console) -> Self {
        Self {
            done: AtomicUsize::new(0),
            all,
            is_shown: !console.is_quiet && io::stderr().is_terminal(),
        }
    }

    /// Counts one more piece that is done.
    pub fn count(&self) {
        if !self.is_shown {
            return;
        }
        // One thread draws at a time, so that no smaller number is drawn over a larger one.
        let mut screen = io::stderr().lock();
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // If standard error is closed, there is nowhere to report it.
        let _ = screen.write_all(drawn(done, self.all).as_bytes());
    }
}

/// The bar, in place of the one before.
fn drawn(done: usize, all: usize) -> String {
    let full = done.min(all) * BAR / all.max(1);
    let bar = "#".repeat(full) + &".".repeat(BAR - full);
    let end = if done == all { "\n" } else { "" };
    format!("\r[{bar}] {done}/{all}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bar_is_full_when_all_is_done() {
        for (done, all, expected) in [
            (1, 2, "\r[###############...............] 1/2"),
            (2, 2, "\r[##############################] 2/2\n"),
            (3, 2, "\r[##############################] 3/2"),
        ] {
            assert_eq!(drawn(done, all), expected);
        }
    }
}
