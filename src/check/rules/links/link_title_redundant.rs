//! The title of a link repeats its text.
//!
//! ## Why
//!
//! It pops up over the text and repeats it, and screen readers read both.
//!
//! ## Bad
//!
//! ```markdown
//! [관리자콘솔](https://admin.example.com "관리자콘솔")
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [관리자콘솔](https://admin.example.com)
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::collapse_blanks;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-title-redundant",
    level: Level::Warning,
    source: include_str!("link_title_redundant.rs"),
    check,
    fix: Effect::LinkTitles,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let links = context.links().iter().filter(|link| !link.title.is_empty());
    for link in links.filter(|link| collapse_blanks(link.title) == link.text) {
        let finding = RULE.at(link.file, link.span).with("text", &link.text);
        found.push(match title(link, context) {
            Some(title) => finding.edit(title, ""),
            None => finding,
        });
    }
}

/// ```text
/// [글](https://example.com "글")
///                         ^^^^
/// ```
fn title(link: &Link<'_>, context: &Context<'_>) -> Option<Span> {
    let url = link.url_span?;
    let behind = Span::new(url.end, link.span.end);
    let text = context.slice(link.file, behind).strip_suffix(')')?;
    let is_title = text.starts_with(' ') && text.trim().ends_with(['"', '\'', ')']);
    is_title.then(|| Span::new(behind.start, behind.start + text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn title_goes_and_the_address_stays() {
        assert_fixed(&RULE, "[a b](u 'a  b') c", "[a b](u) c");
        assert_found(&RULE, "[a](u \"b\") [a](u)", &[]);
    }
}
