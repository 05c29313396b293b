//! The text of a link starts or ends with a space.
//!
//! ## Why
//!
//! It is underlined with the text and looks like a slip.
//!
//! ## Bad
//!
//! ```markdown
//! [관리자콘솔↗ ](https://admin.example.com)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [관리자콘솔↗](https://admin.example.com)
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Inline, Literal};
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-text-whitespace",
    level: Level::Warning,
    source: include_str!("link_text_whitespace.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context.links() {
        let [first, last] = edges(link, context);
        let finding = |blank| RULE.at(link.file, blank).with("text", &link.text);
        if link.text.is_empty() {
            // Without the space nothing would be left to click.
            found.extend(first.map(finding));
            continue;
        }
        let text = context.text(link.file);
        let before = text[..link.span.start].ends_with(char::is_alphanumeric);
        let behind = text[link.span.end..].starts_with(char::is_alphanumeric);
        found.extend(first.map(|blank| moved(finding(blank), blank, before, link.span.start)));
        found.extend(last.map(|blank| moved(finding(blank), blank, behind, link.span.end)));
    }
}

/// The space is removed, or moved outside if it separates two words.
fn moved(finding: Diagnostic, blank: Span, is_needed: bool, to: usize) -> Diagnostic {
    let finding = finding.edit(blank, "");
    match is_needed {
        true => finding.edit(Span::new(to, to), " "),
        false => finding,
    }
}

/// Bytes of the spaces at both ends of a link's text.
fn edges(link: &Link<'_>, context: &Context<'_>) -> [Option<Span>; 2] {
    let text = |inline: &Inline| match inline {
        Inline::Text(Literal { span, .. }) => Some((*span, context.slice(link.file, *span))),
        _ => None,
    };
    let first = link.inlines.first().and_then(text).map(|(span, text)| {
        let length = text.len() - text.trim_start().len();
        Span::new(span.start, span.start + length)
    });
    let last = link.inlines.last().and_then(text).map(|(span, text)| {
        let length = text.len() - text.trim_end().len();
        Span::new(span.end - length, span.end)
    });
    [first, last].map(|blank| blank.filter(|blank| blank.start < blank.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn blanks_at_both_ends_go() {
        assert_found(&RULE, "[ a **b** c ](u)", &["1:  ", "1:  "]);
        assert_fixed(&RULE, "[ a **b** c ](u)", "[a **b** c](u)");
        assert_found(&RULE, "[a b](u)", &[]);
    }

    #[test]
    fn words_stay_apart_and_a_link_keeps_its_text() {
        assert_fixed(&RULE, "가[ 나 ](u)다", "가 [나](u) 다");
        assert_fixed(&RULE, "가 [ 나 ](u), 다", "가 [나](u), 다");
        assert_fixed(&RULE, "[ ](u)", "[ ](u)");
    }
}
