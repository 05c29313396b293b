//! The text contains an invisible character.
//!
//! ## Why
//!
//! A copied value does not work, a search finds nothing, and lines break in the wrong place.
//!
//! ## Bad
//!
//! ```markdown
//! 결제 연동​ 설정
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 결제 연동 설정
//! ```
//!
//! Joiners and selectors of emoji are left alone; control characters are reported by `control-character`.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::TextLine;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{is_code, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "invisible-character",
    level: Level::Info,
    source: include_str!("invisible_character.rs"),
    check,
    fix: Effect::Text,
};

/// Spaces that look like the normal one: no-break, figure, narrow no-break, ideographic.
const BLANKS: [char; 4] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}'];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in prose(context) {
        for range in runs(&line.text) {
            // A character reference is seen in the file.
            if line.is_literal(range.clone()) && !is_code(line, range.start) {
                found.push(finding(line, range));
            }
        }
    }
}

/// Runs of invisible characters.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match runs.last_mut() {
            _ if !is_invisible(text, at, character) => {}
            Some(run) if run.end == at => run.end = end,
            _ => runs.push(at..end),
        }
    }
    runs
}

fn is_invisible(text: &str, at: usize, character: char) -> bool {
    match character {
        // A joiner between emoji makes one of two.
        '\u{200d}' => text[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_alphanumeric),
        // Soft hyphen, zero-width marks, directions, word joiner, filler, text selector, byte order.
        '\u{ad}'
        | '\u{200b}'
        | '\u{200c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{3164}'
        | '\u{fe0e}'
        | '\u{feff}' => true,
        _ => BLANKS.contains(&character),
    }
}

fn finding(line: &TextLine<'_>, run: Range<usize>) -> Diagnostic {
    let first = line.text[run.clone()].chars().next().map_or(0, u32::from);
    let span = line.span(run.clone());
    let finding = RULE
        .at(line.file, span)
        .with("code", format!("U+{first:04X}"));
    let is_blank = line.text[run.clone()].contains(BLANKS);
    if is_inside(line, run, is_blank) {
        finding.edit(span, if is_blank { " " } else { "" })
    } else {
        finding
    }
}

/// Whether a run is between letters. At an edge of the text, or of a mark, it may keep the
/// mark from closing, and a space would be layout.
fn is_inside(line: &TextLine<'_>, run: Range<usize>, is_blank: bool) -> bool {
    let is_plain = |neighbour: char| neighbour.is_alphanumeric() || (!is_blank && neighbour == ' ');
    let last = line.text[..run.start].chars().next_back();
    let next = line.text[run.end..].chars().next();
    let (Some(last), Some(next)) = (last, next) else {
        return false;
    };
    let with_neighbours = run.start - last.len_utf8()..run.end + next.len_utf8();
    is_plain(last) && is_plain(next) && line.is_literal(with_neighbours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn invisible_characters_are_found_and_fixed() {
        assert_found(
            &RULE,
            "가\u{200b}나 다\u{a0}라",
            &["1: \u{200b}", "1: \u{a0}"],
        );
        assert_fixed(&RULE, "가\u{200b}나 다\u{a0}\u{a0}라", "가나 다 라");
    }

    #[test]
    fn beside_marks_a_person_decides() {
        let text = "**가**\u{200b}나 \u{a0} 다";
        assert_found(&RULE, text, &["1: \u{200b}", "1: \u{a0}"]);
        assert_fixed(&RULE, text, text);
    }

    #[test]
    fn emoji_and_code_are_left_alone() {
        assert_found(&RULE, "👩\u{200d}💻 ⚠\u{fe0f} `가\u{a0}나` 가&nbsp;나", &[]);
    }
}
