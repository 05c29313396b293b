//! A link points to an address without encryption.
//!
//! ## Why
//!
//! Browsers warn, and a page about payments should not send its readers over a line that others
//! can read and change.
//!
//! ## Bad
//!
//! ```markdown
//! [상점관리자](http://admin.example.com/)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [상점관리자](https://admin.example.com/)
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "insecure-url",
    level: Level::Warning,
    source: include_str!("insecure_url.rs"),
    check,
    fix: Effect::NoFix,
};

const INSECURE: &str = "http://";

/// Hosts of one's own machine or network, which are met in instructions for developers.
const LOCAL: [&str; 4] = ["localhost", "127.", "192.168.", "10."];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context.links() {
        let Some(rest) = link.url.strip_prefix(INSECURE) else {
            continue;
        };
        if LOCAL.iter().any(|host| rest.starts_with(host)) {
            continue;
        }
        let span = link.url_span.map_or(link.span, |url| {
            Span::new(url.start, url.start + INSECURE.len())
        });
        found.push(RULE.at(link.file, span).with("url", link.url));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn only_addresses_of_others_are_found() {
        assert_found(&RULE, "[a](http://example.com)", &["1: http://"]);
        assert_found(
            &RULE,
            "[a](http://localhost:8080) [b](https://example.com) `http://c`",
            &[],
        );
    }
}
