//! The reader takes any text: no panic, spans in the text, on character boundaries and inside the
//! node around them, and no visible character lost.
//!
//! Run it by `scripts/fuzz parse 600`.

#![no_main]

#[path = "../../tests/reader/checks.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| checks::check(&String::from_utf8_lossy(bytes)));
