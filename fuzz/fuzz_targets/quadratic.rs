//! Four times the text takes about four times as long to read. Where a part of the reader looks
//! back at all that came before, it takes sixteen times as long. The length of the text decides in
//! which dialect it is read.
//!
//! Run it by `scripts/fuzz quadratic 600`.

#![no_main]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use tickbook::config::Config;
use tickbook::markdown::parse;
use tickbook::source::FileId;

/// Bytes of the shorter text.
const LENGTH: usize = 16 << 10;

/// Most times longer that four times the text may take; half-way between four and sixteen.
const MOST: u32 = 10;

/// What is faster is too fast to be measured.
const LEAST: Duration = Duration::from_millis(4);

/// How often texts are measured before one is called slow; the least time counts, for machines have other
/// work too.
const TRIES: usize = 8;

static CONFIGS: LazyLock<[Config; 3]> = LazyLock::new(|| {
    ["", "preset: mdx", "preset: markdown"]
        .map(|text| Config::read(text, "tickbook.yaml").expect("presets are valid"))
});

/// Least time of so many tries.
fn time(text: &str, config: &Config, tries: usize) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(parse(text, FileId(0), &config.components));
        start.elapsed()
    };
    (0..tries).map(once).min().unwrap_or_default()
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if text.is_empty() {
        return;
    }
    let config = &CONFIGS[bytes.len() % CONFIGS.len()];
    let short = text.repeat(LENGTH.div_ceil(text.len()));
    let long = short.repeat(4);
    let is_slow = |tries| {
        let (short, long) = (time(&short, config, tries), time(&long, config, tries));
        long > LEAST * MOST && long > short.max(LEAST) * MOST
    };
    assert!(!is_slow(1) || !is_slow(TRIES), "slow: {text:?}");
});
