//! An attribute's value starts or ends with whitespace.
//!
//! ## Why
//!
//! A title with a leading space is not aligned with the others, and a search for the value misses
//! it. The fix removes the spaces if the text around does not change.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout icon=" 💡 " title="참고사항" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout icon="💡" title="참고사항" />
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{Placed, components};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Attribute, Placement};
use crate::markdown::schema::AttributeKind;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "attribute-padding",
    level: Level::Info,
    source: include_str!("attribute_padding.rs"),
    check,
    fix: Effect::Padding,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        for attribute in &placed.component.attributes {
            let value = context.slice(placed.file, attribute.value_span);
            let is_padded = value.trim() != value && !value.trim().is_empty();
            if is_padded && attribute.value.is_some() {
                found.push(finding(attribute, placed, context));
            }
        }
    }
}

fn finding(attribute: &Attribute, placed: Placed<'_>, context: &Context<'_>) -> Diagnostic {
    let span = attribute.value_span;
    let value = context.slice(placed.file, span);
    let text = Span::new(
        span.end - value.trim_start().len(),
        span.start + value.trim_end().len(),
    );
    let found = RULE
        .at(placed.file, attribute.name_span)
        .with("name", &attribute.name);
    if !is_safe(attribute, value, placed, context) {
        return found;
    }
    [
        Span::new(span.start, text.start),
        Span::new(text.end, span.end),
    ]
    .into_iter()
    .filter(|pad| pad.start < pad.end)
    .fold(found, |found, pad| found.edit(pad, ""))
}

/// Whether the value means the same without its padding.
fn is_safe(attribute: &Attribute, value: &str, placed: Placed<'_>, context: &Context<'_>) -> bool {
    let schema = context.conventions.schema;
    match schema.attribute(&placed.component.name, &attribute.name) {
        Some(AttributeKind::Markdown) => is_first_line_free(value),
        Some(AttributeKind::Inline) => {
            placed.component.placement == Placement::Flow || stands_apart(placed, context)
        }
        _ => true,
    }
}

/// Whether the first line of block Markdown keeps its indent against the others without padding.
fn is_first_line_free(value: &str) -> bool {
    let padding = &value[..value.len() - value.trim_start().len()];
    padding.is_empty() || padding.ends_with('\n') || !value.trim().contains('\n')
}

/// Whether a component inside text has spaces on both sides.
fn stands_apart(placed: Placed<'_>, context: &Context<'_>) -> bool {
    let text = context.text(placed.file);
    let span = placed.component.span;
    let before = text[..span.start].chars().next_back();
    let behind = text[span.end..].chars().next();
    before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn padding_goes() {
        let text = "<Callout icon=\" 💡 \" title=\" 체크사항\" content=\"가\n\" />\n";
        assert_found(&RULE, text, &["1: icon", "1: title", "1: content"]);
        assert_fixed(
            &RULE,
            text,
            "<Callout icon=\"💡\" title=\"체크사항\" content=\"가\" />\n",
        );
    }

    #[test]
    fn padding_that_holds_words_or_levels_apart_stays() {
        for text in [
            "앞<Highlight text=\" 뒤\" />\n",
            "<Callout content=\"  - 가\n  - 나\" />\n",
        ] {
            assert_fixed(&RULE, text, text);
        }
    }
}
