//! Bold covers a part of a heading's word, or each word by itself.
//!
//! ## Why
//!
//! It shows as a word in two weights, and comes from text that was marked by hand. The fix takes the
//! marks away: headings have a weight of their own.
//!
//! ## Bad
//!
//! ````markdown
//! ## 설**정경로**
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 설정경로
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::headings::{bold_parts, headings, marks};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Heading, Inline};
use crate::markdown::text::inline_text;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "heading-partial-bold",
    level: Level::Info,
    source: include_str!("heading_partial_bold.rs"),
    check,
    fix: Effect::HeadingWeight,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let partial = headings(page).into_iter();
        let partial = partial.filter(|heading| starts_inside_word(heading) || is_pieced(heading));
        found.extend(partial.map(|heading| finding(file, heading, context.text(file))));
    }
}

/// Whether bold starts right after a letter; after its end a particle may follow.
fn starts_inside_word(heading: &Heading) -> bool {
    heading.inlines.windows(2).any(|pair| match pair {
        [Inline::Text(before), Inline::Strong(group)] => {
            before.text.ends_with(char::is_alphanumeric)
                && inline_text(&group.inlines).starts_with(char::is_alphanumeric)
        }
        _ => false,
    })
}

/// Whether a heading is bold as a whole, in two pieces or more.
fn is_pieced(heading: &Heading) -> bool {
    let is_piece = |inline: &Inline| match inline {
        Inline::Strong(_) => true,
        Inline::Text(text) => text.text.trim().is_empty(),
        _ => false,
    };
    bold_parts(heading).len() > 1 && heading.inlines.iter().all(is_piece)
}

fn finding(file: FileId, heading: &Heading, text: &str) -> Diagnostic {
    let found = RULE.at(file, heading.span);
    let parts = bold_parts(heading)
        .into_iter()
        .map(|group| marks(group, text));
    match parts.collect::<Option<Vec<_>>>() {
        Some(marks) => marks
            .into_iter()
            .flatten()
            .fold(found, |found, mark| found.edit(mark, "")),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn bold_inside_a_word_goes() {
        assert_found(&RULE, "## 설**정경로**\n", &["1: ## 설**정경로**"]);
        assert_fixed(&RULE, "## 설**정경로**\n", "## 설정경로\n");
        assert_fixed(&RULE, "## **설정** **경로**\n", "## 설정 경로\n");
    }

    #[test]
    fn whole_words_may_be_bold() {
        assert_found(&RULE, "## 새 **결제창** 설정\n## **결제창**을 설정\n", &[]);
    }
}
