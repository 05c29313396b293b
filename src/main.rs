//! The command line: arguments in, exit code out.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build makes and drops millions of small strings on every processor.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tickbook::cli::main()
}
