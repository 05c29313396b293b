//! A navigation file of any tool may be any text: its entries and settings are read or there are
//! none, and no entry is nested deeper than a navigation may be.
//!
//! Run it by `scripts/fuzz tool 600`.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tickbook::config::navigation::{MAX_LEVELS, NavigationEntry};
use tickbook::config::{Config, PRESETS};
use tickbook::tool::ToolText;

/// Every preset; which files a tool has is their data.
static CONFIGS: LazyLock<Vec<Config>> = LazyLock::new(|| {
    let read = |name: &str| Config::read(&format!("preset: {name}"), "tickbook.yaml");
    PRESETS.iter().map(|(name, _)| read(name).expect("presets are valid")).collect()
});

/// Endings of files whose name may have any.
const ENDINGS: [&str; 5] = ["js", "ts", "json", "yaml", "toml"];

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for config in CONFIGS.iter() {
        for file in &config.tool.navigation {
            for name in names(&file.file) {
                let own = ToolText::new(&name, text.to_string());
                let found = own.entries(file).unwrap_or_default();
                assert!(depth(&found) <= MAX_LEVELS * 2 + 1, "too deep: {text:?}");
                own.folder_list();
            }
        }
        for own in &config.tool.settings {
            for name in names(&own.file) {
                ToolText::new(&name, text.to_string()).setting(&own.at);
            }
        }
    }
});

fn names(pattern: &str) -> Vec<String> {
    match pattern.strip_suffix('*') {
        Some(start) => ENDINGS.map(|ending| format!("{start}{ending}")).into(),
        None => vec![pattern.to_string()],
    }
}

fn depth(entries: &[NavigationEntry]) -> usize {
    let below = entries.iter().map(|entry| depth(&entry.pages) + 1);
    below.max().unwrap_or_default()
}
