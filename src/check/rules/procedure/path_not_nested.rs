//! The choices of a path are beside it instead of below it.
//!
//! ## Why
//!
//! Other guides nest them. The same steps then look like steps of their own, and what reads
//! guides by their shape takes them for something else.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//! - 연동 모드 : 실 연동
//! - 결제모듈 : 결제창
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 연동 모드 : 실 연동
//!   - 결제모듈 : 결제창
//! ```
//!
//! ## Configuration
//!
//! `mode_fields`, `provider_fields` and `module_fields` of `check.procedure` list the labels of
//! such choices.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::is_named;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Block, Item, List};
use crate::model::field;
use crate::model::path::trail;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "path-not-nested",
    level: Level::Error,
    source: include_str!("path_not_nested.rs"),
    check,
    fix: Effect::Nesting,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        for list in lists(&place) {
            found.extend(finding(place.file, list, context));
        }
    }
}

/// The lists of the path's section.
fn lists<'a>(place: &ModeOf<'a>) -> impl Iterator<Item = &'a List> {
    let section = place.mode.route.unwrap_or_default();
    let blocks = &place.page.document.blocks;
    let start = blocks.partition_point(|block| block.span().start < section.start);
    let inside = blocks[start..]
        .iter()
        .take_while(move |block| block.span().end <= section.end);
    inside.filter_map(|block| match block {
        Block::List(list) if list.start.is_none() => Some(list),
        _ => None,
    })
}

fn finding(file: FileId, list: &List, context: &Context<'_>) -> Option<Diagnostic> {
    let path = list.items.iter().position(|item| is_path(item, context))?;
    let beside = list.items[path + 1..]
        .iter()
        .take_while(|item| is_choice(item, context));
    let spans: Vec<Span> = beside.map(|item| item.span).collect();
    let whole = spans.iter().copied().reduce(Span::cover)?;
    let indent = indent(&list.items[path]);
    let finding = RULE.at(file, whole);
    let starts = line_starts(context.slice(file, whole), whole.start);
    Some(starts.fold(finding, |finding, at| {
        finding.edit(Span::new(at, at), indent.clone())
    }))
}

fn is_path(item: &Item, context: &Context<'_>) -> bool {
    match item.blocks.first() {
        Some(Block::Paragraph(first)) => trail(&first.inlines, 2, context.conventions).is_some(),
        _ => false,
    }
}

fn is_choice(item: &Item, context: &Context<'_>) -> bool {
    let facts = &context.config.check.procedure;
    let labels = [
        &facts.mode_fields,
        &facts.provider_fields,
        &facts.module_fields,
    ];
    let choice = field::read(item, context.conventions);
    labels.into_iter().any(|names| is_named(&choice, names))
}

/// As many spaces as the item's marker is wide.
fn indent(item: &Item) -> String {
    let text = item
        .blocks
        .first()
        .map_or(item.span.start, |block| block.span().start);
    " ".repeat(text - item.span.start)
}

/// Offsets of the lines of `text`, which itself starts at `offset`; empty lines are left out.
fn line_starts(text: &str, offset: usize) -> impl Iterator<Item = usize> {
    let mut at = offset;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        (!line.trim().is_empty()).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    const HEAD: &str = "## A\n### 실 연동\n#### 설정경로\n";

    #[test]
    fn choices_beside_the_path_are_found_and_nested() {
        let text = format!("{HEAD}- 콘솔 > 추가\n- 연동 모드 : 실\n  연동\n- 결제모듈 : 가\n");
        let nested = "- 연동 모드 : 실\n  연동\n- 결제모듈 : 가";
        assert_found(&RULE, &text, &[&format!("5: {nested}")]);
        let fixed =
            format!("{HEAD}- 콘솔 > 추가\n  - 연동 모드 : 실\n    연동\n  - 결제모듈 : 가\n");
        assert_fixed(&RULE, &text, &fixed);
        assert_found(&RULE, &fixed, &[]);
    }

    #[test]
    fn other_items_beside_the_path_are_not() {
        let text = format!("{HEAD}- 콘솔 > 추가\n- 저장 : 누릅니다\n");
        assert_found(&RULE, &text, &[]);
    }
}
