//! An attribute has no value.
//!
//! ## Why
//!
//! It has no effect, and a reader of the source wonders what is missing. The fix removes it.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout icon="" title="유의사항" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout title="유의사항" />
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{Placed, components, is_empty, removal};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::Attribute;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "empty-attribute",
    level: Level::Info,
    source: include_str!("empty_attribute.rs"),
    check,
    fix: Effect::EmptyAttributes,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        if is_empty(placed, context) {
            continue;
        }
        let attributes = placed.component.attributes.iter();
        let blank = attributes.filter(|attribute| is_blank(attribute));
        found.extend(blank.map(|attribute| finding(attribute, placed, context)));
    }
}

fn is_blank(attribute: &Attribute) -> bool {
    let value = attribute.value.as_deref();
    value.is_some_and(|value| value.trim().is_empty())
}

fn finding(attribute: &Attribute, placed: Placed<'_>, context: &Context<'_>) -> Diagnostic {
    let found = RULE
        .at(placed.file, attribute.name_span.cover(attribute.value_span))
        .with("name", &attribute.name);
    let namesakes = placed.component.attributes.iter();
    let is_single = namesakes
        .filter(|other| other.name == attribute.name)
        .count()
        == 1;
    // An empty attribute that comes last takes the place of one before it.
    match removal(attribute, context.text(placed.file)) {
        Some(span) if is_single => found.edit(span, ""),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn empty_and_blank_values_go() {
        let text = "<Callout icon=\"\" title=\" \" content='가' />\n";
        assert_found(&RULE, text, &["1: icon=\"", "1: title=\" "]);
        assert_fixed(&RULE, text, "<Callout content='가' />\n");
    }

    #[test]
    fn last_of_two_of_one_name_stays() {
        let text = "<Callout title=\"가\" title=\"\" />\n";
        assert_fixed(&RULE, text, text);
    }

    #[test]
    fn empty_component_is_another_rule() {
        assert_found(&RULE, "<Callout title=\"\" />\n", &[]);
    }
}
