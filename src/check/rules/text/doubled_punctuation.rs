//! A punctuation mark is repeated.
//!
//! ## Why
//!
//! It is a slip, or louder than a guide should be.
//!
//! ## Bad
//!
//! ```markdown
//! 결제가 실패합니다..
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 결제가 실패합니다.
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{matches, pattern, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "doubled-punctuation",
    level: Level::Info,
    source: include_str!("doubled_punctuation.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let marks = pattern(r"[\p{Hangul}\p{N})\]](?P<at>\.{2,}|,{2,}|!{2,}|\?{2,})");
    matches(context, &marks, |line, range| {
        let next = line.text[range.end..].chars().next();
        let is_path = next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '/');
        let marks = &line.text[range.clone()];
        let is_ellipsis = marks.starts_with("...");
        if !is_path && !is_ellipsis {
            let finding = RULE
                .at(line.file, line.span(range.clone()))
                .with("marks", marks);
            found.push(with_edit(finding, line, range, &marks[..1]));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn doubled_marks_become_one() {
        assert_found(&RULE, "합니다.. 하나,, 둘!!", &["1: ..", "1: ,,", "1: !!"]);
        assert_fixed(&RULE, "됩니까??", "됩니까?");
    }

    #[test]
    fn ellipses_ranges_and_paths_are_left_alone() {
        assert_found(&RULE, "중략... 1..10 ../a `가..` //..기타", &[]);
    }
}
