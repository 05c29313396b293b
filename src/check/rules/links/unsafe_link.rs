//! An address has a scheme that is never made a link.
//!
//! ## Why
//!
//! Addresses such as `javascript:` run code in the reader's browser, and others open programs. The
//! text is shown without its link.
//!
//! ## Bad
//!
//! ```markdown
//! [열기](javascript:alert)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [열기](https://example.com)
//! ```

use crate::check::context::Context;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unsafe-link",
    level: Level::Warning,
    source: include_str!("unsafe_link.rs"),
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context.links() {
        if context.site.target(link.file.0, link.url) == Target::Unsafe {
            found.push(RULE.at(link.file, link.place()).with("url", link.url));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn schemes_are_told_apart() {
        assert_found(
            &RULE,
            "[a](javascript:b) [c](tel:1) [d](e:f)",
            &["1: javascript:b", "1: e:f"],
        );
    }
}
