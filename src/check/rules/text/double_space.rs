//! A text contains two or more spaces in a row.
//!
//! ## Why
//!
//! Pages show one space, but a search for the phrase, a copied value and a diff contain two.
//!
//! ## Bad
//!
//! ```markdown
//! - 결제 연동 >  채널 관리
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 결제 연동 > 채널 관리
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::text::prose::{matches, pattern};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "double-space",
    level: Level::Info,
    source: include_str!("double_space.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    matches(context, &pattern(" {2,}"), |line, range| {
        let is_edge = |side: Option<char>| side.is_none_or(|side| side == '\n');
        let before = line.text[..range.start].chars().next_back();
        let behind = line.text[range.end..].chars().next();
        // Spaces on both sides of a mark are two faults, or one of a link's text.
        if !is_edge(before) && !is_edge(behind) && line.is_literal(range.clone()) {
            let span = line.span(range);
            found.push(RULE.at(line.file, span).edit(span, " "));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn blanks_inside_text_become_one() {
        assert_found(&RULE, "값 :  **가**", &["1:   "]);
        assert_fixed(&RULE, "값 :   **가**  나", "값 : **가** 나");
    }

    #[test]
    fn blanks_in_code_and_at_ends_of_lines_stay() {
        assert_found(&RULE, "`a  b` 가  \n나 [ 다](/a)", &[]);
    }
}
