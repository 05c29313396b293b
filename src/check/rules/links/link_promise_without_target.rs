//! A text promises to lead somewhere and has no address.
//!
//! ## Why
//!
//! "보러가기↗" that can't be clicked leaves the reader to search. Exports and copies lose the
//! address of components first.
//!
//! ## Bad
//!
//! ```markdown
//! <Callout title="개발가이드 보러가기↗" />
//! ```
//!
//! ## Good
//!
//! ```markdown
//! <Highlight text="개발가이드 보러가기↗" url="https://developers.example.com" />
//! ```
//!
//! ## Configuration
//!
//! `conventions.links.promises` lists the ends of such texts.

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::node::{Attribute, Block, Component, Content, Inline};
use crate::markdown::schema::AttributeKind;
use crate::markdown::text::label_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::normal::without_blanks;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "link-promise-without-target",
    level: Level::Warning,
    source: include_str!("link_promise_without_target.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let titles: HashMap<String, &str> = context
        .pages()
        .map(|(_, page)| (without_blanks(&page.title), page.path.as_str()))
        .collect();
    for link in context.links().iter().filter(|link| link.url.is_empty()) {
        found.push(finding(link.file, link.span, &link.text, &titles, context));
    }
    for (file, page) in context.pages() {
        let linked = Linked::of(&page.document.blocks);
        for (attribute, text) in promises(&page.document.blocks, &linked, context) {
            found.push(finding(file, attribute.value_span, &text, &titles, context));
        }
    }
}

fn finding(
    file: FileId,
    span: Span,
    text: &str,
    titles: &HashMap<String, &str>,
    context: &Context<'_>,
) -> Diagnostic {
    let found = RULE.at(file, span).with("text", text);
    match titles.get(&subject(text, context)) {
        Some(path) => {
            found.help(Message::new("link-promise-without-target.help.page").with("path", *path))
        }
        None => found,
    }
}

/// What a promise leads to, by its words: the text without the promise and without spaces.
fn subject(text: &str, context: &Context<'_>) -> String {
    let promises = &context.config.conventions.links.promises;
    let mut text = context.conventions.without_arrows(text);
    for promise in promises {
        if let Some(rest) = text.strip_suffix(promise.as_str()) {
            text = rest.trim_end().to_string();
        }
    }
    without_blanks(&text)
}

/// Where a document has links: a promise in one, or with one inside, is kept.
struct Linked {
    links: Vec<Span>,
}

impl Linked {
    fn of(blocks: &[Block]) -> Self {
        let mut links = Vec::new();
        walk(blocks, Attributes::Enter, &mut |node| {
            if let Node::Inline(Inline::Link(link)) = node {
                links.push(link.span);
            }
        });
        links.sort_unstable();
        Self { links }
    }

    /// Whether a link touches the component's bytes; links do not nest.
    fn touches(&self, component: Span) -> bool {
        let next = self
            .links
            .partition_point(|link| link.end <= component.start);
        self.links
            .get(next)
            .is_some_and(|link| link.start < component.end)
    }
}

/// Attributes that promise a link for a component without one.
fn promises<'a>(
    blocks: &'a [Block],
    linked: &Linked,
    context: &Context<'_>,
) -> Vec<(&'a Attribute, String)> {
    let mut promises = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| {
        let (Node::Block(Block::Component(component)) | Node::Inline(Inline::Component(component))) =
            node
        else {
            return;
        };
        if !has_address(component, context) && !linked.touches(component.span) {
            promises.extend(promise(component, context));
        }
    });
    promises
}

fn has_address(component: &Component, context: &Context<'_>) -> bool {
    let schema = &context.config.components;
    component.attributes.iter().any(|attribute| {
        let kind = schema.attribute(&component.name, &attribute.name);
        let is_address = kind == Some(AttributeKind::Url);
        is_address
            && attribute
                .value
                .as_deref()
                .is_some_and(|url| !url.is_empty())
    })
}

fn promise<'a>(component: &'a Component, context: &Context<'_>) -> Option<(&'a Attribute, String)> {
    component.attributes.iter().find_map(|attribute| {
        let Content::Inlines(inlines) = &attribute.content else {
            return None;
        };
        let text = label_text(inlines);
        let promises = context.conventions.promises_link(&text);
        promises.then_some((attribute, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, findings};

    #[test]
    fn promise_without_address_is_found() {
        assert_found(
            &RULE,
            "<Callout title=\"개발가이드 보러가기↗\" />",
            &["1: 개발가이드 보러가기↗"],
        );
        assert_found(&RULE, "글 <Highlight text=\"설정 ↓\" />", &["1: 설정 ↓"]);
        assert_found(&RULE, "[글]()", &["1: [글]()"]);
    }

    #[test]
    fn promise_that_is_kept_is_not() {
        for text in [
            "<Highlight text=\"설정 ↓\" url=\"#a\" />",
            "<Callout title=\"보러가기↗\" content=\"[글](https://example.com)\" />",
            "[<Highlight text=\"보러가기↗\" />](https://example.com)",
            "<Callout title=\"참고사항\" />",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }

    #[test]
    fn page_with_the_same_title_is_suggested() {
        let found = findings(
            &RULE,
            "",
            &[
                ("a.md", "<Callout title=\"계약 서류 보러가기↗\" />"),
                ("b.md", "---\ntitle: 계약서류\n---\n"),
            ],
        );
        let help = found[0].help.as_ref().expect("the rule has a help");
        assert_eq!(help.values, [("path", "b.md".to_string())]);
    }
}
