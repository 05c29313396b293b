//! There is no space after a comma.
//!
//! ## Why
//!
//! The next clause looks like the rest of the word, and lines break in the wrong place.
//!
//! ## Bad
//!
//! ```markdown
//! 키 파일이 발급되며,해당 파일을 등록합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 키 파일이 발급되며, 해당 파일을 등록합니다.
//! ```
//!
//! Lists without spaces, such as `가,나`, are left alone: only ends of clauses count.
//!
//! ## Configuration
//!
//! `check.text.clause_ends` lists the ends of clauses.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{any_of, matches, pattern, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "comma-spacing",
    level: Level::Info,
    source: include_str!("comma_spacing.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let ends = any_of(context.config.check.text.clause_ends.iter());
    if ends.is_empty() {
        return;
    }
    let commas = pattern(&format!(r"\p{{L}}(?:{ends})(?P<at>,)\p{{L}}"));
    matches(context, &commas, |line, range| {
        let finding = RULE.at(line.file, line.span(range.clone()));
        found.push(with_edit(finding, line, range, ", "));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn comma_behind_a_clause_gets_its_blank() {
        assert_found(&RULE, "발급되며,해당 파일", &["1: ,"]);
        assert_fixed(&RULE, "발급되며,해당 파일", "발급되며, 해당 파일");
    }

    #[test]
    fn list_without_blanks_is_left_alone() {
        assert_found(
            &RULE,
            "카드,계좌이체,가상계좌 (면세,부가세) 발급되며, 해당",
            &[],
        );
    }
}
