//! Findings as SARIF 2.1.0, which code hosts and editors read.
//!
//! Columns count UTF-16 code units, as `columnKind` states.

use serde_json::{Value, json};

use crate::report::finding::{Finding, FixEdit, Location};

/// A rule as SARIF lists it.
#[derive(Debug)]
pub struct RuleEntry {
    /// Its name.
    pub name: &'static str,
    /// One line on what it finds.
    pub summary: String,
    /// Its manual page, in Markdown.
    pub manual: String,
    /// `info`, `warning` or `error`.
    pub level: &'static str,
}

/// The findings as one run of the tool; `base` is the content folder below the repository's root.
pub fn sarif(findings: &[Finding], rules: &[RuleEntry], base: &str) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": findings.iter().map(|finding| result(finding, base)).collect::<Vec<_>>(),
        }],
    });
    let text = serde_json::to_string_pretty(&log);
    text.expect("the log contains only text and numbers") + "\n"
}

fn rule(rule: &RuleEntry) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.manual, "markdown": rule.manual },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn result(finding: &Finding, base: &str) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(&finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location_json(&finding.location, base) }],
    });
    if !finding.related.is_empty() {
        let places = finding.related.iter().enumerate().map(|(index, related)| {
            json!({
                "id": index,
                "message": { "text": related.message },
                "physicalLocation": location_json(&related.location, base),
            })
        });
        result["relatedLocations"] = places.collect();
    }
    if let Some(edits) = &finding.fix {
        result["fixes"] = json!([fix(finding, edits, base)]);
    }
    result
}

fn fix(finding: &Finding, edits: &[FixEdit], base: &str) -> Value {
    let replacements = edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(&edit.location),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "artifactChanges": [{
            "artifactLocation": artifact(&finding.location, base),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

fn location_json(location: &Location, base: &str) -> Value {
    json!({ "artifactLocation": artifact(location, base), "region": region(location) })
}

fn artifact(location: &Location, base: &str) -> Value {
    /// Bytes that a path may contain in a URI as they are, beside letters and digits.
    const PATH: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    let path = format!("{base}{}", location.path);
    json!({ "uri": percent_encoding::utf8_percent_encode(&path, PATH).to_string() })
}

fn region(location: &Location) -> Value {
    json!({
        "startLine": location.line,
        "startColumn": location.utf16.0,
        "endLine": location.end_line,
        "endColumn": location.utf16.1,
    })
}

fn level(severity: &str) -> &str {
    match severity {
        "info" => "note",
        severity => severity,
    }
}
