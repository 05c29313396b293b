//! An attribute contains a JSX fragment.
//!
//! ## Why
//!
//! `<>…</>` is code of another program, not Markdown. It is read here without its marks; other tools
//! that read the same source show them.
//!
//! ## Bad
//!
//! ````markdown
//! <Accordion title="인증 정보" content="<>
//!   아이디 : merchant
//! </>" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Accordion title="인증 정보" content="아이디 : merchant" />
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::components;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// What a fragment starts with.
const OPENING: &str = "<>";

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "jsx-fragment-in-attribute",
    level: Level::Info,
    source: include_str!("jsx_fragment_in_attribute.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        for attribute in &placed.component.attributes {
            let value = attribute.value.as_deref().unwrap_or_default();
            if value.trim_start().starts_with(OPENING) {
                let span = context.locate(placed.file, attribute.value_span, OPENING);
                found.push(RULE.at(placed.file, span).with("name", &attribute.name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn value_that_starts_as_a_fragment_is_found() {
        assert_found(&RULE, "<Accordion content=\"<>\n가\n</>\" />\n", &["1: <>"]);
        assert_found(&RULE, "<Accordion content=\"가 <>\" />\n", &[]);
    }
}
