//! An address is written in angle brackets.
//!
//! ## Why
//!
//! MDX 2 and later take `<` for the start of a tag and stop reading. The fix makes a link of it.
//!
//! ## Bad
//!
//! ````markdown
//! 문의 : <help@example.com>
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 문의 : [help@example.com](mailto:help@example.com)
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Inline, Link};
use crate::markdown::text::inline_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::FileId;

/// Characters that mean something in the text of a link, or end its address.
const SPECIAL: [char; 10] = ['[', ']', '(', ')', '*', '`', '<', '&', '\\', '~'];

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "mdx-autolink",
    level: Level::Info,
    source: include_str!("mdx_autolink.rs"),
    check,
    fix: Effect::Nothing,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            if let Node::Inline(Inline::Link(link)) = node
                && context.slice(file, link.span).starts_with('<')
            {
                found.push(finding(file, link));
            }
        });
    }
}

fn finding(file: FileId, link: &Link) -> Diagnostic {
    let text = inline_text(&link.inlines);
    let found = RULE.at(file, link.span).with("text", &text);
    if text.contains(SPECIAL) || text.contains("__") {
        return found;
    }
    found.edit(link.span, format!("[{text}]({})", link.url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn address_in_angle_brackets_becomes_a_link() {
        let text = "가 <https://a.kr/b_c?d=1> <e@f.kr>\n";
        assert_found(&RULE, text, &["1: <https://a.kr/b_c?d=1>", "1: <e@f.kr>"]);
        assert_fixed(
            &RULE,
            text,
            "가 [https://a.kr/b_c?d=1](https://a.kr/b_c?d=1) [e@f.kr](mailto:e@f.kr)\n",
        );
    }

    #[test]
    fn link_whose_address_stands_in_brackets_is_not_one() {
        assert_found(&RULE, "[가](<b c>)\n", &[]);
        assert_fixed(&RULE, "<https://a.kr/(b>\n", "<https://a.kr/(b>\n");
    }
}
