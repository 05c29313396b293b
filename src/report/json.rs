//! Findings as a JSON array, for scripts.

use crate::report::finding::Finding;

/// The findings as an array, one object each; see [`Finding`] for its keys.
pub fn json(findings: &[Finding]) -> String {
    let text = serde_json::to_string_pretty(findings);
    text.expect("findings contain only text and numbers") + "\n"
}
