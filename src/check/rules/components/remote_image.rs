//! An image is fetched from another host.
//!
//! ## Why
//!
//! The pages of the site load nothing from elsewhere: the reader sees a link instead of the image.
//!
//! ## Bad
//!
//! ````markdown
//! ![채널 추가 화면](https://cdn.example.com/console.png)
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
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "remote-image",
    level: Level::Warning,
    source: include_str!("remote_image.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            if let Node::Inline(Inline::Image(image)) = node
                && context.site.target(file.0, &image.url) == Target::External
            {
                let place = context.locate(file, image.span, &image.url);
                found.push(RULE.at(file, place).with("url", &image.url));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn only_images_of_other_hosts_are_found() {
        assert_found(
            &RULE,
            "![a](https://cdn.example.com/a.png) ![b](//cdn.example.com/b.png)",
            &[
                "1: https://cdn.example.com/a.png",
                "1: //cdn.example.com/b.png",
            ],
        );
        assert_found(
            &RULE,
            "![a](images/a.png) [b](https://example.com/b.png)",
            &[],
        );
    }
}
