//! A notice has neither title nor icon.
//!
//! ## Why
//!
//! Nothing shows how important it is, so it looks like any other: a reader in a hurry skips it.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Configuration
//!
//! `conventions.notices` defines which words and icons make which kind, and the kind of
//! a notice without them.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{components, has_value, is_empty, is_notice};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "callout-untyped",
    level: Level::Info,
    source: include_str!("callout_untyped.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        let component = placed.component;
        let is_untyped = is_notice(component, context)
            && !has_value(component, "title")
            && !has_value(component, "icon");
        if is_untyped && !is_empty(placed, context) {
            found.push(RULE.at(placed.file, component.name_span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn title_or_icon_makes_the_kind() {
        assert_found(&RULE, "<Callout content=\"가\" />\n", &["1: Callout"]);
        assert_found(&RULE, "<Callout icon=\"💡\" content=\"가\" />\n", &[]);
        assert_found(&RULE, "<Callout title=\"참고\" />\n", &[]);
        assert_found(&RULE, "<Callout />\n", &[]);
    }
}
