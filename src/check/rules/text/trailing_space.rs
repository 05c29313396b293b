//! A line ends with spaces that have no effect.
//!
//! ## Why
//!
//! Two spaces make a line break, so it is not clear which ones are meant; diffs show lines that did
//! not change.
//!
//! ## Bad
//!
//! ```markdown
//! 결제 연동을 설정합니다.␠
//!
//! 채널을 추가합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 결제 연동을 설정합니다.␠␠
//! 채널을 추가합니다.
//! ```
//!
//! Two spaces before another line of the same paragraph are a line break and are left alone; where
//! there are more, two remain.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "trailing-space",
    level: Level::Info,
    source: include_str!("trailing_space.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let mut start = page.document.frontmatter.span.end;
        let mut lines = context.text(file)[start..].split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let has_more = lines.peek().is_some_and(|next| !next.trim().is_empty());
            if !context.is_in_code(file, start) {
                found.extend(finding(file, start, line, has_more));
            }
            start += line.len();
        }
    }
}

/// The finding for a line that starts at `start`; `has_more` is whether text follows it.
fn finding(file: FileId, start: usize, line: &str, has_more: bool) -> Option<Diagnostic> {
    let content = line.trim_end_matches(['\n', '\r']);
    let text = content.trim_end_matches([' ', '\t']);
    let blanks = &content[text.len()..];
    let is_break = has_more && blanks.ends_with("  ") && !text.is_empty();
    if blanks.is_empty() || (is_break && blanks == "  ") {
        return None;
    }
    let span = Span::new(start + text.len(), start + content.len());
    let finding = RULE.at(file, span);
    // Without the space, a backslash would break the line.
    let is_escape = text.ends_with('\\');
    Some(match is_break {
        _ if is_escape => finding,
        true => finding.edit(span, "  "),
        false => finding.edit(span, ""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn blanks_at_ends_of_lines_go() {
        assert_found(&RULE, "가 \n\n나  \n\n다\t\n", &["1:  ", "3:   ", "5: \t"]);
        assert_fixed(&RULE, "가 \n   \n나", "가\n\n나");
    }

    #[test]
    fn line_breaks_stay() {
        assert_found(&RULE, "가  \n나\n\n```\n다 \n```\n", &[]);
        assert_fixed(&RULE, "가    \n나", "가  \n나");
    }

    #[test]
    fn backslash_keeps_its_blank() {
        assert_fixed(&RULE, "가\\ \n나", "가\\ \n나");
    }
}
