//! A link to another part of the same page names the whole address.
//!
//! ## Why
//!
//! It loads the published page anew instead of moving on this one, and in a preview it leaves the
//! preview.
//!
//! ## Bad
//!
//! ```markdown
//! [통합인증 바로가기](https://help.example.com/content/guide#통합인증)
//!
//! ## 통합인증
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [통합인증 바로가기](#통합인증)
//!
//! ## 통합인증
//! ```
//!
//! ## Configuration
//!
//! `site.url` and `site.own_urls` name the addresses of this site. Without them nothing is found.
//!
//! ## Configuration example
//!
//! ```yaml
//! site:
//!   own_urls: [https://help.example.com/content]
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "self-link-absolute",
    level: Level::Warning,
    source: include_str!("self_link_absolute.rs"),
    check,
    fix: Effect::Addresses,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for link in context
        .links()
        .iter()
        .filter(|link| link.url.contains("://"))
    {
        let own = link.file.0;
        match context.site.target(own, link.url) {
            Target::Page { page, fragment, .. } if page == own => {
                let finding = RULE.at(link.file, link.place()).with("url", link.url);
                let place = link.halves().filter(|_| !fragment.is_empty());
                found.push(match place {
                    Some((place, _)) => finding.edit(place, ""),
                    None => finding,
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fix::apply;
    use crate::check::testing::findings;

    fn check(url: &str, expected: &str) {
        let own = "site: {own_urls: ['https://help.example.com/content']}";
        let text = format!("<Highlight text=\"b\" url=\"{url}\" />\n\n## b\n");
        let found = findings(&RULE, own, &[("a.md", &text)]);
        let edits = found.iter().flat_map(|found| found.fix.clone()).collect();
        assert_eq!(apply(&text, edits), text.replace(url, expected));
    }

    #[test]
    fn fragment_alone_is_left() {
        check("https://help.example.com/content/a#b", "#b");
        check(
            "https://help.example.com/content/a",
            "https://help.example.com/content/a",
        );
        check("#b", "#b");
    }
}
