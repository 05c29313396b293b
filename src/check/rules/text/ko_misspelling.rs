//! A word is spelt in a way that is never right.
//!
//! ## Why
//!
//! A search for the right spelling does not find the page, and the guide looks careless.
//!
//! ## Bad
//!
//! ```markdown
//! 카드사 심사가 끝나지 않으면 결제가 실패되어니 확인합니다. 오류 메세지가 표시됩니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 카드사 심사가 끝나지 않으면 결제가 실패되오니 확인합니다. 오류 메시지가 표시됩니다.
//! ```
//!
//! Words for a search in the frontmatter may be misspelt on purpose and are left alone.
//!
//! ## Configuration
//!
//! `check.text.misspellings` maps wrong spellings to right ones; a project adds its own.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{any_of, matches, pattern, with_edit};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "ko-misspelling",
    level: Level::Warning,
    source: include_str!("ko_misspelling.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let misspellings = &context.config.check.text.misspellings;
    let wrong = any_of(misspellings.keys());
    if wrong.is_empty() {
        return;
    }
    matches(context, &pattern(&wrong), |line, range| {
        let wrong = &line.text[range.clone()];
        let right = misspellings.get(wrong);
        if let Some(right) = right.filter(|_| !is_in_name(&line.text, &range)) {
            let finding = RULE
                .at(line.file, line.span(range.clone()))
                .with("wrong", wrong)
                .with("right", right);
            found.push(with_edit(finding, line, range, right));
        }
    });
}

/// How far an address is looked for around a match, in characters: a text without spaces is no
/// reason to read it again for each.
const REACH: usize = 100;

/// Whether a match is part of an address, a path or an identifier, which are written as they are.
fn is_in_name(text: &str, range: &Range<usize>) -> bool {
    const SIGNS: [char; 5] = ['/', '\\', '@', '_', '='];
    let is_sign = |character: &char| SIGNS.contains(character);
    let is_inside = |character: &char| !character.is_whitespace();
    let before = text[..range.start].chars().rev().take(REACH);
    let behind = text[range.end..].chars().take(REACH);
    before.take_while(is_inside).any(|c| is_sign(&c))
        || behind.take_while(is_inside).any(|c| is_sign(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, assert_found_with};
    use crate::config::Config;
    use crate::hangul::last_sound;

    #[test]
    fn misspelling_is_found_and_fixed() {
        assert_found(&RULE, "결제가 실패되어니 확인", &["1: 되어니"]);
        assert_fixed(&RULE, "**메세지**를 캡쳐", "**메시지**를 캡처");
    }

    #[test]
    fn code_and_search_words_are_left_alone() {
        let text = "---\nsearchTags: [파라메터]\n---\n`메세지` 메시지";
        assert_found(&RULE, text, &[]);
    }

    #[test]
    fn project_adds_its_own() {
        let config = "check: {text: {misspellings: {포트완: 포트원}}}";
        assert_found_with(&RULE, config, "포트완 메세지", &["1: 포트완", "1: 메세지"]);
    }

    #[test]
    fn particles_stay_right_behind_a_fixed_word() {
        for (wrong, right) in Config::defaults().check.text.misspellings {
            let is_closed = |word: &str| last_sound(word).map(|sound| sound != 0);
            assert_eq!(is_closed(&wrong), is_closed(&right), "{wrong}");
            assert!(!right.contains(&wrong), "{wrong}");
        }
    }
}
