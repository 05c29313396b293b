//! Links with one text lead to different places.
//!
//! ## Why
//!
//! Nearly all of them lead to one address. The odd one is often the address of before a move, or a
//! paste from another page.
//!
//! ## Bad
//!
//! ```markdown
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [테스트 연동 특징](https://docs.example.com/old-test)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [테스트 연동 특징](https://docs.example.com/test)
//! - [예전 테스트 연동 특징](https://docs.example.com/old-test)
//! ```

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::text::collapse_blanks;
use crate::model::site::Target;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "same-text-different-target",
    level: Level::Warning,
    source: include_str!("same_text_different_target.rs"),
    check,
    fix: Effect::NoFix,
};

/// How often the usual target must occur for each time another one does.
const MAJORITY: usize = 3;

/// Links with one text, by where they lead.
type Targets<'c, 'a> = BTreeMap<String, Vec<&'c Link<'a>>>;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut texts: BTreeMap<String, Targets<'_, '_>> = BTreeMap::new();
    for link in context.links() {
        let text = collapse_blanks(&context.conventions.without_arrows(&link.text));
        if let Some(target) = target(link, context).filter(|_| !is_vague(&text, context)) {
            let targets = texts.entry(text).or_default();
            targets.entry(target).or_default().push(link);
        }
    }
    for targets in texts.values() {
        report(targets, found);
    }
}

fn is_vague(text: &str, context: &Context<'_>) -> bool {
    let vague = &context.config.check.links.vague;
    text.is_empty() || vague.iter().any(|word| word == text)
}

/// The target of a link, however it is written. Targets in the page itself differ by page.
fn target(link: &Link<'_>, context: &Context<'_>) -> Option<String> {
    match context.site.target(link.file.0, link.url) {
        Target::Page { page, .. } if page == link.file.0 => None,
        Target::Page { page, fragment, .. } => {
            Some(format!("{}#{fragment}", context.site.pages[page].address))
        }
        Target::Asset(path) => Some(path),
        Target::External => {
            let url = link.url.trim_end_matches('/');
            let plain = url.strip_prefix("https://").or(url.strip_prefix("http://"));
            Some(plain.unwrap_or(url).to_string())
        }
        Target::Missing | Target::Outside | Target::Unsafe => None,
    }
}

/// The rare targets of a text, where one is far more frequent. What is below the usual target is
/// a part of it: a page of the console that is called the console.
fn report(targets: &Targets<'_, '_>, found: &mut Vec<Diagnostic>) {
    let Some((usual, links)) = targets.iter().max_by_key(|(_, links)| links.len()) else {
        return;
    };
    let is_below = |target: &String| {
        let rest = target.strip_prefix(usual.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    };
    let others = targets.iter().filter(|(target, _)| !is_below(target));
    let others: Vec<&&Link<'_>> = others.flat_map(|(_, links)| links).collect();
    if links.len() >= MAJORITY * others.len() {
        found.extend(others.into_iter().map(|link| finding(link, links)));
    }
}

fn finding(link: &Link<'_>, usual: &[&Link<'_>]) -> Diagnostic {
    let first = usual[0];
    let message = Message::new("same-text-different-target.related");
    RULE.at(link.file, link.place())
        .with("text", &link.text)
        .with("count", usual.len().to_string())
        .with("usual", first.url)
        .related(first.file, first.place(), message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn one_of_many_is_found() {
        let usual = "[글↗](https://example.com/a/)\n".repeat(3);
        let text = format!("{usual}[글](https://example.com/b)\n");
        assert_found(&RULE, &text, &["4: https://example.com/b"]);
    }

    #[test]
    fn one_of_two_and_one_place_in_two_forms_are_not() {
        assert_found(
            &RULE,
            "[글](https://example.com/a) [글](https://example.com/b)",
            &[],
        );
        let usual = "[글](https://example.com/a)\n".repeat(5);
        for same in ["a/", "a/below", "a?tab=1"] {
            let text = format!("{usual}[글](https://example.com/{same})\n");
            assert_found(&RULE, &text, &[]);
        }
    }
}
