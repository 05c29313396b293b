//! A project's configuration may be any text: it is read or refused with a reason, and what was
//! read is taken as conventions or refused.
//!
//! Run it by `scripts/fuzz config 600`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tickbook::config::Config;
use tickbook::model::conventions::Conventions;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match Config::read(&text, "tickbook.yaml") {
        Ok(config) => _ = Conventions::new(&config),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
