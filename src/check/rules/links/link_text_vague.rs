//! The text of a link does not describe its target.
//!
//! ## Why
//!
//! Read aloud, listed or printed, links such as "여기" are all the same.
//!
//! ## Bad
//!
//! ```markdown
//! 자세한 내용은 [여기](https://docs.example.com)를 봅니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! 자세한 내용은 [개발 문서](https://docs.example.com)를 봅니다.
//! ```
//!
//! ## Configuration
//!
//! `check.links.vague` lists such texts.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-text-vague",
    level: Level::Warning,
    source: include_str!("link_text_vague.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let vague = &context.config.check.links.vague;
    for link in context.links() {
        let text = context.conventions.without_arrows(&link.text);
        if vague.iter().any(|word| word.eq_ignore_ascii_case(&text)) {
            let span = context.locate(link.file, link.span, &text);
            found.push(RULE.at(link.file, span).with("text", text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn only_whole_texts_are_found() {
        assert_found(&RULE, "[바로가기 ↗](https://example.com)", &["1: 바로가기"]);
        assert_found(&RULE, "[문서 바로가기↗](https://example.com)", &[]);
    }
}
