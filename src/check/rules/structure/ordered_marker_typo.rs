//! The number of a list item is followed by a comma.
//!
//! ## Why
//!
//! Markdown knows `4.` and `4)` only, so the item becomes a part of the one above it. The fix writes
//! a full stop where the line above has the number before.
//!
//! ## Bad
//!
//! ````markdown
//! 1. 계약
//! 2. 심사
//! 3, 설정
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 1. 계약
//! 2. 심사
//! 3. 설정
//! ````

use regex::Regex;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::{TextKind, TextLine};
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "ordered-marker-typo",
    level: Level::Info,
    source: include_str!("ordered_marker_typo.rs"),
    check,
    fix: Effect::Nesting,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let marker = Regex::new(r"(?m)^([0-9]{1,2})(,) +\p{L}");
    let marker = marker.expect("the expression is constant");
    for line in context.lines() {
        if line.kind == TextKind::Paragraph && line.text.contains(',') {
            found.extend(findings(line, context.text(line.file), &marker));
        }
    }
}

fn findings(line: &TextLine<'_>, text: &str, marker: &Regex) -> Vec<Diagnostic> {
    let markers = marker.captures_iter(&line.text).filter_map(|captures| {
        let (number, comma) = (captures.get(1)?, captures.get(2)?);
        let span = line.span(number.start()..comma.end());
        let is_literal = line.is_literal(number.start()..comma.end());
        let is_next = follows(&text[..span.start], number.as_str().parse().ok()?);
        (is_literal && is_next).then(|| {
            let edit = line.span(comma.range());
            let number = number.as_str();
            RULE.at(line.file, span)
                .with("number", number)
                .edit(edit, ".")
        })
    });
    markers.collect()
}

/// Whether the last written line before an item starts with the number before its own.
fn follows(before: &str, number: u32) -> bool {
    let last = before.lines().rev().find(|line| !line.trim().is_empty());
    let last = last.map_or("", |line| {
        line.trim_start_matches(|c: char| !c.is_alphanumeric())
            .rsplit('"')
            .next()
            .unwrap_or(line)
    });
    let digits = last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_marker = last[digits..].starts_with(['.', ')', ',']);
    is_marker && last[..digits].parse().ok() == number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn comma_behind_the_next_number_is_a_slip() {
        let text = "1. 가\n2. 나\n3, 다\n";
        assert_found(&RULE, text, &["3: 3,"]);
        assert_fixed(&RULE, text, "1. 가\n2. 나\n3. 다\n");
        let text = "<Callout content=\"1. 가\n2, 나\" />\n";
        assert_fixed(&RULE, text, "<Callout content=\"1. 가\n2. 나\" />\n");
    }

    #[test]
    fn numbers_of_a_sentence_are_not() {
        assert_found(&RULE, "1. 가\n2, 3번\n\n글\n4, 나\n", &[]);
    }
}
