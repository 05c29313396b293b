//! Text is not in Unicode normalization form C.
//!
//! ## Why
//!
//! Some systems store names of files with syllables taken apart. They look the same, but a search
//! finds nothing, and a link to such a file breaks elsewhere: in an address the finding is an error.
//!
//! ## Bad
//!
//! ```markdown
//! ![설정](./설정.png)
//!
//! 채널 설정
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ![설정](./설정.png)
//! ```
//!
//! Text is fixed; for an address the file has to be renamed, too, so a person decides.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::locate;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "non-nfc",
    level: Level::Info,
    source: include_str!("non_nfc.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let text = context.text(file);
        // Most documents are, and a check of the whole text is fastest.
        if is_nfc(text) {
            continue;
        }
        let addresses = addresses(page, text);
        for range in decomposed(text) {
            if !context.is_in_code(file, range.start) {
                found.push(finding(
                    file,
                    text,
                    Span::new(range.start, range.end),
                    &addresses,
                ));
            }
        }
    }
}

/// Runs of characters other than spaces and marks that are not in form C.
fn decomposed(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let words = text.split_inclusive(is_edge).map(move |word| {
        let range = start..start + word.trim_end_matches(is_edge).len();
        start += word.len();
        range
    });
    words.filter(|word| !is_nfc(&text[word.clone()]))
}

fn is_edge(character: char) -> bool {
    character.is_ascii() && !character.is_ascii_alphanumeric()
}

/// Bytes of the addresses of links and images that are not in form C.
fn addresses(page: &Page, text: &str) -> Vec<Span> {
    let mut addresses = Vec::new();
    walk(
        &page.document.blocks,
        Attributes::Enter,
        &mut |node| match node {
            Node::Inline(Inline::Link(link) | Inline::Image(link)) if !is_nfc(&link.url) => {
                addresses.push(locate(text, link.span, &link.url));
            }
            Node::Block(Block::Component(component)) => {
                let urls = component
                    .attributes
                    .iter()
                    .filter(|attribute| attribute.name == "url");
                addresses.extend(urls.map(|attribute| attribute.value_span));
            }
            _ => {}
        },
    );
    addresses.sort_unstable();
    // One inside another counts as a part of it.
    addresses.dedup_by(|inner, outer| inner.end <= outer.end);
    addresses
}

fn finding(file: FileId, text: &str, span: Span, addresses: &[Span]) -> Diagnostic {
    let finding = RULE.at(file, span);
    let next = addresses.partition_point(|address| address.end < span.end);
    let address = addresses.get(next);
    let is_address = address.is_some_and(|address| address.start <= span.start);
    if is_address {
        finding.severity(Severity::Error)
    } else {
        let composed: String = text[span.range()].nfc().collect();
        finding.edit(span, composed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn decomposed_text_is_composed() {
        assert_found(&RULE, "\u{1100}\u{1161}나 다", &["1: \u{1100}\u{1161}나"]);
        assert_fixed(&RULE, "\u{1100}\u{1161}나 다", "가나 다");
    }

    #[test]
    fn addresses_are_errors_without_a_fix() {
        let text = "![다](a/\u{1100}\u{1161}.png)";
        assert_fixed(&RULE, text, text);
        let found = crate::check::testing::findings(&RULE, "", &[("a.md", text)]);
        assert_eq!(found[0].severity, Severity::Error);
    }

    #[test]
    fn composed_text_and_code_are_left_alone() {
        assert_found(&RULE, "가나\n\n```\n\u{1100}\u{1161}\n```", &[]);
    }
}
