//! There is no space between two sentences.
//!
//! ## Why
//!
//! Two sentences look like one word, and some programs make an address of them.
//!
//! ## Bad
//!
//! ```markdown
//! 영문명으로 입력합니다.상세 목록은 아래에 있습니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 영문명으로 입력합니다. 상세 목록은 아래에 있습니다.
//! ```
//!
//! ## Configuration
//!
//! `check.text.sentence_ends` lists the ends of sentences.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{any_of, matches, pattern, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "period-spacing",
    level: Level::Info,
    source: include_str!("period_spacing.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let ends = any_of(context.config.check.text.sentence_ends.iter());
    if ends.is_empty() {
        return;
    }
    let periods = pattern(&format!(r"\p{{Hangul}}(?:{ends})(?P<at>\.)\p{{Hangul}}"));
    matches(context, &periods, |line, range| {
        let finding = RULE.at(line.file, line.span(range.clone()));
        found.push(with_edit(finding, line, range, ". "));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn sentence_gets_its_blank() {
        assert_found(&RULE, "입력합니다.상세", &["1: ."]);
        assert_fixed(&RULE, "입력해주세요.상세", "입력해주세요. 상세");
    }

    #[test]
    fn periods_in_names_and_abbreviations_are_left_alone() {
        assert_found(&RULE, "공시.공고.지침, ex.카카오, 합니다.", &[]);
    }
}
