//! A notice has a title and nothing else.
//!
//! ## Why
//!
//! The sentence is set in the letters of a title, and on a sheet it names a notice without a text.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout title="6월 19일부터 심사 절차가 바뀝니다." />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="심사 절차" content="6월 19일부터 심사 절차가 바뀝니다." />
//! ````
//!
//! ## Configuration
//!
//! `conventions.links.promises` lists the ends of titles that promise a link; those are links.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{Placed, components, has_value, is_notice};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::notice::title;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "callout-title-as-body",
    level: Level::Info,
    source: include_str!("callout_title_as_body.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        if is_title_only(placed, context) {
            let span = placed
                .component
                .attribute("title")
                .map(|title| title.value_span);
            let span = span.unwrap_or(placed.component.name_span);
            found.push(RULE.at(placed.file, span));
        }
    }
}

fn is_title_only(placed: Placed<'_>, context: &Context<'_>) -> bool {
    let component = placed.component;
    is_notice(component, context)
        && has_value(component, "title")
        && !component.paired
        && ["content", "icon"]
            .iter()
            .all(|name| !has_value(component, name))
        && !context
            .conventions
            .promises_link(&title(component, context.conventions.schema))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn title_alone_is_prose_unless_it_promises_a_link() {
        assert_found(
            &RULE,
            "<Callout title=\"소식을 안내합니다.\" />\n",
            &["1: 소식을 안내합니다."],
        );
        assert_found(&RULE, "<Callout title=\"가이드 보러가기↗\" />\n", &[]);
        assert_found(&RULE, "<Callout title=\"참고\" content=\"가\" />\n", &[]);
    }
}
