//! A Hangul letter is not part of a syllable.
//!
//! ## Why
//!
//! It is a typing error, or replaces a sign that it looks like.
//!
//! ## Bad
//!
//! ```markdown
//! - 채널 관리
//!   ㄴ 채널 추가
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 채널 관리
//!   - 채널 추가
//! ```
//!
//! A vowel that is used as a pipe between words is found by `homoglyph-separator`.

use unicode_normalization::is_nfc;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::homoglyph_separator::is_separator;
use crate::check::rules::text::prose::{is_code, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::hangul::is_lone_letter;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "stray-jamo",
    level: Level::Info,
    source: include_str!("stray_jamo.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in prose(context) {
        // Letters that form syllables are for `non-nfc`.
        let text = line.text.as_str();
        if !is_nfc(text) {
            continue;
        }
        let letters = text.char_indices().filter(|(at, letter)| {
            is_lone_letter(*letter) && !is_separator(text, *at, *letter) && !is_code(line, *at)
        });
        found.extend(letters.map(|(at, letter)| {
            let span = line.span(at..at + letter.len_utf8());
            RULE.at(line.file, span).with("letter", letter.to_string())
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn letter_outside_a_syllable_is_found() {
        assert_found(&RULE, "ㄴ 채널 추가, 결제ㅏ", &["1: ㄴ", "1: ㅏ"]);
    }

    #[test]
    fn separators_code_and_parts_of_syllables_are_not() {
        assert_found(&RULE, "가 ㅣ 나 `ㄴ` \u{1100}\u{1161}", &[]);
    }
}
