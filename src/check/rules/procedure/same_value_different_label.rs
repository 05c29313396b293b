//! An item refers to the value of the item beside it.
//!
//! ## Why
//!
//! The line was copied and only its label was changed. Who follows it pastes the wrong key.
//!
//! ## Bad
//!
//! ```markdown
//! - REST API Key : 콘솔의 REST API Key 값을 그대로 복사해 주세요.
//! - REST API Secret : 콘솔의 REST API Key 값을 그대로 복사해 주세요.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - REST API Key : 콘솔의 REST API Key 값을 그대로 복사해 주세요.
//! - REST API Secret : 콘솔의 REST API Secret 값을 그대로 복사해 주세요.
//! ```

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::node::{Block, Item, List};
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// Shortest value that is compared, in characters.
const MIN_VALUE: usize = 25;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "same-value-different-label",
    level: Level::Error,
    source: include_str!("same_value_different_label.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            if let Node::Block(Block::List(list)) = node {
                copies(file, list, context, found);
            }
        });
    }
}

/// An item cut at its first colon.
struct Entry {
    label: String,
    value: String,
    span: Span,
}

fn copies(file: FileId, list: &List, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, Entry> = HashMap::new();
    for entry in list.items.iter().filter_map(entry) {
        match first.get(&entry.value) {
            Some(other) => found.extend(copy(file, &entry, other, context)),
            None => {
                first.insert(entry.value.clone(), entry);
            }
        }
    }
}

fn entry(item: &Item) -> Option<Entry> {
    let Some(Block::Paragraph(paragraph)) = item.blocks.first() else {
        return None;
    };
    let text = inline_text(&paragraph.inlines);
    if !text.contains(':') {
        return None;
    }
    let text = collapse_blanks(&text);
    let (label, value) = text.split_once(':')?;
    (value.chars().count() >= MIN_VALUE).then(|| Entry {
        label: label.trim().to_string(),
        value: value.trim().to_string(),
        span: paragraph.span,
    })
}

/// The finding when the value that `later` shares with `first` names what belongs to one of them.
fn copy(file: FileId, later: &Entry, first: &Entry, context: &Context<'_>) -> Option<Diagnostic> {
    let names = |entry: &Entry| later.value.contains(&entry.label);
    let (wrong, right, named) = match (names(later), names(first)) {
        (false, true) => (later, first, first.label.clone()),
        (true, false) => (first, later, later.label.clone()),
        (false, false) => (later, first, named_alike(later, first)?),
        (true, true) => return None,
    };
    let value = Span::new(wrong.span.start + wrong.label.len(), wrong.span.end);
    let value = match context.text(file).get(value.range()) {
        Some(_) => value,
        None => wrong.span,
    };
    let span = context.locate(file, value, &named);
    let related = Message::new("same-value-different-label.related");
    Some(
        RULE.at(file, span)
            .with("label", &wrong.label)
            .with("other", named)
            .related(file, right.span, related),
    )
}

/// What the value names with the words that both labels start with, two at least: one name for
/// two things.
fn named_alike(a: &Entry, b: &Entry) -> Option<String> {
    let words = a.label.split(' ').zip(b.label.split(' '));
    let shared: Vec<&str> = words
        .take_while(|(a, b)| a == b)
        .map(|(word, _)| word)
        .collect();
    let shared = shared.join(" ");
    let (_, behind) = a.value.split_once(&format!("{shared} "))?;
    let next = behind.split(' ').next().filter(|next| is_name(next))?;
    shared.contains(' ').then(|| format!("{shared} {next}"))
}

/// Whether a word is part of a name rather than of a sentence.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn value_that_names_the_other_label_is_found() {
        let value = "관리자 콘솔에서 보이는 API Key 값을 복사합니다";
        let text = format!("- API Key : {value}\n- API Secret : {value}\n");
        assert_found(&RULE, &text, &["2: API Key"]);
        let text = format!("- API Secret : {value}\n- API Key : {value}\n");
        assert_found(&RULE, &text, &["1: API Key"]);
    }

    #[test]
    fn one_name_for_two_labels_that_start_alike_is_found() {
        let value = "관리자 콘솔에서 보이는 **REST API Key** 값을 복사합니다";
        let text = format!("- REST API 키 : {value}\n- REST API Secret : {value}\n");
        assert_found(&RULE, &text, &["2: REST API Key"]);
        for (from, to) in [("REST API ", "REST "), ("API Key", "API 호출에")] {
            assert_found(&RULE, &text.replace(from, to), &[]);
        }
    }

    #[test]
    fn shared_values_that_name_neither_or_both_are_not() {
        let value = "관리자 콘솔에서 보이는 두 값을 그대로 복사합니다";
        assert_found(&RULE, &format!("- 가나 : {value}\n- 다라 : {value}\n"), &[]);
        let value = "관리자 콘솔에서 보이는 가나, 다라 값을 그대로 복사합니다";
        assert_found(&RULE, &format!("- 가나 : {value}\n- 다라 : {value}\n"), &[]);
    }
}
