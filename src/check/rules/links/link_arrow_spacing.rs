//! There is a space before the arrow of a link, unlike in most links of the site.
//!
//! ## Why
//!
//! At the end of a line the arrow falls onto the next one, away from its text.
//!
//! ## Bad
//!
//! ```markdown
//! [관리자콘솔↗](https://admin.example.com), [개발자센터↗](https://developers.example.com),
//! [결제 내역 ↗](https://admin.example.com/payments)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [관리자콘솔↗](https://admin.example.com), [개발자센터↗](https://developers.example.com),
//! [결제 내역↗](https://admin.example.com/payments)
//! ```
//!
//! ## Configuration
//!
//! Arrows are the single characters in `conventions.links.promises`.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-arrow-spacing",
    level: Level::Warning,
    source: include_str!("link_arrow_spacing.rs"),
    check,
    fix: Effect::Blanks,
};

/// Links that end in one arrow.
#[derive(Default)]
struct Arrows<'c, 'a> {
    spaced: Vec<&'c Link<'a>>,
    tight: usize,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut arrows: BTreeMap<char, Arrows<'_, '_>> = BTreeMap::new();
    for link in context.links() {
        let Some(arrow) = arrow(&link.text, context) else {
            continue;
        };
        let links = arrows.entry(arrow).or_default();
        match link.text.trim_end_matches(arrow).ends_with(' ') {
            true => links.spaced.push(link),
            false => links.tight += 1,
        }
    }
    for (arrow, links) in arrows {
        if links.tight > links.spaced.len() {
            let spaced = links.spaced.into_iter();
            found.extend(spaced.map(|link| finding(link, arrow, context)));
        }
    }
}

/// The arrow that a text ends in.
fn arrow(text: &str, context: &Context<'_>) -> Option<char> {
    let promises = context.config.conventions.links.promises.iter();
    let last = text.chars().last()?;
    let mut arrows = promises.filter(|promise| promise.chars().count() == 1);
    arrows.any(|arrow| arrow.starts_with(last)).then_some(last)
}

fn finding(link: &Link<'_>, arrow: char, context: &Context<'_>) -> Diagnostic {
    let found = RULE.at(link.file, link.span).with("text", &link.text);
    match blank(link, arrow, context) {
        Some(blank) => Diagnostic {
            span: blank,
            ..found.edit(blank, "")
        },
        None => found,
    }
}

/// Bytes of the spaces before the arrow.
fn blank(link: &Link<'_>, arrow: char, context: &Context<'_>) -> Option<Span> {
    // A component's text is in another attribute than its address.
    if link.inlines.is_empty() {
        return None;
    }
    let text = context.slice(link.file, link.span);
    let at = text[..text.rfind("](")?].rfind(arrow)?;
    let length = at - text[..at].trim_end_matches(' ').len();
    let end = link.span.start + at;
    (length > 0).then(|| Span::new(end - length, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn only_the_minority_is_found() {
        let text = "[a↗](u) [b↗](v) [c ↗](w)";
        assert_found(&RULE, text, &["1:  "]);
        assert_fixed(&RULE, text, "[a↗](u) [b↗](v) [c↗](w)");
        // Each arrow has its own habit.
        assert_found(&RULE, "[a↗](u) [b↗](v) [c ↓](w)", &[]);
        assert_found(&RULE, "[a ↗](u) [b ↗](v) [c↗](w)", &[]);
    }
}
