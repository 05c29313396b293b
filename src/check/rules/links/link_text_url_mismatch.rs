//! The text of a link is an address, and the link points to another one.
//!
//! ## Why
//!
//! The reader trusts the address that is shown, copies it or types it. One of the two is out of
//! date. Another page of the same host is only style.
//!
//! ## Bad
//!
//! ```markdown
//! [https://www.example.com](https://www.example.org)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [https://www.example.org](https://www.example.org)
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Severity};
use percent_encoding::percent_decode_str;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-text-url-mismatch",
    level: Level::Warning,
    source: include_str!("link_text_url_mismatch.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context
        .links()
        .iter()
        .filter(|link| link.url.contains("://"))
    {
        let text = context.conventions.without_arrows(&link.text);
        let Some(shown) = plain(&text).filter(|_| is_address(&text)) else {
            continue;
        };
        let target = plain(link.url).unwrap_or_default();
        if shown == target || is_shortened(&text, &target) {
            continue;
        }
        let found_here = RULE
            .at(link.file, link.place())
            .with("text", text.as_str())
            .with("url", link.url);
        found.push(match host(&shown) == host(&target) {
            true => found_here.severity(Severity::Info),
            false => found_here,
        });
    }
}

/// What is before the first slash of a plain address.
fn host(plain: &str) -> &str {
    plain.split(['/', '?', '#']).next().unwrap_or(plain)
}

fn is_address(text: &str) -> bool {
    let has_start = ["https://", "http://", "www."]
        .iter()
        .any(|start| text.starts_with(start));
    has_start && !text.contains(char::is_whitespace)
}

/// An address without what makes no difference to a reader.
fn plain(url: &str) -> Option<String> {
    let url = percent_decode_str(url).decode_utf8().ok()?;
    let rest = url
        .strip_prefix("https://")
        .or(url.strip_prefix("http://"))
        .unwrap_or(&url);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    Some(rest.trim_end_matches('/').to_lowercase())
}

/// A text that shows only the start of its address makes it clear.
fn is_shortened(text: &str, target: &str) -> bool {
    let start = text.strip_suffix('…').or(text.strip_suffix("..."));
    start
        .and_then(plain)
        .is_some_and(|start| target.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn another_address_is_found() {
        let url = "https://example.com/b";
        assert_found(
            &RULE,
            &format!("[https://example.com/a↗]({url})"),
            &[&format!("1: {url}")],
        );
    }

    #[test]
    fn same_address_in_another_form_is_not() {
        for text in [
            "www.example.com/a",
            "http://example.com/a/",
            "https://example.com/…",
            "예시",
        ] {
            assert_found(&RULE, &format!("[{text}](https://example.com/a)"), &[]);
        }
    }
}
