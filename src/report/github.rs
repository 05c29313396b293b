//! Findings as workflow commands, which GitHub shows beside the lines of a change.
//!
//! ```text
//! ::error file=content/a.md,line=3,endLine=3,col=5,endColumn=9,title=mode-mismatch::message
//! ```
//!
//! Data and properties are escaped as the runner's toolkit does it, so that no text of the
//! content starts a command of its own.

use crate::report::clean::without_controls;
use crate::report::finding::Finding;

/// The findings, a line each; `base` is the content folder below the repository's root.
pub fn github(findings: &[Finding], base: &str) -> String {
    findings.iter().map(|finding| line(finding, base)).collect()
}

fn line(finding: &Finding, base: &str) -> String {
    let command = match finding.severity.as_str() {
        "info" => "notice",
        severity => severity,
    };
    let location = &finding.location;
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&format!("{base}{}", location.path)),
        location.line,
        location.end_line,
        location.column,
        location.end_column,
        property(&finding.rule),
        data(&message)
    )
}

fn data(text: &str) -> String {
    without_controls(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_content_starts_no_command() {
        assert_eq!(data("a\n::error::b%\u{1b}"), "a%0A::error::b%25?");
        assert_eq!(property("a:b,c\n"), "a%3Ab%2Cc%0A");
    }
}
