//! A link to this site names its host.
//!
//! ## Why
//!
//! Such a link leaves a preview or a staging site for the published one, and nothing can check it
//! before it is published.
//!
//! ## Bad
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === guide.md
//! [취소 안내](https://help.example.com/content/cancel)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === guide.md
//! [취소 안내](cancel.md)
//! ```
//!
//! ## Configuration
//!
//! `site.url` and `site.own_urls` name the hosts of this site. Without them nothing is found.
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
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "internal-link-absolute",
    level: Level::Warning,
    source: include_str!("internal_link_absolute.rs"),
    check,
    fix: Effect::Addresses,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let site = &context.config.site;
    let own = site.own_urls.iter().chain([&site.url]);
    let hosts: Vec<&str> = own.filter_map(|url| host(url)).collect();
    for link in context.links() {
        if !host(link.url).is_some_and(|host| hosts.contains(&host)) {
            continue;
        }
        let finding = RULE.at(link.file, link.place()).with("url", link.url);
        match context.site.target(link.file.0, link.url) {
            // Each of these is a finding of its own.
            Target::Missing | Target::Outside => {}
            Target::Page { page, .. } if page == link.file.0 => {}
            Target::Page { page, .. } => {
                let way = way(
                    &context.site.pages[link.file.0].path,
                    context.sources.get(FileId(page)).path.as_str(),
                );
                found.push(match link.halves() {
                    Some((place, _)) => finding.edit(place, way),
                    None => finding,
                });
            }
            _ => found.push(finding),
        }
    }
}

/// ```text
/// https://help.example.com/content/a
///         ^^^^^^^^^^^^^^^^
/// ```
fn host(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or(url.strip_prefix("http://"))?;
    rest.split(['/', '?', '#'])
        .next()
        .filter(|host| !host.is_empty())
}

/// The address of the document `to` in the document `from`, with spaces as Markdown wants them.
fn way(from: &str, to: &str) -> String {
    let folders = |path: &str| -> Vec<String> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts = folder.split('/').filter(|part| !part.is_empty());
        parts.map(str::to_string).collect()
    };
    let (from, above) = (folders(from), folders(to));
    let shared = from.iter().zip(&above).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    let down: String = above[shared..]
        .iter()
        .map(|part| format!("{part}/"))
        .collect();
    let name = to.rsplit('/').next().unwrap_or(to);
    let way = format!("{up}{down}{name}");
    way.replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fix::apply;
    use crate::check::testing::{assert_found_with, findings};

    const OWN: &str = "site: {own_urls: ['https://help.example.com/content']}";

    #[test]
    fn host_is_found_where_no_page_is_known_too() {
        let url = "https://help.example.com/category/a?page=1";
        assert_found_with(&RULE, OWN, &format!("[a]({url})"), &[&format!("1: {url}")]);
        assert_found_with(&RULE, "", &format!("[a]({url})"), &[]);
        assert_found_with(&RULE, OWN, "[a](https://example.com)", &[]);
    }

    #[test]
    fn known_page_gives_a_way_and_keeps_the_fragment() {
        let text = "[a](https://help.example.com/content/b#c)";
        let found = findings(
            &RULE,
            OWN,
            &[("x/a.md", text), ("y/z/b.md", "---\ntitle: b\n---\n## c\n")],
        );
        assert_eq!(apply(text, found[0].fix.clone()), "[a](../y/z/b.md#c)");
    }
}
