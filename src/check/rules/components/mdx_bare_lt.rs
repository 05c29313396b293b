//! A `<` starts no tag.
//!
//! ## Why
//!
//! MDX 2 and later take it for the start of a tag and stop reading the page. The fix writes `\<`.
//!
//! ## Bad
//!
//! ````markdown
//! 고객사<>결제대행사 계약
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 고객사\<>결제대행사 계약
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::Inline;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "mdx-bare-lt",
    level: Level::Info,
    source: include_str!("mdx_bare_lt.rs"),
    check,
    fix: Effect::Nothing,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        // In a quoted attribute a bracket is text to MDX, too.
        walk(&page.document.blocks, Attributes::Skip, &mut |node| {
            let Node::Inline(Inline::Text(literal)) = node else {
                return;
            };
            let source = context.slice(file, literal.span);
            for at in bare_brackets(source) {
                let start = literal.span.start + at;
                let finding = RULE.at(file, Span::new(start, start + 1));
                found.push(finding.edit(Span::new(start, start), "\\"));
            }
        });
    }
}

/// Offsets of `<` that nothing escapes and no component's name follows.
fn bare_brackets(source: &str) -> impl Iterator<Item = usize> + '_ {
    let brackets = source.match_indices('<').map(|(at, _)| at);
    brackets.filter(|at| {
        let before = source[..*at].bytes().rev();
        let is_escaped = before.take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let name = source[at + 1..].trim_start_matches('/');
        !is_escaped && !name.starts_with(|c: char| c.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn bracket_that_starts_no_tag_is_escaped() {
        let text = "PG<>포트원, \\<이용> `<` <Callout title=\"<가>\" />\n";
        assert_found(&RULE, text, &["1: <"]);
        assert_fixed(
            &RULE,
            text,
            "PG\\<>포트원, \\<이용> `<` <Callout title=\"<가>\" />\n",
        );
    }

    #[test]
    fn broken_tag_is_another_rule() {
        assert_found(&RULE, "<Callout title=\"가\n", &[]);
    }
}
