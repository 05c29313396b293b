//! An image has no alternative text.
//!
//! ## Why
//!
//! Who cannot see it, or prints the page without images, does not learn that a step is in it.
//!
//! ## Bad
//!
//! ````markdown
//! ![](/images/console.png)
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ![채널 추가 화면](/images/console.png)
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::Inline;
use crate::markdown::text::inline_text;
use crate::markdown::walk::{Attributes, Node, walk};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "image-missing-alt",
    level: Level::Warning,
    source: include_str!("image_missing_alt.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            if let Node::Inline(Inline::Image(image)) = node
                && inline_text(&image.inlines).trim().is_empty()
            {
                found.push(RULE.at(file, image.span));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn image_needs_a_text() {
        assert_found(
            &RULE,
            "![](a.png) ![ ](b.png)\n",
            &["1: ![](a.png)", "1: ![ ](b.png)"],
        );
        assert_found(&RULE, "![설정 화면](a.png)\n", &[]);
    }
}
