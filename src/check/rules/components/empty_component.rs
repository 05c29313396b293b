//! A component has no content.
//!
//! ## Why
//!
//! An empty box on the page makes a reader look for what is missing. The fix removes it.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout title="" content="" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{components, is_empty};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "empty-component",
    level: Level::Info,
    source: include_str!("empty_component.rs"),
    check,
    fix: Effect::EmptyComponents,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        if is_empty(placed, context) {
            let span = placed.component.span;
            let finding = RULE.at(placed.file, span).edit(span, "");
            found.push(finding.with("name", &placed.component.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, assert_found_with};

    #[test]
    fn component_that_says_nothing_goes() {
        let text = "가\n\n<Callout title=\"\" />\n\n나\n";
        assert_found(&RULE, text, &["3: <Callout title=\"\" />"]);
        assert_fixed(&RULE, text, "가\n\n\n\n나\n");
    }

    #[test]
    fn component_that_needs_no_text_stays() {
        let config = "components:\n  Line: {}\n";
        assert_found_with(&RULE, config, "<Line />\n", &[]);
        assert_found(&RULE, "<Callout>\n\n가\n\n</Callout>\n", &[]);
    }
}
