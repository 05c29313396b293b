//! Files of other tools may be any text: literals of JavaScript, YAML and TOML are read as data or
//! refused, and nothing that was read is larger or deeper than the limits allow.
//!
//! Run it by `scripts/fuzz literal 600`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tickbook::literal::{MAX_NESTING, Value, read, script, toml, yaml};

/// Values that a byte of YAML may stand for, with a start that even a short text may have.
const MOST_FOR_EACH_BYTE: usize = 64;
const MOST_FOR_ANY_TEXT: usize = 1 << 17;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    check(&text, Some(read(&text)));
    check(&text, script::exported(&text));
    check(&text, script::under_key(&text, "sidebar"));
    check(&text, yaml::read(&text).ok());
    check(&text, toml::read(&text).ok());
});

fn check(text: &str, value: Option<Value>) {
    let Some(value) = value else {
        return;
    };
    let (count, depth) = size(&value);
    assert!(depth <= MAX_NESTING * 4, "{depth} levels of {text:?}");
    let most = text.len() * MOST_FOR_EACH_BYTE + MOST_FOR_ANY_TEXT;
    assert!(count <= most, "{count} values of {text:?}");
    std::hint::black_box((value.to_json(), value.text()));
}

/// How many values there are, and how deep they are nested.
fn size(value: &Value) -> (usize, usize) {
    let sizes: Vec<_> = match value {
        Value::List(items) => items.iter().map(size).collect(),
        Value::Map(entries) => entries.iter().map(|(_, value)| size(value)).collect(),
        _ => Vec::new(),
    };
    let count: usize = sizes.iter().map(|(count, _)| count).sum();
    let depth = sizes.iter().map(|(_, depth)| *depth).max();
    (count + 1, depth.unwrap_or_default() + 1)
}
